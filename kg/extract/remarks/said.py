"""What a sentence gives before it becomes remarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.mask import Masked
from kg.extract.stance import Stance
from kg.model import Block, Mention, RemarkKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as remarks are looked for in it.

    Attributes:
        block: its block.
        start: where it begins in the block's text.
        masked: its words with names of organisations and places as single characters; technologies stay words.
        mentions: all its mentions.
        context: whom it is about where it names nobody.
        versus: in a table's cell, the organisations that the column's header names.
        earlier: what the sentences before it in its block gave.
    """

    block: Block
    start: int
    masked: Masked
    mentions: Sequence[Mention]
    context: Mention | None
    versus: Sequence[Mention]
    earlier: Sequence["Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """A standing or gap of one or several organisations.

    Attributes:
        kind: standing or gap.
        subjects: whom it is about, each for itself.
        topic: as in a remark.
        stance: how it is said.
        confidence: of the wording.
        words: the stretch of the masked text that says it.
        rank: as in a remark.
        scope: as in a remark.
        others: as in a remark.
        implied: whether whom it is about is taken from the context.
    """

    kind: RemarkKind
    subjects: tuple[Mention, ...]
    topic: str
    stance: Stance
    confidence: float
    words: tuple[int, int]
    rank: str = ""
    scope: tuple[str, ...] = ()
    others: tuple[Mention, ...] = ()
    implied: bool = False
