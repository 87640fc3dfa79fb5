"""Figures as rows: what documents say in numbers, with their words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from kg.model import MentionKind, Modality, Polarity
from kg.query.lookup import Found
from kg.query.render import labels_of
from kg.store import Store, select
from kg.terms import local_name

# All that is said of a figure stands in its document's graph, so each pattern is met there once.
_FIGURES = """
SELECT ?figure ?entity ?metric ?value ?unit ?period ?polarity ?modality ?confidence
  ?quote ?document ?title ?publisher ?date ?url WHERE {
  GRAPH ?source {
    %s
    ?figure sp:observedEntity ?entity ; sp:metric ?metric ; sp:value ?value ; sp:unit ?unit ;
      sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence ; sp:mainEvidence ?evidence .
    ?evidence sp:exact ?quote .
    ?source sp:fileName ?document .
    OPTIONAL { ?figure sp:period ?period }
    OPTIONAL { ?source dcterms:title ?title }
    OPTIONAL { ?source dcterms:publisher ?publisher }
    OPTIONAL { ?source dcterms:date ?date }
    OPTIONAL { ?source dcterms:source ?url }
  }
}
"""
_NEWER = "SELECT DISTINCT ?newer ?older WHERE { ?newer sp:supersedes ?older }"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that one document gives for one organisation.

    Attributes:
        claim: the figure's id, 16 hex digits.
        entity: whose figure.
        metric: local name.
        reads: how people call the metric ("capital expenditure").
        value: in base units (8.5 billion dollars = 8500000000).
        unit: ``USD``, ``percent``, ``wafers/month`` ...
        period: as the text gives it, or empty.
        polarity: ``affirmed`` or ``negated``.
        modality: how it is said.
        confidence: 0 to 1.
        replaced_by: ids of the figures that replace it, sorted.
        quote: the strongest quote, word for word.
        document: the document's file name.
        title: its title, or empty.
        publisher: who published it, or empty.
        date: its date, or empty.
        url: its web address, or empty.
    """

    claim: str
    entity: Found
    metric: str
    reads: str
    value: float
    unit: str
    period: str
    polarity: Polarity
    modality: Modality
    confidence: float
    replaced_by: tuple[str, ...]
    quote: str
    document: str
    title: str
    publisher: str
    date: str
    url: str


def read_figures(store: Store, entity: Found | None = None, metric: str | None = None) -> list[Figure]:
    """Figures by organisation, metric, period, date and value.

    Args:
        store: the store.
        entity: only its figures; None for all.
        metric: IRI of a metric, only its figures; None for all.
    """
    bound = [
        "" if entity is None else f"?figure sp:observedEntity {ox.NamedNode(entity.iri)} .",
        "" if metric is None else f"?figure sp:metric {ox.NamedNode(metric)} .",
    ]
    rows = {row["figure"]: row for row in select(store, _FIGURES % "\n".join(bound))}
    newer: dict[str, list[str]] = defaultdict(list)
    for row in select(store, _NEWER):
        newer[row["older"]].append(local_name(row["newer"]))
    known = labels_of(store, {row[name] for row in rows.values() for name in ("entity", "metric")})
    found = [_figure(row, known, newer.get(iri, [])) for iri, row in rows.items()]
    return sorted(found, key=_order)


def _order(figure: Figure) -> tuple[str, str, str, str, float, str]:
    return figure.entity.iri, figure.metric, figure.period, figure.date, figure.value, figure.claim


def _figure(row: Mapping[str, str], known: Mapping[str, str], newer: list[str]) -> Figure:
    metric, key = local_name(row["metric"]), unquote(local_name(row["entity"]))
    return Figure(
        claim=local_name(row["figure"]),
        entity=Found(row["entity"], key, known.get(row["entity"], key), MentionKind.ORGANISATION),
        metric=metric,
        reads=known.get(row["metric"], metric),
        value=float(row["value"]),
        unit=row["unit"],
        period=row["period"],
        polarity=Polarity(local_name(row["polarity"])),
        modality=Modality(local_name(row["modality"])),
        confidence=float(row["confidence"]),
        replaced_by=tuple(sorted(newer)),
        quote=row["quote"],
        document=row["document"],
        title=row["title"],
        publisher=row["publisher"],
        date=row["date"],
        url=row["url"],
    )
