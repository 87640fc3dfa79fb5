"""JSON-LD, sorted."""

import json
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.terms import shortened, stated_quads
from kg.store import Store, Term
from kg.terms import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"
_Value = str | dict[str, str]


def write_jsonld(store: Store, out: BinaryIO) -> None:
    """Writes facts, claims, entities and conflicts as one list of nodes under one context, without the ontology."""
    nodes: dict[str, dict[str, list[_Value]]] = {}
    for triple in sorted({quad.triple for quad in stated_quads(store)}, key=_order):
        node = nodes.setdefault(_name(triple.subject), {})
        if triple.predicate.value == _TYPE:
            node.setdefault("@type", []).append(_name(triple.object))
        else:
            node.setdefault(_name(triple.predicate), []).append(_value(triple.object))
    document = {
        "@context": PREFIXES,
        "@graph": [{"@id": name, **dict(sorted(node.items()))} for name, node in sorted(nodes.items())],
    }
    out.write(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


def _order(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), triple.predicate.value, str(triple.object)


def _name(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return shortened(term.value) or term.value
    return str(term)


def _value(term: Term) -> _Value:
    if not isinstance(term, ox.Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": _name(term.datatype)}
