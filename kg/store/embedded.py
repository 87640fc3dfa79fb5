"""A store in memory or in a folder, on Oxigraph."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
from rdflib import Literal, URIRef

from kg.errors import QueryError, StoreError
from kg.graph import Quad
from kg.store.base import Answer, Solutions, Triples, Verdict
from kg.store.guard import check_query, syntax_message
from kg.store.layout import TRIPLES
from kg.terms import PREFIXES

# Names that stand in quad after quad are converted once.
_REMEMBERED = 100_000


class EmbeddedStore:
    """A :class:`kg.store.base.Store` inside this process.

    Attributes:
        path: the store's folder; None for a store in memory.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Opens the triples in the folder ``path``, or an empty store in memory.

        Raises:
            StoreError: the triples cannot be opened.
        """
        self.path = path
        self._read_only = read_only
        self._store: ox.Store | None = _open(path, read_only=read_only)

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds quads; those already there are kept once.

        Raises:
            StoreError: the store is only open for reading, a name is no valid IRI, or the disk refuses.
        """
        store = self._writable()
        terms = [_quad(quad) for quad in quads]
        try:
            store.bulk_extend(terms)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {' '.join(str(error).split())}") from error

    def query(self, sparql: str) -> Answer:
        """Answers a query over the union of all named graphs; the project's prefixes need no declaration.

        Raises:
            QueryError: the query does not parse, changes data, or would reach outside the store.
        """
        check_query(sparql)
        store = self._open_store()
        try:
            raw = store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(syntax_message(error)) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"The query cannot be answered: {' '.join(str(error).split())}") from error
        if isinstance(raw, ox.QuerySolutions):
            return Solutions(raw)
        return Verdict(raw) if isinstance(raw, ox.QueryBoolean) else Triples(raw)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or all, in no particular order."""
        name = None if graph is None else ox.NamedNode(graph)
        return self._open_store().quads_for_pattern(None, None, None, name)

    def dump(self, out: BinaryIO, format_: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> None:
        """Writes all quads; the order may differ from run to run."""
        ox.serialize(self.quads(), out, format_, prefixes=PREFIXES)

    def load(self, data: BinaryIO, format_: ox.RdfFormat = ox.RdfFormat.N_QUADS, *, graph: str | None = None) -> None:
        """Adds the quads of a file, or a file's triples to one named graph.

        Raises:
            StoreError: the file does not parse.
        """
        to_graph = None if graph is None else ox.NamedNode(graph)
        try:
            self._writable().bulk_load(input=data, format=format_, to_graph=to_graph)
        except SyntaxError as error:
            raise StoreError(f"The file cannot be loaded: {' '.join(str(error).split())}") from error

    def flush(self) -> None:
        """Makes all that was added safe on disk."""
        self._writable().flush()

    def close(self) -> None:
        """Lets go of files; the store cannot be used afterwards."""
        self._store = None

    def __enter__(self) -> "EmbeddedStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_store(self) -> ox.Store:
        if self._store is None:
            raise StoreError(f"The store {self.path or 'in memory'} is closed; open it again")
        return self._store

    def _writable(self) -> ox.Store:
        if self._read_only:
            raise StoreError(f"{self.path} is only open for reading; open it with read_only=False")
        return self._open_store()


def check_names(quads: Iterable[Quad]) -> None:
    """Makes sure that a store can take ``quads``.

    Raises:
        StoreError: a name is no valid IRI.
    """
    for quad in quads:
        for term in quad:
            if isinstance(term, URIRef):
                _node(term)


def _open(path: Path | None, *, read_only: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    folder = path / TRIPLES
    try:
        return ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
    except OSError as error:
        if "lock" in str(error).casefold():
            raise StoreError(f"Another process is writing {path}; wait until it is done") from error
        raise StoreError(f"The triples of {path} cannot be opened; build the store again with `kg build`") from error


def _quad(quad: Quad) -> ox.Quad:
    subject, predicate, object_, graph = quad
    return ox.Quad(_node(subject), _node(predicate), _term(object_), _node(graph))


@lru_cache(maxsize=_REMEMBERED)
def _node(iri: URIRef) -> ox.NamedNode:
    try:
        return ox.NamedNode(str(iri))
    except ValueError as error:
        raise StoreError(f"{str(iri)!r} is no valid IRI and cannot be stored") from error


def _term(term: URIRef | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(term, URIRef):
        return _node(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype:
        return ox.Literal(str(term), datatype=_node(term.datatype))
    return ox.Literal(str(term))
