"""Checks every quote of a store against the documents it was taken from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.claims import read_lines
from kg.documents import read
from kg.errors import StoreError
from kg.model import Claim, Document, Observation
from kg.store import CLAIMS, DOCUMENTS, check_format


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome.

    Attributes:
        documents: number of documents checked.
        quotes: number of quotes that stand in their document word for word.
        faults: what does not hold, a line each.
    """

    documents: int
    quotes: int
    faults: tuple[str, ...]


def verify(store: Path, *, sources: Path | None = None, limit: int) -> Verification:
    """Reads the documents of a store again and checks hash and quotes.

    Args:
        store: the store's folder.
        sources: folder to look for the documents in, by file name; None for where the build found them.
        limit: bytes above which a document is refused.

    Raises:
        StoreError: there is no store, or its list of documents is gone.
        ClaimError: its claims cannot be read.
    """
    check_format(store)
    faults: list[str] = []
    documents: dict[str, Document] = {}
    records = _records(store)
    for record in records:
        path = Path(record["path"]) if sources is None else sources / Path(record["path"]).name
        document = next((d for d in read(path, limit=limit).documents if d.name == record["name"]), None)
        if document is None:
            faults.append(f"{record['name']}: cannot be read at {path}; give its folder by --sources")
        elif document.sha256 != record["sha256"]:
            faults.append(f"{record['name']}: has changed since the build; build again")
        if document is not None:
            documents[record["id"]] = document
    quotes, broken = _quotes(store, documents)
    return Verification(len(records), quotes, (*faults, *broken))


def _records(store: Path) -> list[dict[str, str]]:
    try:
        lines = (store / DOCUMENTS).read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise StoreError(f"{store / DOCUMENTS} cannot be read; build the store again with `kg build PATH`") from error


def _quotes(store: Path, documents: dict[str, Document]) -> tuple[int, list[str]]:
    right = 0
    faults = []
    for item in _items(store):
        document = documents.get(item.document)
        for quote in item.quotes if document else ():
            field = document.fields.get(quote.pointer, "") if document else ""
            if field[quote.start : quote.end] == quote.text:
                right += 1
            else:
                faults.append(
                    f"{item.doc}: the quote of {item.id} does not stand at {quote.start}–{quote.end} any more"
                )
    return right, faults


def _items(store: Path) -> Iterator[Claim | Observation]:
    path = store / CLAIMS
    try:
        with path.open(encoding="utf-8") as file:
            yield from read_lines(file, str(path))
    except OSError as error:
        raise StoreError(f"{path} cannot be read; build the store again with `kg build PATH`") from error
