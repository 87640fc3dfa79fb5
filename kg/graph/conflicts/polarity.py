"""One statement affirmed and denied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.base import Quad
from kg.graph.conflicts.sides import disputed, side
from kg.model import Modality, Polarity
from kg.ontology import ConflictKind
from kg.terms import SP

# A thing that is over, or still to come, does not contradict what holds now.
_TIMES = {Modality.HISTORICAL: "past", Modality.PLANNED: "future"}


@dataclass(frozen=True, slots=True)
class Stance:
    """What conflicts must know of a claim.

    Attributes:
        node: the claim's IRI.
        statement: its statement's.
        ends: whom and what the statement joins.
        polarity: affirmed or negated.
        modality: how it is said.
        date: the date of its document, or empty.
        confidence: 0 to 1.
    """

    node: URIRef
    statement: URIRef
    ends: tuple[URIRef, URIRef]
    polarity: Polarity
    modality: Modality
    date: str
    confidence: float


def polarity_conflicts(stances: Iterable[Stance], kind: ConflictKind) -> Iterator[Quad]:
    """The conflicts among all claims about some statements.

    Only what is said of the same time can conflict: what was, what is, or what is planned. Within that, how surely it
    is said does not matter: who calls a thing possible does not accept another's denial, and a reader should see both.
    """
    groups: dict[tuple[URIRef, str], dict[Polarity, list[Stance]]] = defaultdict(lambda: defaultdict(list))
    for stance in stances:
        groups[stance.statement, time_of(stance.modality)][stance.polarity].append(stance)
    for (statement, _), said in groups.items():
        if len(said) > 1:
            ends = next(iter(said.values()))[0].ends
            sides = [side(polarity, said[polarity]) for polarity in Polarity]
            key = [(SP.statement, statement)]
            yield from disputed(kind, sides, lambda *_: True, key, lambda _, ends=ends: ends)  # type: ignore[misc]


def time_of(modality: Modality) -> str:
    """The time that is spoken of: past, present or future."""
    return _TIMES.get(modality, "present")
