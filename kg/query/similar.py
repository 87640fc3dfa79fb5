"""What a mistyped name may have meant; nothing where no name is near."""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SHORTEST = 3
_LONG_WORD = 5
_NEAR_ENOUGH = 0.75
# A spelling that is this much farther than the nearest one is noise beside it.
_BESIDE_THE_NEAREST = 0.1
_MOST = 3
_WORD = re.compile(r"\w+")


def near(wanted: str, names: Iterable[str], *, most: int = _MOST) -> list[str]:
    """The names that ``wanted`` may have meant, best first, letter case ignored.

    Names that begin as ``wanted`` does come first, then those whose words do; where there are none, names with which
    ``wanted`` begins; where there are none of these either, names that are spelled, or begin with a word that is
    spelled, almost like it. Fewer than three letters are near to nothing.
    """
    text = " ".join(wanted.split()).casefold()
    if len(text) < _SHORTEST:
        return []
    pool = sorted(set(names))
    ranked = [(rank, len(name), name) for name in pool if (rank := _rank(text, name.casefold())) is not None]
    longer = [name for name in pool if len(name) > _SHORTEST and text.startswith(f"{name.casefold()} ")]
    found = [name for _, _, name in sorted(ranked)] or sorted(longer, key=len, reverse=True)
    return (found or _spelled_like(text, pool))[:most]


def offer(wanted: str, names: Iterable[str], otherwise: str) -> str:
    """The end of an error's message: a question that offers the near names, or ``otherwise`` where there are none."""
    found = near(wanted, names)
    return f"did you mean {' or '.join(found)}?" if found else otherwise


def _rank(text: str, name: str) -> int | None:
    """How well a name fits by its beginning: 0 best; None where it does not."""
    if name.startswith(text):
        return 0
    return 1 if _words_begin(_WORD.findall(text), _WORD.findall(name)) else None


def _words_begin(starts: list[str], words: list[str]) -> bool:
    """Whether each start begins a word, in the same order."""
    rest = iter(words)
    return bool(starts) and all(any(word.startswith(start) for word in rest) for start in starts)


def _spelled_like(text: str, names: list[str]) -> list[str]:
    scored = [(_likeness(text, name.casefold()), name) for name in names]
    least = max([_NEAR_ENOUGH, *(score - _BESIDE_THE_NEAREST for score, _ in scored)])
    return [name for score, name in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= least]


def _likeness(text: str, name: str) -> float:
    """From 0 to 1: how alike two names are, or a single word and the first one of a name."""
    whole = OSA.normalized_similarity(text, name)
    first = _WORD.match(name)
    if first is None or len(text) < _LONG_WORD or not _WORD.fullmatch(text):
        return whole
    return max(whole, OSA.normalized_similarity(text, first.group()))
