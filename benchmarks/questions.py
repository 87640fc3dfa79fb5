"""Queries as people and programs ask them, over the graph that ``graph.py`` writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HUB, USUAL = "maker-1", "maker-190"
"""An organisation that is in very many documents, and one that is in some."""

QUERIES: Mapping[str, str] = {
    "names of suppliers": f"SELECT DISTINCT ?name {{ ?supplier sp:suppliesTo entity:{USUAL} ; skos:prefLabel ?name }}",
    "two hops": f"SELECT DISTINCT ?near ?far {{ entity:{USUAL} sp:outsourcesTo ?near . ?near sp:outsourcesTo ?far }}",
    "count by relation": """SELECT ?relation (COUNT(DISTINCT ?statement) AS ?statements) {
        ?statement rdf:predicate ?relation } GROUP BY ?relation""",
    "in-degree": """SELECT ?provider (COUNT(DISTINCT ?customer) AS ?customers) {
        ?customer sp:outsourcesTo ?provider } GROUP BY ?provider ORDER BY DESC(?customers) LIMIT 20""",
    "words in a quote": """SELECT DISTINCT ?claim ?quote { ?claim sp:mainEvidence/sp:exact ?quote .
        FILTER(CONTAINS(LCASE(?quote), "hybrid bonding, a note of week 3")) }""",
    "all about an entity": f"SELECT DISTINCT ?property ?value {{ entity:{USUAL} ?property ?value }}",
    "path of any length": f"SELECT DISTINCT ?reached {{ entity:{USUAL} sp:outsourcesTo+ ?reached }}",
    "claims since a date": """SELECT DISTINCT ?claim ?date {
        ?document dcterms:date ?date . FILTER(?date >= "2026-11")
        ?claim prov:wasDerivedFrom ?document ; a ?kind . FILTER(?kind = sp:Claim) }""",
}
"""Those that are written here; the catalogue's are bound by :func:`questions`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations between whom there are claims."""

    one: str
    other: str


@cache
def questions(store: Path) -> Mapping[str, str]:
    """All queries by what they ask, with the catalogue's bound to what the store holds."""
    from kg.query.catalogue import bind, named_query
    from kg.store import open_store

    pair = _pair(store)
    asked = {
        "suppliers of X": ("suppliers", {"entity": USUAL}),
        "evidence for a pair": ("evidence", {"entity": pair.one, "other": pair.other}),
        "figures of X": ("figures", {"entity": USUAL}),
        "contradictions": ("disagreements", {}),
    }
    opened = open_store(store)
    try:
        bound = {name: bind(named_query(query), values, opened) for name, (query, values) in asked.items()}
    finally:
        opened.close()
    return {**bound, **QUERIES}


def _pair(store: Path) -> Pair:
    """The usual organisation and the first that it has claims with."""
    from kg.store import open_store, select

    opened = open_store(store)
    query = f"""SELECT ?key {{ ?statement rdf:subject entity:{USUAL} ; rdf:object ?other . ?other sp:key ?key ;
        a sp:Organisation }} ORDER BY ?key LIMIT 1"""
    try:
        rows = select(opened, query)
    finally:
        opened.close()
    return Pair(USUAL, rows[0]["key"] if rows else HUB)
