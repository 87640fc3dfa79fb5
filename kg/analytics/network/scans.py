"""Many scans of a store at once.

The engine joins slowly, decodes terms slowly, and scans quickly: each scan gives the few terms that it must, and they
are joined here as numbers. While it writes an answer as CSV it lets other threads work, so scans run side by side.
"""

import csv
import io
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.store import ReadStore, Solutions, Store

Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, of how much."""

_WHAT = "reading the network"


class Scans:
    """The answers to some queries, worked out side by side where the store can."""

    def __init__(self, store: Store, queries: Mapping[str, str], progress: Progress) -> None:
        """Begins to answer the queries, in their order."""
        self._store = store
        # A store on a server is asked one thing after the other.
        workers = min(len(queries), os.cpu_count() or 1) if isinstance(store, ReadStore) else 1
        self._pool = ThreadPoolExecutor(workers)
        self._answers: dict[str, Future[bytes]] = {
            name: self._pool.submit(self._answer, query) for name, query in queries.items()
        }
        self._progress = progress

    def __enter__(self) -> Self:
        for done, _ in enumerate(as_completed(self._answers.values()), start=1):
            self._progress(_WHAT, done, len(self._answers))
        return self

    def __exit__(
        self, failure: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def rows(self, name: str) -> Iterator[list[str]]:
        """The rows of a query as texts, once.

        Raises:
            EvaluationError: the store cannot answer.
        """
        text = self._answers.pop(name).result().decode("utf-8")
        rows = csv.reader(io.StringIO(text, newline=""))
        next(rows)
        return rows

    def pairs(self, name: str) -> Iterator[tuple[str, str]]:
        """The rows of a query with two columns, once."""
        return ((row[0], row[1]) for row in self.rows(name))

    def column(self, name: str) -> Iterator[str]:
        """The values of a query with one column, once."""
        return (row[0] for row in self.rows(name))

    def _answer(self, query: str) -> bytes:
        answer = self._store.query(query)
        if not isinstance(answer, Solutions):
            raise TypeError("a network is read by SELECT queries")
        return answer.serialize(ox.QueryResultsFormat.CSV)
