"""Who depends on whom: the statements of a selection as edges, quick to follow both ways."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges in no order; see :class:`Ties` for the columns. A statement of -1 is a tie by the ontology, and certain."""

    network: Network
    dependents: Integers
    providers: Integers
    statements: Integers
    confidences: Floats

    def where(self, which: NDArray[np.bool_]) -> "Edges":
        """Those of the edges that a mask takes."""
        return self.at(np.flatnonzero(which))

    def at(self, numbers: Integers) -> "Edges":
        """The edges of these numbers, in their order."""
        return Edges(
            self.network,
            self.dependents[numbers],
            self.providers[numbers],
            self.statements[numbers],
            self.confidences[numbers],
        )

    def arranged(self) -> Ties:
        """The edges in their order."""
        order = np.lexsort((self.statements, -self.confidences, self.providers, self.dependents))
        dependents, providers = self.dependents[order], self.providers[order]
        entities = len(self.network.iris)
        return Ties(
            self.network,
            dependents,
            providers,
            self.statements[order],
            self.confidences[order],
            _starts(dependents, entities),
            np.lexsort((np.arange(len(order)), providers)),
            _starts(providers, entities),
        )


def ties(selection: Selection, *, any_direction: bool = False, also: AbstractSet[str] = frozenset()) -> Ties:
    """The edges that a selection's statements make, in their order; see :func:`edges`."""
    return edges(selection, any_direction=any_direction, also=also).arranged()


def edges(
    selection: Selection,
    *,
    any_direction: bool = False,
    also: AbstractSet[str] = frozenset(),
    more: Sequence[tuple[int, int, int]] = (),
) -> Edges:
    """The edges that a selection's statements make.

    Args:
        selection: the statements.
        any_direction: whether every tie is followed both ways, those without dependence too; rivalry is no tie.
        also: local names of relations that count both ways, ties or not.
        more: further edges: dependent, provider and statement, -1 for none.
    """
    network = selection.network
    numbers = selection.statements
    relation = network.relation_of[numbers]
    forward, backward = np.zeros((2, max(len(network.relations), 1)), bool)
    for number, (name, row) in enumerate(network.relations.items()):
        both = name in also or (any_direction and bool(row.dependent))
        forward[number] = row.dependent == "subject" or both
        backward[number] = row.dependent == "object" or both
    there, back = numbers[forward[relation]], numbers[backward[relation]]
    extra = np.array(more, np.int64).reshape(-1, 3)
    statements = np.concatenate((there, back, extra[:, 2]))
    sure = np.concatenate((selection.confidences, np.ones(1, np.float32)))
    return Edges(
        network,
        np.concatenate((network.subjects[there], network.objects[back], extra[:, 0])),
        np.concatenate((network.objects[there], network.subjects[back], extra[:, 1])),
        statements,
        sure[statements],
    )


def _starts(numbers: Integers, entities: int) -> Integers:
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=entities))))


def _ranges(starts: Integers, entities: Integers) -> Integers:
    """All numbers from the start of each entity to that of the next."""
    first, lengths = starts[entities], starts[entities + 1] - starts[entities]
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))
