"""What the documents contradict each other in, both sides with their quotes, and what later ones revised."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.analytics.sayings import Saying, reference, rows_about, sayings_of, takes, triples
from kg.analytics.scope import Scope
from kg.errors import UsageError
from kg.ontology import CONFLICTS, ConflictKind, load_conflict_kinds
from kg.query import Found, labels_of
from kg.settings import Settings
from kg.store import Store, select
from kg.terms import local_name

MOST = 20
"""How many conflicts are told unless more are asked for."""

_QUOTED = 5
# Of a well-known statement there are thousands of claims; the surest of each side are looked at.
_LOOKED_AT = 40
_CONFLICTS = """SELECT DISTINCT ?conflict ?kind ?confidence {
  GRAPH graph:conflicts { %s ?conflict a sp:Conflict ; sp:kind ?kind .
    OPTIONAL { ?conflict sp:confidence ?confidence } } }"""
_SIZES = """SELECT ?conflict (COUNT(?each) AS ?size) {
  GRAPH graph:conflicts { %s ?conflict sp:between ?each } } GROUP BY ?conflict"""
_CONCERNING = "?conflict sp:concerns %s ."
_MEMBERS = """SELECT DISTINCT ?conflict ?each ?confidence ?polarity { VALUES ?conflict { %s }
  GRAPH graph:conflicts { ?conflict sp:between ?each } ?each sp:confidence ?confidence ; sp:polarity ?polarity }"""
_CONCERNS = (
    "SELECT DISTINCT ?conflict ?whom { VALUES ?conflict { %s } GRAPH graph:conflicts { ?conflict sp:concerns ?whom } }"
)
_REVISED = (
    """SELECT DISTINCT ?revision ?kind { GRAPH graph:conflicts { %s ?revision a sp:Revision ; sp:kind ?kind } }"""
)
_SUPERSEDED = "SELECT DISTINCT ?newer ?older { %s ?newer sp:supersedes ?older }"
_FIGURES_OF = "VALUES ?whose { %s } ?older sp:observedEntity ?whose ."


@dataclass(frozen=True, slots=True)
class Side:
    """What agrees within a conflict.

    Attributes:
        says: what it says, in a word or two.
        count: how many claims, figures or remarks say so, of those that were looked at.
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
        revised: how many revisions there are.
    """

    entity: Found | None
    counts: Mapping[str, int]
    total: int | None
    conflicts: tuple[Conflict, ...]
    revisions: tuple[Revision, ...]
    revised: int


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
    """
    wanted = _wanted(kinds)
    rows = _ranked(store, entity, wanted)
    told: list[Conflict] = []
    looked_at = 0
    while looked_at < len(rows) and len(told) < most:
        batch = rows[looked_at : looked_at + max(most, 1)]
        looked_at += len(batch)
        told += _told(store, batch, scope)
    over = max(len(told) - most, 0)
    complete = looked_at >= len(rows) and not over
    unlimited = scope == Scope(modalities=scope.modalities) and len(told) - over >= min(most, len(rows))
    revised = _revisions(store, entity, wanted, scope) if revisions else []
    return Conflicts(
        entity=entity,
        counts=dict(sorted(Counter(kind for _, kind, _, _ in rows).items())),
        total=len(told) if complete else len(rows) if unlimited else None,
        conflicts=tuple(told[:most]),
        revisions=tuple(revised[:most]),
        revised=len(revised),
    )


_Row = tuple[str, str, float, int]
"""IRI, kind, confidence, size."""


def _wanted(kinds: Iterable[str]) -> frozenset[str]:
    known = conflict_kinds()
    for name in kinds:
        if name not in known:
            raise UsageError(f"There is no kind of conflict {name!r}; use {', '.join(known)}")
    return frozenset(kinds) or frozenset(known)


def _ranked(store: Store, entity: Found | None, kinds: frozenset[str]) -> list[_Row]:
    """The conflicts of some kinds, the surest first, of equally sure ones those with most parts."""
    pattern = _CONCERNING % ox.NamedNode(entity.iri) if entity else ""
    sizes = {row["conflict"]: int(row["size"]) for row in select(store, _SIZES % pattern)}
    rows = [
        (row["conflict"], row["kind"], float(row["confidence"] or 0), sizes.get(row["conflict"], 0))
        for row in select(store, _CONFLICTS % pattern)
        if row["kind"] in kinds
    ]
    return sorted(rows, key=lambda row: (-row[2], -row[3], row[0]))


def _told(store: Store, rows: Sequence[_Row], scope: Scope) -> Iterator[Conflict]:
    nodes = [row[0] for row in rows]
    groups: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for row in rows_about(store, _MEMBERS, nodes):
        groups[row["conflict"], row["polarity"]].append((-float(row["confidence"]), row["each"]))
    members: dict[str, list[str]] = defaultdict(list)
    for (conflict, _), found in sorted(groups.items()):
        members[conflict] += [each for _, each in sorted(found)[:_LOOKED_AT]]
    said = sayings_of(store, [each for those in members.values() for each in those])
    concerns: dict[str, set[str]] = defaultdict(set)
    for row in rows_about(store, _CONCERNS, nodes):
        concerns[row["conflict"]].add(row["whom"])
    names = labels_of(store, set[str]().union(*concerns.values()))
    for node, kind, confidence, size in rows:
        sides = _sides(kind, [said[each] for each in members[node] if each in said and takes(scope, said[each])])
        if len(sides) > 1:
            whom = tuple(reference(iri, names) for iri in sorted(concerns[node]))
            about = conflict_kinds()[kind]
            yield Conflict(local_name(node), kind, about.label, about.about, whom, confidence, size, sides)


def _sides(kind: str, said: Iterable[Saying]) -> tuple[Side, ...]:
    """Who says the same, the surest side first."""
    sides: dict[str, list[Saying]] = defaultdict(list)
    for each in said:
        sides[_says(kind, each)].append(each)
    ordered = [(says, sorted(those, key=lambda each: each.strength)) for says, those in sides.items()]
    ordered.sort(key=lambda row: (row[1][0].strength, row[0]))
    return tuple(Side(says, len(those), tuple(those[:_QUOTED])) for says, those in ordered)


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


def _revisions(store: Store, entity: Found | None, kinds: frozenset[str], scope: Scope) -> list[Revision]:
    """Figures that were replaced, and claims and remarks that later documents revised; the newest first."""
    pairs: list[tuple[str, list[str], list[str]]] = []
    if "value" in kinds:
        whose = _FIGURES_OF % ox.NamedNode(entity.iri) if entity else ""
        pairs += [("value", [row["older"]], [row["newer"]]) for row in select(store, _SUPERSEDED % whose)]
    pattern = (_CONCERNING % ox.NamedNode(entity.iri)).replace("?conflict", "?revision") if entity else ""
    nodes = {row["revision"]: row["kind"] for row in select(store, _REVISED % pattern) if row["kind"] in kinds}
    ends = triples(store, sorted(nodes), "sp:older, sp:newer")
    pairs += [(nodes[node], list(row.get("older", ())), list(row.get("newer", ()))) for node, row in ends.items()]
    said = sayings_of(store, [each for _, older, newer in pairs for each in (*older, *newer)])
    found = []
    for kind, *sides in pairs:
        older, newer = (
            tuple(sorted((said[e] for e in side if e in said and takes(scope, said[e])), key=lambda s: s.strength))
            for side in sides
        )
        if older and newer:
            found.append(Revision(kind, older[:_QUOTED], newer[:_QUOTED]))
    return sorted(found, key=_newest_first)


def _newest_first(revision: Revision) -> tuple[tuple[int, ...], str, str]:
    date = revision.newer[0].date
    return tuple(-ord(letter) for letter in date) or (0,), revision.newer[0].id, revision.older[0].id
