"""The documents of a store in their order, and those whose name or title holds some words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network import Network
from kg.server.view.index import Index, Numbers

_BETWEEN = "\x00"  # no name or title holds it

ORDERS = {"name": "by name", "newest": "newest first", "claims": "most claims first"}
"""How documents may be ordered, and how that is told."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Documents by name.

    Attributes:
        order: numbers of documents by file name.
        texts: name and title of each in small letters, in that order, one after the other.
        starts: where each begins in ``texts``, and one more.
    """

    order: Numbers
    texts: NDArray[np.uint8]
    starts: Numbers

    def find(self, index: Index, words: str, order: str) -> Numbers:
        """Numbers of the documents whose name or title holds ``words``, in one of :data:`ORDERS`."""
        found = self.order
        wanted = " ".join(words.split()).casefold().encode("utf-8", "replace")
        if wanted:
            spots = [spot.start() for spot in re.finditer(re.escape(wanted), self.texts.data)]
            found = found[np.unique(np.searchsorted(self.starts, spots, side="right") - 1)]
        if order == "newest":
            return found[np.argsort(-index.days[found], kind="stable")]
        if order == "claims":
            counts = np.bincount(index.network.documents, minlength=len(index.network.document_iris))
            return found[np.argsort(-counts[found], kind="stable")]
        return found


def listed(network: Network, titles: Sequence[str]) -> Listing:
    """The documents of a network, whose titles are given by their numbers."""
    names = list(network.document_names)
    iris = list(network.document_iris)
    order = sorted(range(len(names)), key=lambda number: (names[number], iris[number]))
    texts = [
        f"{names[number]}{_BETWEEN}{titles[number]}{_BETWEEN}".casefold().encode("utf-8", "replace") for number in order
    ]
    starts = np.concatenate(([0], np.cumsum([len(text) for text in texts], dtype=np.int64)))
    return Listing(np.array(order, np.int32), np.frombuffer(b"".join(texts), np.uint8), starts)


def listing_columns(listing: Listing) -> dict[str, NDArray[Any]]:
    """The listing's columns by name."""
    return {name: getattr(listing, name) for name in Listing.__slots__}


def listing_from(found: Mapping[str, NDArray[Any]]) -> Listing:
    """The listing that :func:`listing_columns` took apart; raises ``KeyError`` where one is missing."""
    return Listing(**{name: found[name] for name in Listing.__slots__})
