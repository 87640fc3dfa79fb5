"""The ontology's files as Python values: relations, metrics, the registry of names, and how things are worded."""

from kg.ontology.conflicts import ConflictKind, load_conflict_kinds
from kg.ontology.load import CONFLICTS, Ontology, schema_and_shapes
from kg.ontology.registry import Entry
from kg.ontology.schema import Metric, Relation
from kg.ontology.wording import Cues, Figure, Section, Wording, Wordings

__all__ = [
    "CONFLICTS",
    "ConflictKind",
    "Cues",
    "Entry",
    "Figure",
    "Metric",
    "Ontology",
    "Relation",
    "Section",
    "Wording",
    "Wordings",
    "load_conflict_kinds",
    "schema_and_shapes",
]
