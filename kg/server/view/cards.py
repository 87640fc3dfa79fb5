"""How each entity and document looks in the page's rows, read once, so that an answer need not ask for it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from numpy.typing import NDArray

from kg.analytics.network import Network, Strings
from kg.export.viewer.picture import DocumentRow, EntityRow
from kg.export.viewer.reading import document_rows, entity_rows
from kg.export.viewer.words import Words
from kg.model import MentionKind
from kg.store import Store
from kg.terms import ROOT


@dataclass(frozen=True, slots=True)
class Cards:
    """Rows as JSON by the network's numbers.

    Attributes:
        network: whose entities and documents they are.
        entities: row of each entity.
        documents: row of each document.
    """

    network: Network
    entities: Strings
    documents: Strings

    def entity_rows(self, ids: Iterable[str]) -> tuple[EntityRow, ...]:
        """The rows of entities by their short ids; those that the network lacks are left out."""
        numbers = [self.network.entity(ROOT + short) for short in sorted(ids)]
        return tuple(_entity(self.entities[number]) for number in numbers if number is not None)

    def document_rows(self, ids: Iterable[str]) -> tuple[DocumentRow, ...]:
        """The rows of documents by their short ids; those that the network lacks are left out."""
        numbers = [self.network.document_iris.position(ROOT + short) for short in sorted(ids)]
        return tuple(DocumentRow(**json.loads(self.documents[number])) for number in numbers if number is not None)


def read_cards(store: Store, words: Words, network: Network) -> Cards:
    """The rows of a network's entities and documents, read from its store."""
    ids = [iri.removeprefix(ROOT) for iri in network.iris]
    rows = entity_rows(store, words, ids, every=True)
    documents = {row.id: row for row in document_rows(store, None)}
    listed = (
        documents.get(short) or DocumentRow(short)
        for short in (iri.removeprefix(ROOT) for iri in network.document_iris)
    )
    return Cards(network, _packed(rows), _packed(listed))


def card_columns(cards: Cards) -> dict[str, NDArray[Any]]:
    """The cards' columns by name."""
    return {
        f"{name}_{part}": getattr(getattr(cards, name), part)
        for name in ("entities", "documents")
        for part in ("data", "ends")
    }


def cards_from(network: Network, found: Mapping[str, NDArray[Any]]) -> Cards:
    """The cards that :func:`card_columns` took apart; raises ``KeyError`` where a column is missing."""
    entities, documents = (Strings(found[f"{name}_data"], found[f"{name}_ends"]) for name in ("entities", "documents"))
    return Cards(network, entities, documents)


def _packed(rows: Iterable[EntityRow | DocumentRow]) -> Strings:
    return Strings.of(json.dumps(asdict(row)) for row in rows)


def _entity(text: str) -> EntityRow:
    row = json.loads(text)
    row["kind"] = MentionKind(row["kind"])
    return EntityRow(**row | {name: tuple(row[name]) for name in ("aliases", "roles")})
