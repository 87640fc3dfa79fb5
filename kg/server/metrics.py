"""Counters of the service, in Prometheus' text form."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kg.server.pool import Pool

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """What has been asked and answered since the start."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts an answered request."""
        self._requests[route, method, status] += 1
        # One more bucket for what takes longer than the last.
        counts = self._buckets.setdefault(route, [0] * (len(_BUCKETS) + 1))
        counts[bisect_left(_BUCKETS, seconds)] += 1
        self._seconds[route] += seconds

    def text(self, pool: Pool, version: str) -> str:
        """All numbers, those of the pool included."""
        return "".join([*self._request_lines(), *self._latency_lines(), *_pool_lines(pool, version)])

    def _request_lines(self) -> Iterable[str]:
        yield from _head("kg_requests_total", "counter", "Requests answered, by route, method and status.")
        for (route, method, status), number in sorted(self._requests.items()):
            yield _line("kg_requests_total", {"route": route, "method": method, "status": str(status)}, number)

    def _latency_lines(self) -> Iterable[str]:
        name = "kg_request_seconds"
        yield from _head(name, "histogram", "Seconds from a request's arrival to the end of its answer, by route.")
        for route, counts in sorted(self._buckets.items()):
            total = 0
            for bound, number in zip((*_BUCKETS, float("inf")), counts, strict=True):
                total += number
                least = "+Inf" if bound == float("inf") else f"{bound:g}"
                yield _line(f"{name}_bucket", {"route": route, "le": least}, total)
            yield _line(f"{name}_sum", {"route": route}, self._seconds[route])
            yield _line(f"{name}_count", {"route": route}, total)


def _pool_lines(pool: Pool, version: str) -> Iterable[str]:
    for name, kind, about, number in (
        ("kg_workers", "gauge", "Worker processes that live.", pool.workers),
        ("kg_running", "gauge", "Requests that workers are at.", pool.running),
        ("kg_slow", "gauge", "Queries that run for longer than a second.", pool.slow),
        ("kg_queued", "gauge", "Requests that wait for a worker.", pool.queued),
        ("kg_killed_total", "counter", "Queries stopped at the time limit.", pool.counts.killed),
        ("kg_rejected_total", "counter", "Requests sent away because there was too much to do.", pool.counts.rejected),
        ("kg_died_total", "counter", "Workers that died of a query.", pool.counts.died),
    ):
        yield from _head(name, kind, about)
        yield _line(name, {}, number)
    yield from _head("kg_store_info", "gauge", "The version of the store that is served.")
    yield _line("kg_store_info", {"version": version}, 1)


def _head(name: str, kind: str, about: str) -> Iterable[str]:
    yield f"# HELP {name} {about}\n"
    yield f"# TYPE {name} {kind}\n"


def _line(name: str, labels: Mapping[str, str], number: float) -> str:
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
    return f"{name}{{{told}}} {number}\n" if told else f"{name} {number}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
