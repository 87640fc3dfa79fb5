"""A store on a SPARQL server: the same queries and changes as of a store in a folder, over HTTP."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from typing import BinaryIO, Self
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import EvaluationError, KgError, QueryError, StoreError
from kg.graph import Quad
from kg.settings import Endpoint
from kg.store.base import Answer, Change, Solutions, Triples, Verdict, unanswered
from kg.store.embedded import EmbeddedStore
from kg.store.endpoint import ROWS, TRIPLES, Service
from kg.store.guard import check_query, check_update, names_graphs, syntax_message, tokens
from kg.store.layout import FORMAT
from kg.store.marks import DIGESTS, STATE, UNITED, State, change_text, new_version, state_of, stepped_text
from kg.store.rdf import ox_quad
from kg.store.updates import update_text
from kg.terms import DERIVED_GRAPH, PREFIXES, STORE_GRAPH

_UNITE = ("union-default-graph", "")
_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"
_EVERYTHING = f"SELECT ?s ?p ?o ?graph {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER(?graph != <{STORE_GRAPH}>) }}"
# Quads in one request: of a bulk load, and of an update, which the server must parse as a whole.
_LOADED, _INSERTED = 50_000, 5_000


class RemoteStore:
    """A :class:`kg.store.base.Store` on a server that speaks SPARQL 1.1.

    Attributes:
        path: None: it has no folder.
        endpoint: its address.
    """

    path = None

    def __init__(self, endpoint: Endpoint, environment: Mapping[str, str] | None = None) -> None:
        """Speaks to the server of a store, which need not be there yet; see :meth:`check`.

        Args:
            endpoint: the store's address.
            environment: where the login and further addresses are; None for the environment.

        Raises:
            UsageError: the login or the time-out in the environment is malformed.
            StoreError: the server cannot be reached, refuses the login, or is no SPARQL server.
        """
        self.endpoint = endpoint
        self._service: Service | None = Service(endpoint, environment)
        self._grammar = ox.Store()
        self._uniting: list[tuple[str, str]] | None = None
        try:
            self.state = self.read_state()
        except KgError:
            self.close()
            raise

    def check(self) -> Self:
        """Makes sure that there is a store of this format.

        Raises:
            StoreError: there is none, or it is of another format.
        """
        state, how = self.state, f"`kg build PATH --store {self.endpoint}`"
        if state.version and state.format == str(FORMAT):
            return self
        self.close()
        if state.version:
            told = f"The store at {self.endpoint} has format {state.format}, this version reads {FORMAT}"
            raise StoreError(f"{told}; build it again with {how}")
        if state.building:
            raise StoreError(f"The store at {self.endpoint} is not built to its end; wait, or run {how} again")
        raise StoreError(f"No store at {self.endpoint}; build one with {how}")

    def read_state(self) -> State:
        """What the store notes about itself now."""
        return state_of(Solutions(_rows(self._asked(STATE, ROWS))).records())

    def refresh(self) -> None:
        """Takes the store as it stands now; see :attr:`version`."""
        self.state = self.read_state()

    @property
    def version(self) -> str:
        """A text that no other state of any store has, as of the opening, the last change or :meth:`refresh`."""
        return self.state.version

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds many quads, the quick way; those already there are kept once.

        Raises:
            StoreError: a name is no valid IRI, or the server refuses.
        """
        self.load(ox_quad(quad) for quad in quads)
        self._update(stepped_text(new_version()))
        self.refresh()

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Adds quads in requests of bounded size, and leaves the version as it is.

        Raises:
            StoreError: the server refuses.
        """
        rest = iter(quads)
        bulk = True
        while batch := list(islice(rest, _LOADED if bulk else _INSERTED)):
            if bulk:
                bulk = self._open().load(ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"")
            if not bulk:
                for start in range(0, len(batch), _INSERTED):
                    self._update(_inserted(batch[start : start + _INSERTED]))

    def apply(self, change: Change) -> None:
        """Makes a change, wholly or not at all, unless somebody else has changed the store since it was opened.

        Raises:
            StoreError: somebody has, a name is no valid IRI, or the server refuses.
        """
        if not change:
            return
        new = new_version()
        update_text(change)
        self._update(change_text(change, self.version, new))
        now = self.read_state()
        if now.version != new:
            raise StoreError(f"Somebody else has changed the store at {self.endpoint} meanwhile; run this again")
        self.state = now

    def update(self, sparql: str, *, base: str = "") -> None:
        """Makes the changes of a SPARQL 1.1 Update request as it stands, as far as the server keeps a request together.

        What `kg add` and `kg remove` keep up beside the documents, such as conflicts and derived facts, is not.

        Raises:
            QueryError: the request does not parse, or would reach outside the store.
            StoreError: the server refuses.
        """
        check_update(sparql)
        try:
            ox.Store().update(sparql, base_iri=base or None, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QueryError(syntax_message(error)) from None
        except (OSError, RuntimeError) as error:
            raise EvaluationError(f"The update cannot be made: {' '.join(str(error).split())}") from error
        self._open().update(with_prefixes(sparql, base), again=False)
        self._update(stepped_text(new_version()))
        self.refresh()

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str = "",
    ) -> Answer:
        """Answers a query over the union of all named graphs; see :meth:`kg.store.base.Store.query`.

        Raises:
            QueryError: the query does not parse, changes data, or would reach outside the store, a graph's name is no
                valid IRI, or the server cannot answer it.
            StoreError: the server cannot be reached.
        """
        check_query(sparql)
        given = bool(default_graphs or named_graphs)
        try:
            kind = self._grammar.query(sparql, base_iri=base or None, prefixes=PREFIXES)
            graphs = [("default-graph-uri", ox.NamedNode(each).value) for each in default_graphs]
            graphs += [("named-graph-uri", ox.NamedNode(each).value) for each in named_graphs]
        except SyntaxError as error:
            raise QueryError(syntax_message(error)) from None
        except ValueError as error:
            raise QueryError(f"The query cannot be answered: {error}") from error
        except (OSError, RuntimeError) as error:
            raise unanswered(error) from error
        if not given and not names_graphs(sparql):
            graphs = self._united()
        text = with_prefixes(sparql, base)
        if isinstance(kind, ox.QueryTriples):
            return Triples(quad.triple for quad in _quads(self._asked(text, TRIPLES, graphs)))
        reply = self._asked(text, ROWS, graphs)
        return Solutions(_rows(reply)) if isinstance(kind, ox.QuerySolutions) else Verdict(_truth(reply))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or all, in no particular order; without what the store notes about itself."""
        if graph is None:
            for s, p, o, g in Solutions(_rows(self._asked(_EVERYTHING, ROWS))):
                yield ox.Quad(s, p, o, g)  # type: ignore[arg-type]
            return
        name = ox.NamedNode(graph)
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"
        for each in Triples(quad.triple for quad in _quads(self._asked(text, TRIPLES))):
            yield ox.Quad(each.subject, each.predicate, each.object, name)

    def graphs(self) -> list[str]:
        """The names of all named graphs in which something stands."""
        return [row["graph"] for row in Solutions(_rows(self._asked(_GRAPHS, ROWS))).records()]

    def digests(self) -> dict[str, str]:
        """What the last build noted of the named graphs that stand as it loaded them."""
        return {row["graph"]: row["digest"] for row in Solutions(_rows(self._asked(DIGESTS, ROWS))).records()}

    def is_empty(self) -> bool:
        """Whether nothing at all is there, in whatever graph."""
        return not _truth(self._asked("ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", ROWS))

    def dump(self, out: BinaryIO, format_: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> None:
        """Writes all quads; the order may differ from run to run."""
        ox.serialize(self.quads(), out, format_, prefixes=PREFIXES)

    @contextmanager
    def stated(self) -> Iterator[EmbeddedStore]:
        """The store without what follows from the facts and no document states: a copy, in this process's memory.

        To name all graphs but one in a request takes servers seconds for every pattern.
        """
        derived = ox.NamedNode(DERIVED_GRAPH)
        with EmbeddedStore() as copy:
            copy.take(quad for quad in self.quads() if quad.graph_name != derived)
            yield copy

    def write(self, sparql: str) -> None:
        """Makes changes of our own that do no harm when they are made twice.

        Raises:
            StoreError: the server refuses.
        """
        self._update(sparql)

    def close(self) -> None:
        """Closes the connections; the store cannot be used afterwards."""
        if self._service is not None:
            self._service.close()
        self._service = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _update(self, text: str) -> None:
        try:
            self._open().update(text)
        except QueryError as error:
            raise StoreError(f"The store at {self.endpoint} cannot be written: {error}") from error

    def _united(self) -> list[tuple[str, str]]:
        """What to send along so that a pattern outside GRAPH is matched with the union of all named graphs."""
        if self._uniting is None:
            self._uniting = []
            if not _truth(self._asked(UNITED, ROWS)):
                self._uniting = [_UNITE]
            if self._uniting and not _truth(self._asked(UNITED, ROWS, [_UNITE])):
                self._uniting = [("by name", "")]
        if self._uniting != [("by name", "")]:
            return self._uniting
        # What the standard offers; a server may take long over many graphs.
        names = self.graphs()
        return [(kind, name) for kind in ("default-graph-uri", "named-graph-uri") for name in names]

    def _asked(self, text: str, accept: str, more: Sequence[tuple[str, str]] = ()) -> BinaryIO:
        return self._open().ask(urlencode([("query", text), *more]).encode(), accept)  # type: ignore[return-value]

    def _open(self) -> Service:
        if self._service is None:
            raise StoreError(f"The store at {self.endpoint} is closed; open it again")
        return self._service


def with_prefixes(sparql: str, base: str = "") -> str:
    """A request with its base and the project's prefixes declared, save those that it declares itself."""
    found = [(kind, text) for kind, text in tokens(sparql) if kind != "comment" and not text.isspace()]
    own = {
        text.partition(":")[0]
        for (_, before), (kind, text) in pairwise(found)
        if kind == "name" and before.casefold() == "prefix"
    }
    declared = f"BASE {ox.NamedNode(base)} " if base else ""
    return declared + "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if name not in own) + sparql


def _inserted(quads: Sequence[ox.Quad]) -> str:
    rows = "\n".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads)
    return f"INSERT DATA {{\n{rows}\n}}"


def _rows(reply: BinaryIO) -> ox.QuerySolutions:
    found = _parsed(reply)
    if not isinstance(found, ox.QuerySolutions):
        raise EvaluationError("The query cannot be answered: the server gives no rows")
    return found


def _truth(reply: BinaryIO) -> ox.QueryBoolean:
    found = _parsed(reply)
    if not isinstance(found, ox.QueryBoolean):
        raise EvaluationError("The query cannot be answered: the server gives neither yes nor no")
    return found


def _parsed(reply: BinaryIO) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return ox.parse_query_results(reply, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, OSError) as error:
        reply.close()
        raise unanswered(error) from error


def _quads(reply: BinaryIO) -> Iterator[ox.Quad]:
    return ox.parse(reply, format=ox.RdfFormat.N_TRIPLES)
