"""The candidates of a document: every stretch that may be a name, with all its places."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.extract.gazetteer import Hit
from kg.extract.unlisted.features import Marks
from kg.extract.unlisted.spans import Span, spans
from kg.model import Block, MentionKind

_EXCHANGE = re.compile(r"\s?:\s?[A-Z0-9.]{1,8}\s?[),;]")
_TICKER = re.compile(r"[A-Z]{3,8}\s?:\s?$"), re.compile(r"\s?[),;]")
_SMALL = re.compile(r"(?<![\w.'’-])[a-zà-þ][^\W\d_]+")


class Place(NamedTuple):
    """Where a candidate stands: the number of its block, and the stretch in it."""

    number: int
    span: Span


def candidates(blocks: Sequence[Block], taken: Sequence[Sequence[Hit]] = ()) -> dict[str, list[Place]]:
    """Each candidate with its places, in reading order; tickers and the exchanges before them are none.

    Args:
        blocks: the document's blocks.
        taken: for each block the registry's names in it, which candidates keep clear of; a name may hold a place's
            ("Bank of China"). Empty to keep clear of none.
    """
    found: dict[str, list[Place]] = {}
    for number, block in enumerate(blocks):
        hits = taken[number] if taken else ()
        starts = [hit.start for hit in hits]
        text = block.text
        for span in spans(text):
            name = text[span.start : span.end]
            if name.isupper() and _is_quoted(text, span):
                continue
            if not hits or not any(_blocks(hit, span) for hit in _inside(hits, starts, span)):
                found.setdefault(name, []).append(Place(number, span))
    return found


def _is_quoted(text: str, span: Span) -> bool:
    """Whether it is a ticker or the exchange before one ("NASDAQ: FOO)")."""
    before, behind = _TICKER
    is_ticker = before.search(text, max(0, span.start - 12), span.start) and behind.match(text, span.end)
    return bool(is_ticker or _EXCHANGE.match(text, span.end))


def _inside(hits: Sequence[Hit], starts: Sequence[int], span: Span) -> Sequence[Hit]:
    """Of a block's hits, in order, those that may touch the span."""
    return hits[max(0, bisect_left(starts, span.start) - 1) : bisect_left(starts, span.end)]


def _blocks(hit: Hit, span: Span) -> bool:
    if hit.start >= span.end or span.start >= hit.end:
        return False
    inside = span.start <= hit.start and hit.end <= span.end and hit.end - hit.start < span.end - span.start
    return not (inside and hit.name.entry.kind is MentionKind.PLACE)


def marks(hits: Iterable[Hit]) -> tuple[Marks, Marks]:
    """What the registry's names of a block name, by where they end and by where they begin."""
    kinds = [(hit.start, hit.end, hit.name.entry.kind.value.upper()) for hit in hits]
    return {end: kind for _, end, kind in kinds}, {start: kind for start, _, kind in kinds}


def small_words(texts: Iterable[str]) -> Iterator[str]:
    """The words that begin with a small letter, as often as they stand there."""
    for text in texts:
        yield from _SMALL.findall(text)
