"""Checks every quote of a store against the documents it was taken from, and the graph against the claims."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.claims import read_lines
from kg.documents import read
from kg.errors import StoreError
from kg.graph import claim_iri, observation_iri, text
from kg.model import Claim, Document, Observation
from kg.store import CLAIMS, Store, StoredDocument, check_format, open_store, read_documents, select

_ITEMS = "SELECT DISTINCT ?item { VALUES ?kind { sp:Claim sp:Observation } ?item a ?kind }"
_WORDS = "SELECT DISTINCT ?quote ?words { ?item sp:evidence ?quote . ?quote sp:exact ?words }"


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
    """Reads the documents of a store again and checks hashes and quotes, and that the graph holds the same claims.

    Args:
        store: the store's folder.
        sources: folder to look for the documents in, by their place among the build's files, then by file name; None
            for where the build found them.
        limit: bytes above which a document is refused.

    Raises:
        StoreError: there is no store, or its list of documents or its claims are gone or malformed.
        ClaimError: its claims cannot be read.
    """
    check_format(store)
    records = read_documents(store)
    documents = _documents(records, sources, limit)
    items = list(_items(store))
    quotes, broken = _quotes(items, documents, {record.id: record.label for record in records})
    with open_store(store) as graph:
        different = list(_differences(items, graph))
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
        return (Path(record.path),)
    return tuple(dict.fromkeys((sources / record.relative, sources / Path(record.path).name)))


def _changes(
    records: Iterable[StoredDocument], documents: Mapping[str, Document], sources: Path | None
) -> Iterator[str]:
    for record in records:
        document = documents.get(record.id)
        if document is None:
            places = " or ".join(str(place) for place in _places(record, sources))
            yield f"{record.label}: cannot be read at {places}; give its folder by --sources"
        elif document.sha256 != record.sha256:
            yield f"{record.label}: has changed since the build; build again"


def _quotes(
    items: Iterable[Claim | Observation], documents: Mapping[str, Document], labels: Mapping[str, str]
) -> tuple[int, list[str]]:
    right = 0
    faults = []
    for item in items:
        label = labels.get(item.document)
        if label is None:
            faults.append(f"{item.doc}: {item.id} is of a document that the store does not list; build again")
        document = documents.get(item.document)
        for quote in item.quotes if document else ():
            field = document.fields.get(quote.pointer, "") if document else ""
            if field[quote.start : quote.end] == quote.text:
                right += 1
            else:
                faults.append(f"{label}: the quote of {item.id} does not stand at {quote.start}–{quote.end} any more")
    return right, faults


def _differences(items: Sequence[Claim | Observation], graph: Store) -> Iterator[str]:
    """Where the graph and the list of claims differ, in claims and figures or in the words they rest on."""
    listed = {_iri(item): item for item in items}
    held = {row["item"] for row in select(graph, _ITEMS)}
    for iri in sorted(held - set(listed)):
        yield f"{iri}: is in the graph and not among the claims; build again"
    words = {row["quote"]: row["words"] for row in select(graph, _WORDS)}
    for iri, item in listed.items():
        if iri not in held:
            yield f"{item.doc}: {item.id} is not in the graph; build again"
            continue
        for number, quote in enumerate(item.quotes, start=1):
            if words.get(f"{iri}#quote-{number}") != str(text(quote.text)):
                yield f"{item.doc}: the graph has other words for quote {number} of {item.id}; build again"


def _iri(item: Claim | Observation) -> str:
    return str(claim_iri(item) if isinstance(item, Claim) else observation_iri(item))


def _items(store: Path) -> Iterator[Claim | Observation]:
    path = store / CLAIMS
    try:
        with path.open(encoding="utf-8") as file:
            yield from read_lines(file, str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} cannot be read; build the store again with `kg build PATH`") from error
