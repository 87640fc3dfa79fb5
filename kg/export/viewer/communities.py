"""Groups of entities joined more among each other than with the rest, found by Louvain's method in whole numbers.

Gains are compared without a rounding error and nodes are visited in their order, so the same graph falls into the same
groups on every machine.
"""

from collections import defaultdict
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]

MOST = 80  # groups that can be told apart in one picture
SMALL = 4  # a group of fewer joins its nearest
LARGE = 600  # a group of more is looked at again by itself
_ROUNDS = 12


def communities(count: int, pairs: Numbers) -> Numbers:
    """The group of each of ``count`` nodes that ``pairs`` (n by 2) join; groups are numbered from 0, the largest first.

    A group is never smaller than `SMALL` where it can join another, and there are at most `MOST` groups unless
    large ones are split; what hangs together with nothing else is one group.
    """
    if not count:
        return np.zeros(0, dtype=np.intp)
    ends = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0) if len(pairs) else pairs.reshape(0, 2)
    label = _louvain(count, ends)
    label = _split(label, ends)
    return _ranked(_merged(label, ends))


def _louvain(count: int, ends: Numbers) -> Numbers:
    """Groups by moving single nodes, then whole groups, as long as modularity grows."""
    label = np.arange(count, dtype=np.intp)
    edges = {(int(a), int(b)): 1 for a, b in ends}
    inner = [0] * count
    while True:
        moved = _moves(len(inner), edges, inner)
        names, compact = np.unique(moved, return_inverse=True)
        if len(names) == len(inner):
            return label
        label = compact[label]
        edges, inner = _joined(edges, inner, compact.tolist(), len(names))


def _moves(count: int, edges: dict[tuple[int, int], int], inner: list[int]) -> list[int]:
    """One level of the method: every node goes to the neighbouring group in which it gains most, until none moves.

    ``inner`` holds twice the weight that each node, itself a group of an earlier level, has inside.
    """
    near: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    degree = list(inner)
    for (a, b), weight in edges.items():
        near[a].append((b, weight))
        near[b].append((a, weight))
        degree[a] += weight
        degree[b] += weight
    whole = sum(degree)
    group = list(range(count))
    total = list(degree)
    for _ in range(_ROUNDS):
        moved = 0
        for node in range(count):
            own, weight = group[node], degree[node]
            shared: dict[int, int] = defaultdict(int)
            for other, joined in near[node]:
                shared[group[other]] += joined
            total[own] -= weight
            best, most = own, shared.get(own, 0) * whole - total[own] * weight
            for other, joined in shared.items():
                gain = joined * whole - total[other] * weight
                if gain > most or (gain == most and other < best != own):
                    best, most = other, gain
            total[best] += weight
            if best != own:
                group[node] = best
                moved += 1
        if moved * 200 <= count:
            break
    return group


def _joined(
    edges: dict[tuple[int, int], int], inner: list[int], label: list[int], count: int
) -> tuple[dict[tuple[int, int], int], list[int]]:
    """The graph of groups: edges between two of them, and what each holds inside."""
    inside = [0] * count
    for node, weight in enumerate(inner):
        inside[label[node]] += weight
    between: dict[tuple[int, int], int] = defaultdict(int)
    for (a, b), weight in edges.items():
        first, second = label[a], label[b]
        if first == second:
            inside[first] += 2 * weight
        else:
            between[min(first, second), max(first, second)] += weight
    return between, inside


def _split(label: Numbers, ends: Numbers) -> Numbers:
    """Groups of more than `LARGE` fall into the groups that are found inside each alone."""
    label = label.copy()
    following = int(label.max(initial=-1)) + 1
    sizes = np.bincount(label)
    position = np.zeros(len(label), dtype=np.intp)
    for group in np.flatnonzero(sizes > LARGE):
        members = np.flatnonzero(label == group)
        position[members] = np.arange(len(members))
        own = ends[(label[ends] == group).all(axis=1)]
        parts = _louvain(len(members), position[own])
        label[members] = following + parts
        following += int(parts.max()) + 1
    return label


def _merged(label: Numbers, ends: Numbers) -> Numbers:
    """Small groups, smallest first, each join the one they hang on most; those without any join each other."""
    _, label = np.unique(label, return_inverse=True)
    size = np.bincount(label).tolist()
    near: list[dict[int, int]] = [defaultdict(int) for _ in size]
    for a, b in label[ends].tolist():
        if a != b:
            near[a][b] += 1
            near[b][a] += 1
    into = list(range(len(size)))
    left = len(size)
    alone: list[int] = []
    for group in sorted(range(len(size)), key=lambda group: (size[group], group)):
        if size[group] >= SMALL and left <= MOST:
            break
        best = _nearest(group, into, near, size)
        left -= best is not None or bool(alone)
        if best is None:
            alone.append(group)
            continue
        into[group] = best
        size[best] += size[group]
        for other, weight in near[group].items():
            near[best][other] += weight
    for first, second in pairwise(alone):
        into[first] = second
    return np.array([_root(into, group) for group in range(len(into))], dtype=np.intp)[label]


def _nearest(group: int, into: list[int], near: list[dict[int, int]], size: list[int]) -> int | None:
    """The group that most edges join to ``group`` for its size, so that large ones do not swallow all that is small."""
    weights: dict[int, int] = defaultdict(int)
    for other, weight in near[group].items():
        if (root := _root(into, other)) != group:
            weights[root] += weight
    return max(weights, key=lambda other: (weights[other] / size[other], -other), default=None)


def _root(into: list[int], group: int) -> int:
    while into[group] != group:
        group = into[group]
    return group


def _ranked(label: Numbers) -> Numbers:
    """The groups numbered by size, the largest first; of equal ones that with the first node first."""
    _, first, compact, sizes = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    return np.asarray(rank[compact], dtype=np.intp)
