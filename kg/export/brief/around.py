"""What other answers know of an entity: its standing, what is contradicted, and what documents searched in vain."""

from collections import defaultdict
from dataclasses import replace

from kg.analytics import Scope
from kg.analytics.about import remarks_about
from kg.analytics.conflicts import Side, conflicts
from kg.analytics.sayings import Saying, sayings_of
from kg.analytics.telling.sayings import told
from kg.analytics.unknowns import gaps_about
from kg.export.brief.content import Disagreement, Told
from kg.export.brief.notes import Notes
from kg.export.brief.words import listed
from kg.model import Modality, RemarkKind
from kg.query import Found
from kg.store import Store

_MOST = 6


def standings(store: Store, entity: Found, scope: Scope, notes: Notes) -> tuple[Told, ...]:
    """The places that documents give the entity among others, the surest first."""
    found = sayings_of(store, [row.node for row in remarks_about(store, entity, scope)]).values()
    about = (each for each in found if each.relation == RemarkKind.STANDING and each.subject.iri == entity.iri)
    alike: dict[str, list[Saying]] = defaultdict(list)
    for each in sorted(about, key=lambda said: said.strength):
        alike[told(each)].append(each)
    return tuple(Told(f"{words}.", notes.cite(said)) for words, said in list(alike.items())[:_MOST])


def disagreements(store: Store, entity: Found, scope: Scope, notes: Notes) -> tuple[Disagreement, ...]:
    """The conflicts that concern the entity, the surest first."""
    answer = conflicts(store, entity, scope, most=_MOST)
    return tuple(
        Disagreement(each.label, tuple(_side(side, notes) for side in each.sides)) for each in answer.conflicts
    )


def _side(side: Side, notes: Notes) -> Told:
    return Told(told(side.said[0]), notes.cite(side.said))


def gaps(store: Store, entity: Found, scope: Scope, notes: Notes) -> tuple[Told, ...]:
    """What documents say that they searched and did not find about the entity."""
    alike: dict[tuple[str, tuple[Found, ...]], list[Saying]] = defaultdict(list)
    nodes = gaps_about(store, (entity,), replace(scope, modalities=frozenset(Modality)))[: _MOST * _MOST]
    for each in sayings_of(store, nodes).values():
        alike[each.topic, each.others].append(each)
    return tuple(_gap(topic, others, said, notes) for (topic, others), said in list(alike.items())[:_MOST])


def _gap(topic: str, others: tuple[Found, ...], said: list[Saying], notes: Notes) -> Told:
    of = listed(sorted({each.subject.label for each in said}))
    whom = f" for {listed([other.label for other in others])}" if others else ""
    return Told(f"Searched and not found: {topic} of {of}{whom}.", notes.cite(said))
