"""The best chains from one entity to another over edges: the shortest first, of equal ones the surest."""

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network import Edges, Ties
from kg.analytics.network.columns import Integers

Walk = tuple[int, ...]
"""Numbers of edges, one behind the other."""
_FAR = np.iinfo(np.int16).max
# So many ways on from one entity are weighed; behind them lie only the least sure.
_MOST_WAYS = 1000
_MOST_STEPS = 200_000


def best_walks(edges: Edges, start: int, end: int, *, most: int, longest: int) -> tuple[Ties, list[Walk]]:
    """The best walks from ``start`` to ``end`` that meet no entity twice, and the edges that their numbers mean.

    Args:
        edges: all edges.
        start: where to begin.
        end: where to arrive.
        most: how many walks.
        longest: how many edges a walk may have.
    """
    ahead = _distances(edges.dependents, edges.providers, start, longest, len(edges.network.iris))
    back = _distances(edges.providers, edges.dependents, end, longest, len(edges.network.iris))
    length = int(ahead[end])
    found: tuple[Ties, list[Walk]] = edges.where(np.zeros(len(edges.dependents), bool)).arranged(), []
    while length <= longest and len(found[1]) < most:
        near = ahead[edges.dependents].astype(np.int32) + back[edges.providers] + 1 <= length
        useful = near & (edges.dependents != end) & (edges.providers != start)
        ties = edges.where(useful).arranged()
        search = _Search(ties, start, end, length)
        walks = [walk for hops in range(int(ahead[end]), length + 1) for walk in search.walks(hops, most)]
        found = ties, walks[:most]
        length += 1
    return found


def _distances(froms: Integers, tos: Integers, start: int, longest: int, entities: int) -> NDArray[np.int16]:
    """How many edges lie between ``start`` and each entity, as far as ``longest``."""
    found = np.full(entities, _FAR, np.int16)
    found[start] = 0
    for distance in range(1, longest + 1):
        reached = tos[found[froms] == distance - 1]
        new = reached[found[reached] == _FAR]
        if not len(new):
            break
        found[new] = distance
    return found


class _Search:
    """Walks of a given length, the surest first: a search that knows the best that can still come."""

    def __init__(self, ties: Ties, start: int, end: int, longest: int) -> None:
        self._ties, self._start, self._end = ties, start, end
        pairs = (np.diff(ties.dependents, prepend=-1) != 0) | (np.diff(ties.providers, prepend=-1) != 0)
        # Of edges between the same two the surest comes first, and counts.
        self._edges = np.flatnonzero(pairs)
        self._sure = np.log(np.maximum(ties.confidences.astype(np.float64), 1e-9))
        self._to_come = [np.full(len(ties.network.iris), -np.inf)]
        self._to_come[0][end] = 0
        dependents = ties.dependents[self._edges]
        first = np.flatnonzero(np.diff(dependents, prepend=-1))
        for _ in range(longest):
            reached = self._sure[self._edges] + self._to_come[-1][ties.providers[self._edges]]
            best = np.full(len(ties.network.iris), -np.inf)
            if len(first):
                best[dependents[first]] = np.maximum.reduceat(reached, first)
            self._to_come.append(best)
        self._single = np.zeros(len(ties.dependents), bool)
        self._single[self._edges] = True

    def walks(self, hops: int, most: int) -> list[Walk]:
        """Walks of exactly so many edges, at most ``most``."""
        found: list[Walk] = []
        best = float(self._to_come[hops][self._start])
        waiting: list[tuple[float, Walk, float]] = [(-best, (), 0.0)] if np.isfinite(best) else []
        steps = 0
        while waiting and len(found) < most and steps < _MOST_STEPS:
            _, walk, sure = heappop(waiting)
            steps += 1
            if len(walk) == hops:
                found.append(walk)
                continue
            for edge, ahead in self._ways(walk, hops):
                so_far = sure + float(self._sure[edge])
                heappush(waiting, (-(so_far + ahead), (*walk, edge), so_far))
        return found

    def _ways(self, walk: Walk, hops: int) -> list[tuple[int, float]]:
        """The edges by which a walk may go on, each with the best that can come behind it."""
        at = int(self._ties.providers[walk[-1]]) if walk else self._start
        met = {self._start, *(int(self._ties.providers[edge]) for edge in walk)}
        edges = self._ties.of(at)
        edges = edges[self._single[edges]]
        ahead = self._to_come[hops - len(walk) - 1][self._ties.providers[edges]]
        possible = np.isfinite(ahead)
        edges, ahead = edges[possible], ahead[possible]
        if len(edges) > _MOST_WAYS:
            kept = np.sort(np.argsort(-(self._sure[edges] + ahead), kind="stable")[:_MOST_WAYS])
            edges, ahead = edges[kept], ahead[kept]
        return [
            (int(edge), float(rest))
            for edge, rest in zip(edges, ahead, strict=True)
            if int(self._ties.providers[edge]) not in met
        ]
