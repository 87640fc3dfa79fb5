"""Claims and observations as RDF: a named graph for each document, one for the entities, one for the conflicts."""

from kg.graph.base import Linker, Quad, Vocabulary, entity_iri, text
from kg.graph.conflicts import conflict_quads
from kg.graph.entities import entity_quads, ontology_quads, used_entities
from kg.graph.triples import claim_iri, document_iri, document_quads, is_fact, joins_itself, observation_iri
from kg.graph.validate import Finding, Report, validate, validate_each

__all__ = [
    "Finding",
    "Linker",
    "Quad",
    "Report",
    "Vocabulary",
    "claim_iri",
    "conflict_quads",
    "document_iri",
    "document_quads",
    "entity_iri",
    "entity_quads",
    "is_fact",
    "joins_itself",
    "observation_iri",
    "ontology_quads",
    "text",
    "used_entities",
    "validate",
    "validate_each",
]
