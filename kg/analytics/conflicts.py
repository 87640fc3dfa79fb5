"""What the documents contradict each other in, both sides with their quotes, and what later ones revised."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import pyoxigraph as ox

from kg.analytics.evidence import undated_documents
from kg.analytics.sayings import Saying, reference, rows_about, sayings_of, triples, within
from kg.analytics.scope import Scope
from kg.errors import StoreError, UsageError
from kg.model import Modality
from kg.ontology import CONFLICTS, ConflictKind, load_conflict_kinds
from kg.query import Found, labels_of
from kg.settings import Settings
from kg.store import Store, select
from kg.terms import local_name

_R = TypeVar("_R")
_T = TypeVar("_T")

MOST = 20
"""How many conflicts are told unless more are asked for."""

_QUOTED = 5
# Further conflicts are looked at so many at once where a scope leaves some out.
_AT_ONCE = 100
# Of a well-known statement there are thousands of claims; where limits hold, so many of each side are looked at.
_LOOKED_AT = 40
# Sorted in the engine, on as few properties as can be: of the ten thousands of a large store a handful is taken out.
_CONFLICTS = """SELECT ?conflict ?kind ?confidence ?size {
  { SELECT ?conflict ?confidence ?size {
    GRAPH graph:conflicts { %s ?conflict sp:confidence ?confidence ; sp:size ?size } }
    ORDER BY DESC(?confidence) DESC(?size) ?conflict %s }
  GRAPH graph:conflicts { ?conflict sp:kind ?kind } }"""
_OF_KINDS = "VALUES ?wanted { %s } ?conflict sp:kind ?wanted ."
_COUNTS = """SELECT ?kind (COUNT(?conflict) AS ?count) {
  GRAPH graph:conflicts { %s ?conflict a sp:Conflict ; sp:kind ?kind } } GROUP BY ?kind"""
_CONCERNING = "?conflict sp:concerns %s ."
_MEMBERS = """SELECT DISTINCT ?conflict ?each ?confidence ?polarity ?of { VALUES ?conflict { %s }
  GRAPH graph:conflicts { ?conflict sp:between ?each }
  ?each sp:confidence ?confidence ; sp:polarity ?polarity ; sp:modality ?modality %s
  FILTER(?confidence >= %s && ?modality IN (%s)) }"""
# What tells the sides of a conflict apart, beside the polarity.
_APART = {
    "value": "; sp:value ?of",
    "parent": "; sp:statement ?of",
    "allocation": "; sp:statement ?of",
    "superlative": "; sp:remarkOf ?of",
}
_SUREST = """SELECT DISTINCT ?conflict ?side ?size ?each { VALUES ?conflict { %s }
  GRAPH graph:conflicts { ?conflict sp:side ?side . ?side sp:size ?size ; sp:surest ?each } }"""
_CONCERNS = (
    "SELECT DISTINCT ?conflict ?whom { VALUES ?conflict { %s } GRAPH graph:conflicts { ?conflict sp:concerns ?whom } }"
)
# Thousands were revised in a large store: their dates alone tell which of them are looked at.
_REVISED = """SELECT ?revision ?kind (MAX(?said) AS ?date) {
  GRAPH graph:conflicts { %s ?revision a sp:Revision ; sp:kind ?kind ; sp:newer ?newer }
  OPTIONAL { ?newer prov:wasDerivedFrom/dcterms:date ?said } } GROUP BY ?revision ?kind"""
_SUPERSEDED = """SELECT ?newer ?older (MAX(?said) AS ?date) {
  %s ?newer sp:supersedes ?older OPTIONAL { ?newer prov:wasDerivedFrom/dcterms:date ?said } } GROUP BY ?newer ?older"""
_FIGURES_OF = "VALUES ?whose { %s } ?older sp:observedEntity ?whose ."


@dataclass(frozen=True, slots=True)
class Side:
    """What agrees within a conflict.

    Attributes:
        says: what it says, in a word or two.
        count: how many claims, figures or remarks say so; where limits hold, of those that were looked at.
        said: the surest of them.
    """

    says: str
    count: int
    said: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that the documents contradict each other in.

    Attributes:
        id: the last part of its IRI.
        kind: ``polarity``, ``value``, ``parent``, ``allocation`` or ``superlative``.
        label: the kind for people.
        why: why the sides cannot hold together.
        concerns: whom it is about.
        confidence: how sure the surest two sides both are, 0 to 1.
        size: how many claims, figures or remarks take part.
        sides: two or more.
    """

    id: str
    kind: str
    label: str
    why: str
    concerns: tuple[Found, ...]
    confidence: float
    size: int
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """What a text or a later document replaced: no conflict.

    Attributes:
        kind: as for a conflict.
        older: what was replaced.
        newer: what stands in its place.
    """

    kind: str
    older: tuple[Saying, ...]
    newer: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The conflicts of a store, or of one entity.

    Attributes:
        entity: whose, or None.
        counts: kind → how many there are, before limits of source, date, modality and confidence.
        total: how many there are within all limits; None where not all were looked at.
        conflicts: the most important: the surest first, then those that most claims take part in.
        revisions: what was revised, the newest first; empty unless asked for.
        revised: how many revisions there are within all limits; None where not all were looked at.
        undated: how many documents without a date are left out, since dates are limited.
    """

    entity: Found | None
    counts: Mapping[str, int]
    total: int | None
    conflicts: tuple[Conflict, ...]
    revisions: tuple[Revision, ...]
    revised: int | None
    undated: int


@cache
def conflict_kinds() -> Mapping[str, ConflictKind]:
    """The kinds of conflict, by name, as the ontology describes them.

    Raises:
        OntologyError: it does not.
    """
    return load_conflict_kinds(Settings.from_environment().ontology / CONFLICTS)


def conflicts(
    store: Store,
    entity: Found | None,
    scope: Scope,
    *,
    kinds: Iterable[str] = (),
    most: int = MOST,
    revisions: bool = False,
) -> Conflicts:
    """What the documents contradict each other in.

    Args:
        store: the store.
        entity: whom it shall concern; None for all.
        scope: a side counts where something of it is within these limits, a conflict where two sides are.
        kinds: only these kinds; all where there are none.
        most: how many conflicts and revisions at most.
        revisions: whether to tell what was revised, too.

    Raises:
        UsageError: there is no such kind.
        StoreError: an older version of the program built the store.
    """
    wanted = _wanted(kinds)
    counts = _counts(store, entity, wanted)
    told, complete = _within(store, entity, wanted, scope, most)
    if counts and not told and _is_unlimited(scope):
        raise StoreError("The store's conflicts are of an older form; build the store again")
    total = sum(counts.values()) if _is_unlimited(scope) else len(told) if complete else None
    undated = undated_documents(store) if scope.is_dated else 0
    revised, of = _revisions(store, entity, wanted, scope, most) if revisions else ([], 0)
    return Conflicts(entity, counts, total, tuple(told[:most]), tuple(revised), of, undated)


_Row = tuple[str, str, float, int]
"""IRI, kind, confidence, size."""


def _within(
    store: Store, entity: Found | None, kinds: frozenset[str], scope: Scope, most: int
) -> tuple[list[Conflict], bool]:
    """The most important conflicts within a scope, at least one more than asked for if there is; and if that is all."""
    if _is_unlimited(scope):
        rows = _ranked(store, entity, kinds, f"LIMIT {most + 1}")
        return list(_told(store, rows, scope)), len(rows) <= most
    rows = _ranked(store, entity, kinds)
    told, _ = _enough(rows, most, lambda part: _told(store, part, scope))
    return told, len(told) <= most


def _enough(rows: Sequence[_R], most: int, look: Callable[[Sequence[_R]], Iterable[_T]]) -> tuple[list[_T], bool]:
    """What looking at rows finds, part by part until it is more than asked for; and whether all were looked at."""
    found: list[_T] = []
    offset, at_once = 0, most + 1
    while offset < len(rows) and len(found) <= most:
        found += look(rows[offset : offset + at_once])
        offset += at_once
        at_once = _AT_ONCE
    return found, offset >= len(rows)


def _is_unlimited(scope: Scope) -> bool:
    return scope == Scope(modalities=frozenset(Modality))


def _wanted(kinds: Iterable[str]) -> frozenset[str]:
    known = conflict_kinds()
    for name in kinds:
        if name not in known:
            raise UsageError(f"There is no kind of conflict {name!r}; use {', '.join(known)}")
    return frozenset(kinds) or frozenset(known)


def _counts(store: Store, entity: Found | None, kinds: frozenset[str]) -> dict[str, int]:
    rows = {row["kind"]: int(row["count"]) for row in select(store, _COUNTS % _concerning(entity)) if row["kind"]}
    return {kind: count for kind, count in sorted(rows.items()) if kind in kinds}


def _ranked(store: Store, entity: Found | None, kinds: frozenset[str], limit: str = "") -> list[_Row]:
    """Conflicts of some kinds, the surest first, of equally sure ones those with most parts."""
    pattern = _concerning(entity)
    if kinds != frozenset(conflict_kinds()):
        pattern += _OF_KINDS % " ".join(str(ox.Literal(kind)) for kind in sorted(kinds))
    rows = [
        (row["conflict"], row["kind"], float(row["confidence"]), int(row["size"]))
        for row in select(store, _CONFLICTS % (pattern, limit))
    ]
    return sorted(rows, key=lambda row: (-row[2], -row[3], row[0]))


def _concerning(entity: Found | None) -> str:
    return _CONCERNING % ox.NamedNode(entity.iri) if entity else ""


def _told(store: Store, rows: Sequence[_Row], scope: Scope) -> Iterator[Conflict]:
    if _is_unlimited(scope):
        members, more = _surest(store, [row[0] for row in rows])
    else:
        members, more = _looked_at(store, rows, scope), {}
        rows = [row for row in rows if row[0] in members]
    nodes = [row[0] for row in rows]
    said = sayings_of(store, [each for those in members.values() for each in those])
    concerns: dict[str, set[str]] = defaultdict(set)
    for row in rows_about(store, _CONCERNS, nodes):
        concerns[row["conflict"]].add(row["whom"])
    names = labels_of(store, set[str]().union(*concerns.values()))
    for node, kind, confidence, size in rows:
        present = [(said[each], more.get(each, 0)) for each in members[node] if each in said]
        sides = _sides(kind, present)
        if len(sides) > 1:
            whom = tuple(reference(iri, names) for iri in sorted(concerns[node]))
            about = conflict_kinds()[kind]
            yield Conflict(local_name(node), kind, about.label, about.about, whom, confidence, size, sides)


def _surest(store: Store, nodes: Sequence[str]) -> tuple[Mapping[str, list[str]], Mapping[str, int]]:
    """Conflict → the surest of each side; and one of each side → how many more say so."""
    sides: dict[tuple[str, str], list[str]] = defaultdict(list)
    sizes: dict[tuple[str, str], int] = {}
    for row in rows_about(store, _SUREST, nodes):
        sides[row["conflict"], row["side"]].append(row["each"])
        sizes[row["conflict"], row["side"]] = int(row["size"])
    members: dict[str, list[str]] = defaultdict(list)
    for (conflict, _), those in sorted(sides.items()):
        members[conflict] += sorted(those)
    return members, {min(those): sizes[side] - len(those) for side, those in sides.items()}


def _looked_at(store: Store, rows: Sequence[_Row], scope: Scope) -> Mapping[str, list[str]]:
    """Conflict → what takes part within a scope, of the surest of each side; only where two sides are left."""
    groups: dict[tuple[str, str, str], list[tuple[float, str]]] = defaultdict(list)
    least, modalities = ox.Literal(scope.least), ", ".join(f"sp:{each}" for each in sorted(scope.modalities))
    for kind in sorted({row[1] for row in rows}):
        those = [row[0] for row in rows if row[1] == kind]
        for found in rows_about(store, _MEMBERS, those, _APART.get(kind, ""), str(least), modalities):
            side = (found["conflict"], found["polarity"], found.get("of", ""))
            groups[side].append((-float(found["confidence"]), found["each"]))
    surest = {side: [each for _, each in sorted(group)[:_LOOKED_AT]] for side, group in sorted(groups.items())}
    taken = within(store, [each for those in surest.values() for each in those], scope)
    sides: dict[str, list[list[str]]] = defaultdict(list)
    for (conflict, _, _), those in surest.items():
        if left := [each for each in those if each in taken]:
            sides[conflict].append(left)
    return {conflict: [each for those in left for each in those] for conflict, left in sides.items() if len(left) > 1}


def _sides(kind: str, said: Iterable[tuple[Saying, int]]) -> tuple[Side, ...]:
    """Who says the same, the surest side first; with each, how many more say so."""
    sides: dict[str, list[Saying]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for each, more in said:
        says = _says(kind, each)
        sides[says].append(each)
        counts[says] += 1 + more
    ordered = [(says, sorted(those, key=lambda each: each.strength)) for says, those in sides.items()]
    ordered.sort(key=lambda row: (row[1][0].strength, row[0]))
    return tuple(Side(says, counts[says], tuple(those[:_QUOTED])) for says, those in ordered)


def _says(kind: str, said: Saying) -> str:
    if kind == "polarity":
        return said.polarity.value
    if said.value is not None:
        return f"{said.value:,.15g} {said.unit}"
    if (
        kind == "allocation"
        and said.object is not None
        and conflict_kinds()[kind].customers.get(said.relation) == "object"
    ):
        return said.subject.label
    return said.object.label if said.object else said.subject.label


@dataclass(frozen=True, slots=True)
class _Replaced:
    """What was revised, before it is looked at: two figures, or a node that names what was said before and since."""

    date: str
    kind: str
    older: str = ""
    newer: str = ""
    node: str = ""


def _revisions(
    store: Store, entity: Found | None, kinds: frozenset[str], scope: Scope, most: int
) -> tuple[list[Revision], int | None]:
    """The newest revisions within a scope, and how many there are; None where not all were looked at."""
    rows = [row for row in _replaced(store, entity, kinds) if row.date >= scope.since]
    rows.sort(key=lambda row: (row.newer, row.older, row.node))
    rows.sort(key=lambda row: row.date, reverse=True)
    told, whole = _enough(rows, most, lambda part: _looked_into(store, part, scope))
    total = len(rows) if _is_unlimited(scope) else len(told) if whole else None
    return told[:most], total


def _replaced(store: Store, entity: Found | None, kinds: frozenset[str]) -> Iterator[_Replaced]:
    """Figures that were replaced, and claims and remarks that later documents revised."""
    if "value" in kinds:
        whose = _FIGURES_OF % ox.NamedNode(entity.iri) if entity else ""
        for row in select(store, _SUPERSEDED % whose):
            yield _Replaced(row["date"], "value", older=row["older"], newer=row["newer"])
    pattern = _concerning(entity).replace("?conflict", "?revision")
    for row in select(store, _REVISED % pattern):
        if row["kind"] in kinds:
            yield _Replaced(row["date"], row["kind"], node=row["revision"])


def _looked_into(store: Store, rows: Sequence[_Replaced], scope: Scope) -> Iterator[Revision]:
    """Those of which something on both sides is within the scope."""
    ends = triples(store, [row.node for row in rows if row.node], "sp:older, sp:newer")
    older = [ends[row.node]["older"] if row.node else [row.older] for row in rows]
    newer = [ends[row.node]["newer"] if row.node else [row.newer] for row in rows]
    taken = within(store, [each for side in (*older, *newer) for each in side], scope)
    left = []
    for row, *ends_of in zip(rows, older, newer, strict=True):
        before, since = ([each for each in side if each in taken] for side in ends_of)
        if before and since:
            left.append((row.kind, before, since))
    said = sayings_of(store, [each for _, *sides in left for side in sides for each in side])
    for kind, *sides in left:
        told = [tuple(sorted((said[each] for each in side), key=lambda s: s.strength)[:_QUOTED]) for side in sides]
        yield Revision(kind, *told)
