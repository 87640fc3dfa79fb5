"""Turns one JSON record into fields and blocks: arrays into lists, arrays of flat objects into tables."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.documents.builder import Place
from kg.documents.dates import is_date
from kg.documents.inline import plain
from kg.documents.keys import BODY, COMPANY, LEAD, ROW_NAMES, escaped, folded, humanised, is_ignored, is_link
from kg.documents.metadata import is_url
from kg.documents.prose import prose_blocks
from kg.model import Block, BlockKind, Cell

_UNPAIRED = re.compile("[\x00\ud800-\udfff]")
_LONG_TEXT = 400
_SHORT_TEXT = 120
_MIN_WORDS = 3
_MAX_DEPTH = 40


class RecordReader:
    """Collects ``fields`` (pointer → decoded text) and ``blocks`` of one record, in the order of its keys."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.blocks: list[Block] = []
        self._tables = 0
        self._titled = False

    def read(self, record: object) -> None:
        """Reads a record: an object, or a bare text."""
        if isinstance(record, str):
            self._body(record, "", ())
            return
        if isinstance(record, dict):
            self._object(record, "", (), 0)
        elif isinstance(record, list):
            self._array(record, "", "", (), 0)

    def _value(self, value: object, key: str, pointer: str, path: tuple[str, ...], depth: int) -> None:
        if depth > _MAX_DEPTH:
            return
        if isinstance(value, str):
            self._text(value, key, pointer, path, depth)
        elif isinstance(value, dict):
            self._object(value, pointer, (*path, humanised(key)) if key else path, depth)
        elif isinstance(value, list):
            self._array(value, key, pointer, path, depth)

    def _object(self, record: dict[str, object], pointer: str, path: tuple[str, ...], depth: int) -> None:
        title = _title_key(record)
        if title:
            path = self._heading(record[title], f"{pointer}/{escaped(title)}", path, depth)
        linked = is_link(record)
        for key, value in record.items():
            here = f"{pointer}/{escaped(key)}"
            if linked and isinstance(value, str) and len(value) <= _SHORT_TEXT:
                self._add(value, here, Block(BlockKind.PARAGRAPH, "", (), here, (*path, humanised(key))))
            elif key != title and not is_ignored(key):
                self._value(value, key, here, path, depth + 1)

    def _heading(self, value: object, pointer: str, path: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """The record's own title, or the name of an object inside it; gives the path for what stands beside it."""
        text, runs = self._field(str(value), pointer)
        if not text:
            return path
        if depth == 0:
            self._titled = True
            self.blocks.append(Block(BlockKind.TITLE, text, runs, pointer))
            return path
        self.blocks.append(Block(BlockKind.HEADING, text, runs, pointer, path, level=len(path) + 1))
        return (*path, text)

    def _text(self, value: str, key: str, pointer: str, path: tuple[str, ...], depth: int) -> None:
        name = folded(key)
        known = name in BODY or name in LEAD
        if not known and not _is_writing(value):
            return
        here = path if known and depth <= 1 else (*path, humanised(key))
        if name in BODY or "\n" in value or len(value) > _LONG_TEXT:
            self._body(value, pointer, here)
        else:
            self._add(value, pointer, Block(BlockKind.PARAGRAPH, "", (), pointer, here))

    def _body(self, value: str, pointer: str, path: tuple[str, ...]) -> None:
        field = _clean(value)
        blocks = prose_blocks(field, Place(pointer, path, self._tables, self._titled))
        if blocks:
            self.fields[pointer] = field
            self.blocks += blocks
            self._tables = max([self._tables, *(b.cell.table + 1 for b in blocks if b.cell)])

    def _array(self, values: Sequence[object], key: str, pointer: str, path: tuple[str, ...], depth: int) -> None:
        records = [value for value in values if isinstance(value, dict)]
        if records and len(records) == len(values) and all(_is_flat(record) for record in records):
            self._table(records, pointer, (*path, humanised(key)) if key else path)
            return
        lead_in = humanised(key)
        for number, value in enumerate(values):
            here = f"{pointer}/{number}"
            if isinstance(value, str):
                if not _is_code(value):
                    self._add(value, here, Block(BlockKind.ITEM, "", (), here, path, lead_in, 1))
            else:
                self._value(value, key, here, path, depth + 1)

    def _table(self, records: Sequence[dict[str, object]], pointer: str, path: tuple[str, ...]) -> None:
        keys = dict.fromkeys(key for record in records for key in record)
        linked = is_link(keys)
        columns = [key for key in keys if linked or not is_ignored(key)]
        for row, record in enumerate(records):
            texts = [key for key in columns if isinstance(record.get(key), str)]
            named = next((key for key in texts if folded(key) in ROW_NAMES), texts[0] if texts else "")
            row_header = _plain_text(str(record.get(named, "")))
            for key in texts:
                here = f"{pointer}/{row}/{escaped(key)}"
                cell = Cell(self._tables, row, columns.index(key), humanised(key), row_header)
                value = str(record[key])
                if not is_url(value.strip()):
                    self._add(value, here, Block(BlockKind.CELL, "", (), here, path, cell=cell))
        self._tables += 1

    def _add(self, value: str, pointer: str, block: Block) -> None:
        """Adds ``block`` with the text of ``value``, which becomes a field."""
        text, runs = self._field(value, pointer)
        if text:
            self.blocks.append(replace(block, text=text, runs=runs))

    def _field(self, value: str, pointer: str) -> tuple[str, tuple[tuple[int, int], ...]]:
        field = _clean(value)
        text, runs = plain(field, [(0, len(field))])
        if text:
            self.fields[pointer] = field
        return text, runs


def _title_key(record: dict[str, object]) -> str:
    """The key that holds the object's title, or else the company that it is about; empty where none does."""
    if is_link(record):
        return ""
    names = {folded(key): key for key in reversed(record) if isinstance(record[key], str)}
    return next((names[name] for name in ("title", "headline", "heading", "name", *COMPANY) if name in names), "")


def _plain_text(value: str) -> str:
    return plain(value, [(0, len(value))])[0]


def _clean(value: str) -> str:
    """The text with what UTF-8 cannot hold replaced, character by character, so that offsets stay."""
    return _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", value)


def _is_flat(record: dict[str, object]) -> bool:
    return all(not isinstance(value, dict | list) for key, value in record.items() if not is_ignored(key))


def _is_writing(value: str) -> bool:
    """Whether a text under a key that nobody knows is worth reading."""
    return not _is_code(value) and (len(value.split()) >= _MIN_WORDS or any(c.isupper() for c in value))


def _is_code(value: str) -> bool:
    """Whether a text is an address, a date or without letters."""
    value = value.strip()
    return not any(c.isalpha() for c in value) or is_url(value) or is_date(value)
