"""A change of a store in SPARQL, which every store understands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.graph import Quad, text
from kg.store.base import Change
from kg.store.rdf import ox_node, ox_term


def update_text(change: Change) -> str:
    """The change as one request of SPARQL 1.1 Update.

    Raises:
        StoreError: a name is no valid IRI.
    """
    parts = [f"DROP SILENT GRAPH {ox_node(graph)}" for graph in change.drop]
    for verb, quads in (("DELETE", change.delete), ("INSERT", change.insert)):
        if quads:
            parts.append(f"{verb} DATA {{\n{data_text(quads)}\n}}")
    return " ;\n".join(parts)


def values_text(rows: Iterable[Sequence[str]]) -> str:
    """IRIs as the rows of a VALUES block over several variables.

    Raises:
        StoreError: a name is no valid IRI.
    """
    return " ".join(f"({' '.join(str(ox_node(term)) for term in row)})" for row in rows)


def texts_text(texts: Iterable[str]) -> str:
    """Texts as the rows of a VALUES block over one variable."""
    return " ".join(f"({literal_text(each)})" for each in sorted(texts))


def literal_text(value: str) -> str:
    """A text as a string literal of SPARQL."""
    return str(ox_term(text(value)))


def data_text(quads: Iterable[Quad]) -> str:
    """Quads as SPARQL writes them in INSERT DATA and its like.

    Raises:
        StoreError: a name is no valid IRI.
    """
    by_graph: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad[3]].append(quad)
    return "\n".join(
        f"GRAPH {ox_node(graph)} {{\n" + " .\n".join(_triple(quad) for quad in given) + "\n}"
        for graph, given in by_graph.items()
    )


def _triple(quad: Quad) -> str:
    subject, predicate, object_, _ = quad
    return f"{ox_node(subject)} {ox_node(predicate)} {ox_term(object_)}"
