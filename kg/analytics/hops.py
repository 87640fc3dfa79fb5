"""Steps from one entity to another on which it depends, each with the quotes it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.analytics.evidence import Evidence, evidence_for
from kg.analytics.network import Network
from kg.analytics.network.columns import KINDS, POLARITIES
from kg.analytics.scope import Scope
from kg.model import MentionKind, Modality, Polarity
from kg.query import Found
from kg.store import Store
from kg.terms import local_name

OPEN = Scope(modalities=frozenset(Modality))
"""No limits."""
_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a chain.

    Attributes:
        dependent: who depends, or where the step begins.
        provider: on whom or what.
        reads: the relation as read in the direction of the step ("outsources to", "uses tools from").
        relation: its local name; empty where the ontology says so and no document: a place in a place, a kind of a
            technology.
        confidence: that of the surest claim.
        claims: number of claims that say so under the limits.
        evidence: the strongest of them.
        denied: the strongest of those that deny it.
        also: how else the two are tied, as read in the same direction.
    """

    dependent: Found
    provider: Found
    reads: str
    relation: str
    confidence: float
    claims: int
    evidence: tuple[Evidence, ...]
    denied: tuple[Evidence, ...]
    also: tuple[str, ...]


class Hops:
    """What some statements rest on, read at once, and the hops that they are told as."""

    def __init__(self, store: Store, network: Network, scope: Scope, statements: Iterable[int]) -> None:
        """Reads the evidence of statements, by number; -1 stands for what the ontology says."""
        self._network = network
        numbers = sorted(set(statements) - {-1})
        iris = {network.statement_iri(number): number for number in numbers}
        self._said = {iris[iri]: rows for iri, rows in evidence_for(store, list(iris), scope).items()}
        self._denied = _denied(store, network, numbers)

    def evidence(self, statement: int) -> tuple[Evidence, ...]:
        """The strongest evidence of a statement."""
        return self._said.get(statement, ())[:_QUOTES]

    def hop(self, dependent: int, provider: int, statement: int, confidence: float, also: Iterable[str] = ()) -> Hop:
        """A hop, by the numbers of its ends and its statement."""
        network, said = self._network, self._naming(statement, provider)
        return Hop(
            dependent=network.found(dependent),
            provider=network.found(provider),
            reads=self._reads(statement, dependent, provider),
            relation=network.relation_names[network.relation_of[statement]] if statement >= 0 else "",
            confidence=round(confidence, 6),
            claims=len(said),
            evidence=said[:_QUOTES],
            denied=self._denied.get(statement, ()),
            also=tuple(sorted(also)),
        )

    def _naming(self, statement: int, provider: int) -> tuple[Evidence, ...]:
        """The evidence of a statement; of one that only names the technology in a claim, the claims that do."""
        network, said = self._network, self._said.get(statement, ())
        if not self._is_named(statement, provider):
            return said
        claims = network.claims_of(statement)
        first, last = np.searchsorted(network.technology_uses[:, 0], [claims.start, claims.stop])
        uses = network.technology_uses[first:last]
        technologies = np.append(network.narrower(provider), provider)
        naming = {local_name(network.claim_iri(int(each))) for each in uses[np.isin(uses[:, 1], technologies), 0]}
        return tuple(each for each in said if each.claim in naming)

    def _is_named(self, statement: int, provider: int) -> bool:
        """Whether the provider is a technology that claims between two others name."""
        network = self._network
        if statement < 0 or KINDS[network.kinds[provider]] is not MentionKind.TECHNOLOGY:
            return False
        return provider not in {int(network.subjects[statement]), int(network.objects[statement])}

    def _reads(self, statement: int, dependent: int, provider: int) -> str:
        return "uses" if self._is_named(statement, provider) else read_from(self._network, statement, dependent)


def read_from(network: Network, statement: int, entity: int) -> str:
    """How people read a statement's relation from one of its ends; for a statement of -1, that it lies within."""
    if statement < 0:
        return "lies in" if KINDS[network.kinds[entity]] is MentionKind.PLACE else "is a kind of"
    row = network.relations[network.relation_names[network.relation_of[statement]]]
    if row.symmetric or int(network.subjects[statement]) == entity:
        return row.label
    return row.inverse or f"is object of {row.label}"


def _denied(store: Store, network: Network, statements: Sequence[int]) -> dict[int, tuple[Evidence, ...]]:
    no = POLARITIES.index(Polarity.NEGATED)
    iris = {
        network.statement_iri(each): each
        for each in statements
        if any(network.polarities[claim] == no for claim in network.claims_of(each))
    }
    found = evidence_for(store, list(iris), OPEN, polarity=Polarity.NEGATED, most=1)
    return {iris[iri]: rows for iri, rows in found.items()}
