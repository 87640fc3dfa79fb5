"""All claims, figures and remarks about one entity, without their quotes: what answers about entities choose from."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyoxigraph as ox

from kg.analytics.network import Network, select
from kg.analytics.network.columns import MODALITIES, POLARITIES
from kg.analytics.sayings import rows_about
from kg.analytics.scope import Scope
from kg.errors import UsageError
from kg.model import Modality, Polarity
from kg.query import Found
from kg.store import Store
from kg.store import select as rows_of
from kg.terms import local_name

# All that is said of a figure stands in its document's graph, so each pattern is met there once.
_FIGURES = """
SELECT ?node ?metric ?value ?unit ?period ?polarity ?modality ?confidence ?name ?date WHERE {
  GRAPH ?source {
    ?node sp:observedEntity %(entity)s ; sp:metric ?metric ; sp:value ?value ; sp:unit ?unit ; sp:polarity ?polarity ;
      sp:modality ?modality ; sp:confidence ?confidence .
    ?source sp:fileName ?name .
    OPTIONAL { ?node sp:period ?period }
    OPTIONAL { ?source dcterms:date ?date }
  }
}
"""
_OF_REMARKS = """SELECT DISTINCT ?node {
  { ?node sp:remarkOf %(entity)s } UNION { ?end sp:names %(entity)s . ?node sp:counterpart ?end } }"""
_REMARKS = """
SELECT DISTINCT ?node ?kind ?polarity ?modality ?confidence ?name ?date WHERE {
  VALUES ?node { %s }
  ?node sp:remarkKind ?kind ; sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence ;
    prov:wasDerivedFrom ?source .
  ?source sp:fileName ?name .
  OPTIONAL { ?source dcterms:date ?date }
}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, a figure or a remark about an entity.

    Attributes:
        node: its IRI.
        key: what it is about: for a claim its statement's IRI, for a figure metric, unit and period, for a remark its
            own IRI.
        relation: local name of the relation or metric; for a remark its kind.
        other: IRI of a claim's other end, or empty.
        forward: whether the entity is the statement's subject.
        value: a figure's value in base units; 0 for others.
        polarity: affirmed or negated.
        modality: how it is said.
        confidence: 0 to 1.
        document: the document's file name.
        date: its date, or empty.
    """

    node: str
    key: str
    relation: str
    other: str
    forward: bool
    value: float
    polarity: Polarity
    modality: Modality
    confidence: float
    document: str
    date: str


def check_two(first: Found, second: Found) -> None:
    """Makes sure that a question about two entities is about two.

    Raises:
        UsageError: both are the same.
    """
    if first.iri == second.iri:
        raise UsageError(f"Both names mean {first.label}; give two entities")


def claims_about(network: Network, entity: Found, scope: Scope) -> list[Row]:
    """The claims about an entity that a scope takes, by IRI."""
    number = network.entity(entity.iri)
    if number is None:
        return []
    taken = select(network, scope, polarity=None).claims
    ends = (network.subjects == number) | (network.objects == number)
    claims = np.flatnonzero(taken & ends[network.claim_statements])
    documents = {
        each: (network.document_names[each], network.document_dates[each])
        for each in np.unique(network.documents[claims]).tolist()
    }
    rows = (_claim(network, number, claim, *documents[int(network.documents[claim])]) for claim in claims.tolist())
    return sorted(rows, key=lambda row: row.node)


def figures_about(store: Store, entity: Found, scope: Scope) -> list[Row]:
    """The figures of an entity that a scope takes, by IRI."""
    rows = _asked(store, _FIGURES, entity)
    return _taken(
        scope, (_row(row, "|".join((row["metric"], row["unit"], row["period"])), row["metric"]) for row in rows)
    )


def remarks_about(store: Store, entity: Found, scope: Scope) -> list[Row]:
    """The remarks about an entity that a scope takes, by IRI."""
    nodes = [row["node"] for row in _asked(store, _OF_REMARKS, entity)]
    return _taken(scope, (_row(row, row["node"], row["kind"]) for row in rows_about(store, _REMARKS, nodes)))


def by_strength(row: Row) -> tuple[float, str, str]:
    """For sorting, the surest first."""
    return -row.confidence, row.document, row.node


def _asked(store: Store, query: str, entity: Found) -> list[dict[str, str]]:
    return rows_of(store, query % {"entity": ox.NamedNode(entity.iri)})


def _taken(scope: Scope, rows: Iterable[Row]) -> list[Row]:
    found = {
        row.node: row
        for row in rows
        if scope.takes(row.modality, row.confidence) and scope.takes_document(row.document, row.date)
    }
    return [found[node] for node in sorted(found)]


def _claim(network: Network, entity: int, claim: int, document: str, date: str) -> Row:
    statement = int(network.claim_statements[claim])
    forward = int(network.subjects[statement]) == entity
    other = network.objects[statement] if forward else network.subjects[statement]
    return Row(
        node=network.claim_iri(claim),
        key=network.statement_iri(statement),
        relation=network.relation_names[network.relation_of[statement]],
        other=network.iris[int(other)],
        forward=forward,
        value=0.0,
        polarity=POLARITIES[network.polarities[claim]],
        modality=MODALITIES[network.modalities[claim]],
        confidence=float(network.confidences[claim]),
        document=document,
        date=date,
    )


def _row(row: dict[str, str], key: str, relation: str) -> Row:
    return Row(
        node=row["node"],
        key=key,
        relation=local_name(relation),
        other="",
        forward=True,
        value=float(row.get("value") or 0),
        polarity=Polarity(local_name(row["polarity"])),
        modality=Modality(local_name(row["modality"])),
        confidence=float(row["confidence"]),
        document=row["name"],
        date=row["date"],
    )
