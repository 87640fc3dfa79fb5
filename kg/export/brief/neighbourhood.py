"""An entity among those that claims join it with: what the picture of a brief shows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyoxigraph as ox

from kg.analytics import Scope
from kg.analytics.about import Row
from kg.analytics.network import Network
from kg.analytics.network import select as selected
from kg.analytics.scope import FIRM
from kg.export.brief.content import Ego, Line, Node
from kg.export.brief.readings import Readings
from kg.export.gexf import main_role
from kg.graph.base import kind_of
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
_KINDS = tuple(MentionKind)
_MODALITIES = tuple(Modality)
_Tie = tuple[int, int, str, Polarity]


def ego(store: Store, network: Network, entity: Found, said: Sequence[Row], scope: Scope, known: Readings) -> Ego:
    """The entity, those that most claims join it with, organisations first, and the facts among these.

    Args:
        store: the store.
        network: its network.
        entity: whom the brief is on.
        said: the claims about it that the scope takes.
        scope: the limits.
        known: how relations read.
    """
    counts = Counter(row.other for row in said)
    order = sorted(counts, key=lambda other: (_KINDS.index(kind_of(other)), -counts[other], other))
    others = [network.entity(iri) for iri in order[:_MOST]]
    chosen = [entity, *(network.found(number) for number in others if number is not None)]
    number = {each.iri: place for place, each in enumerate(chosen)}
    ties = _own(said, number) | _among(network, scope, [each.iri for each in chosen[1:]], number)
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


def _own(said: Sequence[Row], number: Mapping[str, int]) -> dict[_Tie, Modality]:
    """A tie for each relation to a neighbour, as firm as its firmest claim."""
    best: dict[_Tie, Modality] = {}
    for row in said:
        if row.other in number:
            start, end = (0, number[row.other]) if row.forward else (number[row.other], 0)
            tie = (start, end, row.relation, row.polarity)
            best[tie] = min(best.get(tie, row.modality), row.modality, key=_MODALITIES.index)
    return best


def _among(network: Network, scope: Scope, others: Sequence[str], number: Mapping[str, int]) -> dict[_Tie, Modality]:
    """The facts among neighbours that the scope takes."""
    entities = [each for iri in others if (each := network.entity(iri)) is not None]
    firm = selected(network, replace(scope, modalities=scope.modalities & FIRM)).statements
    inside = np.isin(network.subjects[firm], entities) & np.isin(network.objects[firm], entities)
    return {
        (
            number[network.iris[int(network.subjects[each])]],
            number[network.iris[int(network.objects[each])]],
            network.relation_names[network.relation_of[each]],
            Polarity.AFFIRMED,
        ): Modality.ASSERTED
        for each in firm[inside].tolist()
    }


def _values(iris: Sequence[str]) -> str:
    return " ".join(str(ox.NamedNode(iri)) for iri in iris)
