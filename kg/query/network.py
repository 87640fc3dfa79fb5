"""The graph of entities and claims for network analysis."""

from collections.abc import Callable
from typing import Any

from kg.query.edges import Edge, Node, read_edges, read_nodes
from kg.store import Store
from kg.terms import local_name


def to_networkx(store: Store, takes: Callable[[Edge], bool] = lambda _: True) -> Any:  # noqa: ANN401 - naming the class would load networkx with every command
    """A ``networkx.MultiDiGraph``: one node for each entity, by IRI, one edge for each claim, by the claim's id.

    Nodes have ``label``, ``key``, ``kind``, ``roles`` (a text with commas) and ``known``; edges ``relation``,
    ``polarity``, ``modality``, ``confidence``, ``fact``, ``quote``, ``document``, ``date`` and a text for each
    qualifier. An edge of a symmetric relation stands once. Only claims that ``takes`` accepts become edges.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in read_nodes(store):
        graph.add_node(node.iri, **_node_attributes(node))
    for edge in filter(takes, read_edges(store)):
        graph.add_edge(edge.subject, edge.object, key=local_name(edge.claim), **_edge_attributes(edge))
    return graph


def _node_attributes(node: Node) -> dict[str, str | bool]:
    roles = ", ".join(node.roles)
    return {"label": node.label, "key": node.key, "kind": node.kind, "roles": roles, "known": node.known}


def _edge_attributes(edge: Edge) -> dict[str, str | float | bool]:
    attributes: dict[str, str | float | bool] = {
        "relation": edge.relation,
        "polarity": edge.polarity,
        "modality": edge.modality,
        "confidence": edge.confidence,
        "fact": edge.is_fact,
        "quote": edge.quote,
        "document": edge.document,
        "date": edge.date,
    }
    for name, values in edge.qualifiers.items():
        attributes[name] = "; ".join(values)
    return attributes
