"""The ways from one entity to another over what is affirmed: the shortest, then those one step longer."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.server.view.choose import claim_counts
from kg.server.view.index import Index, Numbers, ranges

_LONGEST = 8
_EFFORT = 3000  # entities looked at after which the search for further ways ends
_WIDEST = 60  # the best joined neighbours of an entity that a way may go on by


def ways_between(
    index: Index, start: int, end: int, *, without: Sequence[str] = (), most: int = 5
) -> list[tuple[int, ...]]:
    """Ways as statements in their order from ``start``, at most ``most``.

    Args:
        index: whom each entity is joined with.
        start: the first entity.
        end: the last.
        without: local names of relations that no way may take.
        most: how many ways.
    """
    network = index.network
    allowed = np.array([name not in without for name in network.relation_names], bool)
    open_ = allowed[network.relation_of] & (index.affirming >= 0)
    far = _distances(index, open_, start, end)
    if start == end or far[start] < 0:
        return []
    found: list[tuple[int, ...]] = []
    search = _Search(index, open_, far, end)
    for longer in (0, 1):
        for way in search.from_(start, int(far[start]) + longer, (start,)):
            found.append(way)
            if len(found) == most:
                return found
    return found


def _distances(index: Index, open_: NDArray[np.bool_], start: int, end: int) -> NDArray[np.int16]:
    """Steps to ``end`` of all entities, up to one farther than ``start``; -1 for those beyond."""
    network = index.network
    far = np.full(len(network.iris), -1, np.int16)
    far[end] = 0
    edge: Numbers = np.array([end])
    for step in range(1, _LONGEST + 1):
        as_subject = ranges(index.subject_starts[edge], index.subject_starts[edge + 1])
        as_object = index.by_object[ranges(index.object_starts[edge], index.object_starts[edge + 1])]
        met = np.concatenate(
            (network.objects[as_subject[open_[as_subject]]], network.subjects[as_object[open_[as_object]]])
        )
        edge = np.unique(met[far[met] < 0])
        reached = far[start] >= 0
        far[edge] = step
        if reached or not len(edge):
            break
    return far


class _Search:
    """A search that only ever comes nearer to the end, and stops after so much effort."""

    def __init__(self, index: Index, open_: NDArray[np.bool_], far: NDArray[np.int16], end: int) -> None:
        self._index = index
        self._open = open_
        self._far = far
        self._end = end
        self._steps: dict[int, list[tuple[int, int]]] = {}
        self._effort = 0

    def from_(self, entity: int, left: int, seen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The ways of ``left`` steps from an entity to the end that meet none of ``seen`` again."""
        self._effort += 1
        if entity == self._end:
            if not left:
                yield ()
            return
        for other, statement in self._next(entity):
            if self._effort > _EFFORT:
                return
            if other not in seen and 0 <= self._far[other] < left:
                for rest in self.from_(other, left - 1, (*seen, other)):
                    yield (statement, *rest)

    def _next(self, entity: int) -> list[tuple[int, int]]:
        """Neighbours on a way to the end, those with most claims first, each by its weightiest statement."""
        if entity not in self._steps:
            statements = self._index.statements_of(entity)
            others = self._index.others(statements, entity)
            fits = self._open[statements] & (self._far[others] >= 0) & (others != entity)
            statements, others = statements[fits], others[fits]
            order = np.lexsort((statements, self._far[others], -claim_counts(self._index, statements)))
            best: dict[int, int] = {}
            for place in order.tolist():
                best.setdefault(int(others[place]), int(statements[place]))
                if len(best) == _WIDEST:
                    break
            nearest = np.lexsort((statements, -claim_counts(self._index, statements), self._far[others]))[:_WIDEST]
            for place in nearest.tolist():
                best.setdefault(int(others[place]), int(statements[place]))
            self._steps[entity] = list(best.items())
        return self._steps[entity]
