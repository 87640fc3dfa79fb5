"""One entity, and what it is connected with."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rdflib import OWL, RDF, SKOS

from kg.errors import UnknownEntityError
from kg.server.api.fields import Values
from kg.server.api.figures import figures_of
from kg.server.api.references import (
    entity_iri,
    entity_reference,
    labels,
    names,
    node,
    path_of,
    term_reference,
)
from kg.server.api.rows import claim_rows, document_reference, narrowed, paged
from kg.server.session import Session
from kg.store import select
from kg.terms import SP, local_name

_SAID = """
SELECT DISTINCT ?property ?value WHERE {
  VALUES ?property {
    rdf:type skos:prefLabel skos:altLabel skos:definition skos:broader sp:ticker sp:country sp:known sp:within
    sp:brandOf owl:sameAs
  }
  %s ?property ?value .
}
"""
_ROLES = "SELECT DISTINCT ?class ?label { %s a ?class . ?class rdfs:subClassOf sp:Organisation ; rdfs:label ?label }"
_RELATED = """
SELECT ?relation ?forward (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?other) AS ?neighbours) WHERE {
  { ?statement rdf:subject $entity ; rdf:object ?other . BIND(true AS ?forward) }
  UNION
  { ?statement rdf:object $entity ; rdf:subject ?other . BIND(false AS ?forward) }
  ?statement rdf:predicate ?relation .
  ?claim sp:statement ?statement .
} GROUP BY ?relation ?forward ORDER BY ?relation ?forward
"""
_WAYS = """
SELECT DISTINCT ?relation ?label ?inverse ?symmetric WHERE {
  ?relation a sp:Relation ; rdfs:label ?label .
  OPTIONAL { { ?relation owl:inverseOf ?back } UNION { ?back owl:inverseOf ?relation } ?back rdfs:label ?inverse }
  BIND(EXISTS { ?relation a owl:SymmetricProperty } AS ?symmetric)
}
"""
_BOTH_WAYS = "{ ?statement rdf:subject %s } UNION { ?statement rdf:object %s } ?claim sp:statement ?statement ."
_FACTS = {"asserted", "reported"}


def entity(session: Session, values: Values) -> dict[str, Any]:
    """Names, classes, relations and figures of an entity.

    Raises:
        UnknownEntityError: the store has no such entity.
    """
    iri = _existing(session, values)
    said = _said(session, iri)
    roles = select(session.store, _ROLES % node(iri))
    linked = [*said[str(SKOS.broader)], *said[str(SP.within)], *said[str(SP.brandOf)]]
    known = labels(session, [iri, *linked])
    return {
        **entity_reference(iri, known),
        "aliases": sorted(said[str(SKOS.altLabel)]),
        "roles": sorted({row["label"] for row in roles}),
        "types": sorted(said[str(RDF.type)]),
        "known": "false" not in said[str(SP.known)],
        "definition": _one(said, str(SKOS.definition)),
        "ticker": _one(said, str(SP.ticker)),
        "country": _one(said, str(SP.country)),
        "same_as": sorted(said[str(OWL.sameAs)]),
        "part_of": [entity_reference(each, known) for each in sorted(set(linked))],
        "relations": _relations(session, iri),
        "figures": figures_of(session, iri),
    }


def neighbours(session: Session, values: Values) -> dict[str, Any]:
    """What an entity is connected with, one element for each relation, direction and neighbour.

    Raises:
        UnknownEntityError: the store has no such entity.
        Refusal: there is no such relation.
    """
    iri = _existing(session, values)
    rows = claim_rows(session, _BOTH_WAYS % (node(iri), node(iri)), narrowed(session, values))
    groups: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    ways = _ways(session)
    for row in rows:
        forward = row["subject"] == iri
        direction = "both" if ways.get(row["relation"], ("", "", False))[2] else "out" if forward else "in"
        groups[row["relation"], direction, row["object"] if forward else row["subject"]].append(row)
    ordered = sorted(groups.items(), key=lambda item: (item[0][:2], -len(item[1]), item[0][2]))
    shown = ordered[values["offset"] : values["offset"] + values["limit"]]
    known = labels(session, {each for (relation, _, other), _ in shown for each in (relation, other)})
    items = [_neighbour(group, found, known, ways) for group, found in shown]
    return {"entity": entity_reference(iri, labels(session, [iri])), **paged("neighbours", items, len(ordered), values)}


def _neighbour(
    group: tuple[str, str, str],
    rows: Sequence[Mapping[str, str]],
    known: Mapping[str, str],
    ways: Mapping[str, tuple[str, str, bool]],
) -> dict[str, Any]:
    relation, direction, other = group
    best = max(rows, key=lambda row: (row["polarity"].endswith("affirmed"), float(row["confidence"]), row["claim"]))
    dates = sorted(row["date"] for row in rows if row["date"])
    return {
        "relation": {**term_reference(relation, known), "read": _read(relation, direction != "in", ways)},
        "direction": direction,
        "neighbour": entity_reference(other, known),
        "fact": any(_is_fact(row) for row in rows),
        "claims": len(rows),
        "documents": len({row["source"] for row in rows}),
        "polarity": dict(Counter(local_name(row["polarity"]) for row in rows)),
        "modality": dict(Counter(local_name(row["modality"]) for row in rows)),
        "confidence": max(float(row["confidence"]) for row in rows),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "quote": best["quote"],
        "claim": {"id": local_name(best["claim"]), "path": path_of(best["claim"])},
        "document": document_reference(best),
    }


def _is_fact(row: Mapping[str, str]) -> bool:
    return local_name(row["polarity"]) == "affirmed" and local_name(row["modality"]) in _FACTS


def _existing(session: Session, values: Values) -> str:
    """The IRI of the entity that ``kind`` and ``key`` name.

    Raises:
        UnknownEntityError: the store has none; the message offers close names.
    """
    iri = entity_iri(values["kind"], values["key"])
    if not select(session.store, f"SELECT ?class {{ {node(iri)} a ?class }} LIMIT 1"):
        cure = names(session).cure(values["key"])
        raise UnknownEntityError(f"The store has no {values['kind']} with the key {values['key']!r}; {cure}")
    return iri


def _said(session: Session, iri: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for row in select(session.store, _SAID % node(iri)):
        said[row["property"]].append(row["value"])
    return said


def _one(said: Mapping[str, list[str]], name: str) -> str | None:
    return min(said.get(name, []), default=None)


def _relations(session: Session, iri: str) -> list[dict[str, Any]]:
    rows = select(session.store, _RELATED.replace("$entity", node(iri)))
    ways = _ways(session)
    known = {relation: way[0] for relation, way in ways.items()}
    return [
        {
            **term_reference(row["relation"], known),
            "read": _read(row["relation"], row["forward"] == "true", ways),
            "direction": _direction(row, ways),
            "claims": int(row["claims"]),
            "neighbours": int(row["neighbours"]),
        }
        for row in rows
        if row["relation"]
    ]


def _direction(row: Mapping[str, str], ways: Mapping[str, tuple[str, str, bool]]) -> str:
    return "both" if ways.get(row["relation"], ("", "", False))[2] else "out" if row["forward"] == "true" else "in"


def _read(relation: str, forward: bool, ways: Mapping[str, tuple[str, str, bool]]) -> str:
    label, inverse, _ = ways.get(relation, (local_name(relation), "", False))
    return label if forward else inverse or f"is object of {label}"


def _ways(session: Session) -> dict[str, tuple[str, str, bool]]:
    """Relation → its label, how it reads backwards, and whether both directions are the same."""

    def read() -> dict[str, tuple[str, str, bool]]:
        ways = {}
        for row in select(session.store, _WAYS):
            symmetric = row["symmetric"] == "true"
            ways[row["relation"]] = row["label"], row["label"] if symmetric else row["inverse"], symmetric
        return ways

    return session.kept("ways", lambda _: read())
