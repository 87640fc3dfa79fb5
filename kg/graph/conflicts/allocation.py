"""One order given to two providers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.base import Quad
from kg.graph.conflicts.families import Families
from kg.graph.conflicts.parent import named_together
from kg.graph.conflicts.sides import Place, disputed, side
from kg.graph.orders import Amount, amount_of
from kg.graph.periods import meet, span
from kg.ontology import ConflictKind
from kg.terms import SP

_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Allocation:
    """What conflicts must know of a claim that gives a quantity for a customer to a provider.

    Attributes:
        node: the claim's IRI.
        customer: whose order.
        provider: who gets it.
        amount: how much of what unit.
        things: products and technologies, spelling evened out.
        periods: when, as the text gives it.
        via: who passes it on.
        place: where it stands.
        date: the date of its document, or empty.
        confidence: 0 to 1.
    """

    node: URIRef
    customer: URIRef
    provider: URIRef
    amount: Amount
    things: frozenset[str]
    periods: tuple[str, ...]
    via: frozenset[URIRef]
    place: Place
    date: str
    confidence: float

    @classmethod
    def of(
        cls,
        node: URIRef,
        ends: tuple[URIRef, URIRef],
        qualifiers: Mapping[str, Sequence[str]],
        via: Iterable[URIRef],
        place: Place,
        date: str,
        confidence: float,
    ) -> list["Allocation"]:
        """The allocation of a claim with these ends, customer first, and qualifiers; none where it counts nothing."""
        amounts = [amount for text in qualifiers.get("quantity", ()) if (amount := amount_of(text))]
        if len(amounts) != 1:
            return []
        things = things_of([*qualifiers.get("product", ()), *qualifiers.get("technology", ())])
        periods = tuple(sorted(qualifiers.get("period", ())))
        return [cls(node, *ends, amounts[0], things, periods, frozenset(via), place, date, confidence)]


@dataclass(frozen=True, slots=True)
class _Share:
    provider: URIRef
    things: frozenset[str]
    periods: tuple[str, ...]
    via: frozenset[URIRef]


def things_of(names: Iterable[str]) -> frozenset[str]:
    """Names of products and technologies without case, spaces and hyphens."""
    return frozenset(_APART.sub("", name.casefold()) for name in names)


def allocation_conflicts(
    allocations: Iterable[Allocation], kind: ConflictKind, families: Families, joined: Set[frozenset[URIRef]]
) -> Iterator[Quad]:
    """The conflicts among all allocations of some customers.

    Args:
        allocations: all of some customers.
        kind: the kind of conflict.
        families: who is part of whom, by the registry.
        joined: pairs of organisations that a fact joins which makes them no rivals for an order.
    """
    groups: dict[tuple[URIRef, Amount], list[Allocation]] = defaultdict(list)
    for each in allocations:
        if each.periods and each.things:
            groups[each.customer, each.amount].append(each)
    for (customer, _), given in groups.items():
        if len({each.provider for each in given}) > 1:
            yield from _of_customer(customer, given, kind, families, joined)


def _of_customer(
    customer: URIRef,
    given: Sequence[Allocation],
    kind: ConflictKind,
    families: Families,
    joined: Set[frozenset[URIRef]],
) -> Iterator[Quad]:
    shared = named_together((each.place, each.provider) for each in given) | joined

    def at_odds(one: _Share, other: _Share) -> bool:
        if one.provider in other.via or other.provider in one.via or families.are_one(one.provider, other.provider):
            return False
        apart = frozenset({one.provider, other.provider}) not in shared
        return apart and bool(one.things & other.things) and _meet(one.periods, other.periods)

    shares: Mapping[_Share, list[Allocation]] = defaultdict(list)
    for each in given:
        shares[_Share(each.provider, each.things, each.periods, each.via)].append(each)
    sides = [side(share, said) for share, said in shares.items()]
    return disputed(kind, sides, at_odds, [(SP.about, customer)], lambda share: (customer, share.provider))


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    spans = [[days for text in periods if (days := span(text))] for periods in (one, other)]
    return any(meet(first, second) for first in spans[0] for second in spans[1])
