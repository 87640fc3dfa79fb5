"""Capitalised stretches of a text that may be names: whole runs of capitalised words and their parts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_UPPER = "A-ZÀ-ÖØ-Þ"
_WORD = (
    rf"(?<!\w)(?:[a-z]{{1,2}}-?|\d{{1,3}}[.-]?)?[{_UPPER}][^\W_]*"
    rf"(?:(?:[&'’.+-](?=[{_UPPER}0-9])|\.(?=(?:ai|com|io|net|org)\b))[^\W_]+)*"
)
_LINK = r"&|and|of(?: the)?|for|de|du|von|van"
_RUN = re.compile(rf"{_WORD}(?:(?:(?<=\b[A-Z])\.)?(?: (?:{_LINK}))? {_WORD})*")
_PIECE = re.compile(rf"({_WORD})|(?<= )(?:{_LINK})(?= )")
_LONGEST, _LONG_RUN, _SHORT = 6, 8, 3
_NO_START = frozenset(
    re.findall(
        r"\w+",
        "a an the and or of in on at by for from to with as if is it its this that these those we our he she his her "
        "they their you your i but so not no yes when while what who why how where there here all both each after "
        "before since also however meanwhile although though because under over per via",
    )
)


class Span(NamedTuple):
    """A stretch ``start:end`` of a text that may be a name.

    Attributes:
        start: offset of its first character.
        end: offset behind its last one.
        words: its capitalised words, in order.
        links: the small words between them ("of"), in order.
        left: the word before it in its run of capitalised words, empty where it begins the run.
        right: the word behind it in its run.
    """

    start: int
    end: int
    words: tuple[str, ...]
    links: tuple[str, ...]
    left: str
    right: str


def spans(text: str) -> Iterator[Span]:
    """Every stretch of up to six words (three in a run of more than eight) that begins with no function word."""
    for run in _RUN.finditer(text):
        word = run[0]
        if " " not in word:
            if len(word) > 1 and word.lower() not in _NO_START:
                yield Span(run.start(), run.end(), (word,), (), "", "")
            continue
        pieces = [(m.start(), m.end(), m[0], m[1] is not None) for m in _PIECE.finditer(text, run.start(), run.end())]
        longest = _LONGEST if len(pieces) <= _LONG_RUN else _SHORT
        for first, (start, _, word, capital) in enumerate(pieces):
            if not capital or word.lower() in _NO_START:
                continue
            left = pieces[first - 1][2] if first else ""
            words: tuple[str, ...] = ()
            links: tuple[str, ...] = ()
            for last in range(first, min(len(pieces), first + longest)):
                _, end, piece, is_word = pieces[last]
                if not is_word:
                    links += (piece,)
                    continue
                words += (piece,)
                if end - start > 1:
                    right = pieces[last + 1][2] if last + 1 < len(pieces) else ""
                    yield Span(start, end, words, links, left, right)
