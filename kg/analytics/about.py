"""All claims and figures about one entity, without their quotes: what answers about entities choose from."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.analytics.scope import Scope
from kg.model import Modality, Polarity
from kg.query import Found
from kg.store import Store, select
from kg.terms import local_name

# All that is said of a claim stands in its document's graph, so each pattern is met there once.
_CLAIMS = """
SELECT ?node ?statement ?relation ?other ?forward ?polarity ?modality ?confidence ?name ?date WHERE {
  GRAPH ?source {
    { ?statement rdf:subject %(entity)s ; rdf:object ?other . BIND(true AS ?forward) }
    UNION
    { ?statement rdf:object %(entity)s ; rdf:subject ?other . BIND(false AS ?forward) }
    ?statement rdf:predicate ?relation .
    ?node sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence .
    ?source sp:fileName ?name .
    OPTIONAL { ?source dcterms:date ?date }
  }
}
"""
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
_REMARKS = """
SELECT ?node ?polarity ?modality ?confidence ?name ?date WHERE {
  GRAPH ?source {
    { ?node sp:remarkOf %(entity)s } UNION { ?node sp:counterpart/sp:names %(entity)s }
    ?node sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence .
    ?source sp:fileName ?name .
    OPTIONAL { ?source dcterms:date ?date }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, a figure or a remark about an entity.

    Attributes:
        node: its IRI.
        key: what it is about: for a claim its statement's IRI, for a figure metric, unit and period, for a remark its
            own IRI.
        relation: local name of the relation or metric; empty for a remark.
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


def claims_about(store: Store, entity: Found, scope: Scope) -> list[Row]:
    """The claims about an entity that a scope takes, by IRI."""
    rows = [_row(row, row["statement"], row["relation"]) for row in _asked(store, _CLAIMS, entity)]
    return _taken(scope, (row for row in rows if scope.takes_relation(row.relation)))


def figures_about(store: Store, entity: Found, scope: Scope) -> list[Row]:
    """The figures of an entity that a scope takes, by IRI."""
    rows = _asked(store, _FIGURES, entity)
    return _taken(
        scope, (_row(row, "|".join((row["metric"], row["unit"], row["period"])), row["metric"]) for row in rows)
    )


def remarks_about(store: Store, entity: Found, scope: Scope) -> list[Row]:
    """The remarks about an entity that a scope takes, by IRI."""
    return _taken(scope, (_row(row, row["node"], "") for row in _asked(store, _REMARKS, entity)))


def by_strength(row: Row) -> tuple[float, str, str]:
    """For sorting, the surest first."""
    return -row.confidence, row.document, row.node


def _asked(store: Store, query: str, entity: Found) -> list[dict[str, str]]:
    return select(store, query % {"entity": ox.NamedNode(entity.iri)})


def _taken(scope: Scope, rows: Iterable[Row]) -> list[Row]:
    found = {
        row.node: row
        for row in rows
        if scope.takes(row.modality, row.confidence) and scope.takes_document(row.document, row.date)
    }
    return [found[node] for node in sorted(found)]


def _row(row: dict[str, str], key: str, relation: str) -> Row:
    return Row(
        node=row["node"],
        key=key,
        relation=local_name(relation),
        other=row.get("other", ""),
        forward=row.get("forward") == "true",
        value=float(row.get("value") or 0),
        polarity=Polarity(local_name(row["polarity"])),
        modality=Modality(local_name(row["modality"])),
        confidence=float(row["confidence"]),
        document=row["name"],
        date=row["date"],
    )
