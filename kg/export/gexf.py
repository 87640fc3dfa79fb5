"""GEXF 1.3, Gephi's own form: entities with place, size and colour, claims with their words.

Gephi merges parallel edges of one kind and keeps those of different kinds apart. A kind is therefore a relation
together with how it is said, so that a denial or a plan is never added to a fact.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from math import sqrt
from typing import BinaryIO

from kg.export.viewer.appearance import ROLES, role_look
from kg.export.xml import attributes
from kg.query import Edge, Node, read_edges, read_nodes
from kg.store import Store
from kg.terms import local_name

_NODE_COLUMNS = {"key": "string", "kind": "string", "roles": "string", "known": "boolean"}
_EDGE_COLUMNS = {
    "relation": "string", "polarity": "string", "modality": "string", "confidence": "double", "fact": "boolean",
    "quote": "string", "document": "string", "date": "string", "url": "string",
    "product": "string", "technology": "string", "via": "string", "quantity": "string", "period": "string",
}  # fmt: skip
# Gephi takes no weight of nothing.
_LIGHTEST = 0.01


def write_gexf(store: Store, out: BinaryIO) -> None:
    """Writes entities as nodes and claims as directed edges, laid out as in the picture; a weight is a confidence."""
    nodes, edges = read_nodes(store), read_edges(store)
    places = _places(nodes, edges)
    degrees = Counter(end for edge in edges for end in {edge.subject, edge.object})
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        "<meta><creator>semipack</creator></meta>",
        '<graph defaultedgetype="directed" mode="static">',
        *_columns("node", _NODE_COLUMNS),
        *_columns("edge", _EDGE_COLUMNS),
        "<nodes>",
    ]
    for node in nodes:
        lines += _node(node, places[node.iri], degrees[node.iri])
    lines += ["</nodes>", "<edges>"]
    for edge in edges:
        lines += _edge(edge)
    lines += ["</edges>", "</graph>", "</gexf>"]
    out.writelines(f"{line}\n".encode() for line in lines)


def _columns(of: str, columns: Mapping[str, str]) -> list[str]:
    declared = [f"<attribute{attributes(id=name, title=name, type=type_)}/>" for name, type_ in columns.items()]
    return [f'<attributes class="{of}" mode="static">', *declared, "</attributes>"]


def _node(node: Node, place: tuple[int, int], degree: int) -> list[str]:
    role = main_role(node.kind, node.roles)
    red, green, blue = bytes.fromhex(role_look(role).light.removeprefix("#"))
    values: dict[str, str | float | bool] = {
        "key": node.key,
        "kind": node.kind,
        "roles": ", ".join(node.roles),
        "known": node.known,
    }
    return [
        f"<node{attributes(id=node.iri, label=node.label)}>",
        *_values(values),
        f"<viz:color{attributes(r=red, g=green, b=blue)}/>",
        # Gephi counts upwards, the picture downwards.
        f"<viz:position{attributes(x=float(place[0]), y=float(-place[1]), z=0.0)}/>",
        f"<viz:size{attributes(value=round(8 + 4 * sqrt(degree), 1))}/>",
        "</node>",
    ]


def _edge(edge: Edge) -> list[str]:
    kind = f"{edge.relation} ({', '.join(edge.marks)})" if edge.marks else edge.relation
    told = attributes(id=local_name(edge.claim), source=edge.subject, target=edge.object, label=kind, kind=kind)
    values: dict[str, str | float | bool] = {
        "relation": edge.relation,
        "polarity": edge.polarity,
        "modality": edge.modality,
        "confidence": edge.confidence,
        "fact": edge.is_fact,
        "quote": edge.quote,
        "document": edge.document,
        "date": edge.date,
        "url": edge.url,
    }
    values |= {name: "; ".join(said) for name, said in edge.qualifiers.items()}
    return [f"<edge{told}{attributes(weight=max(edge.confidence, _LIGHTEST))}>", *_values(values), "</edge>"]


def _values(values: Mapping[str, str | float | bool]) -> list[str]:
    """What an element has in its columns; an empty text is no value."""
    # `for` is a word of Python's.
    given = [attributes(**{"for": name, "value": value}) for name, value in values.items() if value != ""]
    return ["<attvalues>", *(f"<attvalue{each}/>" for each in given), "</attvalues>"]


def main_role(kind: str, roles: Collection[str]) -> str:
    """The role that decides how an entity looks."""
    if kind != "organisation":
        return kind
    return next((role for role in ROLES if role in roles), "organisation")


def _places(nodes: list[Node], edges: list[Edge]) -> dict[str, tuple[int, int]]:
    from kg.export.viewer.layout import positions  # with numpy, which costs time to load

    labels = {node.iri: node.label for node in nodes}
    first = {node.iri for node in nodes if node.kind == "organisation"}
    return positions(labels, [(edge.subject, edge.object) for edge in edges], first)
