"""The graph from Python: one object over a store in a folder or on a server."""

from pathlib import Path
from typing import Any, Self

from rdflib import Dataset

from kg.query import ask, catalogue
from kg.query.network import to_networkx
from kg.query.rdf import to_rdflib
from kg.settings import Endpoint, Place, place_of
from kg.store import OpenStore, Solutions, open_store, plain


class Graph:
    """A graph, open to be read; close it, or use it in a ``with`` block.

    Attributes:
        store: the open store, for all that is not here.
    """

    def __init__(self, place: str | Path | Endpoint = "kg-store") -> None:
        """Opens the store in a folder, or the one at an address that starts with http:// or https://.

        Raises:
            StoreError: there is no store, or its server cannot be reached.
            UsageError: the address is none.
        """
        found: Place = place_of(place) if isinstance(place, str) else place
        self.store: OpenStore = open_store(found)

    @property
    def version(self) -> str:
        """A text that is another one after every change of the store."""
        return self.store.version

    def query(self, query: str, /, **values: str) -> list[dict[str, str]]:
        """The rows of a named query with its values, or of a SELECT query, as plain strings by column.

        Raises:
            QueryError: the query does not parse, is no SELECT, or a value does not fit.
            UnknownEntityError: a value names nothing in the store.
        """
        answer = ask(self.store, query, values) if query in catalogue() else self.store.query(query)
        if not isinstance(answer, Solutions):
            raise TypeError("query() gives rows; for ASK, CONSTRUCT and DESCRIBE use Graph.store.query()")
        return [{name: plain(term) for name, term in zip(answer.columns, row, strict=True)} for row in answer]

    def to_rdflib(self) -> Dataset:
        """A ``rdflib.Dataset`` over the same data, nothing copied; see :func:`kg.query.rdf.to_rdflib`."""
        return to_rdflib(self.store)

    def to_networkx(self) -> Any:  # noqa: ANN401 - naming the class would load networkx here
        """A ``networkx.MultiDiGraph`` of entities and claims, copied; see :func:`kg.query.network.to_networkx`."""
        return to_networkx(self.store)

    def close(self) -> None:
        """Lets go of files and connections."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
