"""Answers as text: a table for people, and the standard forms for programs."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store import Answer, Row, Solutions, Store, Term, Triples, Verdict, plain, select
from kg.terms import PREFIXES

_WIDEST = 100
_LABELS_AT_ONCE = 500
_YEAR_DIGITS = 4
_RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_SEPARATORS = {"csv": ",", "tsv": "\t"}
_GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "json": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
}


def render(answer: Answer, format_: str, store: Store, *, names: bool = False) -> bytes:
    """``answer`` in ``format_`` (one of :data:`FORMATS`), UTF-8, ending in a line break.

    Labels in a table are those of ``store``. Triples become JSON-LD under ``json`` and RDF/XML under ``xml``. With
    ``names``, rows as ``csv`` and ``tsv`` hold labels where the standard has IRIs, and plain text everywhere.

    Raises:
        QueryError: that kind of answer has no such form.
    """
    if format_ not in FORMATS:
        raise QueryError(f"There is no format {format_!r}; use one of {', '.join(FORMATS)}")
    if format_ == "table":
        return _table(answer, store).encode("utf-8", "replace")
    if isinstance(answer, Triples):
        return _graph(answer, format_)
    if isinstance(answer, Verdict) and format_ in {"csv", "tsv"}:
        return b"true\n" if answer else b"false\n"
    if format_ not in _RESULT_FORMATS:
        raise QueryError(f"Only triples can be written as {format_}; use CONSTRUCT or DESCRIBE, or --format json")
    if names and isinstance(answer, Solutions) and format_ in _SEPARATORS:
        return _named_rows(answer, _SEPARATORS[format_], store)
    return _ended(answer.serialize(_RESULT_FORMATS[format_]))


def _named_rows(answer: Solutions, separator: str, store: Store) -> bytes:
    rows = list(answer)
    labels = labels_of(store, _iris(rows))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n" if separator == "," else "\n")
    writer.writerow(answer.columns)
    writer.writerows([_name(term, labels) for term in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _name(term: Term | None, labels: Mapping[str, str]) -> str:
    """The text of a term, labels for IRIs; a tab or line break inside would end the cell, so it becomes a space."""
    text = labels.get(term.value) or shorten(term.value) if isinstance(term, ox.NamedNode) else plain(term)
    return " ".join(text.split())


def _graph(answer: Triples, format_: str) -> bytes:
    if format_ not in _GRAPH_FORMATS:
        raise QueryError(f"Triples have no {format_} form; use --format ttl, or SELECT instead of CONSTRUCT")
    # The union of named graphs gives a triple once for each graph that holds it.
    triples = sorted(set(answer), key=str)
    return _ended(ox.serialize(triples, format=_GRAPH_FORMATS[format_], prefixes=PREFIXES) or b"")


def _table(answer: Answer, store: Store) -> str:
    if isinstance(answer, Verdict):
        return "yes\n" if answer else "no\n"
    if isinstance(answer, Triples):
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        rows: list[Row] = sorted({(t.subject, t.predicate, t.object) for t in answer}, key=str)
    else:
        columns, rows = answer.columns, list(answer)
    labels = labels_of(store, _iris(rows))
    cells = [[_cell(term, labels) for term in row] for row in rows]
    return align(columns, cells, numeric=_numeric(columns, rows))


def align(columns: Iterable[str], rows: Iterable[Iterable[str]], *, numeric: Iterable[bool] = ()) -> str:
    """A table with aligned columns, a line under the heads, and the number of rows below.

    Cells are cut at 100 characters; numeric columns stand right.
    """
    heads = [column.replace("_", " ") for column in columns]
    body = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(heads, *body, strict=True)]
    right = list(numeric) or [False] * len(heads)
    lines = [_line(heads, widths, right), "  ".join("─" * width for width in widths)]
    lines += [_line(row, widths, right) for row in body]
    count = "1 row" if len(body) == 1 else f"{len(body)} rows"
    return "\n".join([*lines, f"({count})"]) + "\n"


def labels_of(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Preferred labels, English where there is a choice; IRIs without one are left out."""
    wanted = sorted(set(iris))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _LABELS_AT_ONCE):
        nodes = " ".join(str(ox.NamedNode(iri)) for iri in wanted[start : start + _LABELS_AT_ONCE])
        rows = select(
            store,
            f"""SELECT DISTINCT ?iri ?label (LANG(?label) AS ?language) WHERE {{
              VALUES ?iri {{ {nodes} }}
              ?iri skos:prefLabel|rdfs:label ?label .
              FILTER(LANG(?label) IN ("", "en"))
            }} ORDER BY ?iri ?language ?label""",
        )
        for row in rows:
            found.setdefault(row["iri"], row["label"])
    return found


def shorten(iri: str) -> str:
    """The IRI with one of the project's prefixes, else as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _iris(rows: Iterable[Row]) -> set[str]:
    return {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}


def _cell(term: Term | None, labels: Mapping[str, str]) -> str:
    if isinstance(term, ox.NamedNode):
        return visible(labels.get(term.value) or shorten(term.value))
    if _is_number(term):
        return _grouped(plain(term))
    return visible(plain(term))


def _grouped(number: str) -> str:
    """Digits in groups of three from 10,000 on; four digits may be a year."""
    whole, point, rest = number.partition(".")
    digits = whole.lstrip("-")
    return f"{int(whole):,}{point}{rest}" if digits.isdecimal() and len(digits) > _YEAR_DIGITS else number


def visible(text: str) -> str:
    """Text on one line, without characters that steer a terminal."""
    line = " ".join(text.split())
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in {"Cc", "Cf"} else char for char in line)


def _numeric(columns: tuple[str, ...], rows: list[Row]) -> list[bool]:
    return [bool(rows) and all(_is_number(row[index]) for row in rows) for index in range(len(columns))]


def _is_number(term: Term | None) -> bool:
    return term is None or (
        isinstance(term, ox.Literal) and term.datatype.value.endswith(("#decimal", "#integer", "#double"))
    )


def _width(text: str) -> int:
    """Columns of a terminal: East Asian wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        for char in text
    )


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1].rstrip() + "…"


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    parts = [
        _pad(cell, width) + cell if to_right else cell + _pad(cell, width)
        for cell, width, to_right in zip(cells, widths, right, strict=True)
    ]
    return "  ".join(parts).rstrip()


def _pad(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def _ended(data: bytes) -> bytes:
    return data if data.endswith(b"\n") else data + b"\n"


FORMATS = ("table", *_RESULT_FORMATS, *(name for name in _GRAPH_FORMATS if name not in _RESULT_FORMATS))
