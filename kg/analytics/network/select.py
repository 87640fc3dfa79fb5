"""What a scope leaves of a network."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network.columns import MODALITIES, POLARITIES, Floats, Integers, Network
from kg.analytics.scope import Scope
from kg.model import Polarity


@dataclass(frozen=True, slots=True)
class Selection:
    """The claims that a scope takes.

    Attributes:
        network: where they are from.
        claims: whether each claim counts.
        statements: numbers of the statements that have such a claim, in order.
        confidences: confidence of the surest such claim of every statement of the network, 0 where there is none.
        undated: number of documents that are left out since they have no date.
    """

    network: Network
    claims: NDArray[np.bool_]
    statements: Integers
    confidences: Floats
    undated: int

    def surest(self, statement: int) -> int:
        """The number of the surest claim that counts of a statement."""
        claims = [each for each in self.network.claims_of(statement) if self.claims[each]]
        return max(claims, key=lambda claim: (float(self.network.confidences[claim]), -claim))


def select(network: Network, scope: Scope, *, polarity: Polarity | None = Polarity.AFFIRMED) -> Selection:
    """The claims of a polarity that a scope takes; of both where the polarity is None."""
    taken = np.array([modality in scope.modalities for modality in MODALITIES])[network.modalities]
    if polarity is not None:
        taken &= network.polarities == POLARITIES.index(polarity)
    if scope.least:
        # Confidences are kept short, and 0.9 is then a little more or less than 0.9.
        taken &= network.confidences >= np.float32(scope.least)
    if scope.is_dated or scope.documents:
        taken &= _documents(network, scope)[network.documents]
    if scope.relations or scope.without:
        wanted = np.array([scope.takes_relation(name) for name in network.relations], bool)
        taken &= wanted[network.relation_of][network.claim_statements]
    return Selection(network, taken, *_surest(network, taken), undated(network, scope))


def undated(network: Network, scope: Scope) -> int:
    """How many documents a scope leaves out since they have no date."""
    return sum(not date for date in network.document_dates) if scope.is_dated else 0


def _documents(network: Network, scope: Scope) -> NDArray[np.bool_]:
    def each() -> Iterator[bool]:
        for name, date in zip(network.document_names, network.document_dates, strict=True):
            yield scope.takes_document(name, date)

    return np.fromiter(each(), bool, len(network.document_names))


def _surest(network: Network, taken: NDArray[np.bool_]) -> tuple[Integers, NDArray[Any]]:
    if not len(network.claim_ends):
        return np.array([], np.int64), np.array([], np.float32)
    starts = np.concatenate(([0], network.claim_ends[:-1]))
    confidences = np.maximum.reduceat(np.where(taken, network.confidences, np.float32(0)), starts)
    counted = np.add.reduceat(taken, starts, dtype=np.int64)
    return np.flatnonzero(counted), confidences
