"""What the explorer needs beyond the network: whom each entity is joined with, and the best claims, as columns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network import Network
from kg.analytics.network.columns import MODALITIES, POLARITIES
from kg.model import Modality, Polarity

Numbers = NDArray[np.integer[Any]]
_ID = re.compile(r"[0-9a-f]{16}")
_AFFIRMED = POLARITIES.index(Polarity.AFFIRMED)
_FIRM = np.array([each in {Modality.ASSERTED, Modality.REPORTED} for each in MODALITIES])


@dataclass(frozen=True, slots=True)
class Index:
    """Columns over a network's entities, statements and claims, by number.

    Attributes:
        network: the columns that they go with.
        subject_starts: number of the first statement of each entity as subject, and one more.
        by_object: statements in the order of their objects.
        object_starts: place in ``by_object`` of the first statement of each entity as object, and one more.
        facts: whether each claim says that something is so now.
        affirming: each statement's surest claim that affirms it, facts first; -1 where there is none.
        denying: its surest claim that denies it; -1 where there is none.
        degrees: how many other entities each is joined with.
        weights: how many claims are about each entity.
        by_id: claims in the order of their ids.
        days: date of each document as a number (20260624), 0 where it has none; a month or year begins with its first.
    """

    network: Network
    subject_starts: Numbers
    by_object: Numbers
    object_starts: Numbers
    facts: NDArray[np.bool_]
    affirming: Numbers
    denying: Numbers
    degrees: Numbers
    weights: Numbers
    by_id: Numbers
    days: Numbers

    def statements_of(self, entity: int) -> Numbers:
        """The statements that an entity is an end of."""
        as_object = self.by_object[self.object_starts[entity] : self.object_starts[entity + 1]]
        return np.concatenate((np.arange(self.subject_starts[entity], self.subject_starts[entity + 1]), as_object))

    def others(self, statements: Numbers, entity: int) -> Numbers:
        """The other end of each of an entity's statements."""
        subjects = self.network.subjects[statements]
        return np.where(subjects == entity, self.network.objects[statements], subjects)

    def claims_of(self, statements: Numbers) -> Numbers:
        """All claims of some statements."""
        ends = self.network.claim_ends
        last = ends[statements]
        first = np.where(statements > 0, ends[statements - 1], 0)
        return ranges(first, last)

    def statement(self, subject: int, relation: str, object_: int) -> int | None:
        """The statement with these parts; None where nobody makes it."""
        network = self.network
        if relation not in network.relation_names:
            return None
        start, end = self.subject_starts[subject], self.subject_starts[subject + 1]
        number = network.relation_names.index(relation)
        found = np.flatnonzero((network.objects[start:end] == object_) & (network.relation_of[start:end] == number))
        return int(start + found[0]) if len(found) else None

    def claims_named(self, ids: Iterable[str]) -> Numbers:
        """The claims with these ids of 16 hex digits; those that the store lacks are left out."""
        wanted = np.array(sorted({int(each, 16) for each in ids if _ID.fullmatch(each)}), np.uint64)
        network_ids = self.network.claim_ids
        places = np.searchsorted(network_ids, wanted, sorter=self.by_id)
        claims = self.by_id[places[places < len(network_ids)]]
        return claims[np.isin(network_ids[claims], wanted)]

    def surest(self, claims: Numbers) -> Numbers:
        """The claims, what is so now first, then the surest."""
        return claims[np.lexsort((claims, -self.network.confidences[claims], ~self.facts[claims]))]


def indexed(network: Network) -> Index:
    """The index of a network, worked out in some seconds for each million claims."""
    entities, statements = len(network.iris), len(network.subjects)
    facts = (network.polarities == _AFFIRMED) & _FIRM[network.modalities]
    by_object = np.argsort(network.objects, kind="stable").astype(np.int32)
    affirms = network.polarities == _AFFIRMED
    counts = np.diff(network.claim_ends, prepend=0)
    ends = np.concatenate((network.subjects, network.objects))
    return Index(
        network,
        _starts(network.subjects, entities),
        by_object,
        _starts(network.objects, entities),
        facts,
        _best(network, facts, affirms, statements),
        _best(network, facts, ~affirms, statements),
        _degrees(network, entities),
        np.bincount(ends, weights=np.concatenate((counts, counts)), minlength=entities).astype(np.int64),
        np.argsort(network.claim_ids, kind="stable").astype(np.int32),
        np.array([_day(date) for date in network.document_dates], np.int32),
    )


def columns(index: Index) -> dict[str, NDArray[Any]]:
    """The index's own columns by name."""
    return {name: getattr(index, name) for name in Index.__slots__ if name != "network"}


def from_columns(network: Network, found: Mapping[str, NDArray[Any]]) -> Index:
    """The index that :func:`columns` took apart; raises ``KeyError`` where one is missing."""
    return Index(network, **{name: found[name] for name in Index.__slots__ if name != "network"})


def ranges(first: Numbers, last: Numbers) -> Numbers:
    """All numbers from each first one up to, and without, its last one."""
    lengths = last - first
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))


def _starts(numbers: Numbers, entities: int) -> Numbers:
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=entities)))).astype(np.int64)


def _best(network: Network, facts: NDArray[np.bool_], taken: NDArray[np.bool_], statements: int) -> Numbers:
    """The surest of the taken claims of each statement."""
    claims = np.flatnonzero(taken)
    owners = network.claim_statements[claims]
    order = np.lexsort((claims, -network.confidences[claims], ~facts[claims], owners))
    first, places = np.unique(owners[order], return_index=True)
    best = np.full(statements, -1, np.int32)
    best[first] = claims[order][places]
    return best


def _degrees(network: Network, entities: int) -> Numbers:
    subjects, objects = network.subjects.astype(np.int64), network.objects.astype(np.int64)
    pairs = np.unique(np.minimum(subjects, objects) * max(entities, 1) + np.maximum(subjects, objects))
    ends = np.concatenate((pairs // max(entities, 1), pairs % max(entities, 1)))
    return np.bincount(ends, minlength=entities).astype(np.int32)


def _day(date: str) -> int:
    year, month, day = (*date.split("-"), "01", "01")[:3] if date else ("0", "0", "0")
    parts = (year, month, day)
    return int("".join(parts)) if all(part.isdigit() for part in parts) else 0
