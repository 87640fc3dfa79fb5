"""What two entities share and where they differ, each with its best quote."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from kg.analytics.about import Row, by_strength, check_two, claims_about, figures_about
from kg.analytics.network import Report, open_network, undated
from kg.analytics.sayings import Saying, reference, sayings_of
from kg.analytics.scope import Scope
from kg.model import Polarity
from kg.query import Found, labels_of
from kg.query.profile import relation_ways
from kg.store import Store
from kg.terms import local_name

MOST = 10
"""How many neighbours of a kind are told unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody or something that one or both are connected with.

    Attributes:
        whom: who or what.
        first: the surest claim that joins it with the first of the two, or None.
        second: with the second.
    """

    whom: Found
    first: Saying | None
    second: Saying | None


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which the two are connected with others, such as their customers.

    Attributes:
        relation: local name.
        forward: whether the two are the relation's subjects.
        reads: the relation as read from the two ("outsources to", "provides services to").
        shared: whom both are so connected with.
        first: whom only the first is.
        second: whom only the second is.
        counts: how many there are of each of the three.
    """

    relation: str
    forward: bool
    reads: str
    shared: tuple[Neighbour, ...]
    first: tuple[Neighbour, ...]
    second: tuple[Neighbour, ...]
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FigurePair:
    """A metric and period for which one or both have a figure; of several the newest.

    Attributes:
        metric: local name.
        reads: the metric for people.
        period: the period, or empty.
        unit: the unit.
        first: the first one's, or None.
        second: the second one's.
    """

    metric: str
    reads: str
    period: str
    unit: str
    first: Saying | None
    second: Saying | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entities side by side.

    Attributes:
        first: the one.
        second: the other.
        between: what the documents say about the two together, the surest claim of each statement.
        ways: how they are connected with others.
        figures: their figures.
        undated: how many documents without a date are left out, since dates are limited.
    """

    first: Found
    second: Found
    between: tuple[Saying, ...]
    ways: tuple[Way, ...]
    figures: tuple[FigurePair, ...]
    undated: int


_Way = tuple[str, bool]
"""A relation's local name, and whether it reads forward."""


def compare(
    store: Store,
    first: Found,
    second: Found,
    scope: Scope,
    *,
    most: int = MOST,
    progress: Report = lambda *_: None,
) -> Comparison:
    """What two entities share and where they differ; only what is affirmed counts, but between the two all does.

    Args:
        store: the store.
        first: the one.
        second: the other.
        scope: the limits.
        most: how many neighbours of each kind, and figures, at most; the surest and the newest are kept.
        progress: told how much of the store is read, where its network is not ready.

    Raises:
        UsageError: both are the same.
    """
    check_two(first, second)
    both = (first, second)
    network = open_network(store, progress)
    rows = [claims_about(network, each, scope) for each in both]
    together = _surest((row for row in rows[0] if row.other == second.iri), lambda row: (row.key, row.polarity))
    reads = {(local_name(name), forward): text for (name, forward), text in relation_ways(store).items()}
    around = [_around(side, {each.iri for each in both}, reads) for side in rows]
    order = sorted({*around[0], *around[1]}, key=lambda way: (way[0], not way[1]))
    chosen = {way: _chosen(around[0].get(way, {}), around[1].get(way, {}), most) for way in order}
    # Who asks for relations is not asking for figures.
    figures = [{} if scope.relations else _newest(figures_about(store, each, scope)) for each in both]
    keys = sorted({*figures[0], *figures[1]}, key=lambda key: (key not in figures[0] or key not in figures[1], key))[
        :most
    ]
    pairs = [(figures[0].get(key), figures[1].get(key)) for key in keys]
    every = [*together.values(), *(row for pair in pairs for row in pair if row)]
    every += [row for lists, _ in chosen.values() for part in lists for _, *those in part for row in those if row]
    said = sayings_of(store, sorted({row.node for row in every}))
    known = labels_of(store, {whom for lists, _ in chosen.values() for part in lists for whom, *_ in part})
    return Comparison(
        first=first,
        second=second,
        between=tuple(sorted((said[row.node] for row in together.values()), key=lambda each: each.strength)),
        ways=tuple(_way(way, reads.get(way, way[0]), chosen[way], said, known) for way in order),
        figures=tuple(_pair(pair, said) for pair in pairs),
        undated=undated(network, scope),
    )


_Listed = list[tuple[str, Row | None, Row | None]]
"""Whom, with the surest claim of the first and of the second."""


def _around(rows: Iterable[Row], own: Set[str], reads: Mapping[_Way, str]) -> dict[_Way, dict[str, Row]]:
    """Way → whom an entity is so connected with → the surest claim that says so."""
    found: dict[_Way, dict[str, Row]] = defaultdict(dict)
    for row in sorted(rows, key=by_strength):
        if row.other not in own and row.polarity is Polarity.AFFIRMED:
            both_ways = reads.get((row.relation, True)) == reads.get((row.relation, False))
            found[row.relation, row.forward or both_ways].setdefault(row.other, row)
    return found


def _chosen(
    first: Mapping[str, Row], second: Mapping[str, Row], most: int
) -> tuple[tuple[_Listed, _Listed, _Listed], tuple[int, int, int]]:
    """Whom both, only the first and only the second are connected with, the surest first; and how many each are."""
    shared: _Listed = [(whom, first[whom], second[whom]) for whom in first if whom in second]
    one: _Listed = [(whom, row, None) for whom, row in first.items() if whom not in second]
    other: _Listed = [(whom, None, row) for whom, row in second.items() if whom not in first]
    for part in (shared, one, other):
        part.sort(key=lambda row: (-min(each.confidence for each in row[1:] if each), row[0]))
    return (shared[:most], one[:most], other[:most]), (len(shared), len(one), len(other))


def _way(
    way: _Way,
    reads: str,
    chosen: tuple[tuple[_Listed, _Listed, _Listed], tuple[int, int, int]],
    said: Mapping[str, Saying],
    known: Mapping[str, str],
) -> Way:
    shared, first, second = (
        tuple(
            Neighbour(reference(whom, known), said[one.node] if one else None, said[other.node] if other else None)
            for whom, one, other in part
        )
        for part in chosen[0]
    )
    return Way(way[0], way[1], reads, shared, first, second, chosen[1])


def _surest(rows: Iterable[Row], same: Callable[[Row], object]) -> dict[object, Row]:
    found: dict[object, Row] = {}
    for row in sorted(rows, key=by_strength):
        found.setdefault(same(row), row)
    return found


def _newest(rows: Iterable[Row]) -> dict[str, Row]:
    """Metric, unit and period → the affirmed figure of the newest document."""
    found: dict[str, Row] = {}
    for row in sorted((row for row in rows if row.polarity is Polarity.AFFIRMED), key=by_strength):
        known = found.get(row.key)
        if known is None or row.date > known.date:
            found[row.key] = row
    return found


def _pair(pair: tuple[Row | None, Row | None], said: Mapping[str, Saying]) -> FigurePair:
    first, second = (said[row.node] if row else None for row in pair)
    shown = first or second
    if shown is None:
        raise ValueError("a pair of figures has at least one")
    return FigurePair(shown.relation, shown.reads, shown.period, shown.unit, first, second)
