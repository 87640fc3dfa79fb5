"""Figures: what documents say in numbers about an entity."""

from collections.abc import Mapping
from typing import Any

from kg.server.api.references import entity_reference, labels, node, path_of, term_reference
from kg.server.api.rows import document_reference
from kg.server.session import Session
from kg.store import select
from kg.terms import local_name

_FIGURES = """
SELECT ?figure ?entity ?metric ?value ?unit ?period ?polarity ?modality ?confidence ?superseded ?quote
  ?source ?document ?date WHERE {
  %s
  GRAPH ?source {
    %s
    ?figure sp:observedEntity ?entity ; sp:metric ?metric ; sp:value ?value ; sp:unit ?unit ; sp:polarity ?polarity ;
      sp:modality ?modality ; sp:confidence ?confidence ; sp:mainEvidence ?evidence .
    ?evidence sp:exact ?quote .
    ?source sp:fileName ?document .
    OPTIONAL { ?figure sp:period ?period }
    OPTIONAL { ?source dcterms:date ?date }
  }
  BIND(EXISTS { ?newer sp:supersedes ?figure } AS ?superseded)
} ORDER BY ?metric ?period ?date ?figure LIMIT %d
"""
_MOST = 500


def figures_of(session: Session, iri: str) -> list[dict[str, Any]]:
    """An entity's figures, by metric, period and date; at most 500."""
    return figures(session, "", f"?figure sp:observedEntity {node(iri)} .")


def figures_in(session: Session, document: str) -> list[dict[str, Any]]:
    """A document's figures, in the same order; at most 500."""
    return figures(session, f"VALUES ?source {{ {node(document)} }}", "?figure a sp:Observation .")


def figures(session: Session, values: str, patterns: str, most: int = _MOST) -> list[dict[str, Any]]:
    """The figures that a VALUES block, or patterns in their document's graph, bind to ``?figure``."""
    rows = select(session.store, _FIGURES % (values, patterns, most))
    known = labels(session, {row[column] for row in rows for column in ("entity", "metric")})
    return [as_figure(row, known) for row in rows]


def as_figure(row: Mapping[str, str], known: Mapping[str, str]) -> dict[str, Any]:
    """A row as a JSON value."""
    return {
        "id": local_name(row["figure"]),
        "iri": row["figure"],
        "path": path_of(row["figure"]),
        "entity": entity_reference(row["entity"], known),
        "metric": term_reference(row["metric"], known),
        "value": float(row["value"]),
        "unit": row["unit"],
        "period": row["period"] or None,
        "polarity": local_name(row["polarity"]),
        "modality": local_name(row["modality"]),
        "confidence": float(row["confidence"]),
        "superseded": row["superseded"] == "true",
        "quote": row["quote"],
        "document": document_reference(row),
    }
