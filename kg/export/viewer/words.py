"""What a store's ontology calls things, in the page's own order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.export.viewer.appearance import RELATIONS
from kg.export.viewer.picture import RelationRow, RoleRow
from kg.store import Store, select
from kg.terms import local_name

_LONG = 22  # a longer label of a role gives way to its abbreviation in the legend
_METRICS = "SELECT DISTINCT ?node ?label WHERE { ?node a sp:Metric ; rdfs:label ?label }"
_RELATIONS = """SELECT DISTINCT ?node ?label ?inverse ?symmetric WHERE { ?node a sp:Relation ; rdfs:label ?label .
  OPTIONAL { ?node owl:inverseOf ?other . ?other rdfs:label ?inverse }
  BIND (EXISTS { ?node a owl:SymmetricProperty } AS ?symmetric) }"""
_ROLES = """SELECT DISTINCT ?node ?label ?short WHERE { ?node rdfs:subClassOf sp:Organisation ; rdfs:label ?label .
  OPTIONAL { ?node skos:altLabel ?short } }"""


@dataclass(frozen=True, slots=True)
class Words:
    """What the ontology calls things, the same for every picture of a store."""

    relations: tuple[RelationRow, ...]
    roles: tuple[RoleRow, ...]
    metrics: Mapping[str, str]


def read_words(store: Store) -> Words:
    """The relations, roles and metrics of the store's ontology."""
    metrics: dict[str, str] = {}
    for row in sorted(select(store, _METRICS), key=lambda row: (row["node"], row["label"])):
        metrics.setdefault(row["node"], row["label"])
    return Words(_relations(store), _roles(store), metrics)


def _relations(store: Store) -> tuple[RelationRow, ...]:
    """The ontology's relations, the best known first."""
    rows = {
        local_name(row["node"]): RelationRow(
            local_name(row["node"]), row["label"], row["inverse"], symmetric=row["symmetric"] == "true"
        )
        for row in once(select(store, _RELATIONS))
    }
    order = [name for name in RELATIONS if name in rows] + sorted(rows.keys() - RELATIONS.keys())
    return tuple(rows[name] for name in order)


def _roles(store: Store) -> tuple[RoleRow, ...]:
    rows: dict[str, RoleRow] = {}
    for row in select(store, _ROLES):
        name, label = local_name(row["node"]), row["label"]
        if row["short"] and len(label) > _LONG:
            label = row["short"]
        if name not in rows or (len(label), label) < (len(rows[name].label), rows[name].label):
            rows[name] = RoleRow(name, label[:1].upper() + label[1:])
    return tuple(rows[name] for name in sorted(rows))


def once(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The first row of each node in a stable order: a property given twice must not show a claim twice."""
    found: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: sorted(row.items())):
        found.setdefault(row["node"], row)
    return [found[node] for node in sorted(found)]
