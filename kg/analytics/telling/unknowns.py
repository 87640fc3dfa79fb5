"""What the documents leave open, in words."""

from collections.abc import Sequence

from kg.analytics.sayings import Saying
from kg.analytics.telling.sayings import quoted_saying, told
from kg.analytics.telling.scope import undated
from kg.analytics.unknowns import Unknowns
from kg.query import visible


def lines(found: Unknowns, width: int) -> list[str]:
    """What is not known, for a terminal of that width."""
    whose = " and ".join(visible(each.label) for each in found.entities)
    out = [f"What the documents leave open about {whose}" if whose else "What the documents leave open"]
    gaps, unsure, single, old = found.counts
    out += _part("searched and not found", gaps, found.gaps, width)
    out += _part("only planned or possible", unsure, found.unsure, width)
    out += ["", _heading("told by one document alone", single, len(found.single))]
    for each in found.single:
        # Of somebody asked for, the claims with others are listed; in a list of all, whom they are about.
        whom = "" if found.entities and each.whom not in found.entities else f"{visible(each.whom.label)} — "
        out += [f"  {whom}{told(each.said)}", *quoted_saying(each.said, width)]
    against = f"older than a year on {found.today}" if found.today else "older than a year: no document is dated"
    return [*out, *_part(f"newest figures, {against}", old, found.old, width), *undated(found.undated)]


def _part(title: str, count: int, said: Sequence[Saying], width: int) -> list[str]:
    out = ["", _heading(title, count, len(said))]
    for each in said:
        out += [f"  {told(each)}", *quoted_saying(each, width)]
    return out


def _heading(title: str, count: int, shown: int) -> str:
    return f"{title}: {count if count == shown else f'{shown} of {count}'}"
