"""GraphML, for programs that draw and analyse networks."""

import re
from typing import BinaryIO

from kg.query import to_networkx
from kg.store import Store

# Characters that no XML document may hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(store: Store, out: BinaryIO) -> None:
    """Writes entities as nodes and claims as edges, with the attributes of :func:`kg.query.to_networkx`."""
    import networkx as nx

    graph = to_networkx(store)
    for _, attributes in graph.nodes(data=True):
        _make_xml_safe(attributes)
    for _, _, attributes in graph.edges(data=True):
        _make_xml_safe(attributes)
    # The variant on the standard library: the other one, used where lxml is installed, orders and spaces differently.
    nx.write_graphml_xml(graph, out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    out.write(b"\n")


def _make_xml_safe(attributes: dict[str, object]) -> None:
    for name, value in attributes.items():
        if isinstance(value, str):
            attributes[name] = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
