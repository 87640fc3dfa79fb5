"""The Graph Store Protocol, for reading: the list of graphs, and each graph as it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.server.answers import rdf
from kg.server.refusal import Refusal
from kg.server.reply import Reply
from kg.server.session import Session
from kg.store import OpenStore, Solutions

DEFAULT = "default"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# A server may keep the names of graphs in which nothing stands any more.
_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph {} FILTER EXISTS { GRAPH ?graph { ?s ?p ?o } } }"


def graph_list(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The named graphs, as ``sd:namedGraph`` of a collection of graphs.

    Raises:
        Refusal: as for :func:`kg.server.answers.rdf`.
    """
    return rdf(session, _listed(session.store, arguments["address"]), arguments)


def graph(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The triples of one named graph, or the union of all.

    Raises:
        Refusal: there is no such graph, or as for :func:`kg.server.answers.rdf`.
    """
    name = arguments["graph"]
    if name == DEFAULT:
        return rdf(session, (quad.triple for quad in session.store.quads()), arguments)
    quads = session.store.quads(graph_name(name))
    first = next(quads, None)
    if first is None:
        raise Refusal(404, f"There is no graph <{name}>; /graphs lists those that there are")
    return rdf(session, _with(first, quads), arguments)


def graph_name(name: str) -> str:
    """The name, if it can be a graph's.

    Raises:
        Refusal: it is no IRI.
    """
    try:
        return ox.NamedNode(name).value
    except ValueError:
        raise Refusal(400, f"{name!r} is no IRI; write graph=default or graph=https://…") from None


def _listed(store: OpenStore, address: str) -> Iterator[ox.Triple]:
    whole = ox.NamedNode(address)
    yield ox.Triple(whole, _TYPE, ox.NamedNode(_SD + "GraphCollection"))
    answer = store.query(_GRAPHS)
    if isinstance(answer, Solutions):
        for row in answer:
            if isinstance(row[0], ox.NamedNode):
                yield ox.Triple(whole, ox.NamedNode(_SD + "namedGraph"), row[0])


def _with(first: ox.Quad, rest: Iterator[ox.Quad]) -> Iterator[ox.Triple]:
    yield first.triple
    yield from (quad.triple for quad in rest)
