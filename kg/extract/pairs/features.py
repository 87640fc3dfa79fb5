"""What the linear model sees of a pair: words around the two with every name masked, structure, roles."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from kg.extract.assemble import Assembler
from kg.extract.pairs.windows import ABOUT, BEFORE, SENTENCE, Pair
from kg.model import BlockKind, Mention

_FAR = (1, 2, 4, 7, 12, 20, 40)
_NEAR = 4
_OUTER = 6
_LINK = frozenset({",", "and", "or", "/", "&", "ORG", "(", ")", ";", "NUM"})


def features(pair: Pair, assembler: Assembler) -> list[int]:
    """The pair's features, as hashes, each once."""
    return sorted({crc32(f.encode()) for f in _names(pair, assembler)})


def _names(pair: Pair, assembler: Assembler) -> Iterator[str]:
    window = pair.window
    words = _words(pair)
    part = window.tokens[pair.left].part
    kind = "head" if window.kind in (BlockKind.TITLE, BlockKind.HEADING) else window.kind.value
    yield from (f"part {part}", f"kind {kind}", f"place {part} {kind}")
    left, right = (_roles(m, assembler) for m in pair.ends)
    yield from _role_features(left, right, part)
    first, after = window.first, words[pair.right + 1 :]
    between = words[(pair.left + 1 if part == SENTENCE else first) : pair.right]
    yield from _between(between, "b" if part == SENTENCE else f"i {part}")
    yield from _outside(words[first : pair.left], after)
    if part == BEFORE:
        yield from (f"cross {w}" for w in words[pair.left + 1 : first])
    yield from (f"all {w}" for w in words[first:])
    yield from _context(pair, words)
    yield from _counts(pair, between)
    yield from _crossed(left, right, words, pair)


def _words(pair: Pair) -> list[str]:
    """The window's words with the two as ``A`` and ``B`` wherever they are named."""
    window = pair.window
    letters = {window.keys[pair.left]: "A", window.keys[pair.right]: "B"}
    return [letters.get(key, word) for key, word in zip(window.keys, window.words, strict=True)]


def _roles(mention: Mention, assembler: Assembler) -> list[str]:
    return sorted(assembler.roles(mention)) or ["Unknown" if mention.key else "Unlisted"]


def _role_features(left: Sequence[str], right: Sequence[str], part: str) -> Iterator[str]:
    yield from (f"l {r}" for r in left)
    yield from (f"r {r}" for r in right)
    near = "in" if part == SENTENCE else "out"
    yield from (f"lr {a} {b}" for a in left for b in right)
    yield from (f"lr {near} {a} {b}" for a in left for b in right)


def _between(words: Sequence[str], tag: str) -> Iterator[str]:
    yield from (f"{tag} {w}" for w in words)
    yield from (f"{tag}2 {a} {b}" for a, b in pairwise(["^", *words, "$"]))
    if len(words) < 5:
        yield f"{tag} all {' '.join(words)}"
    yield from (f"{tag} last {n} {w}" for n, w in enumerate(reversed(words[-3:])))
    yield from (f"{tag} first {n} {w}" for n, w in enumerate(words[:3]))
    if tag == "b":
        yield from (f"w {w}" for w in words)


def _outside(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    yield from (f"before {w}" for w in before[-_OUTER:])
    yield from (f"after {w}" for w in after[:_OUTER])
    yield from (f"before1 {' '.join(before[-n:])}" for n in (1, 2))
    yield from (f"after1 {' '.join(after[:n])}" for n in (1, 2))
    yield from (f"w {w}" for w in (*before[-_OUTER:], *after[:_OUTER]))


def _context(pair: Pair, words: Sequence[str]) -> Iterator[str]:
    """Words of headings, lead-in and headers, and whether one of the two stands there."""
    part = pair.window.tokens[pair.left].part
    for token, word in zip(pair.window.tokens, words, strict=True):
        if token.part not in (SENTENCE, BEFORE, ABOUT):
            yield f"{token.part} {word}"
            yield f"{token.part} {word} {'in' if part == SENTENCE else 'out'}"
            if part != SENTENCE and word.isalpha():
                yield f"over {word}"
    about = next((key for key, t in zip(pair.window.keys, pair.window.tokens, strict=True) if t.part == ABOUT), "")
    if about:
        keys = [pair.window.keys[pair.left], pair.window.keys[pair.right]]
        yield f"about {keys.index(about) if about in keys else 'other'}"


def _counts(pair: Pair, between: Sequence[str]) -> Iterator[str]:
    window = pair.window
    yield f"distance {sum(len(between) >= far for far in _FAR)}"
    yield f"organisations {min(5, len(set(window.keys[window.first :]) - {''}))}"
    yield f"inner organisations {min(4, between.count('ORG'))}"
    yield f"right first {pair.right == window.first}"
    if set(between) <= _LINK and pair.left >= window.first:
        yield "coordinated"
    if not any(window.keys[pair.left + 1 : pair.right]):
        yield "neighbours"


def _crossed(left: Sequence[str], right: Sequence[str], words: Sequence[str], pair: Pair) -> Iterator[str]:
    """Roles beside the words nearest to the two."""
    start = max(pair.window.first, pair.left - _NEAR)
    for word in set(words[start : pair.right + _NEAR + 1]):
        if len(word) > 2 and word.isalpha():
            yield from (f"lw {role} {word}" for role in left)
            yield from (f"rw {role} {word}" for role in right)
