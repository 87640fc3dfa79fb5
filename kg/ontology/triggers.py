"""Literal words that a regular expression cannot match without: most wordings need not be tried on most sentences."""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

_SHORTEST = 2


def triggers_of(pattern: str) -> frozenset[str]:
    """Words of which every text that the pattern matches holds at least one; empty where there are none to be told.

    The words come from the standard library's own parse of the pattern. Where that parser is not to be had, the
    answer is empty, which costs time and nothing else.

    Raises:
        re.error: the pattern is no regular expression.
    """
    try:
        parser: Any = import_module("re._parser")
    except ImportError:
        re.compile(pattern)
        return frozenset()
    return _best(_needed(parser.parse(pattern)))


def _best(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """The most telling of several sets: the one whose shortest word is longest, then the smallest."""
    usable = [words for words in sets if words and min(map(len, words)) >= _SHORTEST]
    return max(usable, key=lambda words: (min(4, min(map(len, words))), -len(words)), default=frozenset())


def _needed(sequence: Iterable[tuple[object, Any]]) -> Iterator[frozenset[str]]:
    """For each part of a parsed sequence that must occur, the words of which one must occur."""
    run = ""
    for operation, argument in sequence:
        name = str(operation)
        if name == "LITERAL" and argument < 0xE000:
            run += chr(argument)
            continue
        if run:
            yield frozenset({run.strip()})
            run = ""
        yield from _inside(name, argument)
    if run:
        yield frozenset({run.strip()})


def _inside(name: str, argument: Any) -> Iterator[frozenset[str]]:  # noqa: ANN401 - the parser has no types
    if name == "SUBPATTERN":
        yield from _needed(argument[3])
    elif name == "ATOMIC_GROUP":
        yield from _needed(argument)
    elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
        yield from _needed(argument[2])
    elif name == "BRANCH":
        branches = [_best(_needed(branch)) for branch in argument[1]]
        if all(branches):
            yield frozenset().union(*branches)
