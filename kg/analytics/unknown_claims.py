"""Claims that leave something open: of plans and rumours that nobody confirms, and of those who rest on one source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyoxigraph as ox

from kg.analytics.network import Network, select
from kg.analytics.network.columns import Integers
from kg.analytics.scope import FIRM, Scope
from kg.model import Modality
from kg.store import Store
from kg.store import select as rows_of
from kg.terms import SP

_UNSURE = frozenset({Modality.PLANNED, Modality.POSSIBLE})
_AT_ONCE = 1000
# Follows from what others say for sure, such as the wider of two relations.
_DERIVED = """SELECT DISTINCT ?subject ?relation ?object { VALUES (?subject ?relation ?object) { %s }
  GRAPH graph:derived { ?subject ?relation ?object } }"""

_Statement = tuple[int, int, int]
"""Subject, relation and object by number."""


def unsure(network: Network, store: Store, entities: Sequence[int], scope: Scope) -> Integers:
    """The surest claim of each statement that is only planned or possible, the surest first.

    Args:
        network: the network of the store.
        store: the store, which knows what follows from firm claims.
        entities: numbers of entities that all are an end of the statement; all statements where there are none.
        scope: the limits; its modalities do not count.
    """
    wanted = select(network, replace(scope, modalities=_UNSURE))
    statements = wanted.statements[_touching(network, wanted.statements, entities)]
    firm = select(network, Scope(modalities=FIRM)).statements
    known = set(_named(network, firm[np.isin(network.subjects[firm], _ends(network, statements))]))
    open_ = [
        statement
        for statement, (one, relation, other) in zip(statements.tolist(), _named(network, statements), strict=True)
        if (one, relation, other) not in known and (other, relation, one) not in known
    ]
    left = np.array(open_, np.int64)
    left = left[[not each for each in _follow(network, store, left)]] if len(left) else left
    claims = np.flatnonzero(wanted.claims & np.isin(network.claim_statements, left))
    return claims[_first_of_each(network, network.claim_statements[claims], claims)]


def single(network: Network, entities: Sequence[int], scope: Scope) -> list[tuple[int, int]]:
    """Pairs (who rests on one document, the surest claim of it within the limits), without order.

    Args:
        network: the network.
        entities: without any, all who do; with one, itself or, where several speak of it, those with whom one document
            alone connects it; with two, the second where it does or where one document alone connects the two.
        scope: the limits; its modalities do not count.
    """
    every = np.arange(len(network.claim_statements))
    ends = [column[network.claim_statements] for column in (network.subjects, network.objects)]
    found = set(_of_one_document(network, np.concatenate(ends), np.concatenate((every, every)), scope))
    if not entities:
        return sorted(found)
    around = np.concatenate([every[end == entities[0]] for end in ends])
    partners = np.concatenate([ends[1][ends[0] == entities[0]], ends[0][ends[1] == entities[0]]])
    own = {pair for pair in found if pair[0] in entities}
    if len(entities) == 1 and own:
        return sorted(own)
    return sorted(
        pair
        for pair in own | set(_of_one_document(network, partners, around, scope))
        if len(entities) == 1 or pair[0] == entities[1]
    )


def _touching(network: Network, statements: Integers, entities: Iterable[int]) -> Integers:
    """The places of those statements of which all entities are an end."""
    taken = np.ones(len(statements), bool)
    for entity in entities:
        taken &= (network.subjects[statements] == entity) | (network.objects[statements] == entity)
    return np.flatnonzero(taken)


def _ends(network: Network, statements: Integers) -> Integers:
    return np.union1d(network.subjects[statements], network.objects[statements])


def _named(network: Network, statements: Integers) -> Iterator[_Statement]:
    columns = (network.subjects, network.relation_of, network.objects)
    return zip(*(column[statements].tolist() for column in columns), strict=True)


def _follow(network: Network, store: Store, statements: Integers) -> list[bool]:
    """Of each statement, whether it or its reverse is derived from others."""
    nodes = [str(ox.NamedNode(SP[name])) for name in network.relation_names]
    terms = {int(each): str(ox.NamedNode(network.iris[int(each)])) for each in _ends(network, statements)}
    rows = [(terms[one], nodes[relation], terms[other]) for one, relation, other in _named(network, statements)]
    asked = sorted({*rows, *((other, relation, one) for one, relation, other in rows)})
    derived = set()
    for begin in range(0, len(asked), _AT_ONCE):
        values = " ".join(f"({' '.join(row)})" for row in asked[begin : begin + _AT_ONCE])
        for row in rows_of(store, _DERIVED % values):
            derived.add(tuple(f"<{row[name]}>" for name in ("subject", "relation", "object")))
    return [row in derived or row[::-1] in derived for row in rows]


def _of_one_document(network: Network, entities: Integers, claims: Integers, scope: Scope) -> Iterator[tuple[int, int]]:
    """Of pairs of an entity and a claim: who has claims of one document only, and the surest within the limits."""
    documents = network.documents[claims]
    first = np.full(len(network.iris), np.iinfo(documents.dtype).max, documents.dtype)
    last = np.full(len(network.iris), -1, documents.dtype)
    np.minimum.at(first, entities, documents)
    np.maximum.at(last, entities, documents)
    taken = select(network, replace(scope, modalities=frozenset(Modality)), polarity=None).claims
    kept = (first == last)[entities] & taken[claims]
    entities, claims = entities[kept], claims[kept]
    surest = _first_of_each(network, entities, claims)
    yield from zip(entities[surest].tolist(), claims[surest].tolist(), strict=True)


def _first_of_each(network: Network, groups: Integers, claims: Integers) -> Integers:
    """The places of the surest claim of each group, of equally sure ones the first by its IRI; the surest first."""
    confidences, ids = network.confidences[claims], network.claim_ids[claims]
    order = np.lexsort((ids, -confidences, groups))
    _, first = np.unique(groups[order], return_index=True)
    best = order[first]
    return best[np.lexsort((ids[best], -confidences[best]))]
