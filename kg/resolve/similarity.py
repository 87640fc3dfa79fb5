"""Whether two names are spellings of one: a list of weighted features, each with its reason.

Only spelling counts. A name that holds another ("Samsung Electro-Mechanics" and "Samsung") is another name: words added
or missing never make two names alike, only letters inside words do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

THRESHOLD = 0.9
_SHORTEST = 7


@dataclass(frozen=True, slots=True)
class Feature:
    """One way in which names can be alike: its name, weight, and a function of two short forms that gives 0 to 1."""

    name: str
    weight: float
    compare: Callable[[str, str], float]


def same_words(one: str, other: str) -> float:
    """1 if the names have equally many words and each differs from its counterpart by at most one letter in five."""
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return 0.0
    worst = max(DamerauLevenshtein.distance(a, b) / max(len(a), len(b)) for a, b in zip(left, right, strict=True))
    return 1.0 if worst <= 0.2 else 0.0


def same_letters(one: str, other: str) -> float:
    """Similarity of the letters, the beginnings counting more (Jaro and Winkler, 1990)."""
    return float(JaroWinkler.similarity(one, other))


def same_without_spaces(one: str, other: str) -> float:
    """1 if the names differ only in where words are joined ("Tong Fu Microelectronics", "TongFu Microelectronics")."""
    return 1.0 if one.replace(" ", "") == other.replace(" ", "") else 0.0


FEATURES = (
    Feature("words", 0.5, same_words),
    Feature("letters", 0.5, same_letters),
)


def likeness(one: str, other: str) -> float:
    """How sure we are that two short forms are spellings of one name, 0 to 1.

    Names of fewer than seven letters and names with digits that differ are never alike: one letter makes another
    company.
    """
    if one == other or same_without_spaces(one, other):
        return 1.0
    if min(len(one), len(other)) < _SHORTEST or _digits(one) != _digits(other) or one[0] != other[0]:
        return 0.0
    return sum(f.weight * f.compare(one, other) for f in FEATURES)


def _digits(name: str) -> str:
    return "".join(c for c in name if c.isdigit())
