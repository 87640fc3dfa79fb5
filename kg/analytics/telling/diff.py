"""What a new batch changed, in words."""

from collections.abc import Sequence

from kg.analytics.conflicts import conflict_kinds
from kg.analytics.diff import Changed, Contested, Diff, Support
from kg.analytics.sayings import Saying
from kg.analytics.telling.sayings import quoted_saying, told
from kg.query import Found, visible

_DOCUMENTS = {"added": "documents added", "removed": "documents removed", "changed": "documents changed"}


def lines(found: Diff, width: int) -> list[str]:
    """The differences, for a terminal of that width."""
    out = []
    for name, title in _DOCUMENTS.items():
        names = found.documents[name]
        out += [*_heading(title, len(names), len(names)), *(f"  {visible(each)}" for each in names)]
    parts: tuple[tuple[str, str, Sequence[Changed]], ...] = (
        ("added", "now said", found.added),
        ("dropped", "no longer said", found.dropped),
        ("strengthened", "better supported", found.strengthened),
        ("weakened", "less supported", found.weakened),
    )
    for name, title, changes in parts:
        out += _heading(title, found.counts[name], len(changes))
        for change in changes:
            out += [f"  {told(change.said)}{_support(change.before, change.after)}", *quoted_saying(change.said, width)]
    out += _contested("now contradicted", found.counts["contested"], found.contested, width)
    out += _contested("no longer contradicted", found.counts["resolved"], found.resolved, width)
    out += _figures("new figures", found.counts["figures"], found.figures, width)
    out += _figures("figures gone", found.counts["figures_gone"], found.figures_gone, width)
    out += _entities("new names", found.counts["entities"], found.entities)
    out += _entities("names gone", found.counts["entities_gone"], found.entities_gone)
    return out[1:] or ["No difference"]


def _heading(title: str, count: int, shown: int) -> list[str]:
    return ["", f"{title}: {count if shown == count else f'{shown} of {count}'}"] if count else []


def _support(before: Support, after: Support) -> str:
    if not (before.documents or before.denied) or not (after.documents or after.denied):
        return ""
    return f" ({_in_words(before)} → {_in_words(after)})"


def _in_words(support: Support) -> str:
    documents = f"{support.documents} {'document' if support.documents == 1 else 'documents'}"
    return f"{documents}, {support.confidence:.2f}"


def _contested(title: str, count: int, conflicts: Sequence[Contested], width: int) -> list[str]:
    out = _heading(title, count, len(conflicts))
    for conflict in conflicts:
        out.append(f"  {conflict_kinds()[conflict.kind].label}")
        for said in conflict.said:
            out += [f"    {told(said)}", *quoted_saying(said, width)]
    return out


def _figures(title: str, count: int, figures: Sequence[Saying], width: int) -> list[str]:
    out = _heading(title, count, len(figures))
    for said in figures:
        out += [f"  {told(said)}", *quoted_saying(said, width)]
    return out


def _entities(title: str, count: int, entities: Sequence[Found]) -> list[str]:
    return [*_heading(title, count, len(entities)), *(f"  {visible(each.label)}" for each in entities)]
