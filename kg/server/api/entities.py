"""One entity, and what it is connected with."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rdflib import OWL, RDF, SKOS

from kg.errors import UnknownEntityError
from kg.server.api.fields import Values
from kg.server.api.figures import figures_of
from kg.server.api.references import (
    entity_iri,
    entity_reference,
    labels,
    node,
    path_of,
    statement_of,
    term_reference,
    ways,
)
from kg.server.api.rows import claims_about, document_reference, narrowed, paged
from kg.server.session import Session
from kg.server.view.preparing import view_of
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
SELECT ?relation (COUNT(?claim) AS ?claims) (COUNT(DISTINCT ?other) AS ?neighbours) WHERE {
  GRAPH ?source {
    ?statement %s %s ; %s ?other ; rdf:predicate ?relation .
    ?claim sp:statement ?statement .
  }
} GROUP BY ?relation ORDER BY ?relation
"""
_GROUPS = """
SELECT ?relation ?other (COUNT(?claim) AS ?claims) WHERE {
  GRAPH ?source {
    ?statement %s %s ; %s ?other ; rdf:predicate ?relation .
    ?claim sp:statement ?statement .
    %s
  }
} GROUP BY ?relation ?other
"""
_FORWARD, _BACKWARD = ("rdf:subject", "rdf:object"), ("rdf:object", "rdf:subject")
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
    iri, filters = _existing(session, values), narrowed(session, values)
    groups = sorted(_groups(session, iri, filters).items(), key=lambda each: (each[0][:2], -each[1], each[0][2]))
    shown = groups[values["offset"] : values["offset"] + values["limit"]]
    known = labels(session, {iri, *(each for (relation, _, other), _ in shown for each in (relation, other))})
    statements = [_statement(session, iri, group) for group, _ in shown]
    said = claims_about(session, statements, filters)
    items = [
        _neighbour(session, group, said[statement], known)
        for (group, _), statement in zip(shown, statements, strict=True)
    ]
    told = [{**item, "claims": number} for item, (_, number) in zip(items, shown, strict=True)]
    return {"entity": entity_reference(iri, known), **paged("neighbours", told, len(groups), values)}


def _groups(session: Session, iri: str, filters: str) -> dict[tuple[str, str, str], int]:
    """(relation, direction, neighbour) → number of claims."""
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    known = ways(session)
    for ends in (_FORWARD, _BACKWARD):
        for row in select(session.store, _GROUPS % (ends[0], node(iri), ends[1], filters)):
            if row["relation"] in known:
                direction = known[row["relation"]].direction(forward=ends is _FORWARD)
                found[row["relation"], direction, row["other"]] += int(row["claims"])
    return found


def _statement(session: Session, iri: str, group: tuple[str, str, str]) -> str:
    relation, direction, other = group
    return statement_of(session, *((other, relation, iri) if direction == "in" else (iri, relation, other)))


def _neighbour(
    session: Session, group: tuple[str, str, str], rows: Sequence[Mapping[str, str]], known: Mapping[str, str]
) -> dict[str, Any]:
    relation, direction, other = group
    best = max(rows, key=lambda row: (row["polarity"].endswith("affirmed"), float(row["confidence"]), row["claim"]))
    dates = sorted(row["date"] for row in rows if row["date"])
    return {
        "relation": {
            **term_reference(relation, known),
            "read": ways(session)[relation].read(forward=direction != "in"),
        },
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
        told = f"The store has no {values['kind']} with the key {values['key']!r}"
        close = [name for _, name in _close(session, values["key"])]
        raise UnknownEntityError(f"{told}; did you mean {' or '.join(close)}?" if close else told)
    return iri


def _close(session: Session, key: str) -> list[tuple[int, str]]:
    """Pairs (entity, name) of those that are named much like a key."""
    view = view_of(session)
    words = " ".join(key.replace("-", " ").split())
    return view.names.find(words, 3, np.ones(len(view.index.network.iris), bool))


def _said(session: Session, iri: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for row in select(session.store, _SAID % node(iri)):
        said[row["property"]].append(row["value"])
    return said


def _one(said: Mapping[str, list[str]], name: str) -> str | None:
    return min(said.get(name, []), default=None)


def _relations(session: Session, iri: str) -> list[dict[str, Any]]:
    """How many claims and neighbours the entity has by relation and direction."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    known = ways(session)
    for ends in (_FORWARD, _BACKWARD):
        for row in select(session.store, _RELATED % (ends[0], node(iri), ends[1])):
            if row["relation"] in known:
                counts = found[row["relation"], known[row["relation"]].direction(forward=ends is _FORWARD)]
                counts[0] += int(row["claims"])
                counts[1] += int(row["neighbours"])
    names_ = {relation: way.label for relation, way in known.items()}
    return [
        {
            **term_reference(relation, names_),
            "read": known[relation].read(forward=direction != "in"),
            "direction": direction,
            "claims": claims,
            "neighbours": others,
        }
        for (relation, direction), (claims, others) in sorted(found.items())
    ]
