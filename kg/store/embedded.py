"""A store in memory or in a folder, on Oxigraph."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Self

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph import Quad
from kg.store.base import Answer, Change, Solutions, Triples, Verdict, unanswered
from kg.store.guard import check_query, names_graphs, syntax_message
from kg.store.layout import TRIPLES
from kg.store.rdf import ox_quad
from kg.store.updates import update_text
from kg.terms import PREFIXES


class EmbeddedStore:
    """A :class:`kg.store.base.Store` inside this process.

    Attributes:
        path: the store's folder; None for a store in memory.
    """

    def __init__(self, path: Path | None = None, *, triples: Path | None = None, read_only: bool = False) -> None:
        """Opens the triples of the store in the folder ``path``, or an empty store in memory.

        Args:
            path: the store's folder.
            triples: the engine's folder; None for the one that the store is written in.
            read_only: whether it may not be changed.

        Raises:
            StoreError: the triples cannot be opened.
        """
        self.path = path
        self._read_only = read_only
        self._changes = 0
        self._store: ox.Store | None = _open(path, triples, read_only=read_only)

    @property
    def version(self) -> str:
        """A text that is another one after every change made by this object."""
        return f"{id(self):x}.{self._changes}"

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds many quads, the quick way; those already there are kept once.

        Raises:
            StoreError: the store is only open for reading, a name is no valid IRI, or the disk refuses.
        """
        self.take([ox_quad(quad) for quad in quads])

    def take(self, quads: Iterable[ox.Quad]) -> None:
        """As :meth:`add`, for quads in the engine's terms.

        Raises:
            StoreError: the store is only open for reading, or the disk refuses.
        """
        store = self._writable()
        try:
            store.bulk_extend(quads)
        except OSError as error:
            raise self._refused(error) from error
        self._changed()

    def apply(self, change: Change) -> None:
        """Makes a change, wholly or not at all.

        Raises:
            StoreError: the store is only open for reading, a name is no valid IRI, or the disk refuses.
        """
        store = self._writable()
        if not change:
            return
        try:
            store.update(update_text(change))
        except OSError as error:
            raise self._refused(error) from error
        self._changed()

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str = "",
    ) -> Answer:
        """Answers a query over the union of all named graphs; the project's prefixes need no declaration.

        Where the query has FROM clauses, it is over what they name; where graphs are given here, over these, whatever
        the query's clauses name.

        Args:
            sparql: the query.
            default_graphs: IRIs of the graphs that a pattern outside GRAPH is matched with.
            named_graphs: IRIs of the graphs that GRAPH finds.
            base: what relative IRIs are resolved against where the query has no BASE; without either they do not parse.

        Raises:
            QueryError: the query does not parse, changes data, or would reach outside the store, or a graph's name is
                no valid IRI.
        """
        check_query(sparql)
        store = self._open_store()
        given = bool(default_graphs or named_graphs)
        try:
            raw = store.query(
                sparql,
                base_iri=base or None,
                prefixes=PREFIXES,
                use_default_graph_as_union=not given and not names_graphs(sparql),
                default_graph=[ox.NamedNode(graph) for graph in default_graphs] if given else None,
                named_graphs=[ox.NamedNode(graph) for graph in named_graphs] if given else None,
            )
        except SyntaxError as error:
            raise QueryError(syntax_message(error)) from None
        except ValueError as error:
            raise QueryError(f"The query cannot be answered: {error}") from error
        except (OSError, RuntimeError) as error:
            raise unanswered(error) from error
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
        self._changed()

    def flush(self) -> None:
        """Makes all that was added safe on disk."""
        self._writable().flush()

    def back_up(self, folder: Path) -> None:
        """Makes a copy of the engine's folder, by hard links, which takes milliseconds.

        Raises:
            StoreError: the disk refuses.
        """
        try:
            self._open_store().backup(str(folder))
        except (OSError, RuntimeError) as error:
            raise self._refused(error) from error

    def close(self) -> None:
        """Lets go of files; the store cannot be used afterwards."""
        self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _changed(self) -> None:
        """Called after every change."""
        self._changes += 1

    def _open_store(self) -> ox.Store:
        if self._store is None:
            raise StoreError(f"The store {self.path or 'in memory'} is closed; open it again")
        return self._store

    def _writable(self) -> ox.Store:
        if self._read_only:
            raise StoreError(f"{self.path} is only open for reading; open it with read_only=False")
        return self._open_store()

    def _refused(self, error: Exception) -> StoreError:
        return StoreError(f"{self.path} cannot be written: {' '.join(str(error).split())}")


def _open(path: Path | None, triples: Path | None, *, read_only: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    folder = triples or path / TRIPLES
    try:
        return ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
    except OSError as error:
        if "lock" in str(error).casefold():
            raise StoreError(f"Another process is writing {path}; wait until it is done") from error
        raise StoreError(f"The triples of {path} cannot be opened; build the store again with `kg build`") from error
