"""All that a store knows about one entity, ready to be told."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.query.lookup import Found
from kg.query.remarks import RemarkLine, read_remarks
from kg.query.render import labels_of
from kg.store import Store, select
from kg.terms import local_name

_CLAIMS = """
SELECT DISTINCT ?relation ?forward ?other ?claim ?polarity ?modality ?confidence ?quote ?document ?date WHERE {
  { ?statement rdf:subject $entity ; rdf:object ?other . BIND(true AS ?forward) }
  UNION
  { ?statement rdf:object $entity ; rdf:subject ?other . BIND(false AS ?forward) }
  ?statement rdf:predicate ?relation .
  ?claim sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence ;
    sp:mainEvidence/sp:exact ?quote ; prov:wasDerivedFrom ?source .
  ?source sp:fileName ?document .
  OPTIONAL { ?source dcterms:date ?date }
} ORDER BY ?relation ?forward ?other ?polarity ?date ?document ?claim
"""
_RELATIONS = """
SELECT DISTINCT ?relation ?label ?inverse ?symmetric WHERE {
  ?relation a sp:Relation ; rdfs:label ?label .
  OPTIONAL { { ?relation owl:inverseOf ?back } UNION { ?back owl:inverseOf ?relation } ?back rdfs:label ?inverse }
  BIND(EXISTS { ?relation a owl:SymmetricProperty } AS ?symmetric)
} ORDER BY ?relation
"""
_FIGURES = """
SELECT DISTINCT ?metric ?value ?unit ?period ?modality ?superseded ?quote ?document ?date ?claim WHERE {
  ?claim sp:observedEntity $entity ; sp:metric ?metric ; sp:value ?value ; sp:unit ?unit ; sp:modality ?modality ;
    sp:mainEvidence/sp:exact ?quote ; prov:wasDerivedFrom ?source .
  ?source sp:fileName ?document .
  OPTIONAL { ?claim sp:period ?period }
  OPTIONAL { ?source dcterms:date ?date }
  BIND(EXISTS { ?newer sp:supersedes ?claim } AS ?superseded)
} ORDER BY ?metric ?period ?value ?document ?claim
"""
_NAMES = """
SELECT DISTINCT ?alias ?role WHERE {
  { $entity skos:altLabel ?alias }
  UNION
  { $entity a ?class . ?class rdfs:subClassOf sp:Organisation ; rdfs:label ?role }
} ORDER BY ?role ?alias
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One claim as seen from the entity: the other side, how it is said, its words and their document."""

    other: str
    claim: str
    polarity: str
    modality: str
    confidence: float
    quote: str
    document: str
    date: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of the entity: metric, value in base units, unit, period, how it is said, its words and document."""

    metric: str
    value: float
    unit: str
    period: str
    modality: str
    superseded: bool
    claim: str
    quote: str
    document: str
    date: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known about an entity.

    Attributes:
        found: the entity.
        aliases: its further names.
        roles: what it is, as people say it.
        groups: a relation as read from the entity → its claims.
        figures: its figures.
        remarks: where it stands, and what was not found about it.
    """

    found: Found
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    groups: dict[str, list[Line]]
    figures: list[FigureLine]
    remarks: list[RemarkLine]


def profile(store: Store, found: Found) -> Profile:
    """All claims, figures and remarks about an entity, relations in the ontology's words."""
    node = str(ox.NamedNode(found.iri))
    names = select(store, _NAMES.replace("$entity", node))
    rows = select(store, _CLAIMS.replace("$entity", node))
    figures = select(store, _FIGURES.replace("$entity", node))
    labels = labels_of(store, [row["other"] for row in rows] + [row["metric"] for row in figures])
    return Profile(
        found=found,
        aliases=tuple(sorted({row["alias"] for row in names if row["alias"]})),
        roles=tuple(sorted({row["role"] for row in names if row["role"]})),
        groups=_grouped(rows, relation_ways(store), labels),
        figures=[_figure(row, labels) for row in figures],
        remarks=read_remarks(store, found.iri),
    )


def relation_ways(store: Store) -> dict[tuple[str, bool], str]:
    """Relation and direction → how it is read from the entity."""
    ways = {}
    for row in select(store, _RELATIONS):
        ways[row["relation"], True] = row["label"]
        backwards = row["label"] if row["symmetric"] == "true" else row["inverse"] or f"is object of {row['label']}"
        ways[row["relation"], False] = backwards
    return ways


def _grouped(
    rows: Sequence[dict[str, str]], ways: dict[tuple[str, bool], str], labels: dict[str, str]
) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for row in rows:
        forward = row["forward"] == "true"
        way = ways.get((row["relation"], forward), local_name(row["relation"]))
        groups.setdefault(way, []).append(
            Line(
                other=labels.get(row["other"], local_name(row["other"])),
                claim=local_name(row["claim"]),
                polarity=local_name(row["polarity"]),
                modality=local_name(row["modality"]),
                confidence=float(row["confidence"]),
                quote=row["quote"],
                document=row["document"],
                date=row["date"],
            )
        )
    return groups


def _figure(row: dict[str, str], labels: dict[str, str]) -> FigureLine:
    return FigureLine(
        metric=labels.get(row["metric"], local_name(row["metric"])),
        value=float(row["value"]),
        unit=row["unit"],
        period=row["period"],
        modality=local_name(row["modality"]),
        superseded=row["superseded"] == "true",
        claim=local_name(row["claim"]),
        quote=row["quote"],
        document=row["document"],
        date=row["date"],
    )
