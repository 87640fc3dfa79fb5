"""What a new batch of documents changed: two stores side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analytics.sayings import Saying, reference, rows_about, sayings_of
from kg.model import Modality, Polarity
from kg.query import Found, labels_of
from kg.store import Store, select
from kg.terms import CLAIM, OBSERVATION, local_name

MOST = 20
"""How many of each are told unless more are asked for."""

_DOCUMENTS = "SELECT DISTINCT ?name ?sha { ?document sp:fileName ?name ; sp:sha256 ?sha }"
_NODES = "SELECT DISTINCT ?node { ?node sp:mainEvidence ?main }"
_STATEMENT_OF = "SELECT DISTINCT ?node ?statement { VALUES ?node { %s } ?node sp:statement ?statement }"
_FIGURE_OF = """SELECT DISTINCT ?node ?entity ?metric ?value ?unit ?period { VALUES ?node { %s }
  ?node sp:observedEntity ?entity ; sp:metric ?metric ; sp:value ?value ; sp:unit ?unit .
  OPTIONAL { ?node sp:period ?period } }"""
_SUPPORT = """SELECT ?statement ?node ?polarity ?modality ?confidence ?name { VALUES ?statement { %s }
  GRAPH ?source { ?node sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ;
    sp:confidence ?confidence . ?source sp:fileName ?name } }"""
_CONFLICTS = """SELECT DISTINCT ?conflict ?kind ?statement ?whose ?metric ?period ?about ?topic {
  GRAPH graph:conflicts {
  ?conflict a sp:Conflict ; sp:kind ?kind .
  OPTIONAL { ?conflict sp:statement ?statement } OPTIONAL { ?conflict sp:observedEntity ?whose }
  OPTIONAL { ?conflict sp:metric ?metric } OPTIONAL { ?conflict sp:period ?period }
  OPTIONAL { ?conflict sp:about ?about } OPTIONAL { ?conflict sp:topic ?topic } } }"""
_BETWEEN = "SELECT DISTINCT ?conflict ?each { VALUES ?conflict { %s } ?conflict sp:between ?each }"
_ENTITIES = "SELECT DISTINCT ?iri { GRAPH graph:entities { ?iri sp:key ?key } }"
_FIRM = frozenset({Modality.ASSERTED, Modality.REPORTED})


@dataclass(frozen=True, slots=True)
class Support:
    """What a statement rests on in a store.

    Attributes:
        documents: how many documents affirm it, in any way.
        confidence: of the surest claim that it is so now; 0 where there is none.
        denied: how many documents deny it.
    """

    documents: int
    confidence: float
    denied: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A statement that is supported otherwise than before.

    Attributes:
        said: a claim that says it, of the new store or, where it is gone, of the old one.
        before: what it rested on.
        after: what it rests on.
    """

    said: Saying
    before: Support
    after: Support


@dataclass(frozen=True, slots=True)
class Contested:
    """A conflict that came or went: its kind and some of what takes part."""

    kind: str
    said: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What is different in a new store.

    Attributes:
        documents: ``added``, ``removed`` and ``changed`` → file names.
        added: statements that nothing supported before.
        dropped: statements that nothing supports any more.
        strengthened: statements that more documents support, or more surely, and no fewer or less.
        weakened: statements that fewer documents support, or less surely, and no more.
        contested: conflicts that were not there.
        resolved: conflicts that are no longer there.
        figures: figures that were not there.
        figures_gone: figures that are no longer there.
        entities: who is new.
        entities_gone: who is gone.
        counts: how many there are of each, before the cap.
    """

    documents: Mapping[str, tuple[str, ...]]
    added: tuple[Changed, ...]
    dropped: tuple[Changed, ...]
    strengthened: tuple[Changed, ...]
    weakened: tuple[Changed, ...]
    contested: tuple[Contested, ...]
    resolved: tuple[Contested, ...]
    figures: tuple[Saying, ...]
    figures_gone: tuple[Saying, ...]
    entities: tuple[Found, ...]
    entities_gone: tuple[Found, ...]
    counts: Mapping[str, int]


def diff(old: Store, new: Store, *, most: int = MOST) -> Diff:
    """What a new store has that an old one has not, and the other way round, by what is said and not by who says it.

    Args:
        old: the store as it was.
        new: the store as it is.
        most: how many of each at most; the surest are kept.
    """
    nodes = [_nodes(store) for store in (old, new)]
    gone, come = sorted(nodes[0] - nodes[1]), sorted(nodes[1] - nodes[0])
    changes = _changes(old, new, _statements(old, gone) | _statements(new, come), nodes[1] - nodes[0])
    before, after = _figures(old, gone), _figures(new, come)
    conflicts = [_conflicts(store) for store in (old, new)]
    entities = [{row["iri"] for row in select(store, _ENTITIES)} for store in (old, new)]
    documents = _documents(old, new)
    contested = [conflicts[1][key] for key in sorted(conflicts[1].keys() - conflicts[0].keys())]
    resolved = [conflicts[0][key] for key in sorted(conflicts[0].keys() - conflicts[1].keys())]
    figures = [after[key] for key in sorted(after.keys() - before.keys())]
    figures_gone = [before[key] for key in sorted(before.keys() - after.keys())]
    fresh, gone_entities = sorted(entities[1] - entities[0]), sorted(entities[0] - entities[1])
    counted: dict[str, Sequence[object]] = {
        **changes,
        "contested": contested,
        "resolved": resolved,
        "figures": figures,
        "figures_gone": figures_gone,
        "entities": fresh,
        "entities_gone": gone_entities,
    }
    return Diff(
        documents=documents,
        added=_told(old, new, changes["added"][:most]),
        dropped=_told(old, new, changes["dropped"][:most]),
        strengthened=_told(old, new, changes["strengthened"][:most]),
        weakened=_told(old, new, changes["weakened"][:most]),
        contested=_contested(new, contested[:most]),
        resolved=_contested(old, resolved[:most]),
        figures=tuple(sayings_of(new, figures[:most]).values()),
        figures_gone=tuple(sayings_of(old, figures_gone[:most]).values()),
        entities=_named(new, fresh[:most]),
        entities_gone=_named(old, gone_entities[:most]),
        counts={name: len(those) for name, those in counted.items()},
    )


_Change = tuple[str, str, Support, Support]
"""Statement, a claim, what it rested on, what it rests on."""


def _nodes(store: Store) -> set[str]:
    return {row["node"] for row in select(store, _NODES)}


def _documents(old: Store, new: Store) -> dict[str, tuple[str, ...]]:
    before, after = ({row["name"]: row["sha"] for row in select(store, _DOCUMENTS)} for store in (old, new))
    return {
        "added": tuple(sorted(after.keys() - before.keys())),
        "removed": tuple(sorted(before.keys() - after.keys())),
        "changed": tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
    }


def _statements(store: Store, nodes: Sequence[str]) -> set[str]:
    claims = [node for node in nodes if node.startswith(CLAIM)]
    return {row["statement"] for row in rows_about(store, _STATEMENT_OF, claims)}


def _figures(store: Store, nodes: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Whose, metric, value, unit and period → the figure."""
    rows = rows_about(store, _FIGURE_OF, [node for node in nodes if node.startswith(OBSERVATION)])
    return {tuple(row[name] for name in ("entity", "metric", "value", "unit", "period")): row["node"] for row in rows}


def _changes(old: Store, new: Store, statements: set[str], come: set[str]) -> dict[str, list[_Change]]:
    """The statements that are added, dropped, strengthened and weakened, the surest first."""
    found: dict[str, list[_Change]] = {name: [] for name in ("added", "dropped", "strengthened", "weakened")}
    ordered = sorted(statements)
    before, after = _support(old, ordered, come), _support(new, ordered, come)
    none = ("", Support(0, 0.0, 0))
    for statement in ordered:
        (was, weak), (now, strong) = before.get(statement, none), after.get(statement, none)
        name = _change(was, weak, now, strong)
        if name:
            found[name].append((statement, now or was, weak, strong))
    for rows in found.values():
        rows.sort(key=lambda row: (-max(row[2].confidence, row[3].confidence), row[0]))
    return found


def _change(was: str, before: Support, now: str, after: Support) -> str:
    if not was or not now:
        return "added" if now else "dropped" if was else ""
    more = (after.documents - before.documents, after.confidence - before.confidence)
    if min(more) >= 0 and max(more) > 0:
        return "strengthened"
    return "weakened" if max(more) <= 0 and min(more) < 0 else ""


def _support(store: Store, statements: Sequence[str], come: set[str]) -> dict[str, tuple[str, Support]]:
    """Statement → a claim and what it rests on."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows_about(store, _SUPPORT, statements):
        rows[row["statement"]].append(row)
    return {statement: (_shown(those, come), _summed(those)) for statement, those in rows.items()}


def _shown(rows: Iterable[Mapping[str, str]], come: set[str]) -> str:
    """The claim that tells best what changed: one that says it is so, that is new, and is sure."""

    def rank(row: Mapping[str, str]) -> tuple[bool, bool, float, str]:
        firm = Modality(local_name(row["modality"])) in _FIRM
        return not firm, row["node"] not in come, -float(row["confidence"]), row["node"]

    return min(rows, key=rank)["node"]


def _summed(rows: Iterable[Mapping[str, str]]) -> Support:
    by_polarity: dict[Polarity, set[str]] = defaultdict(set)
    confidence = 0.0
    for row in rows:
        polarity = Polarity(local_name(row["polarity"]))
        by_polarity[polarity].add(row["name"])
        if polarity is Polarity.AFFIRMED and Modality(local_name(row["modality"])) in _FIRM:
            confidence = max(confidence, float(row["confidence"]))
    return Support(len(by_polarity[Polarity.AFFIRMED]), confidence, len(by_polarity[Polarity.NEGATED]))


def _told(old: Store, new: Store, rows: Sequence[_Change]) -> tuple[Changed, ...]:
    said = sayings_of(old, [node for _, node, _, after in rows if not after.documents and not after.denied])
    said |= sayings_of(new, [node for _, node, _, _ in rows])
    return tuple(Changed(said[node], before, after) for _, node, before, after in rows if node in said)


def _conflicts(store: Store) -> dict[tuple[str, ...], str]:
    """What each conflict is about → the conflict."""
    names = ("kind", "statement", "whose", "metric", "period", "about", "topic")
    return {tuple(row[name] for name in names): row["conflict"] for row in select(store, _CONFLICTS)}


def _contested(store: Store, conflicts: Sequence[str]) -> tuple[Contested, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for row in rows_about(store, _BETWEEN, conflicts):
        members[row["conflict"]].append(row["each"])
    said = sayings_of(store, [each for those in members.values() for each in sorted(those)[:50]])
    kinds = {node: key[0] for key, node in _conflicts(store).items()}
    return tuple(
        Contested(kinds[node], _opposed([said[each] for each in members[node] if each in said])) for node in conflicts
    )


def _opposed(said: Sequence[Saying]) -> tuple[Saying, ...]:
    """The surest of each side: of those that say something else of somebody else."""
    found: dict[tuple[object, ...], Saying] = {}
    for each in sorted(said, key=lambda each: each.strength):
        found.setdefault((each.polarity, each.value, each.subject.iri, each.object and each.object.iri), each)
    return tuple(found.values())[:4]


def _named(store: Store, iris: Sequence[str]) -> tuple[Found, ...]:
    names = labels_of(store, set(iris))
    return tuple(reference(iri, names) for iri in iris)
