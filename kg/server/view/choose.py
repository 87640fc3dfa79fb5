"""Which statements and claims a picture shows: of the whole, and around one entity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.analytics.network.columns import KINDS, MODALITIES, POLARITIES
from kg.model import MentionKind
from kg.server.view.index import Index, Numbers, ranges

EVERYTHING = 300
"""A store with no more entities is shown whole."""

_MOST_CLAIMS = 3000
_MOST_NODES = 100
_MOST_LINES = 240
_MOST_BARE = 60  # further lines around an entity; more would hide it
_AMONG = 400_000  # statements looked through for those among the neighbours


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture shows, by number.

    Attributes:
        entities: those drawn.
        claims: those told with their words.
        bare: those told without; their words can be asked for.
        total: how many neighbours, or claims, there are in all.
    """

    entities: Numbers
    claims: Numbers
    bare: Numbers
    total: int


def overview(index: Index) -> Shown:
    """Everything of a small store; of a larger one the organisations that most is said of and the facts among them."""
    network = index.network
    entities: Numbers = np.flatnonzero(index.weights)
    if len(entities) <= EVERYTHING:
        claims: Numbers = np.arange(len(network.claim_ids))
        if len(claims) > _MOST_CLAIMS:
            claims = best_claims(index, np.arange(len(network.subjects)))
        return Shown(entities, claims, claims[:0], len(entities))
    organisations: Numbers = np.flatnonzero(network.kinds == KINDS.index(MentionKind.ORGANISATION))
    leading = organisations[np.lexsort((organisations, -index.weights[organisations]))][:_MOST_NODES]
    statements = among(index, leading)
    best = index.affirming[statements]
    statements = statements[(best >= 0) & index.facts[np.maximum(best, 0)]]
    said = claim_counts(index, statements)
    kept = statements[np.lexsort((statements, -said))][:_MOST_LINES]
    claims = best_claims(index, np.sort(kept))
    drawn = np.unique(np.concatenate((network.subjects[kept], network.objects[kept])))
    return Shown(drawn, claims, claims[:0], len(entities))


def around(index: Index, entity: int, filters: Mapping[str, Any], limit: int, offset: int) -> Shown:
    """An entity's neighbours, those joined by most claims first; the surest claim to each has its words."""
    statements = index.statements_of(entity)
    claims = passing(index, index.claims_of(statements), filters)
    owners = index.network.claim_statements[claims]
    others, places = np.unique(index.others(owners, entity), return_inverse=True)
    firm = np.bincount(places, weights=index.facts[claims], minlength=len(others))
    said = np.bincount(places, minlength=len(others))
    order = np.lexsort((others, -index.weights[others], -said, -firm))
    page = others[order][offset : offset + limit]
    near = np.unique(owners[np.isin(index.others(owners, entity), page)])
    told = best_claims(index, near, claims)
    surest = index.surest(told)
    _, first = np.unique(index.others(index.network.claim_statements[surest], entity), return_index=True)
    leading = surest[np.sort(first)]
    rest = passing(index, best_claims(index, among(index, page)), filters)
    weightiest = rest[np.argsort(-claim_counts(index, index.network.claim_statements[rest]), kind="stable")]
    bare = np.concatenate((np.setdiff1d(told, leading), weightiest))[:_MOST_BARE]
    return Shown(np.union1d(page, [entity]), leading, bare, len(others))


def passing(index: Index, claims: Numbers, filters: Mapping[str, Any]) -> Numbers:
    """The claims that the values of :data:`kg.server.api.rows.FILTERS`, and ``relation`` by its local name, leave."""
    network = index.network
    if filters.get("relation"):
        number = network.relation_names.index(filters["relation"])
        claims = claims[network.relation_of[network.claim_statements[claims]] == number]
    if filters.get("polarity"):
        claims = claims[network.polarities[claims] == POLARITIES.index(filters["polarity"])]
    if filters.get("modality"):
        wanted = np.array([each in filters["modality"] for each in MODALITIES])
        claims = claims[wanted[network.modalities[claims]]]
    if filters.get("min_confidence"):
        claims = claims[network.confidences[claims] >= np.float32(filters["min_confidence"])]
    if filters.get("since"):
        claims = claims[index.days[network.documents[claims]] >= _first_day(filters["since"])]
    return claims


def best_claims(index: Index, statements: Numbers, claims: Numbers | None = None) -> Numbers:
    """The surest claim of each statement that affirms it, and the surest that denies it; of ``claims`` where given."""
    if claims is None:
        both = np.concatenate((index.affirming[statements], index.denying[statements]))
        return np.sort(both[both >= 0])
    network = index.network
    ours = claims[np.isin(network.claim_statements[claims], statements)]
    lines = network.claim_statements[ours].astype(np.int64) * len(POLARITIES) + network.polarities[ours]
    order = np.lexsort((ours, -network.confidences[ours], ~index.facts[ours], lines))
    _, first = np.unique(lines[order], return_index=True)
    return np.sort(ours[order][first])


def among(index: Index, entities: Numbers) -> Numbers:
    """The statements of which both ends are among some entities; where these have very many, of those with fewer."""
    if not len(entities):
        return entities.astype(np.int64)
    entities = np.sort(entities)
    lengths = index.subject_starts[entities + 1] - index.subject_starts[entities]
    cheap = entities[np.argsort(lengths, kind="stable")][np.cumsum(np.sort(lengths)) <= _AMONG]
    found = ranges(index.subject_starts[cheap], index.subject_starts[cheap + 1])
    places = np.minimum(np.searchsorted(entities, index.network.objects[found]), len(entities) - 1)
    return np.sort(found[entities[places] == index.network.objects[found]])


def claim_counts(index: Index, statements: Numbers) -> Numbers:
    """How many claims each statement has."""
    ends = index.network.claim_ends
    return ends[statements] - np.where(statements > 0, ends[statements - 1], 0)


def _first_day(date: str) -> int:
    return int("".join((*date.split("-"), "01", "01")[:3]))
