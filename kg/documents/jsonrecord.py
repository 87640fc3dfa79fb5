"""Reads JSON: one record, an array of records, an object that wraps one, or a record a line."""

import json
from collections.abc import Iterator

from kg.documents.base import Reading, Refusal, Source
from kg.documents.jsontree import RecordReader
from kg.documents.keys import ARTICLES, BODY, LEAD, WRAPPERS, escaped, folded
from kg.documents.metadata import from_blocks, from_keys
from kg.errors import DocumentError
from kg.model import Document, Metadata

_LINE_SUFFIXES = (".jsonl", ".ndjson")
_NESTED_NAMES = ("name", "title", "text", "@id", "url")


def is_json(text: str) -> bool:
    """Whether the whole text is JSON, or every line of it is an object."""
    try:
        _parse(text)
    except DocumentError:
        lines = [line for line in text.split("\n", 3)[:3] if line.strip()]
        return len(lines) > 1 and all(_is_object(line) for line in lines[:2])
    return True


def read_json(source: Source) -> Reading:
    """The documents of a JSON file; of many records, those that can be read and a refusal for each other.

    A file of one record gives a document of the file's name; of many, ``name#pointer`` each.
    """
    if source.name.lower().endswith(_LINE_SUFFIXES):
        return read_json_lines(source)
    try:
        value = _parse(source.text)
    except DocumentError as error:
        lines = [line for line in source.text.splitlines()[:50] if line.strip()]
        if len(lines) > 1 and _is_object(lines[0]) and lines[1].lstrip().startswith("{"):
            return read_json_lines(source)
        return Reading(refusals=(Refusal(source.name, f"{source.name}: {error}"),))
    records = list(_records(value))
    return _collected(_document(source, pointer, record) for pointer, record in records)


def read_json_lines(source: Source) -> Reading:
    """A document for each line that holds a record; lines are counted from 0, blank ones left out."""
    return _collected(_line_documents(source))


def _line_documents(source: Source) -> Iterator[Document | Refusal]:
    record, start, number = 0, 0, 0
    text = source.text
    while start < len(text):
        number += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        start = end + 1
        if not line.strip():
            continue
        pointer = f"/{record}"
        record += 1
        try:
            yield _document(source, pointer, _parse(line, number))
        except DocumentError as error:
            name = f"{source.name}#{pointer}"
            yield Refusal(name, f"{name}: {error}")


def _collected(results: Iterator[Document | Refusal]) -> Reading:
    documents: list[Document] = []
    refusals: list[Refusal] = []
    for result in results:
        if isinstance(result, Document):
            documents.append(result)
        else:
            refusals.append(result)
    return Reading(tuple(documents), tuple(refusals))


def _records(value: object) -> Iterator[tuple[str, object]]:
    """The records of a parsed file with their pointers; a single record has the empty pointer."""
    if isinstance(value, list) and any(isinstance(element, dict) for element in value):
        yield from ((f"/{number}", element) for number, element in enumerate(value))
        return
    if isinstance(value, dict) and not any(folded(key) in BODY and isinstance(value[key], str) for key in value):
        wrapped = [key for key in value if folded(key) in WRAPPERS and _holds_records(key, value[key])]
        if len(wrapped) == 1:
            key = wrapped[0]
            yield from ((f"/{escaped(key)}/{number}", element) for number, element in enumerate(value[key]))
            return
    yield "", value


def _holds_records(key: str, value: object) -> bool:
    """Whether the array under ``key`` holds articles rather than rows: objects with writing of their own."""
    if not isinstance(value, list) or not value or not all(isinstance(element, dict) for element in value):
        return False
    writing = BODY | LEAD if folded(key) in ARTICLES else BODY
    return any(folded(name) in writing and isinstance(text, str) for element in value for name, text in element.items())


def _document(source: Source, pointer: str, record: object) -> Document | Refusal:
    name = f"{source.name}#{pointer}" if pointer else source.name
    reader = RecordReader()
    reader.read(record)
    if not reader.blocks:
        return Refusal(name, f"{name} holds no text; give records with a title, body, text or summary")
    metadata = from_blocks(reader.blocks)
    if isinstance(record, dict):
        keys = from_keys(_flat_values(record))
        metadata = Metadata(
            metadata.title or keys.title, keys.date or metadata.date, keys.publisher, keys.url, keys.language
        )
    return Document(name, source.sha256, reader.fields, tuple(reader.blocks), metadata, "application/json")


def _flat_values(record: dict[str, object]) -> dict[str, str]:
    """The record's texts by key in lower case; of an object (``{"publisher": {"name": ...}}``) its name."""
    values: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = next((value[name] for name in _NESTED_NAMES if isinstance(value.get(name), str)), None)
        if isinstance(value, str):
            values.setdefault(key.lower(), value)
    return values


def _is_object(line: str) -> bool:
    try:
        return isinstance(_parse(line), dict)
    except DocumentError:
        return False


def _parse(text: str, first_line: int = 1) -> object:
    """The parsed text. Raises DocumentError with line and column."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = error.lineno + first_line - 1
        raise DocumentError(
            f"broken JSON at line {line}, column {error.colno} ({error.msg}); correct it or save it as .txt"
        ) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError("JSON is nested too deeply or holds a number too long; simplify it") from error
