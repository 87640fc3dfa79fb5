"""rdflib in memory, as the other side of ``store.py``: one graph, and a copy of the process for each query."""

import json
import os
import resource
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rdflib import Dataset

from kg.terms import PREFIXES

LIMIT = 60
"""Seconds after which a query is given up."""

_REPEATS = 3
_QUICK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Side:
    """What came out.

    Attributes:
        times: how many times as long a query takes, by query, and whether it fails or is given up.
        loading: seconds of loading.
        memory: MiB of it all.
    """

    times: dict[str, tuple[float, bool]]
    loading: float
    memory: float


def measure(graph: Path, queries: Mapping[str, str], rows: Mapping[str, int], ours: Callable[[str], float]) -> Side:
    """Loads the graph and asks all queries, taking turns with ``ours``, which gives milliseconds.

    Raises:
        RuntimeError: a query that it answers has another number of rows than it should.
    """
    start = time.perf_counter()
    data = Dataset(default_union=True)
    data.parse(graph, format="nquads")
    loading = time.perf_counter() - start
    found = {}
    for name, query in queries.items():
        answer = _in_copy(data, query)
        if answer is not None and answer["rows"] != rows[name]:
            raise RuntimeError(f"rdflib gives {answer['rows']:.0f} rows for {name!r}, not {rows[name]}")
        theirs = answer["ms"] if answer is not None else LIMIT * 1000.0
        # Whatever the machine does at this moment slows both alike.
        found[name] = theirs / min(ours(query) for _ in range(_REPEATS)), answer is None
    return Side(found, loading, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _in_copy(data: Dataset, query: str) -> dict[str, float] | None:
    """The query's rows and milliseconds, the best of a few where it is quick; None where it fails or takes too long."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        # Ends the copy, whatever it is at.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LIMIT)
        with suppress(BaseException):
            os.write(writing, json.dumps(_answered(data, query)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def _answered(data: Dataset, query: str) -> dict[str, float]:
    times: list[float] = []
    while len(times) < _REPEATS and sum(times) < _QUICK_SECONDS:
        start = time.perf_counter()
        rows = sum(1 for _ in data.query(query, initNs=PREFIXES))
        times.append(time.perf_counter() - start)
    return {"rows": rows, "ms": min(times) * 1000}
