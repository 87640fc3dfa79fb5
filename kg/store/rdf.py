"""Between a store's terms and rdflib's, for the parts of the program and the libraries that speak rdflib."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import XSD, Literal, URIRef

from kg.errors import StoreError
from kg.graph import Quad
from kg.store.base import Store, Triples

# Names that stand in quad after quad are converted once.
_REMEMBERED = 100_000


def rdf_quads(store: Store, graph: str | None = None) -> Iterator[Quad]:
    """The quads of one named graph, or of all, in no particular order.

    Raises:
        StoreError: the store holds a blank node, which no graph of ours has.
    """
    for quad in store.quads(graph):
        yield _iri(quad.subject), _iri(quad.predicate), _object(quad.object), _iri(quad.graph_name)


def constructed(store: Store, sparql: str, graph: URIRef) -> set[Quad]:
    """The answer to a CONSTRUCT query of our own, as quads of a named graph.

    Raises:
        TypeError: the query constructs nothing.
        QueryError: as for :meth:`Store.query`.
        StoreError: the answer holds a blank node.
    """
    answer = store.query(sparql)
    if not isinstance(answer, Triples):
        raise TypeError("constructed() takes a CONSTRUCT query")
    return {(_iri(each.subject), _iri(each.predicate), _object(each.object), graph) for each in answer}


def ox_quad(quad: Quad) -> ox.Quad:
    """The quad in the engine's terms.

    Raises:
        StoreError: a name is no valid IRI.
    """
    subject, predicate, object_, graph = quad
    return ox.Quad(ox_node(subject), ox_node(predicate), ox_term(object_), ox_node(graph))


@lru_cache(maxsize=_REMEMBERED)
def ox_node(iri: str) -> ox.NamedNode:
    """The IRI in the engine's terms.

    Raises:
        StoreError: it is no valid IRI.
    """
    try:
        return ox.NamedNode(str(iri))
    except ValueError as error:
        raise StoreError(f"{str(iri)!r} is no valid IRI and cannot be stored") from error


def ox_term(term: URIRef | Literal) -> ox.NamedNode | ox.Literal:
    """The IRI or literal in the engine's terms.

    Raises:
        StoreError: it is no valid IRI.
    """
    if isinstance(term, URIRef):
        return ox_node(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype:
        return ox.Literal(str(term), datatype=ox_node(term.datatype))
    return ox.Literal(str(term))


def check_names(quads: Iterable[Quad]) -> None:
    """Makes sure that a store can take ``quads``.

    Raises:
        StoreError: a name is no valid IRI.
    """
    for quad in quads:
        for term in quad:
            if isinstance(term, URIRef):
                ox_node(term)


def _iri(term: object) -> URIRef:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    raise StoreError(f"The store holds {term}, which is no IRI; build it again with `kg build PATH`")


def _object(term: object) -> URIRef | Literal:
    if not isinstance(term, ox.Literal):
        return _iri(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    # To rdflib, "x" and "x"^^xsd:string are two terms; to the store they are one.
    if term.datatype.value == str(XSD.string):
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
