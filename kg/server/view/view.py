"""All that the explorer's answers need beyond the words of what they show."""

from dataclasses import dataclass
from typing import Any

from kg.export.viewer.words import Words
from kg.server.view.cards import Cards
from kg.server.view.index import Index
from kg.server.view.listing import Listing
from kg.server.view.names import NameIndex


@dataclass(frozen=True, slots=True)
class View:
    """What the explorer's answers need.

    Attributes:
        index: whom each entity is joined with.
        names: what each is called.
        listing: the documents in their order.
        cards: how entities and documents look in rows.
        words: what the ontology calls things.
        facets: the answer of the operation of that name.
    """

    index: Index
    names: NameIndex
    listing: Listing
    cards: Cards
    words: Words
    facets: dict[str, Any]
