"""Terms as they stand in Turtle and TriG."""

import re
from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox

from kg.store import Store, Term
from kg.terms import DERIVED_GRAPH, ONTOLOGY_GRAPH, PREFIXES

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
_REMEMBERED = 100_000
_XSD = PREFIXES["xsd"]
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]+\.[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}


def exported_quads(store: Store) -> list[ox.Quad]:
    """All quads but the ontology's own, in no particular order; the ontology has files of its own."""
    ontology = ox.NamedNode(str(ONTOLOGY_GRAPH))
    return [quad for quad in store.quads() if quad.graph_name != ontology]


def stated_quads(store: Store) -> list[ox.Quad]:
    """The same without what follows from the facts, which nothing would tell from them in a file without graphs."""
    derived = ox.NamedNode(str(DERIVED_GRAPH))
    return [quad for quad in exported_quads(store) if quad.graph_name != derived]


def graph_name(quad: ox.Quad) -> str:
    """The IRI of the quad's named graph, empty for the default graph."""
    name = quad.graph_name
    return "" if isinstance(name, ox.DefaultGraph) else name.value


@lru_cache(maxsize=_REMEMBERED)
def shortened(iri: str) -> str | None:
    """The IRI as a prefixed name, None where it has no plain one."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None


def turtle_term(term: Term) -> str:
    """The term in Turtle; parsing it gives exactly the term back."""
    if isinstance(term, ox.NamedNode):
        return shortened(term.value) or str(term)
    if not isinstance(term, ox.Literal) or term.language:
        return str(term)
    datatype = term.datatype.value
    if datatype == _XSD + "string":
        return str(term)
    bare = _BARE.get(datatype)
    if bare is not None and bare.fullmatch(term.value):
        return term.value
    return f"{ox.Literal(term.value)}^^{turtle_term(term.datatype)}"


def prefix_lines(bodies: Iterable[str]) -> str:
    """Declarations of the prefixes that ``bodies`` may use; one too many does no harm."""
    text = list(bodies)
    used = [name for name in PREFIXES if any(f"{name}:" in body for body in text)]
    return "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in used)
