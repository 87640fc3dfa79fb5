"""GraphML, for programs that draw and analyse networks."""

from typing import BinaryIO

from kg.export.xml import xml_text
from kg.query import to_networkx
from kg.store import Store


def write_graphml(store: Store, out: BinaryIO) -> None:
    """Writes entities as nodes and claims as edges, with the attributes of :func:`kg.query.to_networkx`.

    An edge's ``label`` is its relation and its ``weight`` its confidence, the names under which programs look for them.
    """
    import networkx as nx

    graph = to_networkx(store)
    for _, attributes in graph.nodes(data=True):
        _make_xml_safe(attributes)
    for _, _, attributes in graph.edges(data=True):
        attributes |= {"label": attributes["relation"], "weight": attributes["confidence"]}
        _make_xml_safe(attributes)
    # The variant on the standard library: the other one, used where lxml is installed, orders and spaces differently.
    nx.write_graphml_xml(graph, out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    out.write(b"\n")


def _make_xml_safe(attributes: dict[str, object]) -> None:
    for name, value in attributes.items():
        if isinstance(value, str):
            attributes[name] = xml_text(value)
