"""How much there is of what: for the menus of a search."""

from collections.abc import Mapping
from typing import Any

from kg.server.api.fields import Values
from kg.server.api.references import labels, term_reference
from kg.server.session import Session
from kg.store import ReadStore, select
from kg.terms import local_name

_TERMS: Mapping[str, str] = {
    "relations": """SELECT ?term (COUNT(DISTINCT ?item) AS ?count) {
        ?item sp:statement/rdf:predicate ?term } GROUP BY ?term""",
    "metrics": "SELECT ?term (COUNT(DISTINCT ?item) AS ?count) { ?item sp:metric ?term } GROUP BY ?term",
    "polarities": """SELECT ?term (COUNT(DISTINCT ?item) AS ?count) {
        ?item a sp:Claim ; sp:polarity ?term } GROUP BY ?term""",
    "modalities": """SELECT ?term (COUNT(DISTINCT ?item) AS ?count) {
        ?item a sp:Claim ; sp:modality ?term } GROUP BY ?term""",
    "roles": """SELECT ?term (COUNT(DISTINCT ?item) AS ?count) {
        ?item a sp:Organisation, ?term . ?term rdfs:subClassOf sp:Organisation } GROUP BY ?term""",
}
_TEXTS: Mapping[str, str] = {
    "publishers": """SELECT ?text (COUNT(DISTINCT ?item) AS ?count) {
        ?item a sp:Document ; dcterms:publisher ?text } GROUP BY ?text""",
    "years": """SELECT ?text (COUNT(DISTINCT ?item) AS ?count) {
        ?item a sp:Document ; dcterms:date ?date . BIND(SUBSTR(?date, 1, 4) AS ?text) } GROUP BY ?text""",
    "extractors": "SELECT ?text (COUNT(DISTINCT ?item) AS ?count) { ?item sp:extractor ?text } GROUP BY ?text",
}
_TOTALS = """
SELECT ?kind (COUNT(DISTINCT ?item) AS ?count) {
  VALUES ?kind { sp:Document sp:Claim sp:Observation sp:Organisation sp:PackagingTechnology sp:Place sp:Conflict }
  ?item a ?kind
} GROUP BY ?kind
"""
_TOTAL_NAMES = {
    "Document": "documents",
    "Claim": "claims",
    "Observation": "figures",
    "Organisation": "organisations",
    "PackagingTechnology": "technologies",
    "Place": "places",
    "Conflict": "conflicts",
}


def facets(session: Session, values: Values) -> dict[str, Any]:  # noqa: ARG001 - every operation takes values
    """Numbers of claims and figures by what they say, of documents and of organisations; once for each version."""
    return session.kept("facets", lambda store: _counted(session, store))


def _counted(session: Session, store: ReadStore) -> dict[str, Any]:
    totals = {_TOTAL_NAMES[local_name(row["kind"])]: int(row["count"]) for row in _rows(store, _TOTALS)}
    found: dict[str, Any] = {"totals": {name: totals.get(name, 0) for name in _TOTAL_NAMES.values()}}
    for name, query in _TERMS.items():
        rows = _rows(store, query)
        known = labels(session, [row["term"] for row in rows])
        found[name] = [{**term_reference(row["term"], known), "count": int(row["count"])} for row in rows]
    for name, query in _TEXTS.items():
        found[name] = [{"name": row["text"], "count": int(row["count"])} for row in _rows(store, query)]
    return found


def _rows(store: ReadStore, query: str) -> list[dict[str, str]]:
    """The groups, largest first; a query without solutions may still give one empty group."""
    rows = [row for row in select(store, query) if int(row["count"])]
    return sorted(rows, key=lambda row: (-int(row["count"]), *row.values()))
