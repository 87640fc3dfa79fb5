"""How much there is of what, counted from the columns where these tell, else by one scan each."""

from collections import Counter
from typing import Any

import numpy as np

from kg.analytics.network.columns import MODALITIES, POLARITIES
from kg.query import labels_of
from kg.server.view.cards import Cards
from kg.server.view.index import Index
from kg.store import Store, select
from kg.terms import SP, local_name

# Each in one pass; within a document's graph nothing is met twice.
_FIGURES = (
    "SELECT ?metric (COUNT(?figure) AS ?count) WHERE { GRAPH ?source { ?figure sp:metric ?metric } } GROUP BY ?metric"
)
_EXTRACTORS = """
SELECT ?extractor (COUNT(?item) AS ?count) WHERE { GRAPH ?source { ?item sp:extractor ?extractor } } GROUP BY ?extractor
"""
_CONFLICTS = "SELECT (COUNT(DISTINCT ?item) AS ?count) { GRAPH graph:conflicts { ?item a sp:Conflict } }"
_MEMBERS = "SELECT (COUNT(DISTINCT ?item) AS ?count) { ?item a %s }"
_TOTALS = {"organisations": "sp:Organisation", "technologies": "sp:PackagingTechnology", "places": "sp:Place"}


def counted(store: Store, index: Index, cards: Cards) -> dict[str, Any]:
    """Numbers of claims and figures by what they say, of documents and of organisations."""
    network = index.network
    organisations = {role.name for role in cards.words.roles}
    roles = _named(network.roles, network.role_pairs[:, 1])
    terms = {
        "relations": _named(network.relation_names, network.relation_of[network.claim_statements]),
        "metrics": _tally(select(store, _FIGURES), "metric"),
        "polarities": _named(POLARITIES, network.polarities),
        "modalities": _named(MODALITIES, network.modalities),
        "roles": Counter({iri: count for iri, count in roles.items() if local_name(iri) in organisations}),
    }
    texts = {
        "publishers": Counter(publisher for publisher in cards.publishers if publisher),
        "years": Counter(date[:4] for date in network.document_dates if date),
        "extractors": _tally(select(store, _EXTRACTORS), "extractor"),
    }
    labels = labels_of(store, {iri for found in terms.values() for iri in found})
    totals = {name: _number(store, _MEMBERS % class_) for name, class_ in _TOTALS.items()}
    return {
        "totals": {
            "documents": len(network.document_iris),
            "claims": len(network.claim_ids),
            "figures": sum(terms["metrics"].values()),
            **totals,
            "conflicts": _number(store, _CONFLICTS),
        },
        **{name: [_term(iri, labels, number) for iri, number in _largest(found)] for name, found in terms.items()},
        **{
            name: [{"name": text, "count": number} for text, number in _largest(found)] for name, found in texts.items()
        },
    }


def _term(iri: str, labels: dict[str, str], number: int) -> dict[str, Any]:
    name = local_name(iri)
    return {"iri": iri, "name": name, "label": labels.get(iri, name), "path": f"/ontology#{name}", "count": number}


def _named(names: tuple[Any, ...], numbers: Any) -> Counter[str]:  # noqa: ANN401 - a column of any type
    """How often each of some terms of the ontology occurs, by its number."""
    found = np.bincount(numbers, minlength=len(names)).tolist()
    return Counter({str(SP[str(name)]): count for name, count in zip(names, found, strict=True) if count})


def _tally(rows: list[dict[str, str]], column: str) -> Counter[str]:
    """The numbers of the rows by what stands in a column; where nothing stands they are left out."""
    found: Counter[str] = Counter()
    for row in rows:
        if row[column]:
            found[row[column]] += int(row["count"])
    return found


def _largest(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda each: (-each[1], local_name(each[0])))


def _number(store: Store, query: str) -> int:
    return int(select(store, query)[0]["count"])
