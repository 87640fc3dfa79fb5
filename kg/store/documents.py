"""The store's list of documents: what was built, and where it was read, so that its quotes can be checked again."""

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.documents.base import printable
from kg.errors import StoreError
from kg.model import Document
from kg.store.layout import DOCUMENTS


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A line of the list.

    Attributes:
        id: the document's id.
        name: its name, which several documents may share.
        label: its name, told apart from all others.
        path: its file, in full.
        relative: its file, from the folder that holds all files of the build.
        sha256: hex digest of its file.
        title: its title.
        claims: number of its claims.
        observations: number of its figures.
    """

    id: str
    name: str
    label: str
    path: str
    relative: str
    sha256: str
    title: str
    claims: int
    observations: int


_TYPES = {name: int if name in {"claims", "observations"} else str for name in StoredDocument.__slots__}


def list_documents(built: Iterable[tuple[Document, Path, int, int]]) -> list[StoredDocument]:
    """The list for the documents of a build, each given with its file and the number of its claims and figures."""
    rows = list(built)
    # Folders are followed to where they lie; a file keeps the name that it was given by, for its document bears it.
    paths = [path.parent.resolve() / path.name for _, path, _, _ in rows]
    common = os.path.commonpath([path.parent for path in paths]) if paths else ""
    shared = Counter(document.name for document, _, _, _ in rows)
    listed = []
    for (document, _, claims, observations), path in zip(rows, paths, strict=True):
        relative = path.relative_to(common).as_posix()
        folder = relative.removesuffix(path.name) if shared[document.name] > 1 else ""
        listed.append(
            StoredDocument(
                id=document.id,
                name=document.name,
                label=printable(folder) + document.name,
                path=str(path),
                relative=relative,
                sha256=document.sha256,
                title=document.metadata.title,
                claims=claims,
                observations=observations,
            )
        )
    return listed


def write_documents(store: Path, documents: Iterable[StoredDocument]) -> None:
    """Writes the list into the store's folder, a line of JSON for each document."""
    lines = (json.dumps(asdict(document), ensure_ascii=True) + "\n" for document in documents)
    (store / DOCUMENTS).write_text("".join(lines), encoding="utf-8")


def read_documents(store: Path) -> list[StoredDocument]:
    """The list of the store in the folder ``store``.

    Raises:
        StoreError: it is gone or malformed.
    """
    path = store / DOCUMENTS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_parsed(json.loads(line)) for line in lines]
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(f"{path} cannot be read; build the store again with `kg build PATH`") from error


def _parsed(record: object) -> StoredDocument:
    """The document behind a JSON object. Raises ValueError where a field lacks or is of another type."""
    if not isinstance(record, dict) or {name: type(record.get(name)) for name in _TYPES} != _TYPES:
        raise ValueError("a line is no document")
    return StoredDocument(**{name: record[name] for name in _TYPES})
