"""How evidence is told, the same in every answer."""

from textwrap import wrap

from kg.analytics.evidence import Evidence
from kg.model import Modality, Polarity
from kg.query import visible

UNWRAPPED = 1_000_000
"""A width for others than terminals: each paragraph is one line, and nothing stands beside another."""

_INDENT = 6


def quoted(evidence: Evidence, width: int, *, indent: int = _INDENT) -> list[str]:
    """The quote, then its document, date and claim, as ``kg show`` has them; how it is said where that is not plain."""
    stance = [evidence.polarity] if evidence.polarity is Polarity.NEGATED else []
    said = [evidence.modality] if evidence.modality is not Modality.ASSERTED else []
    marks = f" [{', '.join([*stance, *said])}]" if stance or said else ""
    date = f", {evidence.date}" if evidence.date else ""
    origin = visible(f"— {evidence.document}{date} ({evidence.claim}){marks}")
    return [*wrapped(f"“{evidence.quote}”", width, indent=indent), " " * indent + origin]


def named(evidence: Evidence) -> str:
    """What a claim says in one line ("TSMC outsources to Amkor Technology")."""
    denied = "not: " if evidence.polarity is Polarity.NEGATED else ""
    return visible(f"{denied}{evidence.subject.label} {evidence.reads} {evidence.object.label}")


def wrapped(text: str, width: int, *, indent: int = 0) -> list[str]:
    """Text in lines of that width, indented, without characters that steer a terminal."""
    space = " " * indent
    return wrap(visible(text), max(width, indent + 20), initial_indent=space, subsequent_indent=space)
