"""How the store's ontology reads its relations from either end."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import MentionKind
from kg.store import Store, select
from kg.terms import SP, local_name

_RELATIONS = """
SELECT DISTINCT ?relation ?label ?inverse ?domain ?range ?dependent
  (EXISTS { ?relation a owl:SymmetricProperty } AS ?symmetric) WHERE {
  ?relation a sp:Relation ; rdfs:label ?label ; rdfs:domain ?domain ; rdfs:range ?range .
  OPTIONAL { { ?relation owl:inverseOf ?back } UNION { ?back owl:inverseOf ?relation } ?back rdfs:label ?inverse }
  OPTIONAL { ?relation sp:dependentEnd ?dependent }
} ORDER BY ?relation ?inverse
"""
_METRICS = "SELECT DISTINCT ?metric ?label WHERE { ?metric a sp:Metric ; rdfs:label ?label } ORDER BY ?label"
_KINDS = {
    str(SP.Organisation): MentionKind.ORGANISATION,
    str(SP.PackagingTechnology): MentionKind.TECHNOLOGY,
    str(SP.Place): MentionKind.PLACE,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A relation as read from one of its ends.

    Attributes:
        relation: local name.
        forwards: whether it is read from its subject.
        words: how it is read ("outsources to", "provides services to").
        of: what may stand at this end; None for what claims are never about.
        depends: whether this end depends on the other.
        carries: whether the other end depends on this one.
    """

    relation: str
    forwards: bool
    words: str
    of: MentionKind | None
    depends: bool
    carries: bool


Readings = Mapping[tuple[str, bool], Reading]
"""Relation and whether it is read from its subject → its reading; a symmetric one is only read forwards."""


def readings(store: Store) -> Readings:
    """The readings of all relations."""
    found: dict[tuple[str, bool], Reading] = {}
    for row in select(store, _RELATIONS):
        name = local_name(row["relation"])
        ways = [(True, row["label"], row["domain"], "subject", "object")]
        if row["symmetric"] != "true":
            inverse = row["inverse"] or f"is object of {row['label']}"
            ways.append((False, inverse, row["range"], "object", "subject"))
        for forwards, words, class_, here, there in ways:
            depends, carries = row["dependent"] == here, row["dependent"] == there
            reading = Reading(name, forwards, words, _KINDS.get(class_), depends, carries)
            found.setdefault((name, forwards), reading)
    return found


def metrics(store: Store) -> list[str]:
    """How people call each metric of the ontology, sorted."""
    return list(dict.fromkeys(row["label"] for row in select(store, _METRICS)))
