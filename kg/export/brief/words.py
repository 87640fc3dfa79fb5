"""Numbers and lists in words."""

import re
from collections.abc import Sequence

from kg.export.brief.content import Brief
from kg.model import Modality, Polarity

_YEAR = re.compile(r"(?:19|20)\d\d")
_STEPS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def amount(value: float, unit: str) -> str:
    """A figure as people write it: ``8.5 billion USD``, ``80,000 wafers``, ``12%``."""
    if unit == "percent":
        return f"{_number(value)}%"
    for size, name in _STEPS:
        if abs(value) >= size:
            return f"{_number(value / size)} {name} {unit}".rstrip()
    return f"{_number(value)} {unit}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def years(period: str) -> list[str]:
    """The years that a period names, the last first; of none the first ever."""
    return sorted(_YEAR.findall(period), reverse=True) or [""]


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as a list in a sentence."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def stance(modality: Modality, *, denied: bool) -> str:
    """How a claim is said, in words."""
    return f"denied, {modality}" if denied else modality


def how(modality: Modality, polarity: Polarity) -> str:
    """What sets a claim apart from one that is plainly stated; empty where nothing does."""
    if polarity is Polarity.NEGATED:
        return stance(modality, denied=True)
    return "" if modality is Modality.ASSERTED else modality


def basis(brief: Brief) -> str:
    """What a brief rests on: until when, how many documents, claims and figures, and within which limits."""
    rests = f"{counted(brief.claims, 'claim')} and {counted(brief.figures, 'figure')}"
    documents = counted(brief.documents, "document")
    undated = f", {brief.undated} of them undated" if brief.undated else ""
    as_of = f"As of {brief.as_of}, the date of the newest of {documents}" if brief.as_of else f"From {documents}"
    limits = f"Limits: {'; '.join(brief.limits)}." if brief.limits else "No limits."
    return f"{as_of}{undated}. It rests on {rests}. {limits}"
