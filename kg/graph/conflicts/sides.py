"""Sides that contradict each other, and which of them a later date settles: the same for every kind of conflict."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Generic, Protocol, TypeVar

from rdflib import RDF, Literal, URIRef

from kg.graph.base import Quad, decimal, integer, text
from kg.graph.periods import Span, span
from kg.model import digest
from kg.ontology import ConflictKind
from kg.terms import CONFLICT, CONFLICTS_GRAPH, REVISION, SP

Place = tuple[str, str, int, int]
"""Where a main quote stands: its document's IRI, pointer, start, end."""

Key = Sequence[tuple[URIRef, URIRef | Literal]]
"""What a conflict is about, as properties and their values."""


class Said(Protocol):
    """What takes part in a conflict: a claim, a figure or a remark."""

    @property
    def node(self) -> URIRef:
        """Its IRI."""
        ...

    @property
    def date(self) -> str:
        """The date of its document, or empty."""
        ...

    @property
    def confidence(self) -> float:
        """How sure it is, 0 to 1."""
        ...


W = TypeVar("W")
_SUREST = 5


@dataclass(frozen=True, slots=True)
class Side(Generic[W]):
    """What agrees: all that says the same.

    Attributes:
        what: what it says.
        said: who says it, sorted by IRI; never empty.
        dates: the days from the first to the last dated document that says it; None where none is dated.
    """

    what: W
    said: tuple[Said, ...]
    dates: Span | None

    @property
    def confidence(self) -> float:
        """How sure the surest of it is."""
        return max(each.confidence for each in self.said)


def side(what: W, said: Iterable[Said]) -> Side[W]:
    """The side that says ``what``."""
    ordered = tuple(sorted(said, key=lambda each: each.node))
    dates = [days for each in ordered if (days := span(each.date))]
    reach = (min(first for first, _ in dates), max(last for _, last in dates)) if dates else None
    return Side(what, ordered, reach)


def is_later(newer: Side[W], older: Side[W], days: int) -> bool:
    """Whether all dated documents of one side were written at least so many days after all of the other."""
    if newer.dates is None or older.dates is None:
        return False
    return newer.dates[0] - older.dates[1] >= timedelta(days=days)


def disputed(
    kind: ConflictKind,
    sides: Sequence[Side[W]],
    at_odds: Callable[[W, W], bool],
    key: Key,
    concerns: Callable[[W], Iterable[URIRef]],
    *,
    settles: Callable[[Side[W], Side[W]], bool] | None = None,
    revisions: bool = True,
) -> Iterator[Quad]:
    """The conflicts among some sides, and the revisions: those where a later side replaces an earlier one.

    Args:
        kind: the kind of conflict.
        sides: all that is said about one key.
        at_odds: whether two sides cannot hold together.
        key: what the conflict is about.
        concerns: whom a side concerns.
        settles: whether a newer side replaces an older one; by the kind's number of days where it is not given.
        revisions: whether revisions become nodes; figures have their own link instead.
    """
    settles = settles or (lambda newer, older: is_later(newer, older, kind.settled_after))
    odds = [(one, other) for one, other in combinations(sides, 2) if at_odds(one.what, other.what)]
    replaced = _replaced(odds, settles)
    for older, newer in replaced:
        whom = {*concerns(older.what), *concerns(newer.what)}
        yield from _revised(kind.name, older, newer, key, whom) if revisions else _superseded(older, newer)
    over = {id(older) for older, _ in replaced}
    for together in _together([pair for pair in odds if not over & {id(each) for each in pair}]):
        nodes = sorted({each.node for one in together for each in one.said})
        node = CONFLICT[digest(kind.name, *nodes)]
        yield node, RDF.type, SP.Conflict, CONFLICTS_GRAPH
        yield from _described(node, kind.name, key, {whom for one in together for whom in concerns(one.what)})
        surest = sorted((one.confidence for one in together), reverse=True)
        yield node, SP.confidence, decimal(surest[1]), CONFLICTS_GRAPH
        yield node, SP.size, integer(len(nodes)), CONFLICTS_GRAPH
        for each in nodes:
            yield node, SP.between, each, CONFLICTS_GRAPH
        yield from _sides(node, together)


def _sides(node: URIRef, together: Iterable[Side[W]]) -> Iterator[Quad]:
    """The sides of a conflict with their sizes and the surest of what they say; of some there are thousands."""
    ordered = sorted(together, key=lambda one: (-one.confidence, one.said[0].node))
    for number, one in enumerate(ordered, 1):
        part = URIRef(f"{node}#side-{number}")
        yield node, SP.side, part, CONFLICTS_GRAPH
        yield part, SP.size, integer(len(one.said)), CONFLICTS_GRAPH
        for each in sorted(one.said, key=lambda each: (-each.confidence, each.node))[:_SUREST]:
            yield part, SP.surest, each.node, CONFLICTS_GRAPH


def _replaced(
    odds: Sequence[tuple[Side[W], Side[W]]], settles: Callable[[Side[W], Side[W]], bool]
) -> list[tuple[Side[W], Side[W]]]:
    """Pairs (older, newer) of sides; of several that replace one, the first that did."""
    nearest: dict[int, tuple[Side[W], Side[W]]] = {}
    for pair in odds:
        for older, newer in (pair, pair[::-1]):
            if settles(newer, older) and (id(older) not in nearest or _first(newer) < _first(nearest[id(older)][1])):
                nearest[id(older)] = older, newer
    return sorted(nearest.values(), key=lambda pair: pair[0].said[0].node)


def _first(newer: Side[W]) -> tuple[str, URIRef]:
    return newer.dates[0].isoformat() if newer.dates else "", newer.said[0].node


def _together(odds: Sequence[tuple[Side[W], Side[W]]]) -> list[list[Side[W]]]:
    """The sides of pairs that hang together."""
    groups: list[dict[int, Side[W]]] = []
    for pair in odds:
        joined = {id(each): each for each in pair}
        apart = []
        for group in groups:
            if group.keys() & joined.keys():
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return [list(group.values()) for group in groups]


def _described(node: URIRef, kind: str, key: Key, concerns: Iterable[URIRef]) -> Iterator[Quad]:
    yield node, SP.kind, text(kind), CONFLICTS_GRAPH
    for prop, value in key:
        yield node, prop, value, CONFLICTS_GRAPH
    for each in sorted(concerns):
        yield node, SP.concerns, each, CONFLICTS_GRAPH


def _revised(kind: str, older: Side[W], newer: Side[W], key: Key, concerns: Iterable[URIRef]) -> Iterator[Quad]:
    nodes = [[each.node for each in one.said] for one in (older, newer)]
    node = REVISION[digest(kind, *nodes[0], "", *nodes[1])]
    yield node, RDF.type, SP.Revision, CONFLICTS_GRAPH
    yield from _described(node, kind, key, concerns)
    for prop, said in zip((SP.older, SP.newer), nodes, strict=True):
        for each in said:
            yield node, prop, each, CONFLICTS_GRAPH


def _superseded(older: Side[W], newer: Side[W]) -> Iterator[Quad]:
    """A link from the first figure that replaced the older ones to each of them."""
    first = min(newer.said, key=lambda each: (not each.date, each.date, each.node))
    for each in older.said:
        yield first.node, SP.supersedes, each.node, CONFLICTS_GRAPH
