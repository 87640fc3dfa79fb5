"""One figure of different size by document."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.base import Quad, text
from kg.graph.conflicts.polarity import time_of
from kg.graph.conflicts.sides import Key, Side, disputed, is_later, side
from kg.graph.lineage import Figure, replaced_across_documents, replaced_in_document
from kg.graph.periods import span
from kg.model import Polarity
from kg.ontology import ConflictKind
from kg.terms import CONFLICTS_GRAPH, SP


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place of one document says a figure is: one value, or the two ends of a range."""

    low: float
    high: float

    def disagrees(self, other: "Reading", within: float) -> bool:
        """Whether the two readings have no value in common, rounding allowed for."""
        below, above = max(self.low, other.low), min(self.high, other.high)
        return below - above > within * max(abs(below), abs(above))


Readings = frozenset[Reading]
"""What one document says a figure is.

One document that gives several figures for a period means several things by them, such as a quarter and a year or a
part and the whole; it disagrees with another document only where the two share none of them.
"""


def value_conflicts(figures: Sequence[Figure], kind: ConflictKind) -> Iterator[Quad]:
    """The conflicts among all figures of some entities and metrics, and which figure another document's replaced.

    A figure is replaced where a document says so, or where it was given before its period was over and a later document
    gives another one.
    """
    across = replaced_across_documents(figures)
    replaced = _replaced_within(figures) | {older.node for _, older in across}
    for newer, older in across:
        yield newer.node, SP.supersedes, older.node, CONFLICTS_GRAPH
    groups: dict[tuple[URIRef, str, str, str, str], list[Figure]] = defaultdict(list)
    for each in figures:
        if each.period and each.polarity is Polarity.AFFIRMED and each.node not in replaced:
            groups[each.entity, each.metric, each.unit, each.period, time_of(each.modality)].append(each)
    for (entity, metric, _, period, _), given in groups.items():
        sides = _sides(given)
        if len(sides) > 1:
            key: Key = [(SP.observedEntity, entity), (SP.metric, SP[metric]), (SP.period, text(period))]
            yield from _disputed(kind, sides, key, entity, period)


def _disputed(
    kind: ConflictKind, sides: Sequence[Side[Readings]], key: Key, entity: URIRef, period: str
) -> Iterator[Quad]:
    days = span(period)

    def at_odds(one: Readings, other: Readings) -> bool:
        return all(first.disagrees(second, kind.within) for first in one for second in other)

    def settles(newer: Side[Readings], older: Side[Readings]) -> bool:
        was_open = days is not None and older.dates is not None and older.dates[1] <= days[1]
        return was_open and is_later(newer, older, kind.settled_after)

    return disputed(kind, sides, at_odds, key, lambda _: (entity,), settles=settles, revisions=False)


def _replaced_within(figures: Sequence[Figure]) -> set[URIRef]:
    """The figures that their own document says were replaced: lineage, and no conflict."""
    by_document: dict[URIRef, list[Figure]] = defaultdict(list)
    for each in figures:
        by_document[each.document].append(each)
    return {older.node for each in by_document.values() for _, older in replaced_in_document(each)}


def _sides(given: Iterable[Figure]) -> list[Side[Readings]]:
    """Documents that give the same values are one side: of a well-known figure there may be thousands."""
    at: dict[URIRef, dict[tuple[str, int, int], list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for each in given:
        at[each.document][each.place].append(each)
    alike: dict[Readings, list[Figure]] = defaultdict(list)
    for by_place in at.values():
        readings = frozenset(_reading(group) for group in by_place.values())
        alike[readings] += [each for group in by_place.values() for each in group]
    return [side(readings, said) for readings, said in alike.items()]


def _reading(group: Sequence[Figure]) -> Reading:
    values = [each.value for each in group]
    return Reading(min(values), max(values))
