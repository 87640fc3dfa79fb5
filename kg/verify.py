"""Checks every quote of a store against the documents it was taken from, and every claim against its own id."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.documents import read
from kg.model import Document
from kg.settings import Place
from kg.store import Contents, StoredDocument, open_store, stored_contents


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


def verify(store: Place, *, sources: Path | None = None, limit: int) -> Verification:
    """Reads the documents of a store again and checks hashes and quotes, and that no claim was changed by hand.

    Args:
        store: where the store is.
        sources: folder to look for the documents in, by their place among the build's files, then by file name; None
            for where the build found them.
        limit: bytes above which a document is refused.

    Raises:
        StoreError: there is no store, or its notes of where documents lie are malformed.
        ClaimError: a claim of the store lacks something.
    """
    with open_store(store) as graph:
        held = list(stored_contents(graph))
    records = [contents.document for contents in held]
    documents = _documents(records, sources, limit)
    outcomes = [_quotes(contents, documents.get(contents.document.id)) for contents in held]
    quotes = sum(right for right, _ in outcomes)
    broken = [fault for _, faults in outcomes for fault in faults]
    different = [fault for contents in held for fault in _differences(contents)]
    return Verification(len(records), quotes, (*_changes(records, documents, sources), *broken, *different))


def _documents(records: Iterable[StoredDocument], sources: Path | None, limit: int) -> dict[str, Document]:
    """The documents as they are now, by the id they had; each file is read once."""
    by_places: dict[tuple[Path, ...], list[StoredDocument]] = defaultdict(list)
    for record in records:
        by_places[_places(record, sources)].append(record)
    found: dict[str, Document] = {}
    for places, here in by_places.items():
        for place in places:
            missing = [record for record in here if record.id not in found]
            read_here = {document.name: document for document in read(place, limit=limit).documents} if missing else {}
            found |= {record.id: read_here[record.name] for record in missing if record.name in read_here}
    return found


def _places(record: StoredDocument, sources: Path | None) -> tuple[Path, ...]:
    """Where the document's file may lie, the likeliest first."""
    if sources is None:
        return (Path(record.path),) if record.path else ()
    name = Path(record.path).name if record.path else record.name.split("#", 1)[0]
    return tuple(dict.fromkeys((sources / (record.relative or name), sources / name)))


def _changes(
    records: Iterable[StoredDocument], documents: Mapping[str, Document], sources: Path | None
) -> Iterator[str]:
    for record in records:
        document = documents.get(record.id)
        if document is None:
            places = " or ".join(str(place) for place in _places(record, sources))
            where = f"cannot be read at {places}" if places else "has no known file"
            yield f"{record.label}: {where}; give its folder by --sources"
        elif document.sha256 != record.sha256:
            yield f"{record.label}: has changed since the build; build again"


def _quotes(contents: Contents, document: Document | None) -> tuple[int, list[str]]:
    """How many quotes of a document stand in it, and where one does not; nothing where there is no document."""
    right = 0
    faults = []
    for id_, item in contents.items.items():
        for quote in item.quotes if document else ():
            field = document.fields.get(quote.pointer, "") if document else ""
            if field[quote.start : quote.end] == quote.text:
                right += 1
            else:
                place = f"{quote.start}–{quote.end}"
                faults.append(f"{contents.document.label}: the quote of {id_} does not stand at {place} any more")
    return right, faults


def _differences(contents: Contents) -> Iterator[str]:
    """Claims and figures whose ids are not what they say: somebody changed the graph by hand."""
    for id_, item in contents.items.items():
        if id_ != item.id or item.document != contents.document.id:
            yield f"{contents.document.label}: {id_} is not what it was when it was read; build again"
