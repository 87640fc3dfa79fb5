"""How much there is of what: for the menus of a search."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kg.server.api.fields import Values
from kg.server.api.references import labels, term_reference
from kg.server.session import Session
from kg.store import OpenStore, select
from kg.terms import local_name

# Each in one pass; within a document's graph nothing is met twice.
_CLAIMS = """
SELECT ?relation ?polarity ?modality ?extractor (COUNT(?claim) AS ?count) WHERE {
  GRAPH ?source {
    ?claim sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ; sp:extractor ?extractor .
    ?statement rdf:predicate ?relation .
  }
} GROUP BY ?relation ?polarity ?modality ?extractor
"""
_FIGURES = """
SELECT ?metric ?extractor (COUNT(?figure) AS ?count) WHERE {
  GRAPH ?source { ?figure sp:metric ?metric ; sp:extractor ?extractor }
} GROUP BY ?metric ?extractor
"""
_DOCUMENTS = """
SELECT ?publisher ?year (COUNT(?source) AS ?count) WHERE {
  GRAPH ?source {
    ?source a sp:Document .
    OPTIONAL { ?source dcterms:publisher ?publisher }
    OPTIONAL { ?source dcterms:date ?date }
  }
  BIND(SUBSTR(?date, 1, 4) AS ?year)
} GROUP BY ?publisher ?year
"""
_ROLES = """
SELECT ?role (COUNT(DISTINCT ?item) AS ?count) WHERE {
  ?role rdfs:subClassOf sp:Organisation .
  ?item a ?role .
} GROUP BY ?role
"""
_TOTALS: Mapping[str, str] = {
    "documents": "COUNT(*) AS ?count) { GRAPH ?graph { ?item a sp:Document } }",
    "claims": "COUNT(*) AS ?count) { GRAPH ?graph { ?item a sp:Claim } }",
    "figures": "COUNT(*) AS ?count) { GRAPH ?graph { ?item a sp:Observation } }",
    "organisations": "COUNT(DISTINCT ?item) AS ?count) { ?item a sp:Organisation }",
    "technologies": "COUNT(DISTINCT ?item) AS ?count) { ?item a sp:PackagingTechnology }",
    "places": "COUNT(DISTINCT ?item) AS ?count) { ?item a sp:Place }",
    "conflicts": "COUNT(DISTINCT ?item) AS ?count) { ?item a sp:Conflict }",
}


def facets(session: Session, values: Values) -> dict[str, Any]:  # noqa: ARG001 - every operation takes values
    """Numbers of claims and figures by what they say, of documents and of organisations; once for each version."""
    return session.kept("facets", lambda store: _counted(session, store))


def totals(session: Session) -> dict[str, int]:
    """How many documents, claims, figures, entities and conflicts there are."""
    return session.kept(
        "totals",
        lambda store: {name: int(select(store, f"SELECT ({query}")[0]["count"]) for name, query in _TOTALS.items()},
    )


def _counted(session: Session, store: OpenStore) -> dict[str, Any]:
    claims, figures, documents = (select(store, query) for query in (_CLAIMS, _FIGURES, _DOCUMENTS))
    terms = {
        "relations": _tally(claims, "relation"),
        "metrics": _tally(figures, "metric"),
        "polarities": _tally(claims, "polarity"),
        "modalities": _tally(claims, "modality"),
        "roles": _tally(select(store, _ROLES), "role"),
    }
    texts = {
        "publishers": _tally(documents, "publisher"),
        "years": _tally(documents, "year"),
        "extractors": _tally([*claims, *figures], "extractor"),
    }
    known = labels(session, {iri for found in terms.values() for iri in found})
    return {
        "totals": totals(session),
        **{
            name: [{**term_reference(iri, known), "count": number} for iri, number in _largest(found)]
            for name, found in terms.items()
        },
        **{
            name: [{"name": text, "count": number} for text, number in _largest(found)] for name, found in texts.items()
        },
    }


def _tally(rows: list[dict[str, str]], column: str) -> Counter[str]:
    """The numbers of the rows by what stands in a column; where nothing stands they are left out."""
    found: Counter[str] = Counter()
    for row in rows:
        if row[column]:
            found[row[column]] += int(row["count"])
    return found


def _largest(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda each: (-each[1], local_name(each[0])))
