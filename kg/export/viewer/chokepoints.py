"""Whom most of the network depends on, as rows of the picture."""

from kg.analytics.chokepoints import Chokepoint, chokepoints
from kg.export.viewer.picture import ChokepointRow
from kg.store import Store
from kg.terms import ROOT


def chokepoint_rows(store: Store) -> tuple[ChokepointRow, ...]:
    """The organisations that most depends on, ten at most; not those that a single one depends on beside others.

    Raises:
        QueryError: as :meth:`kg.store.Store.query`.
    """
    ranks = [each for each in chokepoints(store).ranks if each.dependents > 1 or each.only_source]
    return tuple(ChokepointRow(each.entity.iri.removeprefix(ROOT), _why(each)) for each in ranks)


def _why(rank: Chokepoint) -> str:
    """In words, such as "6 depend on it, 2 of them have no other"."""
    if rank.dependents == 1:
        return "one depends on it and has no other"
    told = f"{rank.dependents} depend on it"
    return f"{told}, {rank.only_source} of them have no other" if rank.only_source else told
