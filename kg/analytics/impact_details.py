"""What is told of an impact: the first of each level with their chains and alternatives, and what surrounds them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.analytics.impact_spread import Groups, Spread, spread
from kg.analytics.network.columns import KINDS, Integers
from kg.model import MentionKind

ALTERNATIVES = 4
"""How many of each list of others are told with their quotes."""
_TECHNOLOGIES = 6
_ORGANISATION, _TECHNOLOGY = KINDS.index(MentionKind.ORGANISATION), KINDS.index(MentionKind.TECHNOLOGY)


@dataclass(frozen=True, slots=True)
class Picked:
    """Who is told of.

    Attributes:
        found: who is hit.
        totals: how many at each level.
        entities: the first of each level, the hardest hit first.
        chains: for each of them the edges to what fails.
        others: for each of them the edges to those who provide the same and are not hit, the surest first.
    """

    found: Spread
    totals: dict[int, int]
    entities: dict[int, list[int]]
    chains: dict[int, list[int]]
    others: dict[int, list[int]]

    def of(self, level: int) -> list[int]:
        """The entities of a level."""
        return self.entities[level]

    def edges(self) -> Iterator[int]:
        """All edges whose quotes are needed."""
        for entity, chain in self.chains.items():
            yield from chain
            yield from self.others[entity][:ALTERNATIVES]


@dataclass(frozen=True, slots=True)
class LostSales:
    """A supplier, its edges to customers that it loses, the surest first, and how many customers it has."""

    supplier: int
    edges: list[int]
    customers: int


def pick(groups: Groups, found: Spread, failing: Integers, *, most: int, levels: int) -> Picked:
    """The first ``most`` of each level, with their chains and alternatives."""
    entities, totals = {}, {}
    for level in range(1, levels + 1):
        there = np.flatnonzero(found.levels == level)
        order = np.lexsort((there, -found.strengths[there]))
        entities[level], totals[level] = there[order][:most].tolist(), len(there)
    shown = [entity for each in entities.values() for entity in each]
    ends = set(failing.tolist())
    return Picked(
        found,
        totals,
        entities,
        {entity: _chain(groups, found, ends, entity) for entity in shown},
        {entity: _others(groups, found, ends, int(found.ways[entity])) for entity in shown},
    )


def by_rule(groups: Groups, places: Integers, levels: int) -> Spread:
    """Who is hit if nothing may be supplied any more to those who have sites in some places.

    Hit directly is who has a site there and a supplier that has none there: by the share of its sites there and the
    share of such suppliers.
    """
    edges = groups.edges
    there = _sites_there(groups, places)
    cut = _cut(groups, there)
    shares = np.bincount(groups.members, weights=cut * edges.confidences, minlength=len(groups.sizes)) / groups.sizes
    lost = np.zeros(len(edges.network.iris))
    np.maximum.at(lost, edges.dependents[groups.firsts], shares)
    hit = there * lost
    found = spread(groups, hit, levels=levels, first=2)
    for entity in np.flatnonzero(found.levels == 1):
        own = _edges_of(groups, int(entity))
        sites = own[np.isin(edges.providers[own], places)]
        found.ways[entity] = int(sites[np.argmax(edges.confidences[sites])])
        found.shares[entity] = there[entity]
    return found


def lost_sales(groups: Groups, places: Integers, most: int) -> list[LostSales]:
    """The suppliers that lose most customers by an export rule."""
    edges = groups.edges
    cut = np.flatnonzero(_cut(groups, _sites_there(groups, places)))
    customers = np.unique(np.column_stack((edges.providers, edges.dependents))[_supplies(groups)], axis=0)
    counts = np.bincount(customers[:, 0], minlength=len(edges.network.iris))
    rows: dict[int, list[int]] = defaultdict(list)
    for edge in cut[np.lexsort((cut, -edges.confidences[cut]))]:
        rows[int(edges.providers[edge])].append(int(edge))
    ranked = sorted(rows.items(), key=lambda row: (-len(row[1]), row[0]))[:most]
    return [LostSales(supplier, found, int(counts[supplier])) for supplier, found in ranked]


def only_sites(groups: Groups, places: Integers, found: Spread) -> list[int]:
    """The edges to some places from those who are not hit by an export rule, the surest first, each of them once."""
    edges = groups.edges
    inside = np.flatnonzero(np.isin(edges.providers, places) & (found.levels[edges.dependents] < 0))
    own: dict[int, int] = {}
    for edge in inside[np.lexsort((inside, -edges.confidences[inside]))]:
        own.setdefault(int(edges.dependents[edge]), int(edge))
    return list(own.values())


def technologies_of_others(groups: Groups, failing: Integers) -> dict[int, list[int]]:
    """Technology that what fails has → edges from others who have it as well, the surest first."""
    edges = groups.edges
    offers = (edges.network.kinds[edges.providers] == _TECHNOLOGY) & (groups.kinds < len(edges.network.relations))
    ours = np.flatnonzero(offers & np.isin(edges.dependents, failing))
    ours = ours[np.lexsort((ours, -edges.confidences[ours]))]
    found: dict[int, list[int]] = {}
    for technology in dict.fromkeys(edges.providers[ours].tolist()):
        rows = np.flatnonzero(offers & (edges.providers == technology) & ~np.isin(edges.dependents, failing))
        if len(rows) and len(found) < _TECHNOLOGIES:
            found[technology] = rows[np.lexsort((rows, -edges.confidences[rows]))].tolist()
    return found


def unlike(groups: Groups, edge: int, others: list[int]) -> tuple[str, ...]:
    """What an edge's provider is known as and none of the providers of other edges is, or may be."""
    network = groups.edges.network
    provider = int(groups.edges.providers[edge])
    if network.found(provider).kind is not MentionKind.ORGANISATION:
        return ()  # a city is no other trade than a country
    own = network.roles_of(provider)
    theirs = [network.roles_of(int(groups.edges.providers[each])) for each in others]
    if not own or not theirs or not all(theirs) or own & frozenset[int]().union(*theirs):
        return ()
    return tuple(network.role_labels[role] for role in sorted(own))


def _chain(groups: Groups, found: Spread, ends: set[int], entity: int) -> list[int]:
    chain = []
    while entity not in ends:
        edge = int(found.ways[entity])
        chain.append(edge)
        entity = int(groups.edges.providers[edge])
    return chain


def _others(groups: Groups, found: Spread, ends: set[int], edge: int) -> list[int]:
    """The edges of an edge's group to those who are not hit."""
    first = int(groups.firsts[groups.members[edge]])
    own = np.arange(first, first + int(groups.sizes[groups.members[edge]]))
    providers = groups.edges.providers[own]
    free = own[(found.levels[providers] < 0) & ~np.isin(providers, list(ends))]
    return [int(each) for each in free[np.lexsort((free, -groups.edges.confidences[free]))]]


def _edges_of(groups: Groups, entity: int) -> Integers:
    start, end = np.searchsorted(groups.edges.dependents, [entity, entity + 1])
    return np.arange(start, end)


def _supplies(groups: Groups) -> NDArray[np.bool_]:
    """Which edges run from a customer to who supplies it, rather than from a whole to its part."""
    network = groups.edges.network
    plain = np.array([not row.whole for row in network.relations.values()] + [False])
    found: NDArray[np.bool_] = plain[groups.kinds] & (network.kinds[groups.edges.providers] == _ORGANISATION)
    return found


def _cut(groups: Groups, there: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which edges run from someone with a site in the places to a supplier without one."""
    edges = groups.edges
    found: NDArray[np.bool_] = _supplies(groups) & (there[edges.dependents] > 0) & (there[edges.providers] == 0)
    return found


def _sites_there(groups: Groups, places: Integers) -> NDArray[np.float64]:
    """For each entity the part of its places that is among some, weighed by confidence."""
    edges = groups.edges
    inside = np.isin(edges.providers, places) * edges.confidences
    shares = np.bincount(groups.members, weights=inside, minlength=len(groups.sizes)) / groups.sizes
    found = np.zeros(len(edges.network.iris))
    np.maximum.at(found, edges.dependents[groups.firsts], shares)
    return found
