"""CSV tables of claims, of figures and of remarks, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from kg.query import Edge, RemarkLine, labels_of, read_edges, read_nodes, read_remarks
from kg.store import Store, select
from kg.terms import local_name

CLAIM_COLUMNS = (
    "subject", "relation", "object", "polarity", "modality", "confidence",
    "product", "technology", "via", "quantity", "period",
    "quote", "document", "date", "url", "pointer", "start", "end", "subject_key", "object_key", "claim",
)  # fmt: skip
FIGURE_COLUMNS = (
    "organisation", "metric", "value", "unit", "period", "polarity", "modality", "confidence",
    "quote", "document", "date", "organisation_key", "observation",
)  # fmt: skip
REMARK_COLUMNS = (
    "organisation", "kind", "rank", "topic", "scope", "others", "polarity", "modality", "confidence",
    "quote", "document", "date", "organisation_key", "remark",
)  # fmt: skip
_FIGURES = """
SELECT DISTINCT ?observation ?entity ?metric ?value ?unit ?period ?polarity ?modality ?confidence ?quote ?document ?date
WHERE {
  ?observation sp:observedEntity ?entity ;
    sp:metric ?metric ;
    sp:value ?value ;
    sp:unit ?unit ;
    sp:polarity ?polarity ;
    sp:modality ?modality ;
    sp:confidence ?confidence ;
    sp:mainEvidence/sp:exact ?quote ;
    prov:wasDerivedFrom ?source .
  ?source sp:fileName ?document .
  OPTIONAL { ?observation sp:period ?period }
  OPTIONAL { ?source dcterms:date ?date }
}
ORDER BY ?document ?entity ?metric ?period ?value ?observation
"""
# From here on "g" would write an exponent.
_LARGE = 1e15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(store: Store, out: BinaryIO) -> None:
    """Writes one row for each claim, with its quote.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, as spreadsheets themselves write it.
    """
    labels = {node.iri: node.label for node in read_nodes(store)}
    _write(out, CLAIM_COLUMNS, (_claim_row(edge, labels) for edge in read_edges(store)))


def write_figures(store: Store, out: BinaryIO) -> None:
    """Writes one row for each figure, with its quote; formulas are disarmed as in :func:`write_csv`."""
    labels = {node.iri: node.label for node in read_nodes(store)}
    _write(out, FIGURE_COLUMNS, (_figure_row(row, labels) for row in select(store, _FIGURES)))


def write_remarks(store: Store, out: BinaryIO) -> None:
    """Writes one row for each remark, with its quote; formulas are disarmed as in :func:`write_csv`."""
    remarks = read_remarks(store)
    labels = labels_of(store, {remark.entity for remark in remarks})
    _write(out, REMARK_COLUMNS, (_remark_row(remark, labels) for remark in remarks))


def _claim_row(edge: Edge, labels: Mapping[str, str]) -> dict[str, str | float]:
    subject, object_ = local_name(edge.subject), local_name(edge.object)
    row: dict[str, str | float] = {name: "; ".join(values) for name, values in edge.qualifiers.items()}
    row |= {
        "subject": labels.get(edge.subject, subject),
        "relation": edge.relation,
        "object": labels.get(edge.object, object_),
        "polarity": edge.polarity,
        "modality": edge.modality,
        "confidence": edge.confidence,
        "quote": edge.quote,
        "document": edge.document,
        "date": edge.date,
        "url": edge.url,
        "pointer": edge.pointer,
        "start": edge.start,
        "end": edge.end,
        "subject_key": subject,
        "object_key": object_,
        "claim": local_name(edge.claim),
    }
    return row


def _figure_row(said: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, str | float]:
    key = local_name(said["entity"])
    row: dict[str, str | float] = {name: said[name] for name in ("unit", "period", "quote", "document", "date")}
    row |= {name: local_name(said[name]) for name in ("metric", "polarity", "modality", "observation")}
    row |= {name: float(said[name]) for name in ("value", "confidence")}
    return row | {"organisation": labels.get(said["entity"], key), "organisation_key": key}


def _remark_row(remark: RemarkLine, labels: Mapping[str, str]) -> dict[str, str | float]:
    key = local_name(remark.entity)
    return {
        "organisation": labels.get(remark.entity, key),
        "kind": remark.kind,
        "rank": remark.rank,
        "topic": remark.topic,
        "scope": "; ".join(remark.scope),
        "others": "; ".join(remark.others),
        "polarity": remark.polarity,
        "modality": remark.modality,
        "confidence": remark.confidence,
        "quote": remark.quote,
        "document": remark.document,
        "date": remark.date,
        "organisation_key": key,
        "remark": remark.claim,
    }


def _write(out: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, str | float]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([disarmed(row.get(column, "")) for column in columns] for row in rows)
    out.write(text.getvalue().encode())


def disarmed(cell: str | float) -> str:
    """A cell that no spreadsheet runs as a formula; numbers without an exponent."""
    if not isinstance(cell, str):
        return f"{cell:.15g}" if abs(cell) < _LARGE else f"{cell:.0f}"
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
