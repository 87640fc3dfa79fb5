"""How much of a network depends on each of its entities, by several measures over the same groups of edges."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kg.analytics.impact_spread import Groups
from kg.analytics.network import Edges
from kg.analytics.network.columns import Integers

FOLLOWED = 0.85
"""How likely a chain of dependence is followed by another step."""
EXACT = 400
"""Up to so many entities betweenness is counted from each; beyond, from a sample."""
SAMPLE = 48
_MOST_ROUNDS = 200
_CLOSE_ENOUGH = 1e-12


def visits(groups: Groups) -> NDArray[np.float64]:
    """How often each entity is met on chains that begin at each dependent, one each, and go on with chance 0.85.

    At each step every kind of need counts alike, and so does every provider of a kind; a tie is followed as likely as
    it is sure. That is personalised PageRank on dependence, without what the beginning itself has of it.
    """
    edges = groups.edges
    dependents = np.unique(edges.dependents)
    chances = _chances(groups)
    entities = len(edges.network.iris)
    here: NDArray[np.float64] = np.zeros(entities)
    here[dependents] = 1 / max(len(dependents), 1)
    found = np.zeros(entities)
    for _ in range(_MOST_ROUNDS):
        steps = FOLLOWED * here[edges.dependents] * chances
        here = np.bincount(edges.providers, weights=steps, minlength=entities).astype(np.float64)
        found += here
        if here.sum() < _CLOSE_ENOUGH:
            break
    return found


def _chances(groups: Groups) -> NDArray[np.float64]:
    """How likely each edge is the one that is followed from its dependent."""
    edges = groups.edges
    kinds = np.bincount(edges.dependents[groups.firsts], minlength=len(edges.network.iris))
    found: NDArray[np.float64] = edges.confidences / groups.sizes[groups.members] / kinds[edges.dependents]
    return found


def direct(groups: Groups) -> Integers:
    """How many depend directly on each entity."""
    edges = groups.edges
    _, providers = _pairs(edges)
    return np.bincount(providers, minlength=len(edges.network.iris))


def _pairs(edges: Edges) -> tuple[Integers, Integers]:
    """Dependents and providers, the same two once, in their order."""
    entities = len(edges.network.iris)
    pairs = np.unique(edges.dependents.astype(np.int64) * entities + edges.providers)
    return pairs // entities, pairs % entities


def single_sources(groups: Groups) -> Integers:
    """The edges that are alone in their group: to the only one that provides something to somebody, and is no part."""
    return np.asarray(groups.firsts[(groups.sizes == 1) & _supplies(groups)])


def _supplies(groups: Groups) -> NDArray[np.bool_]:
    """Which groups are of providers rather than of one's own parts."""
    whole = [bool(row.whole) for row in groups.edges.network.relations.values()]
    return ~np.array([*whole, False])[groups.kinds[groups.firsts]]


def reaching(edges: Edges, entity: int) -> int:
    """How many depend on an entity, over however many steps."""
    met = np.zeros(len(edges.network.iris), bool)
    met[entity] = True
    while True:
        new = met[edges.providers] & ~met[edges.dependents]
        if not new.any():
            return int(met.sum()) - 1
        met[edges.dependents[new]] = True


def stranded(groups: Groups, entity: int) -> Integers:
    """Who is left without any provider of some kind if an entity is gone, and those who are gone with it."""
    edges = groups.edges
    gone = np.zeros(len(edges.network.iris), bool)
    gone[entity] = True
    supplies = _supplies(groups)
    while True:
        left = groups.sizes - np.bincount(groups.members, weights=gone[edges.providers], minlength=len(groups.sizes))
        lost = edges.dependents[groups.firsts[(left == 0) & supplies]]
        if gone[lost].all():
            gone[entity] = False
            return np.flatnonzero(gone)
        gone[lost] = True


def cut_off(edges: Edges, entity: int) -> int:
    """How many are no longer joined to the greatest part of their network, in any direction, if an entity is gone."""
    mine = np.union1d(edges.providers[edges.dependents == entity], edges.dependents[edges.providers == entity])
    if len(mine) <= 1:
        return 0
    rest = (edges.dependents != entity) & (edges.providers != entity)
    labels = _components(edges.dependents[rest], edges.providers[rest], len(edges.network.iris))
    there = np.unique(labels[mine])
    if len(there) == 1:
        return 0
    sizes = np.bincount(labels, minlength=len(labels))[there]
    return int(sizes.sum() - sizes.max())


def _components(ones: Integers, others: Integers, entities: int) -> Integers:
    """For each entity the smallest number among those that edges join it to."""
    labels = np.arange(entities)
    while True:
        before = labels.copy()
        low = np.minimum(labels[ones], labels[others])
        np.minimum.at(labels, labels[ones], low)
        np.minimum.at(labels, labels[others], low)
        labels = labels[labels]
        if np.array_equal(labels, before):
            return labels


def betweenness(edges: Edges) -> tuple[NDArray[np.float64], int]:
    """The part of all shortest chains between two others that runs over each entity, and the size of the sample.

    Where there are more than :data:`EXACT` entities that depend on something, chains are followed from a sample of
    them, always the same; the size is 0 where they are followed from all.
    """
    network = edges.network
    dependents, providers = _pairs(edges)
    starts = np.concatenate(([0], np.cumsum(np.bincount(dependents, minlength=len(network.iris)))))
    members, sources = np.union1d(dependents, providers), np.unique(dependents)
    sample = 0
    if len(sources) > EXACT:
        sample = SAMPLE
        chosen = np.random.default_rng(0).choice(len(sources), sample, replace=False)
        all_sources, sources = len(sources), sources[np.sort(chosen)]
    found = np.zeros(len(network.iris))
    for source in sources:
        found += _dependencies(providers, starts, int(source))
    if sample:
        found *= all_sources / sample
    possible = (len(members) - 1) * (len(members) - 2)
    return (found / possible if possible > 0 else found), sample


def _dependencies(providers: Integers, starts: Integers, source: int) -> NDArray[np.float64]:
    """Brandes: how much of the shortest chains from one entity runs over each other one."""
    count, found = np.zeros(len(starts) - 1), np.zeros(len(starts) - 1)
    count[source] = 1
    levels = list(_levels(providers, starts, source, count))
    for froms, tos in reversed(levels):
        flow = count[froms] / count[tos] * (1 + found[tos])
        found += np.bincount(froms, weights=flow, minlength=len(found))
    found[source] = 0
    return found


def _levels(
    providers: Integers, starts: Integers, source: int, count: NDArray[np.float64]
) -> Iterator[tuple[Integers, Integers]]:
    """The edges of shortest chains from one entity, level by level; counts the chains to each entity meanwhile."""
    met = np.zeros(len(starts) - 1, bool)
    met[source] = True
    edge = np.array([source])
    while len(edge):
        lengths = starts[edge + 1] - starts[edge]
        froms = np.repeat(edge, lengths)
        numbers = np.repeat(starts[edge] - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
        tos = providers[numbers]
        new = ~met[tos]
        froms, tos = froms[new], tos[new]
        if not len(tos):
            return
        count += np.bincount(tos, weights=count[froms], minlength=len(count))
        edge = np.unique(tos)
        met[edge] = True
        yield froms, tos
