"""Remarks out of a store: where organisations stand, and what was searched about them and not found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import RemarkKind, scope_order
from kg.query.render import labels_of
from kg.store import Store, select
from kg.terms import local_name

# What a document says stands in its own graph, where each pattern is met once.
_REMARKS = """
SELECT DISTINCT ?remark ?entity ?kind ?topic ?rank ?polarity ?modality ?confidence ?quote ?document ?date WHERE {
  %s
  GRAPH ?source {
    ?remark sp:remarkOf ?entity ; sp:remarkKind ?kind ; sp:polarity ?polarity ; sp:modality ?modality ;
      sp:confidence ?confidence ; sp:mainEvidence ?evidence .
    ?evidence sp:exact ?quote .
    ?source sp:fileName ?document .
    OPTIONAL { ?remark sp:topic ?topic }
    OPTIONAL { ?remark sp:rank ?rank }
    OPTIONAL { ?source dcterms:date ?date }
  }
} ORDER BY ?entity DESC(?kind) ?topic ?rank ?date ?document ?remark
"""
_SCOPES = "SELECT DISTINCT ?remark ?value WHERE { %s GRAPH ?source { ?remark sp:remarkOf ?entity ; sp:scope ?value } }"
_OTHERS = """SELECT DISTINCT ?remark ?end ?value WHERE { %s
  GRAPH ?source { ?remark sp:remarkOf ?entity ; sp:counterpart ?end . ?end sp:names ?value } } ORDER BY ?remark ?end"""
_IN_WORDS = {"only": "the only one"}


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One remark of an organisation.

    Attributes:
        claim: its id.
        entity: the organisation's IRI.
        kind: ``standing`` or ``gap``.
        topic: the field, or what was not found; empty where the text names none.
        rank: for a standing ``first`` ...; else empty.
        scope: what it is limited to.
        others: labels of those it is compared with, or whom a gap concerns too.
        told: all that in words.
        polarity: ``affirmed`` or ``negated``.
        modality: ``asserted`` ...
        confidence: 0 to 1.
        quote: the strongest evidence, word for word.
        document: the document's file name.
        date: the document's date, or empty.
    """

    claim: str
    entity: str
    kind: str
    topic: str
    rank: str
    scope: tuple[str, ...]
    others: tuple[str, ...]
    told: str
    polarity: str
    modality: str
    confidence: float
    quote: str
    document: str
    date: str


def read_remarks(store: Store, entity: str | None = None) -> list[RemarkLine]:
    """The remarks about an organisation, given by its IRI, or all of them; by organisation, standings first."""
    which = "" if entity is None else f"VALUES ?entity {{ {ox.NamedNode(entity)} }}"
    scopes, others = _values(store, _SCOPES % which), _values(store, _OTHERS % which)
    labels = labels_of(store, {iri for iris in others.values() for iri in iris})
    return [
        _line(row, scopes.get(row["remark"], []), [labels.get(iri, local_name(iri)) for iri in others[row["remark"]]])
        for row in select(store, _REMARKS % which)
    ]


def told(kind: str, topic: str, rank: str, scope: Iterable[str], others: Sequence[str] = ()) -> str:
    """What a remark says, in a line: "first in OSAT, world, by revenue", "larger than Amkor", "backlog not found"."""
    if kind == RemarkKind.GAP:
        return f"{topic} not found" + (f", for {', '.join(others)}" if others else "")
    beside = f" than {', '.join(others)}" if others else ""
    field = f" in {topic}" if topic else ""
    return ", ".join([f"{_IN_WORDS.get(rank, rank)}{field}{beside}", *scope])


def _values(store: Store, query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in select(store, query):
        found[row["remark"]].append(row["value"])
    return found


def _line(row: dict[str, str], scope: Iterable[str], others: Sequence[str]) -> RemarkLine:
    limits = scope_order(scope)
    return RemarkLine(
        claim=local_name(row["remark"]),
        entity=row["entity"],
        kind=row["kind"],
        topic=row["topic"],
        rank=row["rank"],
        scope=limits,
        others=tuple(others),
        told=told(row["kind"], row["topic"], row["rank"], limits, others),
        polarity=local_name(row["polarity"]),
        modality=local_name(row["modality"]),
        confidence=float(row["confidence"]),
        quote=row["quote"],
        document=row["document"],
        date=row["date"],
    )
