"""Claims as rows: the one query that entities, neighbours, evidence and documents are told from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.server.api.fields import Field, Values
from kg.server.api.references import entity_reference, labels, node, path_of, relation_iri, term_reference
from kg.server.session import Session
from kg.store import select
from kg.terms import local_name

_CLAIMS = """
SELECT DISTINCT ?claim ?subject ?relation ?object ?polarity ?modality ?confidence ?quote ?source ?document ?date WHERE {
  %s
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  ?claim sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence ;
    sp:mainEvidence ?evidence ; prov:wasDerivedFrom ?source .
  ?evidence sp:exact ?quote .
  ?source sp:fileName ?document .
  OPTIONAL { ?source dcterms:date ?date }
  %s
} ORDER BY %s
"""
_COUNT = "SELECT (COUNT(DISTINCT ?claim) AS ?count) WHERE { %s %s }"
BY_PLACE = "?relation ?subject ?object DESC(?date) DESC(?confidence) ?claim"

POLARITIES = ("affirmed", "negated")
MODALITIES = ("asserted", "reported", "planned", "possible", "historical")
FILTERS = (
    Field("polarity", "whether the claim says so or denies it", choices=POLARITIES),
    Field("modality", "how it is said; several with commas between", choices=MODALITIES, many=True),
    Field("min_confidence", "leave out what is less sure", kind="number", default=0.0, least=0, most=1),
    Field("since", "leave out what older or undated documents say", kind="date"),
)
PAGE = (
    Field("limit", "how many at most", kind="integer", default=50, least=1, most=1000),
    Field("offset", "how many to pass over", kind="integer", default=0, least=0, most=1_000_000),
)


def narrowed(session: Session, values: Values) -> str:
    """The graph patterns and filters that :data:`FILTERS` and ``relation`` stand for; values become terms.

    Raises:
        Refusal: there is no such relation.
    """
    parts = []
    if values.get("relation"):
        parts.append(f"?statement rdf:predicate {node(relation_iri(session, values['relation']))} .")
    if values.get("polarity"):
        parts.append(f"?claim sp:polarity sp:{values['polarity']} .")
    if values.get("modality"):
        terms = ", ".join(f"sp:{each}" for each in values["modality"])
        parts.append(f"?claim sp:modality ?said . FILTER(?said IN ({terms}))")
    if values.get("min_confidence"):
        number = ox.Literal(f"{values['min_confidence']:.6f}", datatype=ox.NamedNode(_DECIMAL))
        parts.append(f"?claim sp:confidence ?sure . FILTER(?sure >= {number})")
    if values.get("since"):
        parts.append(f"?claim prov:wasDerivedFrom/dcterms:date ?when . FILTER(?when >= {ox.Literal(values['since'])})")
    return "\n".join(parts)


def claim_rows(
    session: Session, where: str, filters: str = "", *, order: str = BY_PLACE, page: Values | None = None
) -> list[dict[str, str]]:
    """Claims as plain texts by column.

    Args:
        session: the open store.
        where: patterns that bind ``?claim`` and ``?statement``.
        filters: what :func:`narrowed` gives.
        order: SPARQL's ORDER BY.
        page: ``limit`` and ``offset``; None for all.
    """
    end = f"LIMIT {int(page['limit'])} OFFSET {int(page['offset'])}" if page else ""
    return select(session.store, _CLAIMS % (where, filters, order) + end)


def count_claims(session: Session, where: str, filters: str = "") -> int:
    """How many claims there are that :func:`claim_rows` would give."""
    return int(select(session.store, _COUNT % (where, filters))[0]["count"])


def as_claims(session: Session, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Rows as JSON values, with labels."""
    known = labels(session, {row[column] for row in rows for column in ("subject", "relation", "object")})
    return [as_claim(row, known) for row in rows]


def as_claim(row: Mapping[str, str], known: Mapping[str, str]) -> dict[str, Any]:
    """A row as a JSON value."""
    return {
        "id": local_name(row["claim"]),
        "iri": row["claim"],
        "path": path_of(row["claim"]),
        "subject": entity_reference(row["subject"], known),
        "relation": term_reference(row["relation"], known),
        "object": entity_reference(row["object"], known),
        "polarity": local_name(row["polarity"]),
        "modality": local_name(row["modality"]),
        "confidence": float(row["confidence"]),
        "quote": row["quote"],
        "document": document_reference(row),
    }


def document_reference(row: Mapping[str, str]) -> dict[str, Any]:
    """The document of a row that has ``source``, ``document`` and ``date``."""
    return {
        "id": local_name(row["source"]),
        "iri": row["source"],
        "path": path_of(row["source"]),
        "name": row["document"],
        "date": row["date"] or None,
    }


def paged(name: str, items: Iterable[Any], total: int, values: Values) -> dict[str, Any]:
    """A part of a list with the length of the whole."""
    return {"total": total, "limit": values["limit"], "offset": values["offset"], name: list(items)}


_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
