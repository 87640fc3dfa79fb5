"""How the JSON interface names things: IRI, key, label, and the path of their page in this service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import pyoxigraph as ox
from rdflib import URIRef

from kg.analytics.network import find as find_in
from kg.graph.base import kind_of
from kg.graph.triples import statement_iri
from kg.model import MentionKind
from kg.query import Found, labels_of
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.server.view.preparing import view_of
from kg.store import OpenStore, select
from kg.terms import ENTITY, PLACE, ROOT, SP, TECHNOLOGY, local_name

_NAMESPACES = {
    MentionKind.ORGANISATION: ENTITY,
    MentionKind.TECHNOLOGY: TECHNOLOGY,
    MentionKind.PLACE: PLACE,
}
KINDS = tuple(str(kind) for kind in MentionKind)


def node(iri: str) -> str:
    """An IRI as a term of SPARQL."""
    return str(ox.NamedNode(iri))


def literal(text: str) -> str:
    """A text as a term of SPARQL."""
    return str(ox.Literal(text))


def entity_iri(kind: str, key: str) -> str:
    """The IRI of an entity by its kind and key."""
    return str(_NAMESPACES[MentionKind(kind)]) + quote(key, safe="")


def path_of(iri: str) -> str:
    """Where this service tells about the IRI; empty for one that is not the project's."""
    if iri == str(SP).rstrip("#") or iri.startswith(str(SP)):
        return "/ontology" + iri.removeprefix(str(SP).rstrip("#"))
    return "/" + iri.removeprefix(ROOT) if iri.startswith(ROOT) else ""


def entity_reference(iri: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """An entity with its kind."""
    key = unquote(local_name(iri))
    return {"iri": iri, "kind": str(kind_of(iri)), "key": key, "label": labels.get(iri, key), "path": path_of(iri)}


def term_reference(iri: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """A term of the ontology."""
    return {"iri": iri, "name": local_name(iri), "label": labels.get(iri, local_name(iri)), "path": path_of(iri)}


def found_reference(found: Found) -> dict[str, Any]:
    """An entity that was looked up."""
    return entity_reference(found.iri, {found.iri: found.label})


def find(session: Session, name: str) -> str:
    """The IRI of the entity that a key, label, alias or IRI names.

    Raises:
        UnknownEntityError: there is none, or several.
    """
    if name.startswith(ROOT):
        return name if _is_iri(name) else _no_iri(name)
    network = view_of(session).index.network
    number = find_in(network, session.store, name)
    if number < 0:
        raise Refusal(404, f"Nothing in the store is named {name!r}")
    return network.iris[number]


def labels(session: Session, iris: Iterable[str]) -> dict[str, str]:
    """Preferred labels by IRI."""
    return labels_of(session.store, iris)


def relation_iri(session: Session, name: str) -> str:
    """The IRI of a relation by its local name or label.

    Raises:
        Refusal: there is none.
    """
    known = relations(session)
    wanted = name.casefold()
    for iri, label in known.items():
        if wanted in {local_name(iri).casefold(), label.casefold(), iri.casefold()}:
            return iri
    told = ", ".join(sorted(local_name(iri) for iri in known)) or "none"
    raise Refusal(400, f"There is no relation {name!r}; the ontology has {told}")


def relations(session: Session) -> dict[str, str]:
    """The relations of the ontology with their labels."""
    return session.kept("relations", lambda store: {row["iri"]: row["label"] for row in select(store, _RELATIONS)})


@dataclass(frozen=True, slots=True)
class Way:
    """How a relation is read: its label, how it reads backwards, and whether both directions are the same."""

    label: str
    inverse: str
    symmetric: bool

    def read(self, *, forward: bool) -> str:
        """The relation as read from its subject, or from its object."""
        return self.label if forward or self.symmetric else self.inverse or f"is object of {self.label}"

    def direction(self, *, forward: bool) -> str:
        """``out``, ``in`` or ``both``, seen from the subject or from the object."""
        return "both" if self.symmetric else "out" if forward else "in"


def ways(session: Session) -> dict[str, Way]:
    """How each relation of the ontology is read."""

    def read(store: OpenStore) -> dict[str, Way]:
        rows = select(store, _WAYS)
        return {row["relation"]: Way(row["label"], row["inverse"], row["symmetric"] == "true") for row in rows}

    return session.kept("ways", read)


def statement_of(session: Session, subject: str, relation: str, object_: str) -> str:
    """The IRI of the statement that claims about these three share, whichever way round a symmetric one is put."""
    turned = ways(session)[relation].symmetric and object_ < subject
    ends = (object_, subject) if turned else (subject, object_)
    return str(statement_iri((URIRef(ends[0]), URIRef(relation), URIRef(ends[1]))))


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _no_iri(text: str) -> str:
    raise Refusal(400, f"{text!r} is no IRI")


_WAYS = """
SELECT DISTINCT ?relation ?label ?inverse ?symmetric WHERE {
  ?relation a sp:Relation ; rdfs:label ?label .
  OPTIONAL { { ?relation owl:inverseOf ?back } UNION { ?back owl:inverseOf ?relation } ?back rdfs:label ?inverse }
  BIND(EXISTS { ?relation a owl:SymmetricProperty } AS ?symmetric)
}
"""
_RELATIONS = "SELECT DISTINCT ?iri ?label { ?iri a sp:Relation ; rdfs:label ?label } ORDER BY ?iri"
