"""Claims and observations as RDF: a named graph for each document, one for the entities, one for the conflicts."""

from kg.graph.base import Linker, Quad, Vocabulary, entity_iri
from kg.graph.conflicts import conflict_quads
from kg.graph.entities import entity_quads, ontology_quads, used_entities
from kg.graph.triples import document_iri, document_quads, is_fact, joins_itself
from kg.graph.validate import Finding, Report, validate

__all__ = [
    "Finding",
    "Linker",
    "Quad",
    "Report",
    "Vocabulary",
    "conflict_quads",
    "document_iri",
    "document_quads",
    "entity_iri",
    "entity_quads",
    "is_fact",
    "joins_itself",
    "ontology_quads",
    "used_entities",
    "validate",
]
