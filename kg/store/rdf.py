"""A store's quads as rdflib terms, for the libraries that speak rdflib."""

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import XSD, Literal, URIRef

from kg.errors import StoreError
from kg.graph import Quad
from kg.store.base import Store


def rdf_quads(store: Store) -> Iterator[Quad]:
    """The quads of all named graphs, in no particular order.

    Raises:
        StoreError: the store holds a blank node, which no graph of ours has.
    """
    for quad in store.quads():
        yield _iri(quad.subject), _iri(quad.predicate), _object(quad.object), _iri(quad.graph_name)


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
