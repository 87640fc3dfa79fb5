"""One organisation with two owners."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from rdflib import URIRef

from kg.graph.base import Quad
from kg.graph.conflicts.families import Families
from kg.graph.conflicts.sides import Place, disputed, side
from kg.ontology import ConflictKind
from kg.terms import SP


@dataclass(frozen=True, slots=True)
class Ownership:
    """What conflicts must know of a claim, affirmed and said of now, that one organisation belongs to another.

    Attributes:
        node: the claim's IRI.
        child: who belongs.
        parent: to whom.
        place: where it stands.
        date: the date of its document, or empty.
        confidence: 0 to 1.
    """

    node: URIRef
    child: URIRef
    parent: URIRef
    place: Place
    date: str
    confidence: float


def parent_conflicts(
    ownerships: Iterable[Ownership], kind: ConflictKind, families: Families, wholes: Mapping[URIRef, Set[URIRef]]
) -> Iterator[Quad]:
    """The conflicts among all claims about the owners of some organisations.

    Args:
        ownerships: all claims about some children.
        kind: the kind of conflict.
        families: who is part of whom, by the registry.
        wholes: owner → all that it is itself part of, by the facts.
    """
    by_child: dict[URIRef, dict[URIRef, list[Ownership]]] = defaultdict(lambda: defaultdict(list))
    for each in ownerships:
        by_child[each.child][each.parent].append(each)
    for child, by_parent in by_child.items():
        if len(by_parent) > 1:
            yield from _of_child(child, by_parent, kind, families, wholes)


def _of_child(
    child: URIRef,
    by_parent: Mapping[URIRef, list[Ownership]],
    kind: ConflictKind,
    families: Families,
    wholes: Mapping[URIRef, Set[URIRef]],
) -> Iterator[Quad]:
    # One document that names two owners tells of a joint venture, or of one who sold it to the other.
    shared = named_together((each.place[0], each.parent) for said in by_parent.values() for each in said)

    def at_odds(one: URIRef, other: URIRef) -> bool:
        nested = other in wholes.get(one, ()) or one in wholes.get(other, ()) or child in (one, other)
        return not nested and frozenset({one, other}) not in shared and not families.are_one(one, other)

    sides = [side(parent, said) for parent, said in by_parent.items()]
    return disputed(kind, sides, at_odds, [(SP.about, child)], lambda parent: (child, parent))


def named_together(named: Iterable[tuple[object, URIRef]]) -> set[frozenset[URIRef]]:
    """Pairs that one place names side by side: who is named together shares a thing, and does not contest it."""
    at: dict[object, set[URIRef]] = defaultdict(set)
    for place, whom in named:
        at[place].add(whom)
    return {frozenset(pair) for whom in at.values() for pair in combinations(sorted(whom), 2)}
