"""Claims and observations as RDF: a graph for each document, one for entities, for conflicts and for what follows."""

from kg.graph.base import Linker, Quad, Vocabulary, entity_iri, observation_iri, remark_iri, text
from kg.graph.conflicts import (
    Allocation,
    Ownership,
    Sayings,
    Stance,
    Standing,
    conflict_quads,
    conflicts_among,
    joined_by,
    joining,
    owning,
    polarity_conflicts,
    stance_of,
    value_conflicts,
)
from kg.graph.derived import Fact, Rules, derived_quads, label_quads, reached
from kg.graph.entities import entity_quads, narrower, ontology_quads, used_entities
from kg.graph.lineage import Figure, figure_of
from kg.graph.reading import Parts, claims_of, end_of, observations_of, parts_of, remarks_of
from kg.graph.touched import Touched
from kg.graph.triples import claim_iri, document_iri, document_quads, fact_of, is_fact, joins_itself
from kg.graph.validate import Finding, Report, report_of, validate, validate_each
from kg.graph.validate_sparql import Check, checks_of

__all__ = [
    "Allocation",
    "Check",
    "Fact",
    "Figure",
    "Finding",
    "Linker",
    "Ownership",
    "Parts",
    "Quad",
    "Report",
    "Rules",
    "Sayings",
    "Stance",
    "Standing",
    "Touched",
    "Vocabulary",
    "checks_of",
    "claim_iri",
    "claims_of",
    "conflict_quads",
    "conflicts_among",
    "derived_quads",
    "document_iri",
    "document_quads",
    "end_of",
    "entity_iri",
    "entity_quads",
    "fact_of",
    "figure_of",
    "is_fact",
    "joined_by",
    "joining",
    "joins_itself",
    "label_quads",
    "narrower",
    "observation_iri",
    "observations_of",
    "ontology_quads",
    "owning",
    "parts_of",
    "polarity_conflicts",
    "reached",
    "remark_iri",
    "remarks_of",
    "report_of",
    "stance_of",
    "text",
    "used_entities",
    "validate",
    "validate_each",
    "value_conflicts",
]
