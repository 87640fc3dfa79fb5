"""Turtle and TriG, sorted, so that the same graph always gives the same bytes."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.terms import exported_quads, graph_name, prefix_lines, stated_quads, turtle_term
from kg.store import Store, plain
from kg.terms import CLAIM, CONFLICT, DOCUMENT, ENTITY, OBSERVATION, PLACE, PREFIXES, REMARK, STATEMENT, TECHNOLOGY

_TYPE = PREFIXES["rdf"] + "type"
_INDENT = "    "
_SECTIONS = (ENTITY, TECHNOLOGY, PLACE, DOCUMENT, CLAIM, OBSERVATION, REMARK, STATEMENT, CONFLICT)


def write_turtle(store: Store, out: BinaryIO) -> None:
    """Writes all facts, claims, entities and conflicts as one graph, without the ontology and what follows from it."""
    body = _subjects(quad.triple for quad in stated_quads(store))
    out.write((prefix_lines([body]) + "\n" + body).encode())


def write_trig(store: Store, out: BinaryIO) -> None:
    """Writes facts, claims, entities, conflicts and what follows in their named graphs, without the ontology."""
    graphs: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in exported_quads(store):
        graphs[graph_name(quad)].append(quad.triple)
    bodies = [_graph(name, graphs[name]) for name in sorted(graphs)]
    out.write((prefix_lines(bodies) + "\n" + "\n".join(bodies)).encode())


def _graph(name: str, triples: Iterable[ox.Triple]) -> str:
    body = _subjects(triples)
    if not name:
        return body
    # A literal may hold characters that splitlines() takes for line ends.
    indented = "".join(f"{_INDENT}{line}\n" if line else "\n" for line in body.removesuffix("\n").split("\n"))
    return f"{turtle_term(ox.NamedNode(name))} {{\n{indented}}}\n"


def _subjects(triples: Iterable[ox.Triple]) -> str:
    """One block for each subject, with an empty line between."""
    ordered = sorted(set(triples), key=_order)
    blocks = [_block(list(group)) for _, group in groupby(ordered, key=lambda triple: str(triple.subject))]
    return "\n".join(blocks)


def _block(triples: list[ox.Triple]) -> str:
    """A subject with its predicates, a line each."""
    lines = []
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate.value):
        verb = "a" if predicate == _TYPE else turtle_term(ox.NamedNode(predicate))
        lines.append(f"{verb} {', '.join(turtle_term(triple.object) for triple in group)}")
    return f"{turtle_term(triples[0].subject)} " + f" ;\n{_INDENT}".join(lines) + " .\n"


def _order(triple: ox.Triple) -> tuple[int, str, bool, str, str]:
    """Entities with their facts first, then documents, claims, figures, statements and conflicts."""
    subject, predicate = plain(triple.subject), triple.predicate.value
    rank = next((rank for rank, root in enumerate(_SECTIONS) if subject.startswith(root)), len(_SECTIONS))
    return rank, subject, predicate != _TYPE, predicate, str(triple.object)
