"""What every store offers, whatever holds its triples; answers are pyoxigraph terms."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, BinaryIO, Protocol, Self

import pyoxigraph as ox

from kg.errors import EvaluationError
from kg.graph import Quad

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]


# The answer of a server that breaks off is no more what a parser takes.
_BREAKS = (OSError, RuntimeError, SyntaxError)


@contextmanager
def _evaluating() -> Iterator[None]:
    """Turns what the engine raises while it works out an answer into an expected error."""
    try:
        yield
    except _BREAKS as error:
        raise unanswered(error) from error


def unanswered(error: Exception) -> EvaluationError:
    """What to raise where the engine cannot answer, in one line."""
    return EvaluationError(f"The query cannot be answered: {' '.join(str(error).split())}")


@dataclass(frozen=True, slots=True)
class Change:
    """What a store does at once, wholly or not at all: first it drops, then it deletes, then it inserts.

    Attributes:
        drop: IRIs of named graphs that go with all that is in them; one that is not there does no harm.
        delete: quads that go; one that is not there does no harm.
        insert: quads that come; one that is there already is kept once.
    """

    drop: tuple[str, ...] = ()
    delete: tuple[Quad, ...] = ()
    insert: tuple[Quad, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.drop or self.delete or self.insert)


class Solutions:
    """The answer to a SELECT query: rows, read once, in the order the store gives them."""

    def __init__(self, raw: ox.QuerySolutions) -> None:
        self._raw = raw

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the variables."""
        return tuple(variable.value for variable in self._raw.variables)

    def __iter__(self) -> Iterator[Row]:
        # For a single row, a context manager would take a part of the time that one notices.
        try:
            yield from map(tuple, self._raw)
        except _BREAKS as error:
            raise unanswered(error) from error

    def records(self) -> Iterator[dict[str, str]]:
        """The rows as plain strings by column: IRIs in full, literals without type or language, "" where unbound."""
        for row in self:
            yield {column: plain(term) for column, term in zip(self.columns, row, strict=True)}

    def serialize(self, format_: ox.QueryResultsFormat) -> bytes:
        """The rows in one of SPARQL's own result formats."""
        with _evaluating():
            return self._raw.serialize(format=format_) or b""

    def write(self, out: IO[bytes], format_: ox.QueryResultsFormat) -> None:
        """Writes the rows in one of SPARQL's own result formats, while they are worked out."""
        with _evaluating():
            self._raw.serialize(out, format_)


class Verdict:
    """The answer to an ASK query."""

    def __init__(self, raw: ox.QueryBoolean) -> None:
        self._raw = raw

    def __bool__(self) -> bool:
        return bool(self._raw)

    def serialize(self, format_: ox.QueryResultsFormat) -> bytes:
        """The answer in one of SPARQL's own result formats."""
        return self._raw.serialize(format=format_) or b""

    def write(self, out: IO[bytes], format_: ox.QueryResultsFormat) -> None:
        """Writes the answer in one of SPARQL's own result formats."""
        out.write(self.serialize(format_))


class Triples:
    """The answer to a CONSTRUCT or DESCRIBE query: triples, read once."""

    def __init__(self, raw: Iterable[ox.Triple]) -> None:
        self._raw = raw

    def __iter__(self) -> Iterator[ox.Triple]:
        with _evaluating():
            yield from self._raw


Answer = Solutions | Verdict | Triples


class Store(Protocol):
    """A set of quads that answers SPARQL."""

    @property
    def path(self) -> Path | None:
        """The folder that holds the store's files; None where there is none."""
        ...

    @property
    def version(self) -> str:
        """A text that is another one after every change."""
        ...

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds many quads, the quick way, each kept once; an interruption may leave a part of them."""
        ...

    def apply(self, change: Change) -> None:
        """Makes a change, wholly or not at all; once it returns, the change outlasts a crash."""
        ...

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str = "",
    ) -> Answer:
        """Answers a query over the union of all named graphs; the project's prefixes need no declaration.

        A triple that several documents give is met once for each of them: use DISTINCT, and COUNT(DISTINCT ...).
        Where the query has FROM clauses, it is over what they name; where graphs are given here, over these, whatever
        the query's clauses name.

        Args:
            sparql: the query.
            default_graphs: IRIs of the graphs that a pattern outside GRAPH is matched with.
            named_graphs: IRIs of the graphs that GRAPH finds.
            base: what relative IRIs are resolved against where the query has no BASE; without either they do not parse.

        Raises:
            QueryError: the query does not parse, changes data, or would reach outside the store.
        """
        ...

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or all, in no particular order."""
        ...

    def dump(self, out: BinaryIO, format_: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> None:
        """Writes all quads; the order may differ from run to run."""
        ...

    def close(self) -> None:
        """Lets go of files; the store cannot be used afterwards."""
        ...


class OpenStore(Store, Protocol):
    """A store as :func:`kg.store.open_store` gives it, to be read."""

    def stated(self) -> AbstractContextManager[Store]:
        """The store without what follows from the facts and no document states.

        Raises:
            StoreError: there is no place for it, or the server cannot be reached.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class WritableStore(Store, Protocol):
    """A store as :func:`kg.store.open_for_writing` gives it."""

    def update(self, sparql: str, *, base: str = "") -> None:
        """Makes the changes of a SPARQL 1.1 Update request as it stands, wholly or not at all.

        Args:
            sparql: the request.
            base: what relative IRIs are resolved against where the request has no BASE.

        Raises:
            QueryError: the request does not parse, or would reach outside the store.
            StoreError: it cannot be written.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def plain(term: Term | None) -> str:
    """The text of a term: an IRI in full, a literal's characters, "" for None."""
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.Triple) else term.value


def select(store: Store, sparql: str) -> list[dict[str, str]]:
    """The rows of a SELECT query as plain strings; for queries of our own.

    Raises:
        TypeError: the query is no SELECT.
        QueryError: as for :meth:`Store.query`.
    """
    answer = store.query(sparql)
    if not isinstance(answer, Solutions):
        raise TypeError("select() takes a SELECT query")
    return list(answer.records())
