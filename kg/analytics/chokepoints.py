"""Who or what most of a network depends on, and who has only one source of something."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kg.analytics.chokepoint_measures import (
    betweenness,
    cut_off,
    direct,
    reaching,
    single_sources,
    stranded,
    visits,
)
from kg.analytics.hops import Hop, Hops
from kg.analytics.impact_spread import Groups, grouped, uses
from kg.analytics.network import Edges, Network, Report, edges, open_network, select
from kg.analytics.network.columns import KINDS, Integers
from kg.analytics.scope import Scope
from kg.model import MentionKind
from kg.query import Found
from kg.store import Store

By = Literal["dependence", "dependents", "only-source", "between"]
ORDERS: tuple[By, ...] = ("dependence", "dependents", "only-source", "between")
SHOWN = 10
"""How many are told where nothing else is asked."""
_QUOTES = 3
_SINGLE = 20
_COUNTRY = "Country"


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """Someone or something that others depend on.

    Attributes:
        entity: who or what.
        dependence: the part of all dependence that it bears: how often chains of dependence from all organisations,
            followed step by step with chance 0.85 and as far as each tie is sure, come to it, among all of its kind.
        dependents: how many depend on it directly.
        reach: how many depend on it over however many steps.
        only_source: how many have no other of its kind in the evidence.
        stranded: how many would be left without any provider of some kind, they and those who depend on them alone.
        cut_off: how many would no longer be joined to the greatest part of the network in any way.
        between: the part of all shortest chains between two others that runs over it.
        ties: those who depend on it, those who have no other first, the surest first; a few.
    """

    entity: Found
    dependence: float
    dependents: int
    reach: int
    only_source: int
    stranded: int
    cut_off: int
    between: float
    ties: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class ChokepointsAnswer:
    """Who or what most depends on.

    Attributes:
        kind: what is ranked.
        by: the measure that ranks.
        scope: the limits.
        organisations: how many depend on anything at all.
        total: how many are depended on.
        ranks: the first of them.
        single: who has only one source of something in the evidence: the surest ties, a few.
        single_total: how many such ties there are.
        sample: from how many organisations betweenness was counted; 0 for all.
        undated: number of documents that are left out since they have no date.
    """

    kind: MentionKind
    by: By
    scope: Scope
    organisations: int
    total: int
    ranks: tuple[Chokepoint, ...]
    single: tuple[Hop, ...]
    single_total: int
    sample: int
    undated: int


@dataclass(frozen=True, slots=True)
class _Measured:
    """The measures of all entities."""

    dependence: NDArray[np.float64]
    dependents: Integers
    only_source: Integers
    between: NDArray[np.float64]

    def order(self, by: By, candidates: Integers) -> Integers:
        """The candidates by a measure, dependence deciding between equal ones."""
        columns = {
            "dependence": self.dependence,
            "dependents": self.dependents,
            "only-source": self.only_source,
            "between": self.between,
        }
        return candidates[np.lexsort((candidates, -self.dependence[candidates], -columns[by][candidates]))]


def chokepoints(
    store: Store,
    scope: Scope = Scope(),  # noqa: B008 - it is frozen
    *,
    kind: MentionKind = MentionKind.ORGANISATION,
    by: By = "dependence",
    most: int = SHOWN,
    progress: Report = lambda *_: None,
) -> ChokepointsAnswer:
    """Who or what most of the network depends on.

    Args:
        store: the store.
        scope: the limits.
        kind: what is ranked: organisations, technologies or places.
        by: the measure that ranks.
        most: how many are told.
        progress: told how much of the store is read, where its network is not ready.
    """
    network = open_network(store, progress)
    selection = select(network, scope)
    groups = _of_kind(edges(selection), uses(selection), kind)
    single = single_sources(groups)
    single = single[network.kinds[groups.edges.providers[single]] == KINDS.index(kind)]
    between, sample = betweenness(groups.edges)
    measured = _Measured(
        _share(network, visits(groups), kind),
        direct(groups),
        np.bincount(groups.edges.providers[single], minlength=len(network.iris)),
        between,
    )
    candidates = np.flatnonzero((measured.dependents > 0) & (network.kinds == KINDS.index(kind)))
    shown = measured.order(by, candidates)[:most]
    told = {int(entity): _ties(groups, single, int(entity)) for entity in shown}
    surest = single[np.lexsort((single, -groups.edges.confidences[single]))][:_SINGLE]
    needed = [int(edge) for each in (*told.values(), surest) for edge in each]
    hops = Hops(store, network, scope, (int(groups.edges.statements[edge]) for edge in needed))
    return ChokepointsAnswer(
        kind=kind,
        by=by,
        scope=scope,
        organisations=len(np.unique(groups.edges.dependents)),
        total=len(candidates),
        ranks=tuple(_rank(groups, hops, measured, entity, rows) for entity, rows in told.items()),
        single=tuple(_hop(groups, hops, int(edge)) for edge in surest),
        single_total=len(single),
        sample=sample,
        undated=selection.undated,
    )


def _of_kind(every: Edges, used: Edges, kind: MentionKind) -> Groups:
    """The edges between organisations, and those to what is ranked; a site in a city is one in its country too."""
    network = every.network
    wanted = np.isin(network.kinds, [KINDS.index(MentionKind.ORGANISATION), KINDS.index(kind)])
    every, used = every.where(wanted[every.providers]), used.where(wanted[used.providers])
    return grouped(_in_countries(every) if kind is MentionKind.PLACE else every, used)


def _in_countries(every: Edges) -> Edges:
    """The edges, and for each to a place one to the country around it."""
    network = every.network
    if _COUNTRY not in network.roles:
        return every
    role = network.roles.index(_COUNTRY)
    country = np.full(len(network.iris), -1, np.int64)
    for place in np.unique(every.providers[network.kinds[every.providers] == KINDS.index(MentionKind.PLACE)]):
        around = [int(each) for each in network.broader(int(place)) if network.main_roles[each] == role]
        country[place] = around[0] if around else -1
    inner = np.flatnonzero(country[every.providers] >= 0)
    more = every.at(inner)
    return Edges(
        network,
        np.concatenate((every.dependents, more.dependents)),
        np.concatenate((every.providers, country[more.providers])),
        np.concatenate((every.statements, more.statements)),
        np.concatenate((every.confidences, more.confidences)),
    )


def _share(network: Network, met: NDArray[np.float64], kind: MentionKind) -> NDArray[np.float64]:
    own: NDArray[np.float64] = np.where(network.kinds == KINDS.index(kind), met, 0.0)
    return own / max(float(own.sum()), 1e-300)


def _ties(groups: Groups, single: Integers, entity: int) -> list[int]:
    own = np.flatnonzero(groups.edges.providers == entity)
    alone = np.isin(own, single)
    return [int(each) for each in own[np.lexsort((own, -groups.edges.confidences[own], ~alone))][:_QUOTES]]


def _rank(groups: Groups, hops: Hops, measured: _Measured, entity: int, rows: Sequence[int]) -> Chokepoint:
    return Chokepoint(
        entity=groups.edges.network.found(entity),
        dependence=float(measured.dependence[entity]),
        dependents=int(measured.dependents[entity]),
        reach=reaching(groups.edges, entity),
        only_source=int(measured.only_source[entity]),
        stranded=len(stranded(groups, entity)),
        cut_off=cut_off(groups.edges, entity),
        between=float(measured.between[entity]),
        ties=tuple(_hop(groups, hops, edge) for edge in rows),
    )


def _hop(groups: Groups, hops: Hops, edge: int) -> Hop:
    found = groups.edges
    ends = int(found.dependents[edge]), int(found.providers[edge])
    return hops.hop(*ends, int(found.statements[edge]), float(found.confidences[edge]))
