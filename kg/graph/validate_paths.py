"""Property paths of shapes: what they are, as text, and as patterns of SPARQL."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import OntologyError

_STEP = re.compile(r"(\^?)<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from a node to its values: pairs of a property and whether it is gone from object to subject."""

    steps: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The IRI of the property where there is but one step; else as SPARQL writes it, with whole IRIs."""
        if len(self.steps) == 1 and not self.steps[0][1]:
            return self.steps[0][0]
        return "/".join(f"{'^' if inverse else ''}<{name}>" for name, inverse in self.steps)

    def added_to(self, graph: Graph) -> Node:
        """The node that stands for the path in a graph, once it is written down there."""
        ends: list[Node] = []
        for name, inverse in self.steps:
            end: Node = URIRef(name)
            if inverse:
                turned = BNode()
                graph.add((turned, SH.inversePath, end))
                end = turned
            ends.append(end)
        return ends[0] if len(ends) == 1 else Collection(graph, BNode(), ends).uri

    def pattern(self, start: str, end: str, triple: Callable[[str, str, str], str], fresh: Callable[[], str]) -> str:
        """The path between two terms as patterns.

        Args:
            start: where it starts.
            end: where it ends.
            triple: writes the pattern of one triple.
            fresh: gives a variable that is used nowhere else.
        """
        nodes = [start, *(fresh() for _ in self.steps[1:]), end]
        found = []
        for (name, inverse), left, right in zip(self.steps, nodes, nodes[1:], strict=False):
            found.append(triple(right, f"<{name}>", left) if inverse else triple(left, f"<{name}>", right))
        return " ".join(found)


def path_at(graph: Graph, node: Node) -> Path:
    """The path that a node of a graph of shapes, or of a report, stands for.

    Raises:
        OntologyError: it is of a kind that is not known here.
    """
    if isinstance(node, URIRef):
        return Path(((str(node), False),))
    inverse = graph.value(node, SH.inversePath)
    if isinstance(inverse, URIRef):
        return Path(((str(inverse), True),))
    if (node, RDF.first, None) in graph:
        return Path(tuple(step for each in Collection(graph, node) for step in path_at(graph, each).steps))
    raise OntologyError("A shape's path is neither a property, an inverse nor a sequence; use --engine pyshacl")


def path_read(text: str) -> Path:
    """The path that its text stands for."""
    found = tuple((name, bool(inverse)) for inverse, name in _STEP.findall(text))
    return Path(found or ((text, False),))
