"""The documents of a store, by its graph, and the store's own note of where their files were read."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from kg.documents.base import printable
from kg.errors import StoreError
from kg.store.base import Store, select
from kg.store.layout import DOCUMENTS
from kg.store.updates import literal_text, values_text
from kg.terms import DOCUMENT, local_name

_DOCUMENTS = """
SELECT DISTINCT ?node ?name ?sha256 ?title ?date ?publisher WHERE {
  %s
  ?node a sp:Document ; sp:fileName ?name ; sp:sha256 ?sha256 .
  OPTIONAL { ?node dcterms:title ?title }
  OPTIONAL { ?node dcterms:date ?date }
  OPTIONAL { ?node dcterms:publisher ?publisher }
}
"""
# Within the document's own graph a count needs no DISTINCT.
_COUNTS = "SELECT ?node (COUNT(?item) AS ?count) WHERE { GRAPH ?node { ?item a %s } } GROUP BY ?node"

_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of a store.

    Attributes:
        id: the document's id.
        name: its name, which several documents may share.
        sha256: hex digest of its file.
        title: its title, or empty.
        date: its date, or empty.
        publisher: its publisher, or empty.
        claims: number of its claims.
        figures: number of its figures.
        path: its file, in full; empty where the store does not know.
        relative: its file, from the folder that holds all files that the store knows; empty where it does not.
        label: its name, told apart from all others.
    """

    id: str
    name: str
    sha256: str
    title: str = ""
    date: str = ""
    publisher: str = ""
    claims: int = 0
    figures: int = 0
    path: str = ""
    relative: str = ""
    label: str = ""


class Notes:
    """Where the files of a store's documents were read: a line of JSON each, the last one about a document holds.

    The graph says which documents there are; notes about others mean nothing.
    """

    def __init__(self, store: Path | None) -> None:
        """The notes of the store in a folder; without a folder none can be kept."""
        self._path = None if store is None else store / DOCUMENTS

    def keep(self, files: Mapping[str, Path]) -> None:
        """Adds the files of documents, by id, and makes sure that they are on the disk.

        Raises:
            StoreError: the file cannot be written.
        """
        if self._path is None:
            return
        try:
            with self._path.open("a+b") as out:
                # A killed process may have left half a line.
                out.truncate(_end_of_lines(out))
                rows = ({"id": id_, "path": whole(path)} for id_, path in files.items())
                out.writelines(f"{json.dumps(row)}\n".encode() for row in rows)
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise StoreError(f"{self._path} cannot be written: {error.strerror or error}") from error

    def paths(self) -> dict[str, str]:
        """The file of each document, by id.

        Raises:
            StoreError: a line is malformed.
        """
        if self._path is None or not self._path.exists():
            return {}
        try:
            with self._path.open("rb") as file:
                return dict(_parsed(line) for line in file if line.endswith(b"\n"))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise StoreError(f"{self._path} cannot be read; build the store again with `kg build PATH`") from error


def whole(path: Path) -> str:
    """A file's place in full: folders are followed to where they lie, a file keeps the name that it was given by."""
    return str(path.parent.resolve() / path.name)


def list_documents(store: Store) -> list[StoredDocument]:
    """The documents of a store, by label.

    Raises:
        StoreError: the store's notes are malformed.
    """
    return sorted(_labelled(_found(store), Notes(store.path).paths()), key=lambda each: (each.label, each.id))


def documents_named(store: Store, name: str) -> list[StoredDocument]:
    """The documents of that name, by id, without their files and numbers.

    Raises:
        StoreError: as for :func:`list_documents`.
    """
    return sorted(_found(store, f"?node sp:fileName {literal_text(name)} ."), key=lambda each: each.id)


def documents_with(store: Store, ids: Iterable[str]) -> list[StoredDocument]:
    """Those of the documents with these ids that the store has, by id, without their files and numbers.

    Raises:
        StoreError: as for :func:`list_documents`.
    """
    rows = [(DOCUMENT[id_],) for id_ in sorted(set(ids))]
    if not rows:
        return []
    return sorted(_found(store, f"VALUES (?node) {{ {values_text(rows)} }}"), key=lambda each: each.id)


def label_files(files: Mapping[str, tuple[str, Path]]) -> dict[str, str]:
    """A label for each document, by id, from its name and file: the name, with its folder where several share it."""
    documents = [StoredDocument(id_, name, "") for id_, (name, _) in files.items()]
    paths = {id_: whole(path) for id_, (_, path) in files.items()}
    return {each.id: each.label for each in _labelled(documents, paths)}


def _found(store: Store, which: str = "") -> list[StoredDocument]:
    """Documents, all or those that a pattern finds; with the numbers of claims and figures only where it is all."""
    rows = {row["node"]: row for row in select(store, _DOCUMENTS % which)}
    claims, figures = ({}, {}) if which else (_counts(store, "sp:Claim"), _counts(store, "sp:Observation"))
    return [
        StoredDocument(
            id=local_name(node),
            name=row["name"],
            sha256=row["sha256"],
            title=row["title"],
            date=row["date"],
            publisher=row["publisher"],
            claims=claims.get(node, 0),
            figures=figures.get(node, 0),
        )
        for node, row in rows.items()
    ]


def _counts(store: Store, kind: str) -> dict[str, int]:
    return {row["node"]: int(row["count"]) for row in select(store, _COUNTS % kind)}


def _labelled(documents: Iterable[StoredDocument], paths: Mapping[str, str]) -> list[StoredDocument]:
    rows = list(documents)
    shared = Counter(row.name for row in rows)
    known = [Path(paths[row.id]) for row in rows if paths.get(row.id)]
    common = os.path.commonpath([path.parent for path in known]) if known else ""
    return [_placed(row, paths.get(row.id, ""), common, told_apart=shared[row.name] > 1) for row in rows]


def _placed(row: StoredDocument, path: str, common: str, *, told_apart: bool) -> StoredDocument:
    if not path:
        return replace(row, label=f"{row.name} ({row.id})" if told_apart else row.name)
    relative = Path(path).relative_to(common).as_posix()
    folder = relative.removesuffix(Path(path).name) if told_apart else ""
    return replace(row, path=path, relative=relative, label=printable(folder) + row.name)


def _end_of_lines(file: BinaryIO) -> int:
    """Where the last whole line of a file ends."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _BLOCK)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _parsed(line: bytes) -> tuple[str, str]:
    record = json.loads(line)
    id_, path = record["id"], record["path"]
    if not isinstance(id_, str) or not isinstance(path, str):
        raise TypeError("a line is no note of a document")
    return id_, path
