"""Pipe tables: rows of cells with their places in the field."""

import re
from dataclasses import dataclass

from kg.documents.base import Span
from kg.documents.lines import Line

_BAR = re.compile(r"\\.|`[^`|\n]*+`|\[\[[^\[\]|\n]*+(?:\|[^\[\]|\n]*+)?\]\]|(\|)")
_ALIGNMENT = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_HEADER_WORDS = 6


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the field.

    Attributes:
        header: the spans of the header's cells, empty where it has none.
        rows: the spans of each body row's cells; rows may differ in length.
        end: index of the line behind it.
    """

    header: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]
    end: int


def table_at(field: str, lines: list[Line], index: int) -> Table | None:
    """The table that begins at line ``index``; None where none does.

    A table has an alignment row below its header, or at least two lines that begin with a bar; without an alignment
    row the first row is the header when its cells are short and without digits.
    """
    line = lines[index]
    aligned = index + 1 < len(lines) and "|" in field[line.start : line.end] and _is_alignment(field, lines[index + 1])
    barred = _begins_with_bar(field, line)
    if not aligned and not barred:
        return None
    end = index
    while end < len(lines) and _belongs(field, lines[end], line.quote, barred):
        end += 1
    if not aligned and end - index < 2 and not _closed(field, line):
        return None
    body = [_cells(field, row) for row in lines[index:end] if not _is_alignment(field, row)]
    if not body:
        return Table((), (), end)
    has_header = aligned or (len(body) > 1 and _reads_as_header(field, body[0]))
    return Table(body[0] if has_header else (), tuple(body[has_header:]), end)


def _belongs(field: str, line: Line, quote: int, barred: bool) -> bool:
    if line.blank or line.quote != quote:
        return False
    return _begins_with_bar(field, line) if barred else "|" in field[line.start : line.end]


def _begins_with_bar(field: str, line: Line) -> bool:
    return not line.blank and field[line.start] == "|"


def _closed(field: str, line: Line) -> bool:
    return line.end - line.start > 1 and field[line.end - 1] == "|"


def _is_alignment(field: str, line: Line) -> bool:
    text = field[line.start : line.end]
    return "-" in text and "|" in text and _ALIGNMENT.fullmatch(text) is not None


def _reads_as_header(field: str, row: tuple[Span, ...]) -> bool:
    cells = [field[start:end] for start, end in row]
    return all(len(cell.split()) <= _HEADER_WORDS and not any(c.isdigit() for c in cell) for cell in cells)


def _cells(field: str, line: Line) -> tuple[Span, ...]:
    start, end = line.span
    bars = [match.start() for match in _BAR.finditer(field, start, end) if match.group(1)]
    if bars and bars[0] == start:
        bars.pop(0)
        start += 1
    if bars and bars[-1] == end - 1:
        bars.pop()
        end -= 1
    starts = [start, *(bar + 1 for bar in bars)]
    return tuple(zip(starts, [*bars, end], strict=True))
