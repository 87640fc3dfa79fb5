"""An entity among those that claims join it with: what the picture of a brief shows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.analytics import Evidence
from kg.export.brief.content import Ego, Line, Node
from kg.export.brief.readings import Readings
from kg.export.gexf import main_role
from kg.model import MentionKind, Modality, Polarity
from kg.query import Found
from kg.store import Store, select
from kg.terms import local_name

_MOST = 18
_ROLES = """
SELECT DISTINCT ?iri ?role ?label ?short WHERE {
  VALUES ?iri { %s }
  ?iri a ?role .
  OPTIONAL { ?role rdfs:label ?label }
  OPTIONAL { ?role skos:altLabel ?short }
}
"""
_FACTS = """
SELECT DISTINCT ?subject ?relation ?object WHERE {
  VALUES ?subject { %(others)s }
  VALUES ?object { %(others)s }
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  ?subject ?relation ?object .
}
"""
_KINDS = tuple(MentionKind)
_MODALITIES = tuple(Modality)
_Tie = tuple[int, int, str, Polarity]


def ego(store: Store, entity: Found, claims: Sequence[Evidence], known: Readings) -> Ego:
    """The entity, those that most claims join it with, organisations first, and the facts among these."""
    counts = Counter(_other(entity, claim) for claim in claims)
    order = sorted(counts, key=lambda other: (_KINDS.index(other.kind), -counts[other], other.iri))
    chosen = [entity, *order[:_MOST]]
    number = {each.iri: place for place, each in enumerate(chosen)}
    ties = _own(claims, number) | _among(store, [each.iri for each in chosen[1:]], number)
    lines = [
        Line(start, end, relation, known[relation, True].words, (relation, False) not in known, modality, polarity)
        for (start, end, relation, polarity), modality in sorted(ties.items())
    ]
    return Ego(tuple(_nodes(store, chosen)), tuple(lines), len(order) - len(chosen) + 1)


def _nodes(store: Store, chosen: Sequence[Found]) -> Iterator[Node]:
    roles: dict[str, dict[str, str]] = {each.iri: {} for each in chosen}
    for row in select(store, _ROLES % _values(list(roles))):
        name = local_name(row["role"])
        roles[row["iri"]][name] = row["short"] or row["label"] or name
    for each in chosen:
        role = main_role(each.kind, roles[each.iri])
        yield Node(each.label, role, roles[each.iri].get(role, role))


def _other(entity: Found, claim: Evidence) -> Found:
    return claim.object if claim.subject.iri == entity.iri else claim.subject


def _own(claims: Sequence[Evidence], number: Mapping[str, int]) -> dict[_Tie, Modality]:
    """A tie for each relation to a neighbour, as firm as its firmest claim."""
    best: dict[_Tie, Modality] = {}
    for claim in claims:
        if {claim.subject.iri, claim.object.iri} <= number.keys():
            tie = (number[claim.subject.iri], number[claim.object.iri], claim.relation, claim.polarity)
            best[tie] = min(best.get(tie, claim.modality), claim.modality, key=_MODALITIES.index)
    return best


def _among(store: Store, others: Sequence[str], number: Mapping[str, int]) -> dict[_Tie, Modality]:
    if not others:
        return {}
    return {
        (
            number[row["subject"]],
            number[row["object"]],
            local_name(row["relation"]),
            Polarity.AFFIRMED,
        ): Modality.ASSERTED
        for row in select(store, _FACTS % {"others": _values(others)})
    }


def _values(iris: Sequence[str]) -> str:
    return " ".join(str(ox.NamedNode(iri)) for iri in iris)
