"""A large picture as communities: discs side by side, joined ones near each other, each with places for its members."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.export.viewer.communities import communities
from kg.export.viewer.polish import settled

Points = NDArray[np.float64]
Numbers = NDArray[np.intp]

SPACE = 82.0  # pixels between two members
LAID_OUT = 60  # members of a community, the best connected, that are laid out by their relations
_TURN = 2.399963229728653  # the golden angle
_WIDE = 1.15  # names are wide: rows of members may be closer than columns
_ROUNDS = 50
_TIES = 3  # of a community, its strongest, decide where it stands


def gathered(labels: dict[str, str], edges: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The communities of the keys of ``labels``, the largest first, as rows for the page.

    A row has ``id``, ``lead`` (the best-connected member's key), ``label`` (its label), ``count``, ``at`` (the disc's
    centre) and ``radius`` in pixels, ``members`` (best connected first) and ``spots``, their places from the centre.
    """
    keys = sorted(labels)
    number = {key: index for index, key in enumerate(keys)}
    pairs = np.array([(number[a], number[b]) for a, b in edges if a != b], dtype=np.intp).reshape(-1, 2)
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    group = communities(len(keys), pairs)
    degree = np.bincount(pairs.ravel(), minlength=len(keys))
    order = np.lexsort((np.arange(len(keys)), -degree, group))
    bounds = np.searchsorted(group[order], np.arange(int(group.max()) + 2))
    radii = np.array([SPACE * sqrt(end - start) * 0.62 + SPACE for start, end in pairwise(bounds)])
    centres = _apart(_centres(group[pairs], radii), radii)
    rows = []
    for index, (start, end) in enumerate(pairwise(bounds)):
        members = order[start:end]
        spots = _spots(members, pairs[(group[pairs] == index).all(axis=1)])
        rows.append(
            {
                "id": f"community/{index}",
                "lead": keys[members[0]],
                "label": labels[keys[members[0]]],
                "count": len(members),
                "at": [round(each) for each in centres[index].tolist()],
                "radius": round(float(radii[index])),
                "members": [keys[member] for member in members],
                "spots": np.rint(spots).astype(int).tolist(),
            }
        )
    return rows


def _sunflower(count: int, space: float) -> Points:
    """Points spiralling out, about ``space`` apart, the angles rounded so that all machines agree."""
    rank = np.arange(count)
    angle = rank * _TURN
    ring = np.round(np.stack([np.cos(angle) * _WIDE, np.sin(angle) / _WIDE], axis=1), 9)
    return settled(space * 0.62 * np.sqrt(rank + 0.5)[:, None] * ring)


def _spots(members: Numbers, pairs: Numbers) -> Points:
    """Places for members round their community's centre: the first by springs, the rest on rings outside them."""
    spots = _sunflower(len(members), SPACE)
    few = members[:LAID_OUT]
    place = {int(member): index for index, member in enumerate(few)}
    ends = [(place[a], place[b]) for a, b in pairs.tolist() if a in place and b in place]
    if len(few) > 2 and ends:
        reach = SPACE * 0.75 * sqrt(len(few)) + SPACE
        laid = _springs(spots[: len(few)], np.array(ends, dtype=np.intp))
        far = np.maximum(np.sqrt((laid**2).sum(axis=1)) / reach, 1e-9)
        spots[: len(few)] = _roomy(settled(laid / np.maximum(far, 1.0)[:, None]))
    return spots


def _springs(points: Points, ends: Numbers) -> Points:
    """Fruchterman and Reingold's forces from given places, names being wider than high."""
    points = points.copy()
    ideal = SPACE * 1.2
    for turn in range(_ROUNDS):
        delta = points[:, None] - points[None]
        square = np.maximum((delta**2).sum(axis=2), 1.0)
        force = (delta * (ideal**2 / square)[..., None]).sum(axis=1)
        along = points[ends[:, 0]] - points[ends[:, 1]]
        pull = along * (np.sqrt((along**2).sum(axis=1)) / ideal)[:, None]
        np.add.at(force, ends[:, 0], -pull)
        np.add.at(force, ends[:, 1], pull)
        force -= points * 0.8
        length = np.maximum(np.sqrt((force**2).sum(axis=1)), 1e-9)
        heat = ideal * (1 - turn / _ROUNDS) * 0.8 + 1
        points = settled(points + force / length[:, None] * np.minimum(length, heat)[:, None])
    return points


def _roomy(points: Points) -> Points:
    """Pushed apart until no two are nearer than a node with a short name needs."""
    points = points.copy()
    need = np.array([SPACE * 1.3, SPACE * 0.6])
    apart = ~np.eye(len(points), dtype=bool)
    side = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))).astype(float)[..., None]
    for _ in range(40):
        delta = points[:, None] - points[None]
        lap = need - np.abs(delta)
        hit = (lap > 0).all(axis=2) & apart
        if not hit.any():
            break
        flat = lap[..., 0] / need[0] < lap[..., 1] / need[1]
        push = np.sign(np.where(delta == 0, side, delta)) * lap * 0.3
        push[..., 0] *= hit & flat
        push[..., 1] *= hit & ~flat
        points = settled(points + push.sum(axis=1))
    return points


def _centres(joined: Numbers, radii: Points) -> Points:
    """Centres of discs of these radii; ``joined`` are the groups that each relation joins."""
    count = len(radii)
    weight = np.zeros((count, count))
    np.add.at(weight, (joined[:, 0], joined[:, 1]), 1.0)
    weight = weight + weight.T
    np.fill_diagonal(weight, 0)
    share = weight / np.sqrt(np.outer(radii, radii))
    strongest = np.argsort(-share, axis=1, kind="stable")[:, :_TIES]
    kept = np.zeros_like(share)
    rows = np.arange(count)[:, None]
    kept[rows, strongest] = share[rows, strongest]
    kept = np.maximum(kept, kept.T)
    points = _sunflower(count, float(radii.mean()) * 2.2)
    ideal = float(radii.mean()) * 2.4
    strength = kept / max(float(kept.max()), 1e-9)
    for turn in range(_ROUNDS * 2):
        delta = points[:, None] - points[None]
        gap = np.maximum(np.sqrt((delta**2).sum(axis=2)), 1.0)
        force = (delta * (ideal**2 / gap**2)[..., None]).sum(axis=1)
        force -= (delta * (strength * gap / ideal)[..., None]).sum(axis=1) + points * 0.25
        length = np.maximum(np.sqrt((force**2).sum(axis=1)), 1e-9)
        heat = ideal * (1 - turn / (_ROUNDS * 2)) + 1
        points = settled(points + force / length[:, None] * np.minimum(length, heat)[:, None])
    return points


def _apart(points: Points, radii: Points) -> Points:
    """Discs pushed apart until none covers another, with room for a name between them."""
    points = points.copy()
    need = radii[:, None] + radii[None] + SPACE
    np.fill_diagonal(need, 0)
    side = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))).astype(float)
    for _ in range(300):
        delta = points[:, None] - points[None]
        gap = np.sqrt((delta**2).sum(axis=2))
        lap = need - gap
        if not (lap > 1).any():
            break
        delta[..., 0] = np.where(gap == 0, side, delta[..., 0])
        unit = delta / np.maximum(gap, 1.0)[..., None]
        points = settled(points + (unit * (np.maximum(lap, 0) * 0.25)[..., None]).sum(axis=1))
    return points
