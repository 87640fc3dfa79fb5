"""The shortest chains of facts between two entities."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from kg.server.api.fields import Values
from kg.server.api.references import (
    entity_reference,
    find,
    labels,
    node,
    relation_iri,
    statement_of,
    term_reference,
    ways,
)
from kg.server.api.rows import as_claim, claims_about
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.store import select

Step = tuple[str, str, str]
"""Subject, relation, object: a fact, as its documents have it."""
# Derived facts rest on no sentence of their own.
_STEPS = """
SELECT DISTINCT ?node ?relation ?other WHERE {
  VALUES ?node { %s }
  VALUES ?relation { %s }
  GRAPH ?graph { %s }
  FILTER(?graph != graph:derived)
}
"""
_OUT, _IN = "?node ?relation ?other", "?other ?relation ?node"
_FACT = """?claim sp:polarity ?stance ; sp:modality ?said .
  FILTER(?stance = sp:affirmed && ?said IN (sp:asserted, sp:reported))"""
_WIDEST = 20_000
_AT_ONCE = 500


class _Side:
    """What a search from one end has met: the distance of each entity, and the facts by which it is reached."""

    def __init__(self, start: str) -> None:
        self.met = {start}
        self.front = {start}
        self.before: dict[str, set[Step]] = defaultdict(set)

    def widen(self, steps: Iterable[tuple[Step, str]]) -> None:
        """Takes one step further."""
        front = set()
        for step, other in steps:
            if other not in self.met:
                front.add(other)
                self.before[other].add(step)
        self.met |= front
        self.front = front

    def chains(self, place: str) -> Iterator[tuple[Step, ...]]:
        """The shortest chains from the end to ``place``, in a fixed order."""
        if not self.before[place]:
            yield ()
        for step in sorted(self.before[place]):
            for chain in self.chains(step[0] if step[2] == place else step[2]):
                yield (*chain, step)


def path(session: Session, values: Values) -> dict[str, Any]:
    """The shortest paths from one entity to another over facts, in either direction of each fact.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: there is no such relation, or the search has become too wide.
    """
    start, end = find(session, values["from"]), find(session, values["to"])
    wanted = [relation_iri(session, name) for name in values["relations"] or ()] or sorted(ways(session))
    chains = list(islice(_shortest(session, start, end, wanted, values["max"]), values["limit"]))
    steps = {step for chain in chains for step in chain}
    known = labels(session, {start, end, *(part for step in steps for part in step)})
    said = claims_about(session, [statement_of(session, *step) for step in sorted(steps)], _FACT)
    told = {step: _told(step, said.get(statement_of(session, *step), []), known) for step in steps}
    return {
        "from": entity_reference(start, known),
        "to": entity_reference(end, known),
        "length": len(chains[0]) if chains else None,
        "paths": [[told[step] for step in chain] for chain in chains],
    }


def _shortest(session: Session, start: str, end: str, wanted: Sequence[str], most: int) -> Iterator[tuple[Step, ...]]:
    """The shortest chains, searched from both ends at once: each step goes from the side that is narrower."""
    if start == end:
        return
    ours, theirs = _Side(start), _Side(end)
    for length in range(1, most + 1):
        side, other = (ours, theirs) if len(ours.front) <= len(theirs.front) else (theirs, ours)
        side.widen(_leaving(session, side.front, wanted))
        # All shorter chains would have met before, so these meet where both sides are at their widest.
        meeting = sorted(side.front & other.met)
        for place in meeting:
            for begin in ours.chains(place):
                yield from ((*begin, *reversed(rest)) for rest in theirs.chains(place))
        if meeting or not side.front:
            return
        if len(side.met) > _WIDEST:
            told = f"More than {_WIDEST} entities lie within {length} steps"
            raise Refusal(400, f"{told}; give relations, or a smaller max")


def _leaving(session: Session, front: Iterable[str], wanted: Sequence[str]) -> Iterator[tuple[Step, str]]:
    """Facts that touch the entities of ``front``, each with its other end."""
    nodes = sorted(front)
    relations = " ".join(node(iri) for iri in wanted)
    for begin in range(0, len(nodes), _AT_ONCE):
        among = " ".join(node(iri) for iri in nodes[begin : begin + _AT_ONCE])
        for row in select(session.store, _STEPS % (among, relations, _OUT)):
            yield _fact(session, row["node"], row["relation"], row["other"]), row["other"]
        for row in select(session.store, _STEPS % (among, relations, _IN)):
            yield _fact(session, row["other"], row["relation"], row["node"]), row["other"]


def _fact(session: Session, subject: str, relation: str, object_: str) -> Step:
    """The fact; where the relation has no direction, the same for both ways in which documents put it."""
    if ways(session)[relation].symmetric and object_ < subject:
        return object_, relation, subject
    return subject, relation, object_


def _told(step: Step, rows: Sequence[Mapping[str, str]], known: Mapping[str, str]) -> dict[str, Any]:
    """A step with the surest claim that it rests on; a fact that an update has put there may rest on none."""
    best = max(rows, key=lambda row: (float(row["confidence"]), row["claim"]), default=None)
    claim = as_claim(best, known) if best else {}
    shown = ("id", "path", "quote", "confidence", "modality", "document")
    return {
        "subject": entity_reference(step[0], known),
        "relation": term_reference(step[1], known),
        "object": entity_reference(step[2], known),
        "claim": {name: claim[name] for name in shown} if claim else None,
    }
