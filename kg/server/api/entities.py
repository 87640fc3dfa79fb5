"""What one entity is."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
from rdflib import OWL, RDF, SKOS

from kg.errors import UnknownEntityError
from kg.server.api.fields import Values
from kg.server.api.figures import figures_of
from kg.server.api.neighbours import neighbours, related
from kg.server.api.references import entity_iri, entity_reference, labels, node
from kg.server.session import Session
from kg.server.view.preparing import view_of
from kg.store import select
from kg.terms import SP

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


def entity(session: Session, values: Values) -> dict[str, Any]:
    """Names, classes, relations and figures of an entity.

    Raises:
        UnknownEntityError: the store has no such entity.
    """
    iri = existing(session, values)
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
        "relations": related(session, iri),
        "figures": figures_of(session, iri),
    }


def connected(session: Session, values: Values) -> dict[str, Any]:
    """What an entity is connected with, one element for each relation, direction and neighbour.

    Raises:
        UnknownEntityError: the store has no such entity.
        Refusal: there is no such relation.
    """
    return neighbours(session, existing(session, values), values)


def existing(session: Session, values: Values) -> str:
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
