"""What the tagger sees of a candidate: how it is written, and what stands around its places."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from zlib import crc32

from kg.extract.unlisted.spans import Span
from kg.model import Block, BlockKind

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]|_")
_ACRONYM = re.compile(r" \([\"“]?[A-Z][A-Za-z&-]{1,9}[\"”]?\)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[•*–-]\s)[\"“(]?$")
_SHAPES = ((re.compile(r"[A-ZÀ-Þ]{2,}"), "XX"), (re.compile(r"[A-ZÀ-Þ]"), "X"), (re.compile(r"[^\W\dA-ZÀ-Þ_X]+"), "x"))
_DIGITS = re.compile(r"\d+")
_ROOM, _FAR, _MANY = 48, 60, 6
_WORDS = re.compile(r"[^\W\d_]{2,}")

Counts = tuple[int, int, int, bool, bool, bool]
"""Of a name: its words, its places, those where no capitalised word touches it, whether one stands before it and
whether one stands behind it somewhere, and whether its first word is also written in small letters."""

Marks = Mapping[int, str]
"""Where a registry's name ends or begins → what it names."""


def hashed(name: str) -> int:
    """A feature's or a word's number."""
    return crc32(name.encode())


def shape(word: str) -> str:
    """A word's capitals, small letters and digits, repetitions folded ("xAI" → "xXX")."""
    for pattern, letter in _SHAPES:
        word = pattern.sub(letter, word)
    return _DIGITS.sub("9", word)


def written(span: Span, ordinary: Collection[int], given: re.Pattern[str]) -> Iterator[str]:
    """How the name is written, wherever it stands."""
    words = [w.lower() for w in span.words]
    kinds = "".join("p" if given.fullmatch(w) else "o" if hashed(w) in ordinary else "x" for w in words)
    shapes = " ".join(map(shape, span.words))
    count = len(words)
    yield f"n {count}"
    yield f"ord {kinds}"
    yield f"shape {shapes}"
    yield f"shape {shapes} {kinds}"
    yield f"length {count} {min(sum(map(len, words)) // 2, 12)}"
    yield from (f"word {w}" for w in words)
    yield f"first {count > 1} {words[0]}"
    yield f"last {count > 1} {words[-1]}"
    yield f"last {words[-1]} after {kinds[:-1]}"
    for side, word in (("first", words[0]), ("last", words[-1])):
        yield f"{side} prefix {word[:3]}"
        yield from (f"{side} suffix {count > 1} {word[-size:]}" for size in (2, 3, 4) if len(word) > size)
    yield from (f"link {link} {words[0]}" for link in span.links)
    yield from (f"link {link} {kinds}" for link in span.links)


def placed(block: Block, span: Span, ends: Marks, starts: Marks) -> Iterator[str]:
    """What stands around one place of the name.

    Args:
        block: the block that it stands in.
        span: the place.
        ends: what the registry's names that end at an offset of the text name.
        starts: what those that begin there name.
    """
    text = block.text
    before, after = left_of(text, span.start, ends), right_of(text, span.end, starts)
    shapes = " ".join(map(shape, span.words))
    yield f"sb {shapes} {before[0]}"
    yield f"sa {shapes} {after[0]}"
    yield from (f"near {w}" for w in around(text, span, ends, starts))
    kind = "head" if block.kind in (BlockKind.HEADING, BlockKind.TITLE) else block.kind.value
    yield f"kind {kind}"
    yield f"run {kind} {_inner(span.left)} {_inner(span.right)}"
    if span.left:
        yield f"left {span.left.lower()}"
    if span.right:
        yield f"right {span.right.lower()}"
    yield f"b1 {before[0]}"
    yield f"b2 {before[1]} {before[0]}"
    yield f"b3 {before[2]} {before[1]} {before[0]}"
    yield f"bw {before[1]}"
    yield f"a1 {after[0]}"
    yield f"a2 {after[0]} {after[1]}"
    yield f"a3 {after[0]} {after[1]} {after[2]}"
    yield f"aw {after[1]}"
    yield f"ba {before[0]} {after[0]}"
    if _SENTENCE_START.search(text, max(0, span.start - 4), span.start):
        yield f"begins {after[0]}"
    if text.startswith(("'s", "’s"), span.end):
        yield f"owner {after[2]}"
    if _ACRONYM.match(text, span.end):
        yield "acronym behind"
    if len(text) == span.end - span.start:
        yield f"whole {kind}"
    if block.cell:
        yield f"column {block.cell.header.lower()[-24:]}"
        yield f"column {min(block.cell.column, 2)}"
    elif block.lead_in:
        yield f"lead {block.lead_in.lower().rstrip(' :')[-16:]}"
    if block.headings and block.kind is not BlockKind.PARAGRAPH:
        yield f"under {block.headings[-1].lower()[-24:]}"


def whole(counts: Counts) -> Iterator[str]:
    """What all places of the name tell together."""
    words, places, alone, headed, tailed, lowered = counts
    yield f"times {places}"
    yield f"alone {min(alone, 3)} {min(places - alone, 3)}"
    yield f"ends {words} {bool(alone)} {headed} {tailed}"
    yield f"lowered {lowered} {words}"


def counted(spans: Sequence[Span], small: Collection[str]) -> Counts:
    """The counts of a name's places.

    Args:
        spans: all of them.
        small: words that the document also writes in small letters.
    """
    words = spans[0].words
    return (
        len(words),
        min(len(spans), _MANY),
        min(sum(not s.left and not s.right for s in spans), _MANY),
        any(s.left for s in spans),
        any(s.right for s in spans),
        words[0].lower() in small,
    )


def around(text: str, span: Span, ends: Marks, starts: Marks) -> set[str]:
    """The words near a place."""
    from_ = max(0, span.start - _FAR)
    found = {_masked(m, from_, ends, end=True) for m in _WORDS.finditer(text[from_ : span.start])}
    return found | {_masked(m, 0, starts, end=False) for m in _WORDS.finditer(text, span.end, span.end + _FAR)}


def _inner(word: str) -> str:
    return shape(word) if word else "-"


def left_of(text: str, start: int, ends: Marks) -> tuple[str, str, str]:
    """The three words before an offset, the nearest first."""
    from_ = max(0, start - _ROOM)
    found = [_masked(m, from_, ends, end=True) for m in _TOKEN.finditer(text[from_:start])][-3:]
    return tuple([*reversed(found), "^", "^", "^"][:3])  # type: ignore[return-value]


def right_of(text: str, end: int, starts: Marks) -> tuple[str, str, str]:
    """The three words behind an offset, the nearest first."""
    found = []
    for match in _TOKEN.finditer(text, end, end + _ROOM):
        found.append(_masked(match, 0, starts, end=False))
        if len(found) == 3:
            break
    return tuple([*found, "$", "$", "$"][:3])  # type: ignore[return-value]


def _masked(match: re.Match[str], offset: int, marks: Marks, *, end: bool) -> str:
    word = match[0]
    mark = marks.get(offset + (match.end() if end else match.start()))
    if mark:
        return mark
    if word[0].isdigit():
        return "9"
    return "Xx" if word[:1].isupper() and len(word) > 1 else word.lower()
