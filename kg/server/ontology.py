"""The terms of the ontology, for its page."""

from typing import Any

from kg.server.session import Session
from kg.store import OpenStore, select
from kg.terms import SP, local_name

_TERMS = """
SELECT DISTINCT ?term ?class ?label ?comment ?domain ?range ?inverse ?wider WHERE {
  GRAPH graph:ontology {
    VALUES ?class { owl:Class owl:ObjectProperty owl:DatatypeProperty sp:Metric sp:Polarity sp:Modality }
    ?term a ?class .
    OPTIONAL { ?term rdfs:label ?label FILTER(LANG(?label) IN ("", "en")) }
    OPTIONAL { ?term skos:definition|rdfs:comment ?comment FILTER(LANG(?comment) IN ("", "en")) }
    OPTIONAL { ?term rdfs:domain ?domain }
    OPTIONAL { ?term rdfs:range ?range }
    OPTIONAL { ?term owl:inverseOf ?inverse }
    OPTIONAL { { ?term rdfs:subClassOf ?wider } UNION { ?term rdfs:subPropertyOf ?wider } }
  }
  FILTER(STRSTARTS(STR(?term), STR(sp:)))
} ORDER BY ?class ?term
"""
_TITLES = {
    "Class": "Classes",
    "ObjectProperty": "Relations and other links",
    "DatatypeProperty": "Properties with text or number",
    "Metric": "Metrics",
    "Polarity": "Polarities",
    "Modality": "Modalities",
}
_MANY = ("domain", "range", "inverse", "wider")


def terms(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Title → terms, each with name, label, comment, domain, range, inverse and wider terms."""
    return session.kept("terms", _terms)


def _terms(store: OpenStore) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, dict[str, dict[str, Any]]] = {title: {} for title in _TITLES.values()}
    for row in select(store, _TERMS):
        group = groups[_TITLES[local_name(row["class"])]]
        term = group.setdefault(
            row["term"],
            {
                "iri": row["term"],
                "name": row["term"].removeprefix(str(SP)),
                "label": row["label"],
                "comment": row["comment"],
                **{name: set() for name in _MANY},
            },
        )
        for name in _MANY:
            if row[name].startswith("http"):
                term[name].add(row[name])
    return {title: [_sorted(term) for term in group.values()] for title, group in groups.items() if group}


def _sorted(term: dict[str, Any]) -> dict[str, Any]:
    """The term with the names of what it is linked to, in order, and whether each is on the same page."""
    linked = {name: [(local_name(iri), iri.startswith(str(SP))) for iri in sorted(term[name])] for name in _MANY}
    return {**term, **linked}
