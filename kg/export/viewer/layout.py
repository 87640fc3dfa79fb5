"""Where entities stand: computed here, once, so that a picture looks the same each time it is opened.

Organisations and their relations are laid out first, alone, because that is what the page shows at first sight;
technologies and places are then set into the free room beside the organisations that mention them. The same input
gives the same whole numbers, on any machine: numbers are rounded on the way, before the last bits, in which
processors differ, can add up to another picture.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil, sqrt
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.export.viewer import polish
from kg.export.viewer.gathering import gathered
from kg.export.viewer.polish import settled

Points = NDArray[np.float64]
Pairs = NDArray[np.intp]

UNIT = 150.0  # pixels between two neighbours of few relations
WIDE = 1.12  # width of the drawing area by its height
LARGE = 300  # beyond this many nodes the exact layout is too slow, and the picture a tangle
_ITERATIONS = 80
_CHARACTER = 7.4
_LINE = 64.0


def arranged(labels: dict[str, str], edges: Sequence[tuple[str, str]], first: set[str]) -> dict[str, list[Any]]:
    """Where the page draws the keys of ``labels``: ``places``, one for each in that order, and ``communities``.

    ``edges`` are pairs of keys, repeated or in either direction; the keys in ``first`` are laid out as if alone. Of
    more than `LARGE` keys only those in ``first`` have places, or none where these are too many themselves: they are
    drawn as communities (see `gathering`), and others find their places in the page.
    """
    places: dict[str, tuple[int, int]]
    if len(labels) <= LARGE:
        places, groups = positions(labels, edges, first), []
    else:
        inner = {key for pair in edges if pair[0] in first and pair[1] in first for key in pair}
        few = {key: labels[key] for key in inner}
        within = [pair for pair in edges if pair[0] in inner and pair[1] in inner]
        places = positions(few, within, first) if len(few) <= LARGE else {}
        groups = gathered(labels, edges)
    return {"places": [places.get(key) for key in labels] if places else [], "communities": groups}


def positions(labels: dict[str, str], edges: Iterable[tuple[str, str]], first: set[str]) -> dict[str, tuple[int, int]]:
    """A place in whole pixels for every key of ``labels``, which should be no more than `LARGE`."""
    pairs = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    inner = [pair for pair in pairs if pair[0] in first and pair[1] in first]
    core = sorted({key for pair in inner for key in pair})
    if not core:
        inner = pairs
        core = sorted({key for pair in pairs for key in pair})
    placed = _core(core, inner, labels)
    _satellites(placed, sorted(set(labels) - set(core)), pairs, labels)
    return {key: (round(x), round(y)) for key, (x, y) in sorted(placed.items())}


def _core(keys: list[str], pairs: list[tuple[str, str]], labels: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Places for connected keys, part by part."""
    if not keys:
        return {}
    import networkx as nx

    graph = nx.Graph(pairs)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    placed: dict[str, tuple[float, float]] = {}
    row_x = row_y = row_height = width = 0.0
    for part in parts:
        points = _part(part, [pair for pair in pairs if pair[0] in set(part)], labels)
        low, extent = points.min(axis=0), np.ptp(points, axis=0) + np.array([150.0, 90.0])
        if not placed:
            width, row_y = float(extent[0]), float(extent[1])
            corner = np.zeros(2)
        else:  # the smaller parts stand in rows below the largest
            if row_x and row_x + extent[0] > width:
                row_x, row_y, row_height = 0.0, row_y + row_height, 0.0
            corner = np.array([row_x, row_y])
            row_x, row_height = row_x + float(extent[0]), max(row_height, float(extent[1]))
        for key, (x, y) in zip(part, points - low + corner, strict=True):
            placed[key] = (float(x), float(y))
    return placed


def _part(keys: list[str], pairs: list[tuple[str, str]], labels: dict[str, str]) -> Points:
    """Places for keys that hang together: of several seeded tries the most readable, then polished."""
    number = {key: index for index, key in enumerate(keys)}
    ends = np.array([(number[a], number[b]) for a, b in pairs], dtype=np.intp)
    # In a crowd few names can be shown: room for the nodes alone keeps the shape of the whole.
    sizes = np.array([box(labels[key]) if len(keys) <= 150 else (60.0, 56.0) for key in keys])
    distance = _distances(len(keys), ends)
    tries = 12 if len(keys) <= 60 else 4 if len(keys) <= 150 else 2
    found = [_spread(_stress(distance, seed), sizes) for seed in range(tries)]
    best = min(found, key=lambda points: round(polish.cost(points, ends, sizes), 6))
    rounds = 4 if len(keys) <= 60 else 1 if len(keys) <= 150 else 0
    if len(keys) > 3:
        best = _spread(polish.improve(best, ends, sizes, distance * UNIT, rounds=rounds), sizes)
    return _filled(best) if len(keys) > 8 else best


def box(label: str) -> tuple[float, float]:
    """Width and height in pixels that a node takes together with its label."""
    return max(40.0, min(len(label), 24) * _CHARACTER + 24.0), _LINE


def _distances(count: int, ends: Pairs) -> Points:
    """Wished distances between all nodes: longer between hubs."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((int(a), int(b)) for a, b in ends)
    for a, b in graph.edges:
        graph.edges[a, b]["length"] = 0.8 + 0.22 * sqrt(min(graph.degree(a), graph.degree(b)) - 1)
    return np.asarray(nx.floyd_warshall_numpy(graph, weight="length"), dtype=np.float64)


def _stress(distance: Points, seed: int) -> Points:
    """Stress majorisation (SMACOF) from a seeded start: plane distances as near as can be to ``distance``."""
    count = len(distance)
    if count == 1:
        return np.zeros((1, 2))
    # Its numbers are the same on every machine and in every version.
    random = Random(seed)  # noqa: S311
    points = np.array([[random.uniform(-1, 1), random.uniform(-1, 1)] for _ in range(count)]) * sqrt(count)
    with np.errstate(divide="ignore"):
        weight = np.where(distance > 0, distance**-2.0, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.round(np.linalg.pinv(laplacian), 9)
    for _ in range(_ITERATIONS):
        gap = np.linalg.norm(points[:, None] - points[None], axis=2)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(gap > 1e-9, weight * distance / gap, 0.0)
        points = settled(inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ points))
    return settled(_turned(points) * UNIT)


def _turned(points: Points) -> Points:
    """Turned so that the longest extent lies flat and stretched mildly towards the page's proportions."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    if axes.shape == (2, 2):
        axes *= np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)[:, None]
        centred = centred @ axes.T
    extent = np.ptp(centred, axis=0) + 1e-9
    stretch = float(np.clip(sqrt(WIDE * extent[1] / extent[0]), 0.8, 1.3))
    return np.asarray(centred * np.array([stretch, 1 / stretch]))


def _filled(points: Points) -> Points:
    """Drawn out along the shorter side towards the page's proportions; which lines cross stays the same."""
    extent = np.ptp(points, axis=0) + 1e-9
    ratio = float(extent[0] / extent[1]) / WIDE
    return np.asarray(points * np.array([min(max(1 / ratio, 1.0), 1.6), min(max(ratio, 1.0), 1.6)]))


def _spread(points: Points, sizes: Points) -> Points:
    """Pushed apart until no two boxes (node and label) overlap, or 200 rounds are over."""
    points = points.copy()
    need = (sizes[:, None] + sizes[None]) / 2
    for _ in range(200):
        delta = points[:, None] - points[None]
        lap = need - np.abs(delta)
        hit = (lap > 0).all(axis=2)
        hit &= ~np.eye(len(points), dtype=bool)
        if not hit.any():
            break
        flat = lap[..., 0] < lap[..., 1]
        sign = np.where(delta == 0, np.sign(np.arange(len(points))[:, None] - np.arange(len(points)))[..., None], delta)
        push = np.sign(sign) * lap * 0.26
        push[..., 0] *= hit & flat
        push[..., 1] *= hit & ~flat
        points = settled(points + np.clip(push.sum(axis=1), -30, 30))
    return points


def _satellites(
    placed: dict[str, tuple[float, float]], keys: Sequence[str], pairs: list[tuple[str, str]], labels: dict[str, str]
) -> None:
    """Adds each key to ``placed`` in free room near its neighbours; those without any go in rows below."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    lonely: list[str] = []
    for key in sorted(keys, key=lambda key: (-len(near[key]), key)):
        around = [placed[other] for other in near[key] if other in placed]
        if around:
            placed[key] = _free(around, placed, labels, labels[key])
        else:
            lonely.append(key)
    bottom = max((y for _, y in placed.values()), default=0.0) + 110
    columns = max(4, ceil(sqrt(len(lonely))))
    for index, key in enumerate(lonely):
        placed[key] = ((index % columns - (columns - 1) / 2) * 190, bottom + index // columns * 70)


def _free(
    around: list[tuple[float, float]], placed: dict[str, tuple[float, float]], labels: dict[str, str], label: str
) -> tuple[float, float]:
    """The point near the neighbours that overlaps least and keeps its lines short."""
    taken = np.array(list(placed.values()))
    sizes = np.array([box(labels[key]) for key in placed])
    need = (sizes + np.array(box(label))) / 2 + 6
    centre = np.mean(around, axis=0)
    middle = taken.mean(axis=0)
    best, least = (0.0, 0.0), float("inf")
    for radius in range(80, 700, 40):
        for step in range(24):
            angle = step * np.pi / 12 + radius
            point = settled(centre + radius * np.array([np.cos(angle), np.sin(angle)]))
            lap = np.clip(need - np.abs(taken - point), 0, None)
            overlap = float((lap[:, 0] * lap[:, 1]).sum())
            length = float(np.mean(np.linalg.norm(np.array(around) - point, axis=1)))
            outward = float(np.linalg.norm(point - middle) - np.linalg.norm(centre - middle))
            cost = round(overlap + length - 0.25 * outward, 6)
            if cost < least:
                best, least = (float(point[0]), float(point[1])), cost
        if least < radius * 0.8:  # a wider ring cannot pay for its longer lines
            break
    return best
