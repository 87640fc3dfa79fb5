"""Who depends on whom: the statements of a selection as edges, quick to follow both ways."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from kg.analytics.network.columns import Floats, Integers, Network
from kg.analytics.network.select import Selection


@dataclass(frozen=True, slots=True)
class Ties:
    """Edges from who depends to what it depends on, in the order of both and the surest first.

    Attributes:
        network: where they are from.
        dependents: entity at the start of each edge.
        providers: entity at its end.
        statements: the statement that says so.
        confidences: confidence of its surest claim.
        starts: number of the first edge of each entity as dependent, and one more.
        backwards: numbers of the edges in the order of providers, dependents.
        back_starts: place in ``backwards`` of the first edge of each entity as provider, and one more.
    """

    network: Network
    dependents: Integers
    providers: Integers
    statements: Integers
    confidences: Floats
    starts: Integers
    backwards: Integers
    back_starts: Integers

    def of(self, entity: int) -> Integers:
        """The edges by which an entity depends on others."""
        return np.arange(self.starts[entity], self.starts[entity + 1])

    def to(self, entity: int) -> Integers:
        """The edges by which others depend on an entity."""
        return self.backwards[self.back_starts[entity] : self.back_starts[entity + 1]]

    def leaving(self, entities: Integers) -> Integers:
        """The edges by which any of some entities depend on others."""
        return _ranges(self.starts, entities)

    def entering(self, entities: Integers) -> Integers:
        """The edges by which others depend on any of some entities."""
        return self.backwards[_ranges(self.back_starts, entities)]


def ties(selection: Selection, *, any_direction: bool = False, also: AbstractSet[str] = frozenset()) -> Ties:
    """The edges that a selection's statements make.

    Args:
        selection: the statements.
        any_direction: whether every tie is followed both ways, those without dependence too; rivalry is no tie.
        also: local names of relations that count both ways, ties or not.
    """
    network = selection.network
    numbers = selection.statements
    relation = network.relation_of[numbers]
    forward, backward = np.zeros((2, max(len(network.relations), 1)), bool)
    for number, (name, row) in enumerate(network.relations.items()):
        forward[number] = row.dependent == "subject" or name in also or (any_direction and bool(row.dependent))
        backward[number] = row.dependent == "object" or name in also or (any_direction and bool(row.dependent))
    there, back = numbers[forward[relation]], numbers[backward[relation]]
    dependents = np.concatenate((network.subjects[there], network.objects[back]))
    providers = np.concatenate((network.objects[there], network.subjects[back]))
    return arranged(network, dependents, providers, np.concatenate((there, back)), selection.confidences)


def arranged(network: Network, dependents: Integers, providers: Integers, statements: Integers, surest: Floats) -> Ties:
    """Edges in their order.

    Args:
        network: where they are from.
        dependents: entity at the start of each edge.
        providers: entity at its end.
        statements: the statement that says so.
        surest: confidence of every statement of the network.
    """
    confidences = surest[statements]
    order = np.lexsort((statements, -confidences, providers, dependents))
    dependents, providers, statements = dependents[order], providers[order], statements[order]
    backwards = np.lexsort((np.arange(len(order)), providers))
    entities = len(network.iris)
    return Ties(
        network,
        dependents,
        providers,
        statements,
        confidences[order],
        _starts(dependents, entities),
        backwards,
        _starts(providers, entities),
    )


def _starts(numbers: Integers, entities: int) -> Integers:
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=entities))))


def _ranges(starts: Integers, entities: Integers) -> Integers:
    """All numbers from the start of each entity to that of the next."""
    first, lengths = starts[entities], starts[entities + 1] - starts[entities]
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))
