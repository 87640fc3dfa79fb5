"""What happens if an organisation, technology or site fails, or an export rule hits a country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kg.analytics.evidence import Evidence, evidence_for
from kg.analytics.hops import Hop, Hops
from kg.analytics.impact_details import (
    ALTERNATIVES,
    LostSales,
    Picked,
    by_rule,
    lost_sales,
    only_sites,
    pick,
    technologies_of_others,
    unlike,
)
from kg.analytics.impact_spread import Groups, grouped, spread, uses
from kg.analytics.network import Network, Report, Selection, edges, find, open_network, select
from kg.analytics.network.columns import KINDS, Integers
from kg.analytics.scope import Scope
from kg.analytics.wholes import parts, within
from kg.errors import UsageError
from kg.model import MentionKind, Modality, Polarity
from kg.query import Found
from kg.store import Store

LEVELS = 3
SHOWN = 10
"""How many of each level are told where nothing else is asked; the rest is counted."""
_APART = 12
_PLACES_FIRST = (MentionKind.PLACE, *(each for each in KINDS if each is not MentionKind.PLACE))
_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Hit:
    """Someone who is hit.

    Attributes:
        entity: who.
        strength: how hard, from 0 to 1: the share of what it needs that is hit, times the confidence of each step,
            halved with each step after the first.
        chain: from it to what fails, step by step.
        share: the part of the providers of the first step's kind that is hit, weighed by how hard.
        providers: how many providers of that kind it has in the evidence.
        others: those of them that are not hit, with their quotes; a few.
        others_left: how many more there are.
        unlike: what the provider that is hit is known as and none of the others is ("foundry"); empty where one of them
            is, or may be.
    """

    entity: Found
    strength: float
    chain: tuple[Hop, ...]
    share: float
    providers: int
    others: tuple[Hop, ...]
    others_left: int
    unlike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """Those who are hit at so many steps, the hardest first.

    Attributes:
        steps: number of steps; 1 is hit directly.
        total: how many there are.
        hits: the first of them.
    """

    steps: int
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who else has a technology that what fails has."""

    technology: Found
    offers: tuple[Hop, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Seller:
    """A supplier that loses customers by an export rule, and how many of its customers these are."""

    supplier: Found
    lost: tuple[Hop, ...]
    total: int
    customers: int


@dataclass(frozen=True, slots=True)
class ImpactAnswer:
    """Who is hit, and by which chain.

    Attributes:
        what: what fails.
        rule: whether it is an export rule to a country rather than a failure.
        scope: the limits.
        with_it: what lies in it, is a kind of it or a part of it and fails with it, as far as others depend on it.
        levels: who is hit, by the number of steps.
        substitutes: for an organisation that fails, who else has its technologies.
        sellers: for an export rule, who loses customers.
        present: for an export rule, who has a site there and is not hit, since no supplier from elsewhere is named.
        present_left: how many more there are.
        apart: ties to what fails that are planned, only possible, over, or otherwise out of the limits; they count for
            nothing above.
        apart_left: how many more there are.
        denied: what documents say not to depend on it.
        undated: number of documents that are left out since they have no date.
    """

    what: Found
    rule: bool
    scope: Scope
    with_it: tuple[Found, ...]
    levels: tuple[Level, ...]
    substitutes: tuple[Substitute, ...]
    sellers: tuple[Seller, ...]
    present: tuple[Hop, ...]
    present_left: int
    apart: tuple[Evidence, ...]
    apart_left: int
    denied: tuple[Evidence, ...]
    undated: int


def impact(
    store: Store,
    what: str,
    scope: Scope = Scope(),  # noqa: B008 - it is frozen
    *,
    export_rule: bool = False,
    most: int = SHOWN,
    levels: int = LEVELS,
    progress: Report = lambda *_: None,
) -> ImpactAnswer:
    """Who is hit if ``what`` fails, or if an export rule keeps supplies from a country.

    Args:
        store: the store.
        what: name, key or IRI of an organisation, technology or place.
        scope: the limits.
        export_rule: whether nothing may be supplied any more to those who have sites in the place.
        most: how many are told of each level.
        levels: how many steps are followed.
        progress: told how much of the store is read, where its network is not ready.

    Raises:
        UnknownEntityError: the name means nothing in the store, or several things.
        UsageError: an export rule is asked of something that is no place.
    """
    network = open_network(store, progress)
    entity = find(network, store, what, _PLACES_FIRST if export_rule else KINDS)
    if export_rule and KINDS[network.kinds[entity]] is not MentionKind.PLACE:
        raise UsageError(f"{network.labels[entity]} is no place; an export rule hits a country or another place")
    selection = select(network, scope)
    # Packaging at large is no way round CoWoS, nor Taiwan one round Kaohsiung.
    wider = network.broader(entity)
    groups = grouped(*(each.where(~np.isin(each.providers, wider)) for each in (edges(selection), uses(selection))))
    failing = _failing(selection, entity)
    found = by_rule(groups, failing, levels) if export_rule else spread(groups, _start(network, failing), levels=levels)
    picked = pick(groups, found, failing, most=most, levels=levels)
    sales = lost_sales(groups, failing, most) if export_rule else []
    shared = {} if export_rule else technologies_of_others(groups, failing)
    present = only_sites(groups, failing, found) if export_rule else []
    told = {*picked.edges(), *present[:most], *(edge for each in sales for edge in each.edges[:ALTERNATIVES])}
    told |= {edge for rows in shared.values() for edge in rows[:ALTERNATIVES]}
    hops = Hops(store, network, scope, (int(groups.edges.statements[edge]) for edge in told))
    apart, denied = _apart(store, selection, scope, failing)
    return ImpactAnswer(
        what=network.found(entity),
        rule=export_rule,
        scope=scope,
        with_it=_with_it(groups, failing, entity),
        levels=tuple(_level(groups, hops, picked, number) for number in range(1, levels + 1)),
        substitutes=_substitutes(groups, hops, shared),
        sellers=_sellers(groups, hops, sales),
        present=tuple(_hop(groups, hops, edge) for edge in present[:most]),
        present_left=max(0, len(present) - most),
        apart=tuple(apart[:_APART]),
        apart_left=max(0, len(apart) - _APART),
        denied=tuple(denied[:_APART]),
        undated=selection.undated,
    )


def _failing(selection: Selection, entity: int) -> Integers:
    """What fails: the entity and all that lies in it, is a kind of it or a part of it."""
    more = [*within(selection.network, entity), *parts(selection.network, selection.statements, entity)]
    return np.array(sorted({entity, *(row[0] for row in more)}), np.int64)


def _start(network: Network, failing: Integers) -> NDArray[np.float64]:
    hit = np.zeros(len(network.iris))
    hit[failing] = 1.0
    return hit


def _with_it(groups: Groups, failing: Integers, entity: int) -> tuple[Found, ...]:
    network = groups.edges.network
    depended_on = failing[np.isin(failing, groups.edges.providers) & (failing != entity)]
    return tuple(network.found(int(each)) for each in depended_on)


def _level(groups: Groups, hops: Hops, picked: Picked, number: int) -> Level:
    hits = tuple(_hit(groups, hops, picked, entity) for entity in picked.of(number))
    return Level(number, picked.totals[number], hits)


def _hit(groups: Groups, hops: Hops, picked: Picked, entity: int) -> Hit:
    found = picked.found
    others = picked.others[entity]
    chain = tuple(_hop(groups, hops, edge) for edge in picked.chains[entity])
    return Hit(
        entity=groups.edges.network.found(entity),
        strength=round(float(found.strengths[entity]), 6),
        chain=chain,
        share=round(float(found.shares[entity]), 6),
        providers=int(groups.sizes[groups.members[picked.chains[entity][0]]]),
        others=tuple(_hop(groups, hops, edge) for edge in others[:ALTERNATIVES]),
        others_left=max(0, len(others) - ALTERNATIVES),
        unlike=unlike(groups, picked.chains[entity][0], others),
    )


def _hop(groups: Groups, hops: Hops, edge: int) -> Hop:
    edges_ = groups.edges
    ends = int(edges_.dependents[edge]), int(edges_.providers[edge])
    return hops.hop(*ends, int(edges_.statements[edge]), float(edges_.confidences[edge]))


def _substitutes(groups: Groups, hops: Hops, shared: Mapping[int, Sequence[int]]) -> tuple[Substitute, ...]:
    network = groups.edges.network
    return tuple(
        Substitute(
            network.found(technology),
            tuple(_hop(groups, hops, edge) for edge in rows[:ALTERNATIVES]),
            max(0, len(rows) - ALTERNATIVES),
        )
        for technology, rows in shared.items()
    )


def _sellers(groups: Groups, hops: Hops, sales: Sequence[LostSales]) -> tuple[Seller, ...]:
    network = groups.edges.network
    return tuple(
        Seller(
            network.found(each.supplier),
            tuple(_hop(groups, hops, edge) for edge in each.edges[:ALTERNATIVES]),
            len(each.edges),
            each.customers,
        )
        for each in sales
    )


def _apart(
    store: Store, selection: Selection, scope: Scope, failing: Integers
) -> tuple[list[Evidence], list[Evidence]]:
    """Ties to what fails that are said otherwise than the limits take, and those that are denied."""
    network = selection.network
    other = replace(scope, modalities=frozenset(Modality) - scope.modalities)
    unsure = np.setdiff1d(_to(select(network, other), failing), selection.statements)
    against = _to(select(network, replace(scope, modalities=frozenset(Modality)), polarity=Polarity.NEGATED), failing)
    return (
        _strongest(store, network, unsure, other, Polarity.AFFIRMED),
        _strongest(store, network, against, replace(scope, modalities=frozenset(Modality)), Polarity.NEGATED),
    )


def _to(selection: Selection, failing: Integers) -> Integers:
    found = edges(selection)
    return np.unique(found.statements[np.isin(found.providers, failing) & ~np.isin(found.dependents, failing)])


def _strongest(
    store: Store, network: Network, statements: Integers, scope: Scope, polarity: Polarity
) -> list[Evidence]:
    """The strongest evidence of each statement; of the first few hundred."""
    iris = [network.statement_iri(int(each)) for each in statements[:_LOOKED_AT]]
    found = evidence_for(store, iris, scope, polarity=polarity, most=1)
    every = [each for rows in found.values() for each in rows]
    return sorted(every, key=lambda each: (list(Modality).index(each.modality), -each.confidence, each.claim))
