"""How each entity and document looks in the page's rows, from columns, so that an answer need not ask for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network import Network, Strings
from kg.analytics.network.columns import KINDS
from kg.analytics.network.scans import Scans
from kg.export.viewer.picture import DocumentRow, EntityRow
from kg.export.viewer.reading import in_order
from kg.export.viewer.words import Words
from kg.query.lookup import NAME_PROPERTIES
from kg.server.view.names import NameIndex
from kg.store import Store
from kg.terms import ROOT

_TEXTS = {"titles": "dcterms:title", "publishers": "dcterms:publisher", "addresses": "dcterms:source"}
_OF_DOCUMENTS = "SELECT ?document ?text { GRAPH ?document { ?document %s ?text } }"
_UNKNOWN = "SELECT ?iri { GRAPH graph:entities { ?iri sp:known false } }"
_ALIASES = list(NAME_PROPERTIES).index("altLabel")


@dataclass(frozen=True, slots=True)
class Cards:
    """What rows of entities and documents say, by the network's numbers.

    Attributes:
        network: whose entities and documents they are.
        names: what its entities are called.
        words: what its ontology calls things.
        known: whether the registry lists each entity.
        titles: of each document, empty where it has none, as are the others.
        publishers: its publisher.
        addresses: where it was found on the web.
    """

    network: Network
    names: NameIndex
    words: Words
    known: NDArray[np.bool_]
    titles: Strings
    publishers: Strings
    addresses: Strings

    def entities(self, ids: Iterable[str]) -> tuple[EntityRow, ...]:
        """The rows of entities by their short ids; those that the network lacks are left out."""
        numbers = [self.network.entity(ROOT + short) for short in sorted(ids)]
        return tuple(self._entity(number) for number in numbers if number is not None)

    def documents(self, ids: Iterable[str]) -> tuple[DocumentRow, ...]:
        """The rows of documents by their short ids; those that the network lacks are left out."""
        numbers = [self.network.document_iris.position(ROOT + short) for short in sorted(ids)]
        return tuple(self._document(number) for number in numbers if number is not None)

    def _entity(self, number: int) -> EntityRow:
        network = self.network
        roles = {network.roles[role] for role in network.roles_of(number)}
        return EntityRow(
            id=network.iris[number].removeprefix(ROOT),
            label=network.labels[number],
            kind=KINDS[network.kinds[number]],
            aliases=tuple(self.names.of(number, _ALIASES)),
            roles=in_order(roles & {role.name for role in self.words.roles}),
            known=bool(self.known[number]),
        )

    def _document(self, number: int) -> DocumentRow:
        network = self.network
        return DocumentRow(
            id=network.document_iris[number].removeprefix(ROOT),
            title=self.titles[number],
            publisher=self.publishers[number],
            date=network.document_dates[number],
            url=self.addresses[number],
            file_name=network.document_names[number],
        )


def read_cards(store: Store, words: Words, network: Network, names: NameIndex) -> Cards:
    """What the rows of a network's entities and documents say, as far as its store must be asked."""
    queries = {name: _OF_DOCUMENTS % path for name, path in _TEXTS.items()} | {"unknown": _UNKNOWN}
    with Scans(store, queries, lambda *_: None) as scans:
        known = np.ones(len(network.iris), bool)
        known[[number for iri in scans.column("unknown") if (number := network.entity(iri)) is not None]] = False
        return Cards(network, names, words, known, **{name: _texts(network, scans.pairs(name)) for name in _TEXTS})


def card_columns(cards: Cards) -> dict[str, NDArray[Any]]:
    """The cards' own columns by name."""
    found: dict[str, NDArray[Any]] = {"known": cards.known}
    for name in _TEXTS:
        texts: Strings = getattr(cards, name)
        found |= {f"{name}_data": texts.data, f"{name}_ends": texts.ends}
    return found


def cards_from(network: Network, names: NameIndex, words: Words, found: Mapping[str, NDArray[Any]]) -> Cards:
    """The cards that :func:`card_columns` took apart; raises ``KeyError`` where a column is missing."""
    texts = {name: Strings(found[f"{name}_data"], found[f"{name}_ends"]) for name in _TEXTS}
    return Cards(network, names, words, found["known"], **texts)


def _texts(network: Network, pairs: Iterable[tuple[str, str]]) -> Strings:
    """The text of each document, the first by letters where it has several."""
    found: dict[str, str] = {}
    for iri, text in pairs:
        found[iri] = min(text, found.get(iri, text))
    return Strings.of(found.get(iri, "") for iri in network.document_iris)
