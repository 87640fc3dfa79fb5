"""How a blow spreads along dependences: from what is hit to those who depend on it, and on to those behind them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network import Edges, Selection
from kg.analytics.network.columns import Integers

DECAY = 0.5
"""What is left of a blow behind each step after the first: who is hit at second hand has time and stocks."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Edges, each once for the same two and the same relation, in groups of what one depends on others for.

    Attributes:
        edges: the edges, in the order of dependent, group and provider.
        kinds: the relation's number of each edge; one more than the last for the use of a technology.
        firsts: number of the first edge of each group.
        members: group of each edge.
        sizes: number of edges of each group: of providers of the same to the same.
    """

    edges: Edges
    kinds: Integers
    firsts: Integers
    members: Integers
    sizes: Integers


@dataclass(frozen=True, slots=True)
class Spread:
    """Who is hit.

    Attributes:
        levels: for each entity the number of steps from what is hit at first; -1 where it is not hit.
        strengths: from 0 to 1, for each entity.
        ways: the edge over which the most of the blow comes; -1 for what is hit at first or not at all.
        shares: the part of the edge's group that is hit, weighed by how hard; 0 where it is not hit.
    """

    levels: NDArray[np.int8]
    strengths: NDArray[np.float64]
    ways: NDArray[np.int64]
    shares: NDArray[np.float64]


def uses(selection: Selection) -> Edges:
    """Edges from who depends to the technology that the claim is about: a customer of packaging by CoWoS uses CoWoS."""
    network = selection.network
    pairs = network.technology_uses
    pairs = pairs[selection.claims[pairs[:, 0]]] if len(pairs) else pairs
    statements = network.claim_statements[pairs[:, 0]]
    relation = network.relation_of[statements]
    ends = [row.dependent for row in network.relations.values()] or [""]
    by_subject = np.array([end == "subject" for end in ends])[relation]
    by_object = np.array([end == "object" for end in ends])[relation]
    dependents = np.where(by_subject, network.subjects[statements], network.objects[statements])
    found = Edges(network, dependents, pairs[:, 1], statements, network.confidences[pairs[:, 0]])
    providers = np.where(by_subject, network.objects[statements], network.subjects[statements])
    # That one offers or has the technology says already what this would say again.
    return found.where((by_subject | by_object) & (network.kinds[providers] == 0))


def grouped(edges: Edges, used: Edges) -> Groups:
    """All edges in their groups."""
    network = edges.network
    every = _joined(edges, used)
    kinds = np.concatenate(
        (network.relation_of[edges.statements], np.full(len(used.statements), len(network.relations)))
    ).astype(np.int64)
    order = np.lexsort((every.statements, -every.confidences, every.providers, kinds, every.dependents))
    every, kinds = every.at(order), kinds[order]
    columns = (every.dependents, kinds, every.providers)
    new = np.any([np.diff(column, prepend=-1) != 0 for column in columns], axis=0)
    numbers = np.flatnonzero(new)
    every, kinds = every.at(numbers), kinds[numbers]
    starts = np.any([np.diff(column, prepend=-1) != 0 for column in (every.dependents, kinds)], axis=0)
    members = np.cumsum(starts) - 1
    return Groups(every, kinds, np.flatnonzero(starts), members, np.bincount(members))


def spread(groups: Groups, hit: NDArray[np.float64], *, levels: int, first: int = 1) -> Spread:
    """Who is hit, level by level.

    Args:
        groups: who depends on whom.
        hit: how hard each entity is hit at first; 0 where it is not.
        levels: the last level.
        first: the number of the first level.
    """
    edges = groups.edges
    found = Spread(
        np.where(hit > 0, first - 1, -1).astype(np.int8),
        hit.copy(),
        np.full(len(hit), -1, np.int64),
        np.zeros(len(hit)),
    )
    for level in range(first, levels + 1):
        blow = found.strengths[edges.providers] * edges.confidences
        shares = np.bincount(groups.members, weights=blow, minlength=len(groups.sizes)) / groups.sizes
        dependents = edges.dependents[groups.firsts]
        new = (shares > 0) & (found.levels[dependents] < 0)
        if not new.any():
            break
        _hit(groups, found, np.flatnonzero(new), shares, blow, level)
    return found


def _hit(
    groups: Groups,
    found: Spread,
    new: Integers,
    shares: NDArray[np.float64],
    blow: NDArray[np.float64],
    level: int,
) -> None:
    """Notes the dependents of some groups as hit, each by the group that is hit hardest."""
    dependents = groups.edges.dependents[groups.firsts[new]]
    order = np.lexsort((new, -shares[new], dependents))
    first = np.flatnonzero(np.diff(dependents[order], prepend=-1))
    chosen = new[order][first]
    entities = groups.edges.dependents[groups.firsts[chosen]]
    found.levels[entities] = level
    found.shares[entities] = shares[chosen]
    found.strengths[entities] = shares[chosen] * (DECAY if level > 1 else 1.0)
    ends = groups.firsts[chosen] + groups.sizes[chosen]
    for entity, start, end in zip(entities, groups.firsts[chosen], ends, strict=True):
        found.ways[entity] = start + int(np.argmax(blow[start:end]))


def _joined(one: Edges, other: Edges) -> Edges:
    return Edges(
        one.network,
        np.concatenate((one.dependents, other.dependents)),
        np.concatenate((one.providers, other.providers)),
        np.concatenate((one.statements, other.statements)),
        np.concatenate((one.confidences, other.confidences)),
    )
