"""The documents, and what each says."""

from collections.abc import Sequence
from typing import Any

from kg.server.api.fields import Values
from kg.server.api.figures import figures_in
from kg.server.api.references import literal, node, path_of
from kg.server.api.rows import claims_page, met, paged
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.store import select
from kg.terms import DOCUMENT, local_name

_PAGE = """
SELECT ?source WHERE {
  GRAPH ?source { ?source a sp:Document ; sp:fileName ?name . %s }
} ORDER BY ?name ?source LIMIT %d OFFSET %d
"""
_COUNT = "SELECT (COUNT(?source) AS ?count) { GRAPH ?source { ?source a sp:Document ; sp:fileName ?name . %s } }"
_DETAILS = """
SELECT ?source ?name ?title ?date ?publisher ?url ?media ?sha256 ?language WHERE {
  VALUES ?source { %s }
  GRAPH ?source {
    ?source a sp:Document ; sp:fileName ?name .
    OPTIONAL { ?source dcterms:title ?title }
    OPTIONAL { ?source dcterms:date ?date }
    OPTIONAL { ?source dcterms:publisher ?publisher }
    OPTIONAL { ?source dcterms:source ?url }
    OPTIONAL { ?source dcterms:language ?language }
    OPTIONAL { ?source sp:mediaType ?media }
    OPTIONAL { ?source sp:sha256 ?sha256 }
  }
}
"""
_COUNTS = (
    "SELECT ?source (COUNT(?item) AS ?count) { VALUES ?source { %s } GRAPH ?source { ?item a %s } } GROUP BY ?source"
)


def documents(session: Session, values: Values) -> dict[str, Any]:
    """The documents by name, a part of the list at a time."""
    filters = ""
    if values["q"]:
        text = literal(values["q"].casefold())
        held = f"CONTAINS(LCASE(?name), {text}) || CONTAINS(LCASE(COALESCE(?title, '')), {text})"
        filters = f"OPTIONAL {{ ?source dcterms:title ?title }} FILTER({held})"
    total = int(select(session.store, _COUNT % filters)[0]["count"])
    rows = select(session.store, _PAGE % (filters, values["limit"], values["offset"]))
    return paged("documents", _described(session, [row["source"] for row in rows]), total, values)


def document(session: Session, values: Values) -> dict[str, Any]:
    """A document with its claims, a part at a time, and its figures.

    Raises:
        Refusal: the store has no such document.
    """
    id_ = values["id"]
    found = []
    if id_.isascii() and id_.isalnum():
        found = _described(session, [str(DOCUMENT) + id_])
    if not found:
        raise Refusal(404, f"The store has no document {id_!r}; /api/v1/documents lists those that it has")
    source = found[0]["iri"]
    return {
        **found[0],
        "figures": figures_in(session, source),
        **claims_page(session, met(["?claim a sp:Claim ."], graph=node(source)), values),
    }


def _described(session: Session, sources: Sequence[str]) -> list[dict[str, Any]]:
    """The documents of these IRIs, in this order; those that are not there are left out."""
    if not sources:
        return []
    nodes = " ".join(node(iri) for iri in sources)
    rows = {row["source"]: row for row in select(session.store, _DETAILS % nodes)}
    claims, figures = (_counts(session, nodes, kind) for kind in ("sp:Claim", "sp:Observation"))
    return [
        {
            "id": local_name(iri),
            "iri": iri,
            "path": path_of(iri),
            "name": rows[iri]["name"],
            "title": rows[iri]["title"] or None,
            "date": rows[iri]["date"] or None,
            "publisher": rows[iri]["publisher"] or None,
            "url": rows[iri]["url"] or None,
            "media_type": rows[iri]["media"] or None,
            "language": rows[iri]["language"] or None,
            "sha256": rows[iri]["sha256"] or None,
            "number_of_claims": claims.get(iri, 0),
            "number_of_figures": figures.get(iri, 0),
        }
        for iri in sources
        if iri in rows
    ]


def _counts(session: Session, nodes: str, kind: str) -> dict[str, int]:
    return {row["source"]: int(row["count"]) for row in select(session.store, _COUNTS % (nodes, kind)) if row["source"]}
