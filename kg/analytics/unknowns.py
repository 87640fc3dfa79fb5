"""What the documents leave open: searched and not found, only planned or rumoured, told by one source, or old."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pyoxigraph as ox

from kg.analytics.sayings import Saying, reference, sayings_of, takes
from kg.analytics.scope import Scope
from kg.graph.periods import span
from kg.model import Modality
from kg.query import Found, labels_of
from kg.store import Store, select
from kg.terms import local_name

MOST = 20
"""How many of each are told unless more are asked for."""

OLD = timedelta(days=365)
"""A figure that is older than this, by its document's date, is old."""

_EVERY = frozenset(Modality)
_AT_ONCE = 500
# Of so many that rest on one source, the limits are checked.
_LOOKED_AT = 2000
# What every query gives of a claim, figure or remark, so that limits are checked without its quote.
_ROW = """?node sp:confidence ?confidence ; prov:wasDerivedFrom ?document . ?document sp:fileName ?name .
  OPTIONAL { ?document dcterms:date ?date }"""
_GAPS = 'SELECT DISTINCT ?node ?confidence ?name ?date { GRAPH ?source { ?node sp:remarkKind "gap" . %s $row } }'
_CONCERNS = "{ ?node sp:remarkOf %(iri)s } UNION { ?node sp:counterpart/sp:names %(iri)s }"
# Where somebody says for sure that it is so, the fact stands as a plain triple.
_UNSURE = """SELECT ?node ?statement ?relation ?confidence ?name ?date {
  VALUES ?modality { sp:planned sp:possible }
  GRAPH ?source { %s ?node sp:statement ?statement ; sp:modality ?modality ; sp:polarity sp:affirmed .
    ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object . $row }
  FILTER NOT EXISTS { ?subject ?relation ?object } FILTER NOT EXISTS { ?object ?relation ?subject }
}"""
_ENDS = "{ ?statement rdf:subject %(iri)s } UNION { ?statement rdf:object %(iri)s }"
_SOURCES = """SELECT ?entity (MIN(?claim) AS ?any) {
  %s GRAPH ?source { { ?statement rdf:subject ?entity } UNION { ?statement rdf:object ?entity }
    ?claim sp:statement ?statement } } GROUP BY ?entity HAVING (COUNT(DISTINCT ?source) = 1)"""
_PARTNERS = """SELECT ?entity (MIN(?claim) AS ?any) {
  GRAPH ?source { { ?statement rdf:subject %(iri)s ; rdf:object ?entity } UNION
    { ?statement rdf:object %(iri)s ; rdf:subject ?entity } ?claim sp:statement ?statement }
} GROUP BY ?entity HAVING (COUNT(DISTINCT ?source) = 1)"""
_NEWEST_DOCUMENT = "SELECT (MAX(?date) AS ?newest) { ?document a sp:Document ; dcterms:date ?date }"
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
    """

    entities: tuple[Found, ...]
    today: str
    gaps: tuple[Saying, ...]
    unsure: tuple[Saying, ...]
    single: tuple[Single, ...]
    old: tuple[Saying, ...]
    counts: tuple[int, int, int, int]


def unknowns(
    store: Store, entities: Sequence[Found], scope: Scope, *, today: date | None = None, most: int = MOST
) -> Unknowns:
    """What the documents leave open.

    Args:
        store: the store.
        entities: about whom; with two, what concerns both; all where there are none.
        scope: the limits; its modalities do not count, since a plan is what is looked for.
        today: the day that figures are old against; the newest document's where it is not given.
        most: how many of each at most.
    """
    day = today or _newest(store)
    gaps = _within(scope, _asked(store, _GAPS, _every(_CONCERNS, entities)))
    unsure = _best(_within(scope, _asked(store, _UNSURE, _every(_ENDS, entities))))
    single = _single(store, entities, scope)
    old = sorted(_within(scope, _old(store, entities, day)) if day else [], key=lambda row: (row["date"], row["node"]))
    return Unknowns(
        entities=tuple(entities),
        today=day.isoformat() if day else "",
        gaps=_told(store, gaps[:most]),
        unsure=_told(store, unsure[:most]),
        single=tuple(single[:most]),
        old=_told(store, old[:most]),
        counts=(len(gaps), len(unsure), len(single), len(old)),
    )


def _asked(store: Store, query: str, pattern: str) -> _Rows:
    return select(store, query.replace("$row", _ROW) % pattern)


def _within(scope: Scope, rows: _Rows) -> _Rows:
    """What a scope takes, however it is said; the surest first, each once."""
    found = {
        row["node"]: row
        for row in rows
        if (not row.get("relation") or scope.takes_relation(local_name(row["relation"])))
        and float(row["confidence"]) >= scope.least
        and scope.takes_document(row["name"], row["date"])
    }
    return sorted(found.values(), key=lambda row: (-float(row["confidence"]), row["node"]))


def _best(rows: _Rows) -> _Rows:
    """The first row of each statement."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["statement"], row)
    return list(found.values())


def _told(store: Store, rows: _Rows) -> tuple[Saying, ...]:
    return tuple(sayings_of(store, [row["node"] for row in rows]).values())


def _every(pattern: str, entities: Sequence[Found]) -> str:
    return " ".join(pattern % {"iri": ox.NamedNode(each.iri)} for each in entities)


def _single(store: Store, entities: Sequence[Found], scope: Scope) -> list[Single]:
    """Who rests on one source; for an entity, itself and those with whom one source alone connects it."""
    asked = [_PARTNERS % {"iri": ox.NamedNode(each.iri)} for each in entities[:1]]
    own = f"VALUES ?entity {{ {' '.join(str(ox.NamedNode(each.iri)) for each in entities)} }}" if entities else ""
    rows = [row for query in (_SOURCES % own, *asked) for row in select(store, query) if row["any"]]
    if len(entities) > 1:
        rows = [row for row in rows if row["entity"] == entities[1].iri]
    names = labels_of(store, {row["entity"] for row in rows})
    quoted = sayings_of(store, [row["any"] for row in rows[:_LOOKED_AT]])
    wide = Scope(scope.relations, scope.without, _EVERY, scope.least, scope.since, scope.until, scope.documents)
    found = {
        (row["entity"], row["any"]): Single(reference(row["entity"], names), quoted[row["any"]])
        for row in rows
        if row["any"] in quoted and takes(wide, quoted[row["any"]])
    }
    return sorted(found.values(), key=lambda each: (each.whom.label, each.said.id))


def _newest(store: Store) -> date | None:
    days = span(select(store, _NEWEST_DOCUMENT)[0]["newest"])
    return days[1] if days else None


def _old(store: Store, entities: Sequence[Found], today: date) -> _Rows:
    """The newest figures of metrics whose newest figure is older than a year."""
    whose = " ".join(str(ox.NamedNode(each.iri)) for each in entities)
    rows = select(store, _NEWEST % (f"VALUES ?entity {{ {whose} }}" if entities else ""))
    latest = (today - OLD).isoformat()
    keys = [row for row in rows if row["entity"] and _last_day(row["newest"]) < latest]
    found: _Rows = []
    for begin in range(0, len(keys), _AT_ONCE):
        values = " ".join(
            f"({ox.NamedNode(row['entity'])} {ox.NamedNode(row['metric'])} {ox.Literal(row['newest'])})"
            for row in keys[begin : begin + _AT_ONCE]
        )
        found += _asked(store, _OF_THAT_DATE, values)
    return found


def _last_day(text: str) -> str:
    days = span(text)
    return days[1].isoformat() if days else text
