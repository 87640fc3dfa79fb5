"""Readers: from files to documents with blocks whose every character knows its place in the source.

Add a form: write one module with a function ``Source → Reading`` and give it a row in ``READERS``.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from kg.documents.base import Reader, Reading, Refusal, Source, printable
from kg.documents.decode import load
from kg.documents.discover import discover as _discover
from kg.documents.jsonrecord import is_json, read_json
from kg.documents.prose import read_markdown
from kg.documents.prose import read_text as _read_plain
from kg.documents.sniff import looks_like_json, looks_like_markdown
from kg.errors import DocumentError

__all__ = ["READERS", "Reading", "Refusal", "discover", "read", "read_text"]

_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_MARKDOWN = frozenset({".md", ".markdown"})
_TEXT = frozenset({".txt"})


def _is_json_form(suffix: str, text: str) -> bool:
    return suffix in _JSON or (suffix not in _MARKDOWN and looks_like_json(text) and is_json(text))


def _is_markdown_form(suffix: str, text: str) -> bool:
    return suffix in _MARKDOWN or looks_like_markdown(text)


READERS: dict[str, Reader] = {
    "json": Reader(_JSON, _is_json_form, read_json),
    "markdown": Reader(_MARKDOWN, _is_markdown_form, read_markdown),
    "text": Reader(_TEXT, lambda _suffix, _text: True, _read_plain),
}
"""Every form, the more particular first: the first that recognises a text reads it."""

SUFFIXES = frozenset(suffix for reader in READERS.values() for suffix in reader.suffixes)
"""The suffixes that a folder is searched for."""


def read(path: Path, *, limit: int) -> Reading:
    """The documents of one file.

    Raises nothing for a file that cannot be read: a file that is missing, empty, binary, not UTF-8, without text or
    larger than ``limit`` bytes gives a reading with one refusal; among many records each bad one gives a refusal.
    """
    try:
        source = load(path, limit=limit)
    except DocumentError as error:
        return Reading(refusals=(Refusal(printable(path.name), str(error)),))
    return _read(source, path.suffix.lower())


def read_text(text: str, name: str) -> Reading:
    """The documents of a text that is already decoded, for example standard input, under the name ``name``."""
    name = printable(name)
    data = text.encode("utf-8", "surrogatepass")
    if not text.strip():
        return Reading(refusals=(Refusal(name, f"{name} is empty; give it text"),))
    return _read(Source(name, sha256(data).hexdigest(), _storable(text)), Path(name).suffix.lower())


def _storable(text: str) -> str:
    """The text with lone surrogates and NULs replaced, character by character."""
    return text.translate(_REPLACED) if any(ord(c) in _REPLACED for c in set(text)) else text


_REPLACED = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


def discover(paths: Iterable[Path]) -> list[Path]:
    """The files to read among files and folders, each once. Raises DocumentError (see ``kg.documents.discover``)."""
    return _discover(paths, SUFFIXES)


def _read(source: Source, suffix: str) -> Reading:
    reader = next(reader for reader in READERS.values() if reader.recognises(suffix, source.text))
    return reader.read(source)
