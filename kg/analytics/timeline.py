"""What was said of an entity when, which plans came true, and which figures were revised."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.analytics.about import Row, by_strength, claims_about, figures_about, remarks_about
from kg.analytics.network import Report, open_network
from kg.analytics.network import undated as count_undated
from kg.analytics.sayings import Saying, sayings_of
from kg.analytics.scope import FIRM, Scope
from kg.model import Modality, Polarity
from kg.query import Found
from kg.store import Store, select

MOST = 100
"""How many entries are told unless more are asked for."""

_SUPERSEDED = """SELECT DISTINCT ?newer ?older { VALUES ?whose { %s } ?older sp:observedEntity ?whose .
  ?newer sp:supersedes ?older }"""
_REVISED = """SELECT DISTINCT ?newer ?older { GRAPH graph:conflicts {
  ?revision sp:concerns %s ; a sp:Revision ; sp:newer ?newer ; sp:older ?older } }"""
# Figures this close are the same, as in the ontology's conflicts.
_SAME_WITHIN = 0.02


@dataclass(frozen=True, slots=True)
class Entry:
    """What one document says.

    Attributes:
        said: the claim, figure or remark.
        replaces: what it revises, or None.
        replaced_by: what revised it later, or None.
        realises: the plan of an earlier document that it says came true, or None.
        realised_by: what a later document says of the same as having come true, or None.
    """

    said: Saying
    replaces: Saying | None = None
    replaced_by: Saying | None = None
    realises: Saying | None = None
    realised_by: Saying | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was said of an entity, in the order in which the documents appeared.

    Attributes:
        entity: of whom.
        dated: what dated documents say, the oldest first; of many the newest.
        undated: what documents without a date say.
        total: how many entries there are.
        left_out: how many documents without a date are left out, since dates are limited.
    """

    entity: Found
    dated: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    total: int
    left_out: int


def timeline(
    store: Store, entity: Found, scope: Scope, *, most: int = MOST, progress: Report = lambda *_: None
) -> Timeline:
    """What was said of an entity when; the same thing said twice by one document is one entry.

    Args:
        store: the store.
        entity: of whom.
        scope: the limits.
        most: how many entries at most; the newest are kept.
        progress: told how much of the store is read, where its network is not ready.
    """
    network = open_network(store, progress)
    rows = [*claims_about(network, entity, scope), *figures_about(store, entity, scope)]
    realised = _realised(rows)
    replaced = _replaced(store, entity)
    rows = _once(
        [*rows, *remarks_about(store, entity, scope)], {*realised, *realised.values(), *replaced, *replaced.values()}
    )
    dated = [row for row in rows if row.date]
    undated = [row for row in rows if not row.date]
    kept = dated[-most:]
    last = undated[: most - len(kept)]
    shown = {row.node for row in (*kept, *last)}
    linked = {node for links in (realised, replaced) for pair in links.items() if shown & {*pair} for node in pair}
    said = sayings_of(store, sorted(shown | linked))
    entries = _Entries(said, replaced, realised)
    return Timeline(entity, entries.of(kept), entries.of(last), len(rows), count_undated(network, scope))


class _Entries:
    """Entries out of rows: what each is linked with."""

    def __init__(self, said: Mapping[str, Saying], replaced: Mapping[str, str], realised: Mapping[str, str]) -> None:
        self._said = said
        self._replaced, self._replaces = replaced, {newer: older for older, newer in replaced.items()}
        self._realised, self._realises = realised, {later: plan for plan, later in realised.items()}

    def of(self, rows: Sequence[Row]) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                self._said[row.node],
                replaces=self._said.get(self._replaces.get(row.node, "")),
                replaced_by=self._said.get(self._replaced.get(row.node, "")),
                realises=self._said.get(self._realises.get(row.node, "")),
                realised_by=self._said.get(self._realised.get(row.node, "")),
            )
            for row in rows
            if row.node in self._said
        )


def _once(rows: Sequence[Row], linked: set[str]) -> list[Row]:
    """The surest of what one document says of the same, and all that is linked, by date, document and kind."""
    kept: dict[tuple[object, ...], Row] = {}
    for row in sorted(rows, key=by_strength):
        same = (row.document, row.key, row.value, row.polarity, row.modality, row.node if row.node in linked else "")
        kept.setdefault(same, row)
    return sorted(kept.values(), key=lambda row: (row.date, row.document, row.relation, row.key, row.value, row.node))


def _realised(rows: Sequence[Row]) -> dict[str, str]:
    """Plan → the first claim or figure of a later document that says it is so, by IRI."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.date and row.polarity is Polarity.AFFIRMED:
            groups[row.key].append(row)
    found = {}
    for group in groups.values():
        firm = sorted((row for row in group if row.modality in FIRM), key=lambda row: (row.date, *by_strength(row)))
        for plan in (row for row in group if row.modality is Modality.PLANNED):
            later = next((row for row in firm if row.date > plan.date and _same(row, plan)), None)
            if later is not None:
                found[plan.node] = later.node
    return found


def _same(one: Row, other: Row) -> bool:
    return abs(one.value - other.value) <= _SAME_WITHIN * max(abs(one.value), abs(other.value))


def _replaced(store: Store, entity: Found) -> dict[str, str]:
    """What was revised → by what, by IRI."""
    node = ox.NamedNode(entity.iri)
    rows = [row for query in (_SUPERSEDED, _REVISED) for row in select(store, query % node)]
    return {
        row["older"]: row["newer"] for row in sorted(rows, key=lambda row: (row["older"], row["newer"]), reverse=True)
    }
