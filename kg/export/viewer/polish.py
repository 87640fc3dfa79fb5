"""What makes a drawing hard to read (crossings, lines through nodes, boxes that overlap), and less of it."""

from random import Random

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Pairs = NDArray[np.intp]

_THROUGH = 3.0  # a line that runs through a node misleads more than a crossing
_NEAR = 24.0


def settled(points: Points) -> Points:
    """Rounded to a thousandth of a thousandth of a pixel."""
    return np.asarray(np.round(points, 6))


def cost(points: Points, ends: Pairs, sizes: Points) -> float:
    """Crossings, plus three for each line through a node it does not end at, plus the area that boxes share."""
    every = np.arange(len(ends))
    return _crossings(points, ends, every) / 2 + _THROUGH * _through(points, ends, every) + _overlap(points, sizes)


def improve(points: Points, ends: Pairs, sizes: Points, wished: Points, *, rounds: int) -> Points:
    """Each node in turn tries other places near by and keeps the best; ``wished`` are distances in pixels."""
    points = points.copy()
    random = Random(7)  # noqa: S311
    for turn in range(rounds):
        for node in range(len(points)):
            own = np.flatnonzero((ends == node).any(axis=1))
            reach = 190.0 / (1 + turn / 2)
            moves = [[random.uniform(-reach, reach), random.uniform(-reach, reach)] for _ in range(14)]
            tries = settled(points[node] + np.array(moves))
            best, least = points[node].copy(), _local(points, node, own, ends, sizes, wished)
            for place in tries:
                points[node] = place
                now = _local(points, node, own, ends, sizes, wished)
                if now < least - 1e-6:
                    best, least = place, now
            points[node] = best
    return points


def _local(points: Points, node: int, own: Pairs, ends: Pairs, sizes: Points, wished: Points) -> float:
    """The part of the cost that moving ``node`` can change, with a spring that holds the wished distances."""
    gap = np.linalg.norm(points - points[node], axis=1)
    rest = np.arange(len(points)) != node
    spring = float((((gap[rest] - wished[node][rest]) / wished[node][rest]) ** 2).sum())
    lap = np.clip((sizes + sizes[node]) / 2 - np.abs(points - points[node]), 0, None)[rest]
    overlap = float((lap[:, 0] * lap[:, 1]).sum()) / 300
    others = np.flatnonzero(~(ends == node).any(axis=1))
    hit = float((_segment_distance(points[node][None], points[ends[others]]) < _NEAR).sum()) if len(others) else 0.0
    return _crossings(points, ends, own) + _THROUGH * (_through(points, ends, own) + hit) + overlap + 1.2 * spring


def _overlap(points: Points, sizes: Points) -> float:
    lap = np.clip((sizes[:, None] + sizes[None]) / 2 - np.abs(points[:, None] - points[None]), 0, None)
    area = lap[..., 0] * lap[..., 1]
    return float(np.triu(area, 1).sum()) / 300


def _crossings(points: Points, ends: Pairs, chosen: Pairs) -> float:
    """How often the chosen lines cross any line that shares no end with them."""
    if not len(chosen):
        return 0.0
    a, b = points[ends[chosen, 0]][:, None], points[ends[chosen, 1]][:, None]
    c, d = points[ends[:, 0]][None], points[ends[:, 1]][None]
    cross = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
    shared = (ends[chosen][:, None, :, None] == ends[None, :, None, :]).any(axis=(2, 3))
    return float((cross & ~shared).sum())


def _side(a: Points, b: Points, c: Points) -> Points:
    """Positive where ``c`` lies left of the line from ``a`` to ``b``."""
    return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])


def _through(points: Points, ends: Pairs, chosen: Pairs) -> float:
    """How many nodes the chosen lines run through without ending there."""
    if not len(chosen):
        return 0.0
    near = _segment_distance(points, points[ends[chosen]]) < _NEAR
    near[ends[chosen, 0], np.arange(len(chosen))] = False
    near[ends[chosen, 1], np.arange(len(chosen))] = False
    return float(near.sum())


def _segment_distance(points: Points, segments: Points) -> Points:
    """Distances, points × segments; a segment is two points."""
    start, along = segments[:, 0], segments[:, 1] - segments[:, 0]
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    offset = points[:, None] - start[None]
    share = np.clip((offset * along[None]).sum(axis=2) / length, 0, 1)
    return np.asarray(np.linalg.norm(offset - share[..., None] * along[None], axis=2))
