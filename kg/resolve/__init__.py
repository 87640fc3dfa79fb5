"""From mentions to entities: late, careful, and never rewriting a claim."""

from kg.resolve.judgements import Judgement, Judgements, append_judgement, read_judgements
from kg.resolve.linker import Linker

__all__ = ["Judgement", "Judgements", "Linker", "append_judgement", "read_judgements"]
