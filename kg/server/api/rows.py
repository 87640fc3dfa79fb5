"""Claims as rows: the one query that entities, neighbours, evidence and documents are told from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.server.api.fields import Field, Values
from kg.server.api.references import entity_reference, labels, node, path_of, relation_iri, term_reference
from kg.server.session import Session
from kg.store import select
from kg.terms import local_name

# All that is said of a claim stands in its document's graph, so that each pattern is met there once and nothing must be
# made distinct; without GRAPH, what a hundred documents say would be met a hundred times in each pattern.
_MET = "GRAPH %s { %s ?claim sp:statement ?statement . %s }"
_FOUND = "SELECT ?claim WHERE { %s } %s LIMIT %d OFFSET %d"
_COUNT = "SELECT (COUNT(?claim) AS ?count) WHERE { %s }"
_DETAILS = """
SELECT ?claim ?subject ?relation ?object ?polarity ?modality ?confidence ?quote ?source ?document ?date WHERE {
  VALUES ?claim { %s }
  GRAPH ?source {
    ?claim sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence ;
      sp:mainEvidence ?evidence .
    ?evidence sp:exact ?quote .
    ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
    ?source sp:fileName ?document .
    OPTIONAL { ?source dcterms:date ?date }
  }
}
"""
_AT_ONCE = 200
# More than so many are given in the order in which the store finds them, which is always the same for one version.
_MOST_SORTED = 2000

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

    Each compares a variable: the engine would begin with a pattern of constants, and read all that fits it.

    Raises:
        Refusal: there is no such relation.
    """
    parts = []
    if values.get("relation"):
        relation = node(relation_iri(session, values["relation"]))
        parts.append(f"?statement rdf:predicate ?which . FILTER(?which = {relation})")
    if values.get("polarity"):
        parts.append(f"?claim sp:polarity ?stance . FILTER(?stance = sp:{values['polarity']})")
    if values.get("modality"):
        terms = ", ".join(f"sp:{each}" for each in values["modality"])
        parts.append(f"?claim sp:modality ?said . FILTER(?said IN ({terms}))")
    if values.get("min_confidence"):
        number = ox.Literal(f"{values['min_confidence']:.6f}", datatype=ox.NamedNode(_DECIMAL))
        parts.append(f"?claim sp:confidence ?sure . FILTER(?sure >= {number})")
    if values.get("since"):
        parts.append(f"?source dcterms:date ?when . FILTER(?when >= {ox.Literal(values['since'])})")
    return "\n".join(parts)


def met(ways: Sequence[str], filters: str = "", *, graph: str = "?source") -> str:
    """Patterns for the claims about what one of ``ways`` binds to ``?statement``, in their documents' graphs."""
    return " UNION ".join(f"{{ {_MET % (graph, way, filters)} }}" for way in ways)


def about(statements: Sequence[str], filters: str = "") -> str:
    """Patterns for the claims about these statements, in their documents' graphs."""
    nodes = " ".join(node(iri) for iri in statements)
    met_there = f"GRAPH ?source {{ ?claim sp:statement ?statement . {filters} }}"
    # Conflicts name their statement as well.
    return f"VALUES ?statement {{ {nodes} }} {met_there} FILTER(?source != graph:conflicts)"


def claims_page(session: Session, patterns: str, values: Values) -> dict[str, Any]:
    """The claims that :func:`met` or :func:`about` finds, a part at a time."""
    total = int(select(session.store, _COUNT % patterns)[0]["count"])
    order = "ORDER BY ?claim" if total <= _MOST_SORTED else ""
    rows = select(session.store, _FOUND % (patterns, order, values["limit"], values["offset"]))
    return paged("claims", as_claims(session, claim_rows(session, [row["claim"] for row in rows])), total, values)


def claim_rows(session: Session, claims: Sequence[str]) -> list[dict[str, str]]:
    """What is said of claims, as plain texts by column, in the order of ``claims``; those not there are left out."""
    found: dict[str, dict[str, str]] = {}
    for begin in range(0, len(claims), _AT_ONCE):
        nodes = " ".join(node(iri) for iri in claims[begin : begin + _AT_ONCE])
        for row in select(session.store, _DETAILS % nodes):
            found.setdefault(row["claim"], row)
    return [found[iri] for iri in claims if iri in found]


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
