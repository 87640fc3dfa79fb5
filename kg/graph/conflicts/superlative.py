"""One place at the top given to two organisations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.base import Quad, text
from kg.graph.conflicts.families import Families
from kg.graph.conflicts.parent import named_together
from kg.graph.conflicts.sides import Place, disputed, side
from kg.ontology import ConflictKind
from kg.terms import SP

_MEASURE = "by "
_EVERYWHERE = frozenset({"world"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What conflicts must know of a remark, affirmed and said of now, that gives somebody a place at the top.

    Attributes:
        node: the remark's IRI.
        entity: who holds the place.
        topic: in which field.
        rank: which place.
        scope: where, and by which measure.
        place: where it stands in the text.
        date: the date of its document, or empty.
        confidence: 0 to 1.
    """

    node: URIRef
    entity: URIRef
    topic: str
    rank: str
    scope: frozenset[str]
    place: Place
    date: str
    confidence: float


_Top = tuple[URIRef, frozenset[str]]


def superlative_conflicts(standings: Iterable[Standing], kind: ConflictKind, families: Families) -> Iterator[Quad]:
    """The conflicts among all standings in some fields."""
    groups: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for each in standings:
        if each.rank in kind.ranks and each.topic:
            groups[each.topic, each.rank].append(each)
    for (topic, _), given in groups.items():
        if len({each.entity for each in given}) > 1:
            yield from _in_field(topic, given, kind, families)


def _in_field(topic: str, given: Sequence[Standing], kind: ConflictKind, families: Families) -> Iterator[Quad]:
    shared = named_together((each.place, each.entity) for each in given)

    def at_odds(one: _Top, other: _Top) -> bool:
        apart = one[0] != other[0] and frozenset({one[0], other[0]}) not in shared
        return apart and _meet(one[1], other[1]) and not families.are_one(one[0], other[0])

    tops: dict[_Top, list[Standing]] = defaultdict(list)
    for each in given:
        tops[each.entity, each.scope].append(each)
    sides = [side(top, said) for top, said in tops.items()]
    return disputed(kind, sides, at_odds, [(SP.topic, text(topic))], lambda top: (top[0],))


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two scopes can be the same: the same place, and no different measures."""
    places, measures = zip(*(_split(scope) for scope in (one, other)), strict=True)
    return places[0] == places[1] and (not measures[0] or not measures[1] or measures[0] == measures[1])


def _split(scope: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    measures = frozenset(word for word in scope if word.startswith(_MEASURE))
    return (scope - measures) or _EVERYWHERE, measures
