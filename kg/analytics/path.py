"""How one entity depends on another: the best chains, or what stands in their way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.analytics.evidence import Evidence, evidence_for
from kg.analytics.hops import OPEN, Hop, Hops, read_from
from kg.analytics.network import Edges, Network, Report, Ties, edges, find, open_network, select
from kg.analytics.network.columns import KINDS
from kg.analytics.path_search import Walk, best_walks
from kg.analytics.scope import Scope
from kg.analytics.wholes import parts, within
from kg.errors import UsageError
from kg.model import MentionKind, Polarity
from kg.query import Found
from kg.store import Store

LONGEST = 6
"""Hops of a chain where nothing else is asked."""
_LONGER = 12
_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Chain:
    """Hops one behind the other, and the product of their confidences."""

    confidence: float
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A chain that a limit keeps out.

    Attributes:
        limit: which one: ``modality``, ``confidence``, ``date``, ``source``, ``relation``, ``length``, ``direction``,
            ``rivalry`` (a step between rivals), ``reverse`` (the other depends on this one), ``several``.
        chain: the best chain without that limit.
    """

    limit: str
    chain: Chain


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """How one entity depends on another.

    Attributes:
        from_: the first entity.
        to: the last.
        scope: the limits.
        any_direction: whether ties were followed both ways.
        longest: how many hops a chain could have.
        length: hops of the shortest chain; None where there is none.
        paths: the chains, the shortest first, of equal ones the surest.
        misses: where there is none, the chains that a wider search would find.
        denied: where there is none, what the documents deny of the two, the surest first.
        undated: number of documents that are left out since they have no date.
    """

    from_: Found
    to: Found
    scope: Scope
    any_direction: bool
    longest: int
    length: int | None
    paths: tuple[Chain, ...]
    misses: tuple[Miss, ...]
    denied: tuple[Evidence, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class _Way:
    """How to look for chains."""

    scope: Scope
    any_direction: bool
    longest: int
    rivals: bool = False


def path(
    store: Store,
    start: str,
    end: str,
    scope: Scope = Scope(),  # noqa: B008 - it is frozen
    *,
    any_direction: bool = False,
    most: int = 3,
    longest: int = LONGEST,
    progress: Report = lambda *_: None,
) -> PathAnswer:
    """How ``start`` depends on ``end``, each step with its quotes.

    A customer depends on its providers, a whole on its parts, an organisation on its technologies and sites, as the
    ontology says. What lies in a place, is a kind of a technology or a part of an organisation leads to it.

    Args:
        store: the store.
        start: name, key or IRI of the one that depends.
        end: the same of what it depends on.
        scope: the limits.
        any_direction: whether ties are followed both ways, those without dependence too; rivalry is none.
        most: how many chains at most.
        longest: how many hops a chain may have.
        progress: told how much of the store is read, where its network is not ready.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        UsageError: both names mean the same.
    """
    network = open_network(store, progress)
    first, last = find(network, store, start), find(network, store, end)
    if first == last:
        raise UsageError(f"{start!r} and {end!r} are the same, {network.labels[first]}; give two entities")
    way = _Way(scope, any_direction, longest)
    chains = _chains(store, network, (first, last), way, most)
    return PathAnswer(
        from_=network.found(first),
        to=network.found(last),
        scope=scope,
        any_direction=any_direction,
        longest=longest,
        length=len(chains[0].hops) if chains else None,
        paths=chains,
        misses=() if chains else _misses(store, network, (first, last), way),
        denied=() if chains else _denied(store, network, (first, last)),
        undated=select(network, scope).undated if scope.is_dated else 0,
    )


def _denied(store: Store, network: Network, ends: tuple[int, int]) -> tuple[Evidence, ...]:
    subjects, objects = network.subjects, network.objects
    between = (subjects == ends[0]) & (objects == ends[1]) | (subjects == ends[1]) & (objects == ends[0])
    iris = [network.statement_iri(int(number)) for number in np.flatnonzero(between)]
    said = evidence_for(store, iris, OPEN, polarity=Polarity.NEGATED, most=_QUOTES).values()
    rows = [row for rows in said for row in rows]
    return tuple(sorted(rows, key=lambda row: (-row.confidence, row.claim))[:_QUOTES])


def _misses(store: Store, network: Network, ends: tuple[int, int], way: _Way) -> tuple[Miss, ...]:
    reverse = _chains(store, network, (ends[1], ends[0]), way, 1)
    found = [Miss("reverse", chain) for chain in reverse]
    for limit, other in _wider(way):
        best = _chains(store, network, ends, other, 1)
        # In any direction, the same chain comes again.
        if limit != "direction" or not reverse or len(best[0].hops) < len(reverse[0].hops):
            found += [Miss(limit, chain) for chain in best]
    if not found:
        everything = _Way(replace(OPEN, relations=frozenset()), any_direction=True, longest=_LONGER)
        found = [Miss("several", chain) for chain in _chains(store, network, ends, everything, 1)]
    return tuple(found)


def _wider(way: _Way) -> Iterator[tuple[str, _Way]]:
    """Each limit, with the search that goes without it."""
    scope = way.scope
    if scope.modalities != OPEN.modalities:
        yield "modality", replace(way, scope=replace(scope, modalities=OPEN.modalities))
    if scope.least:
        yield "confidence", replace(way, scope=replace(scope, least=0.0))
    if scope.is_dated:
        yield "date", replace(way, scope=replace(scope, since="", until=""))
    if scope.documents:
        yield "source", replace(way, scope=replace(scope, documents=frozenset()))
    if scope.relations or scope.without:
        yield "relation", replace(way, scope=replace(scope, relations=frozenset(), without=frozenset()))
    if way.longest < _LONGER:
        yield "length", replace(way, longest=_LONGER)
    if not way.any_direction:
        yield "direction", replace(way, any_direction=True)
    else:
        yield "rivalry", replace(way, rivals=True)


def _chains(store: Store, network: Network, ends: tuple[int, int], way: _Way, most: int) -> tuple[Chain, ...]:
    found = _edges(network, ends, way)
    ties, walks = best_walks(found, *ends, most=most, longest=way.longest)
    return _told(store, ties, walks, way.scope)


def _edges(network: Network, ends: tuple[int, int], way: _Way) -> Edges:
    selection = select(network, way.scope)
    # Who asks for a relation wants its steps, whether it is a dependence or not.
    asked = {name for name in way.scope.relations if network.relations[name].dependent not in {"subject", "object"}}
    also = frozenset(network.relations) if way.rivals else frozenset(asked)
    more = [*within(network, ends[1]), *parts(network, selection.statements, ends[1])]
    found = edges(selection, any_direction=way.any_direction, also=also, more=more)
    # To have a technology or a place in common ties nobody to anybody.
    passable = network.kinds == KINDS.index(MentionKind.ORGANISATION)
    passable[ends[0]] = True
    return found.where(passable[found.dependents] | (found.statements < 0))


def _told(store: Store, ties: Ties, walks: Sequence[Walk], scope: Scope) -> tuple[Chain, ...]:
    hops = Hops(store, ties.network, scope, (int(ties.statements[edge]) for walk in walks for edge in walk))
    return tuple(
        Chain(
            confidence=float(np.prod([float(ties.confidences[edge]) for edge in walk])),
            hops=tuple(_hop(hops, ties, edge) for edge in walk),
        )
        for walk in walks
    )


def _hop(hops: Hops, ties: Ties, edge: int) -> Hop:
    statement, dependent, provider = (int(each[edge]) for each in (ties.statements, ties.dependents, ties.providers))
    others = [each for each in ties.of(dependent) if ties.providers[each] == provider and each != edge]
    also = {read_from(ties.network, int(ties.statements[each]), dependent) for each in others}
    return hops.hop(dependent, provider, statement, float(ties.confidences[edge]), also)
