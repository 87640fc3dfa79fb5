"""The documents, and what each says."""

from typing import Any

from kg.server.api.fields import Values
from kg.server.api.figures import figures
from kg.server.api.references import literal, node, path_of
from kg.server.api.rows import as_claims, claim_rows, count_claims, paged
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.store import select
from kg.terms import DOCUMENT, local_name

_DOCUMENTS = """
SELECT DISTINCT ?source ?name ?title ?date ?publisher ?url ?media ?sha256 ?language WHERE {
  %s
  ?source a sp:Document ; sp:fileName ?name .
  OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source dcterms:date ?date }
  OPTIONAL { ?source dcterms:publisher ?publisher }
  OPTIONAL { ?source dcterms:source ?url }
  OPTIONAL { ?source dcterms:language ?language }
  OPTIONAL { ?source sp:mediaType ?media }
  OPTIONAL { ?source sp:sha256 ?sha256 }
  %s
} ORDER BY ?name ?source LIMIT %d OFFSET %d
"""
_COUNT = "SELECT (COUNT(DISTINCT ?source) AS ?count) { ?source a sp:Document ; sp:fileName ?name . %s }"
_COUNTS = """
SELECT ?source (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?figure) AS ?figures) WHERE {
  VALUES ?source { %s }
  { ?claim prov:wasDerivedFrom ?source ; a sp:Claim } UNION { ?figure prov:wasDerivedFrom ?source ; a sp:Observation }
} GROUP BY ?source
"""


def documents(session: Session, values: Values) -> dict[str, Any]:
    """The documents by name, a part of the list at a time."""
    filters = ""
    if values["q"]:
        text = literal(values["q"].casefold())
        filters = f"FILTER(CONTAINS(LCASE(?name), {text}) || CONTAINS(LCASE(COALESCE(?title, '')), {text}))"
        matched = f"OPTIONAL {{ ?source dcterms:title ?title }} {filters}"
    else:
        matched = ""
    total = int(select(session.store, _COUNT % matched)[0]["count"])
    found = _described(session, "", filters, values["limit"], values["offset"])
    return paged("documents", found, total, values)


def document(session: Session, values: Values) -> dict[str, Any]:
    """A document with its claims, a part at a time, and its figures.

    Raises:
        Refusal: the store has no such document.
    """
    id_ = values["id"]
    found = []
    if id_.isascii() and id_.isalnum():
        found = _described(session, f"VALUES ?source {{ {node(str(DOCUMENT) + id_)} }}", "", 1, 0)
    if not found:
        raise Refusal(404, f"The store has no document {id_!r}; /api/v1/documents lists those that it has")
    source = node(found[0]["iri"])
    where = f"?claim prov:wasDerivedFrom {source} ; sp:statement ?statement ."
    claims = as_claims(session, claim_rows(session, where, page=values))
    return {
        **found[0],
        "figures": figures(session, f"?figure prov:wasDerivedFrom {source} ; a sp:Observation ."),
        **paged("claims", claims, count_claims(session, where), values),
    }


def _described(session: Session, which: str, filters: str, limit: int, offset: int) -> list[dict[str, Any]]:
    rows = select(session.store, _DOCUMENTS % (which, filters, limit, offset))
    nodes = " ".join(node(row["source"]) for row in rows)
    counted = {row["source"]: row for row in select(session.store, _COUNTS % nodes)} if rows else {}
    return [
        {
            "id": local_name(row["source"]),
            "iri": row["source"],
            "path": path_of(row["source"]),
            "name": row["name"],
            "title": row["title"] or None,
            "date": row["date"] or None,
            "publisher": row["publisher"] or None,
            "url": row["url"] or None,
            "media_type": row["media"] or None,
            "language": row["language"] or None,
            "sha256": row["sha256"] or None,
            "number_of_claims": int(counted.get(row["source"], {}).get("claims") or 0),
            "number_of_figures": int(counted.get(row["source"], {}).get("figures") or 0),
        }
        for row in rows
    ]
