"""Whether two names are spellings of one: the same letters, or one slip of the pen in one word.

Only spelling counts. A name that holds another ("Samsung Electro-Mechanics" and "Samsung") is another name: words added
or missing never make two names alike. Most companies' names are short, and one letter makes another company (Micron,
Micros), so a wrong letter is forgiven in long words alone.
"""

from itertools import groupby

from rapidfuzz.distance import OSA

_SHORT = 5
_LONG = 8
_LONG_NAME = 12


def alike(one: str, other: str) -> bool:
    """Whether two short forms are spellings of one name.

    They are if they differ only in where words are joined ("tong fu", "tongfu"), or, in names of twelve letters or
    more, in one word that has a slip: a letter doubled or two neighbours swapped in a word of five letters or more, one
    letter wrong, missing or too much in a word of eight or more. A word's first letter is never a slip, nor is anything
    in words with digits or other scripts.
    """
    letters, others = one.replace(" ", ""), other.replace(" ", "")
    if letters == others:
        return True
    if min(len(letters), len(others)) < _LONG_NAME:
        return False
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(differing) == 1 and _is_slip(*differing[0])


def _is_slip(one: str, other: str) -> bool:
    """Whether two different words are one word but for a slip."""
    if not all(word.isascii() and word.isalpha() for word in (one, other)) or one[0] != other[0]:
        return False
    if OSA.distance(one, other) != 1 or min(len(one), len(other)) < _SHORT:
        return False
    return min(len(one), len(other)) >= _LONG or _undoubled(one) == _undoubled(other) or sorted(one) == sorted(other)


def _undoubled(word: str) -> str:
    """The word with each run of a letter written once."""
    return "".join(letter for letter, _ in groupby(word))
