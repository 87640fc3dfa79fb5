"""Conflicts in words: both sides next to each other."""

from kg.analytics.conflicts import Conflict, Conflicts, Revision, Side, conflict_kinds
from kg.analytics.telling.quotes import wrapped
from kg.analytics.telling.sayings import amount, beside, origin, told
from kg.analytics.telling.scope import undated
from kg.query import visible


def lines(found: Conflicts, width: int) -> list[str]:
    """The conflicts, then the revisions, for a terminal of that width."""
    whose = f" of {visible(found.entity.label)}" if found.entity else ""
    if not found.conflicts:
        out = [f"No conflicts{whose} within these limits" if found.counts else f"No conflicts{whose}"]
    else:
        out = [_heading(found, whose)]
    for number, conflict in enumerate(found.conflicts, 1):
        out += ["", *_conflict(number, conflict, width)]
    if found.revisions:
        shown = f"{len(found.revisions)}{_of(len(found.revisions), found.revised)}"
        out += ["", f"Revised{whose}: {shown}, no conflicts"]
    for revision in found.revisions:
        out += ["", *_revision(revision, width)]
    return [*out, *undated(found.undated)]


def _heading(found: Conflicts, whose: str) -> str:
    shown = len(found.conflicts)
    kinds = ", ".join(f"{conflict_kinds()[kind].label}: {count}" for kind, count in found.counts.items())
    return f"Conflicts{whose}: {shown}{_of(shown, found.total)} ({kinds})"


def _of(shown: int, total: int | None) -> str:
    return "" if total == shown else " of more" if total is None else f" of {total}"


def _conflict(number: int, conflict: Conflict, width: int) -> list[str]:
    whom = ", ".join(visible(each.label) for each in conflict.concerns)
    out = [*wrapped(f"{number}. {conflict.label}: {whom}", width), *wrapped(conflict.why, width, indent=3)]
    sides = list(conflict.sides)
    for left, right in zip(sides[::2], sides[1::2], strict=False):
        out += ["", *beside(_side(left), _side(right), width, indent=3)]
    if len(sides) % 2:
        out += ["", *beside(_side(sides[-1]), [], width, indent=3)]
    return out


def _side(side: Side) -> list[str]:
    first = side.said[0]
    out = [told(first), f"“{visible(first.quote)}”", origin(first)]
    documents = {each.document for each in side.said}
    if side.count > 1:
        where = f" in {len(documents)} documents" if len(documents) > 1 else ""
        out.append(f"and {side.count - 1} more say so{where}" if side.count > 2 else f"and 1 more says so{where}")
    return out


def _revision(revision: Revision, width: int) -> list[str]:
    older, newer = revision.older[0], revision.newer[0]
    if older.value is not None:
        figure = f"{newer.subject.label} {newer.reads} {newer.period or older.period}"
        head = f"{visible(figure.strip())}: {amount(older)} → {amount(newer)}"
    else:
        head = f"{told(older)} → {told(newer)}"
    columns = [[f"“{visible(each.quote)}”", origin(each)] for each in (older, newer)]
    return [*wrapped(head, width, indent=2), *beside(columns[0], columns[1], width, indent=5)]
