"""What the documents leave open: searched and not found, only planned or rumoured, told by one source, or old."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import pyoxigraph as ox

from kg.analytics.about import by_strength, check_two, remarks_about
from kg.analytics.network import Network, Report, open_network, undated
from kg.analytics.sayings import Saying, sayings_of
from kg.analytics.scope import Scope
from kg.analytics.unknown_claims import single, unsure
from kg.graph.periods import span
from kg.model import Modality
from kg.query import Found
from kg.store import Store, select

MOST = 20
"""How many of each are told unless more are asked for."""

OLD = timedelta(days=365)
"""A figure that is older than this, by its document's date, is old."""

_EVERY = frozenset(Modality)
_AT_ONCE = 500
# Of so many old figures, the limits are checked.
_LOOKED_AT = 2000
# What is given of a remark or figure, so that limits are checked without its quote.
_ROW = """?node sp:confidence ?confidence ; prov:wasDerivedFrom ?document . ?document sp:fileName ?name .
  OPTIONAL { ?document dcterms:date ?date }"""
_GAPS = 'SELECT DISTINCT ?node ?confidence ?name ?date { GRAPH ?source { ?node sp:remarkKind "gap" . $row } }'
_NEWEST = """SELECT ?entity ?metric (MAX(?date) AS ?newest) { %s
  GRAPH ?source { ?node sp:observedEntity ?entity ; sp:metric ?metric . ?source dcterms:date ?date } }
  GROUP BY ?entity ?metric"""
_OF_THAT_DATE = """SELECT DISTINCT ?node ?confidence ?name ?date { VALUES (?entity ?metric ?date) { %s }
  GRAPH ?source { ?node sp:observedEntity ?entity ; sp:metric ?metric . ?source dcterms:date ?date . $row } }"""
_Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Single:
    """Somebody of whom, or of whose relation with another, one document alone speaks.

    Attributes:
        whom: who.
        said: a claim of that document.
    """

    whom: Found
    said: Saying


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What the documents leave open.

    Attributes:
        entities: of whom; empty for all.
        today: the day that figures are old against, empty where no document is dated.
        gaps: what documents say was searched and not found.
        unsure: what is only planned or possible, the surest claim of each statement.
        single: who rests on one source.
        old: the newest figure of each metric, where it is older than a year.
        counts: how many there are of each of the four.
        undated: how many documents without a date are left out, since dates are limited.
    """

    entities: tuple[Found, ...]
    today: str
    gaps: tuple[Saying, ...]
    unsure: tuple[Saying, ...]
    single: tuple[Single, ...]
    old: tuple[Saying, ...]
    counts: tuple[int, int, int, int]
    undated: int


def unknowns(
    store: Store,
    entities: Sequence[Found],
    scope: Scope,
    *,
    today: date | None = None,
    most: int = MOST,
    progress: Report = lambda *_: None,
) -> Unknowns:
    """What the documents leave open.

    Args:
        store: the store.
        entities: about whom; with two, what concerns both; all where there are none.
        scope: the limits; its modalities do not count, since a plan is what is looked for.
        today: the day that figures are old against; the newest document's where it is not given.
        most: how many of each at most.
        progress: told how much of the store is read, where its network is not ready.

    Raises:
        UsageError: two are the same.
    """
    if len(entities) > 1:
        check_two(entities[0], entities[1])
    network = open_network(store, progress)
    wide = replace(scope, modalities=_EVERY)
    # Nothing is about one that is not in the network.
    numbers = [-1 if (number := network.entity(each.iri)) is None else number for each in entities]
    day = today or _newest(network)
    gaps = gaps_about(store, entities, wide)
    plans = unsure(network, store, numbers, scope)
    alone = _single(network, numbers, scope)
    old, count = _old(store, entities, day, wide) if day else ([], 0)
    said = sayings_of(store, [network.claim_iri(claim) for _, claim in alone[:most]])
    return Unknowns(
        entities=tuple(entities),
        today=day.isoformat() if day else "",
        gaps=_told(store, gaps[:most]),
        unsure=_told(store, [network.claim_iri(int(claim)) for claim in plans[:most]]),
        single=tuple(Single(network.found(whom), said[network.claim_iri(claim)]) for whom, claim in alone[:most]),
        old=_told(store, old[:most]),
        counts=(len(gaps), len(plans), len(alone), count),
        undated=undated(network, scope),
    )


def gaps_about(store: Store, entities: Sequence[Found], scope: Scope) -> list[str]:
    """IRIs of the remarks within a scope that something was searched and not found, the surest first.

    Args:
        store: the store.
        entities: all of whom they concern; of anybody where there are none.
        scope: the limits.
    """
    if not entities:
        return [row["node"] for row in _within(scope, select(store, _GAPS.replace("$row", _ROW)))]
    rows = [{row.node: row for row in remarks_about(store, each, scope)} for each in entities]
    shared = [row for node, row in rows[0].items() if all(node in others for others in rows[1:])]
    return [row.node for row in sorted(shared, key=by_strength) if row.relation == "gap"]


def _told(store: Store, nodes: Sequence[str]) -> tuple[Saying, ...]:
    return tuple(sayings_of(store, nodes).values())


def _within(scope: Scope, rows: _Rows) -> _Rows:
    """What a scope takes, however it is said; the surest first, each once."""
    found = {
        row["node"]: row
        for row in rows
        if float(row["confidence"]) >= scope.least and scope.takes_document(row["name"], row["date"])
    }
    return sorted(found.values(), key=lambda row: (-float(row["confidence"]), row["name"], row["node"]))


def _single(network: Network, entities: Sequence[int], scope: Scope) -> list[tuple[int, int]]:
    """Who rests on one source, and a claim of it, by name."""
    found = single(network, entities, scope)
    names = {whom: network.labels[whom] for whom, _ in found}
    return sorted(found, key=lambda pair: (names[pair[0]], network.claim_ids[pair[1]]))


def _newest(network: Network) -> date | None:
    days = span(max(network.document_dates, default=""))
    return days[1] if days else None


def _old(store: Store, entities: Sequence[Found], today: date, scope: Scope) -> tuple[list[str], int]:
    """The newest figures of metrics whose newest figure is older than a year, the oldest first, and how many there are.

    Of very many the oldest are looked at, and the others are counted before limits.
    """
    whose = " ".join(str(ox.NamedNode(each.iri)) for each in entities)
    rows = select(store, _NEWEST % (f"VALUES ?entity {{ {whose} }}" if entities else ""))
    latest = (today - OLD).isoformat()
    keys = [row for row in rows if row["entity"] and _last_day(row["newest"]) < latest]
    keys.sort(key=lambda row: (row["newest"], row["entity"], row["metric"]))
    found: _Rows = []
    for begin in range(0, min(len(keys), _LOOKED_AT), _AT_ONCE):
        values = " ".join(
            f"({ox.NamedNode(row['entity'])} {ox.NamedNode(row['metric'])} {ox.Literal(row['newest'])})"
            for row in keys[begin : begin + _AT_ONCE]
        )
        found += select(store, _OF_THAT_DATE.replace("$row", _ROW) % values)
    nodes = sorted(_within(scope, found), key=lambda row: (row["date"], row["node"]))
    return [row["node"] for row in nodes], len(nodes) + max(0, len(keys) - _LOOKED_AT)


@lru_cache(maxsize=1 << 12)
def _last_day(text: str) -> str:
    days = span(text)
    return days[1].isoformat() if days else text
