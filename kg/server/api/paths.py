"""The shortest chains of facts between two entities."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.server.api.fields import Values
from kg.server.api.references import entity_reference, find, labels, node, relation_iri, term_reference
from kg.server.api.rows import as_claim, claim_rows
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.store import select

Step = tuple[str, str, str, str]
"""Statement, subject, relation, object."""
_STEPS = """
SELECT DISTINCT ?statement ?subject ?relation ?object WHERE {
  VALUES ?node { %s }
  %s
  { ?statement rdf:subject ?node } UNION { ?statement rdf:object ?node }
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  ?claim sp:statement ?statement ; sp:polarity sp:affirmed ; sp:modality ?modality .
  FILTER(?modality IN (sp:asserted, sp:reported))
}
"""
_WIDEST = 20_000
_AT_ONCE = 500


def path(session: Session, values: Values) -> dict[str, Any]:
    """The shortest paths from one entity to another over facts, in either direction of each fact.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: there is no such relation, or the search has become too wide.
    """
    start, end = find(session, values["from"]), find(session, values["to"])
    wanted = [relation_iri(session, name) for name in values["relations"] or ()]
    before = _searched(session, start, end, wanted, values["max"])
    chains = list(_chains(before, start, end, values["limit"])) if start != end else []
    known = labels(session, {start, end, *(part for chain in chains for step in chain for part in step[1:])})
    best = _best_claims(session, {step[0] for chain in chains for step in chain}, known)
    return {
        "from": entity_reference(start, known),
        "to": entity_reference(end, known),
        "length": len(chains[0]) if chains else None,
        "paths": [[_told(step, known, best) for step in chain] for chain in chains],
    }


def _searched(session: Session, start: str, end: str, wanted: Sequence[str], most: int) -> dict[str, list[Step]]:
    """For each entity met on the way, breadth first, the facts by which the shortest paths reach it."""
    depth = {start: 0}
    before: dict[str, list[Step]] = defaultdict(list)
    front = [start]
    for length in range(1, most + 1):
        for step, other in _leaving(session, front, wanted):
            if depth.setdefault(other, length) == length and step not in before[other]:
                before[other].append(step)
        front = [node_ for node_, at in depth.items() if at == length]
        if end in depth or not front:
            break
        if len(depth) > _WIDEST:
            raise Refusal(
                400, f"More than {_WIDEST} entities lie within {length} steps; give relations, or a smaller max"
            )
    return before


def _leaving(session: Session, front: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[Step, str]]:
    """Facts that touch the entities of ``front``, each with its other end."""
    inside = set(front)
    among = f"VALUES ?relation {{ {' '.join(node(iri) for iri in wanted)} }}" if wanted else ""
    for begin in range(0, len(front), _AT_ONCE):
        nodes = " ".join(node(iri) for iri in front[begin : begin + _AT_ONCE])
        for row in select(session.store, _STEPS % (nodes, among)):
            step = row["statement"], row["subject"], row["relation"], row["object"]
            if step[1] in inside:
                yield step, step[3]
            if step[3] in inside:
                yield step, step[1]


def _chains(before: dict[str, list[Step]], start: str, end: str, most: int) -> Iterator[tuple[Step, ...]]:
    """The paths from ``start`` to ``end``, in a fixed order, at most so many."""
    found = 0
    stack: list[tuple[str, tuple[Step, ...]]] = [(end, ())]
    while stack and found < most:
        place, chain = stack.pop()
        if place == start:
            found += 1
            yield chain
            continue
        steps = sorted(before[place], reverse=True)
        stack += [(step[1] if step[3] == place else step[3], (step, *chain)) for step in steps]


def _best_claims(session: Session, statements: Iterable[str], known: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The surest claim of each statement."""
    chosen = sorted(statements)
    if not chosen:
        return {}
    # Named apart from ?modality and ?polarity, which the rows show.
    where = f"""VALUES ?statement {{ {" ".join(node(iri) for iri in chosen)} }}
      ?claim sp:statement ?statement ; sp:polarity sp:affirmed ; sp:modality ?said .
      FILTER(?said IN (sp:asserted, sp:reported))"""
    best: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in claim_rows(session, where, order="DESC(?confidence) ?claim"):
        best.setdefault((row["subject"], row["relation"], row["object"]), as_claim(row, known))
    return {"\n".join(parts): found for parts, found in best.items()}


def _told(step: Step, known: dict[str, str], best: dict[str, dict[str, Any]]) -> dict[str, Any]:
    claim = best.get("\n".join(step[1:]), {})
    shown = ("id", "path", "quote", "confidence", "modality", "document")
    return {
        "subject": entity_reference(step[1], known),
        "relation": term_reference(step[2], known),
        "object": entity_reference(step[3], known),
        "claim": {name: claim[name] for name in shown if name in claim},
    }
