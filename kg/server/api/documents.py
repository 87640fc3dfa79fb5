"""The documents, and what each says."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from kg.server.api.fields import Values
from kg.server.api.figures import figures_in
from kg.server.api.references import node, path_of
from kg.server.api.rows import claims_page, met, paged
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.server.view.preparing import view_of
from kg.store import select
from kg.terms import DOCUMENT, local_name

# All that a document says of itself, since asking for each property has the engine look through all documents.
_DETAILS = "SELECT ?source ?property ?value { VALUES ?source { %s } GRAPH ?source { ?source ?property ?value } }"
_COUNTS = (
    "SELECT ?source (COUNT(?item) AS ?count) { VALUES ?source { %s } GRAPH ?source { ?item a %s } } GROUP BY ?source"
)


def documents(session: Session, values: Values) -> dict[str, Any]:
    """The documents in an order, a part of the list at a time."""
    view = view_of(session)
    listed = view.listing.find(view.index, values["q"] or "", values["order"])
    page = listed[values["offset"] : values["offset"] + values["limit"]]
    sources = [view.index.network.document_iris[number] for number in page.tolist()]
    return paged("documents", _described(session, sources), len(listed), values)


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
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for row in select(session.store, _DETAILS % nodes):
        rows[row["source"]][local_name(row["property"])] = row["value"]
    claims, figures = (_counts(session, nodes, kind) for kind in ("sp:Claim", "sp:Observation"))
    return [
        {
            "id": local_name(iri),
            "iri": iri,
            "path": path_of(iri),
            "name": rows[iri]["fileName"],
            "title": rows[iri].get("title"),
            "date": rows[iri].get("date"),
            "publisher": rows[iri].get("publisher"),
            "url": rows[iri].get("source"),
            "media_type": rows[iri].get("mediaType"),
            "language": rows[iri].get("language"),
            "sha256": rows[iri].get("sha256"),
            "number_of_claims": claims.get(iri, 0),
            "number_of_figures": figures.get(iri, 0),
        }
        for iri in sources
        if "fileName" in rows[iri]
    ]


def _counts(session: Session, nodes: str, kind: str) -> dict[str, int]:
    return {row["source"]: int(row["count"]) for row in select(session.store, _COUNTS % (nodes, kind)) if row["source"]}
