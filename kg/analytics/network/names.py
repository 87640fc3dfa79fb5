"""Entities by name without reading all names of a store."""

from collections.abc import Iterable

import numpy as np

from kg.analytics.network.columns import KINDS, Network
from kg.analytics.network.keep import is_kept, open_network
from kg.analytics.network.read import name_hash
from kg.model import MentionKind
from kg.query import Found, find_entity
from kg.store import Store


def find(network: Network, store: Store, name: str, kinds: Iterable[MentionKind] = KINDS) -> int:
    """The number of the entity with that IRI, key, label or alias; see :func:`kg.query.find_entity`.

    Raises:
        UnknownEntityError: there is none, or several that fit equally well; the message offers close names.
    """
    kinds = tuple(kinds)
    number = network.entity(name)
    if number is not None:
        return number
    fits = _fits(network, name, kinds)
    best = [entity for rank, entity in fits if rank == min(fits)[0]]
    if len(set(best)) == 1:
        return best[0]
    # It reads all names, and finds the words for what is wrong.
    found = network.entity(find_entity(store, name, kinds).iri)
    return -1 if found is None else found


def entity_named(store: Store, name: str, kinds: Iterable[MentionKind] = KINDS) -> Found:
    """The entity that a name means, as :func:`kg.query.find_entity` finds it; by the store's network where one is kept.

    Raises:
        UnknownEntityError: there is none, or several that fit equally well; the message offers close names.
    """
    kinds = tuple(kinds)
    if is_kept(store):
        network = open_network(store)
        number = find(network, store, name, kinds)
        if number >= 0:
            return network.found(number)
    return find_entity(store, name, kinds)


def _fits(network: Network, name: str, kinds: tuple[MentionKind, ...]) -> list[tuple[tuple[int, int], int]]:
    """Pairs (how well, entity) of what a name may mean."""
    hash_ = np.uint64(name_hash(name))
    start, end = (int(np.searchsorted(network.name_hashes, hash_, side)) for side in ("left", "right"))
    found = []
    for place in range(start, end):
        entity = int(network.name_entities[place])
        kind = KINDS[network.kinds[entity]]
        if kind in kinds:
            found.append(((int(network.name_ranks[place]), kinds.index(kind)), entity))
    return found
