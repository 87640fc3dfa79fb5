"""``kg serve`` under load: many clients with mixed questions, then runaway queries beside simple ones.

    python benchmarks/load.py [--triples N | --graph FILE] [--clients N] [--seconds S] [--timeout S] [--runaways N]

The clients are threads of a process of their own; each sends its next request when it has the answer to the last, in an
order of its own. Nothing but 200, and 503 where the service is full, may come. Memory is that of all processes of the
service, sampled each second; its first quarter is compared with its last. The runaway queries are cross products,
orderings of everything and closures of paths, all at once; each must be stopped within two seconds of the limit, and
what the simple queries took meanwhile is told.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import quote

from graph import REPOSITORY, write_graph
from questions import HUB, QUERIES, USUAL
from serving import JSON, Client, Server, serving

from kg.store import StoreBuilder

SIMPLE = (
    "/sparql?query=" + quote(QUERIES["names of suppliers"]),
    "/sparql?query=" + quote(QUERIES["two hops"]),
    "/sparql?query=" + quote(QUERIES["all about an entity"]),
    "/sparql?query=" + quote(f"ASK {{ entity:{USUAL} sp:outsourcesTo entity:{HUB} }}"),
    "/sparql?query=" + quote(QUERIES["path of any length"]),
    f"/entity/{USUAL}",
    "/api/v1/search?q=maker+19",
    f"/api/v1/entities/organisation/{USUAL}",
    f"/api/v1/entities/organisation/{USUAL}/neighbours",
    f"/api/v1/evidence?subject={USUAL}&limit=5",
    "/api/v1/documents?limit=10",
)
RUNAWAYS = (
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != <urn:{0}>) }}",
    "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?c ?f DESC(?a) LIMIT {0}",
    "SELECT (COUNT(*) AS ?n) {{ ?a (sp:competesWith|sp:partnersWith|sp:outsourcesTo|^sp:outsourcesTo)+ ?b "
    "FILTER(?a != <urn:{0}>) }}",
)
_SPARE_SECONDS = 2.0


@dataclass(slots=True)
class Seen:
    """What clients have seen: how often each status or error, and how long answers took in milliseconds."""

    statuses: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, status: str, taken: float) -> None:
        with self.lock:
            self.statuses[status] += 1
            self.times.append(taken)


def share(times: Sequence[float], part: float) -> float:
    """The value below which a part of the times lies."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] if times else 0.0


def keep_asking(url: str, number: int, end: float, seen: Seen) -> None:
    """One client, until the end."""
    client, random = Client(url), Random(number)
    while time.time() < end:
        path, start = random.choice(SIMPLE), time.perf_counter()
        try:
            status = str(client.ask(path, Accept=f"{JSON}, application/json, text/html;q=0.9").status)
        except OSError as error:
            status = type(error).__name__
        seen.add(status, (time.perf_counter() - start) * 1000)
        if status != "200":
            time.sleep(0.2)
    client.close()


def clients(url: str, count: int, seconds: float) -> None:
    """All clients, in this process; prints what they saw."""
    seen, end = Seen(), time.time() + seconds
    threads = [threading.Thread(target=keep_asking, args=(url, number, end, seen)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"statuses": seen.statuses, "p50": share(seen.times, 0.5), "p99": share(seen.times, 0.99)}))


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load."""

    statuses: dict[str, int]
    p50: float
    p99: float
    memory: list[float]


def loaded(server: Server, count: int, seconds: float) -> Load:
    """Has so many clients ask for so long."""
    command = [sys.executable, __file__, "--url", server.url, "--clients", str(count), "--seconds", str(seconds)]
    memory = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        while process.poll() is None:
            memory.append(server.memory())
            time.sleep(1)
        said = json.loads(process.communicate()[0])
    return Load(said["statuses"], said["p50"], said["p99"], memory)


def run_away(server: Server, query: str, found: list[tuple[float, int]]) -> None:
    """Sends one runaway query; notes the seconds until its end, and the status."""
    client, start = server.client(), time.perf_counter()
    reply = client.query(query)
    found.append((time.perf_counter() - start, reply.status))
    client.close()


def overrun(server: Server, count: int, timeout: float) -> tuple[list[tuple[float, int]], Load]:
    """So many runaway queries at once, beside four clients with simple ones."""
    found: list[tuple[float, int]] = []
    queries = [RUNAWAYS[number % len(RUNAWAYS)].format(number + 1) for number in range(count)]
    threads = [threading.Thread(target=run_away, args=(server, query, found)) for query in queries]
    for thread in threads:
        thread.start()
    meanwhile = loaded(server, 4, timeout + _SPARE_SECONDS)
    for thread in threads:
        thread.join()
    return sorted(found), meanwhile


def told(load: Load) -> str:
    """A line on what clients saw."""
    counts = ", ".join(f"{count:,} × {status}" for status, count in sorted(load.statuses.items()))
    return f"{counts}; p50 {load.p50:.1f} ms, p99 {load.p99:.1f} ms, ratio {load.p99 / max(load.p50, 0.001):.1f}"


def report(store: Path, options: argparse.Namespace) -> Iterator[str]:
    """Runs both; gives lines to print as they come."""
    with serving(store) as server:
        # Workers read what they need at their start.
        loaded(server, 4, min(3.0, options.seconds))
        load = loaded(server, options.clients, options.seconds)
    yield f"{options.clients} clients for {options.seconds:g} s: {told(load)}"
    yield f"requests a second: {sum(load.statuses.values()) / options.seconds:,.0f}"
    quarter = max(1, len(load.memory) // 4)
    first, last = median(load.memory[:quarter]), median(load.memory[-quarter:])
    yield f"memory: {first:,.0f} MiB at first, {last:,.0f} MiB at last, {max(load.memory):,.0f} MiB at most"
    with serving(store, "--timeout", str(options.timeout)) as server:
        loaded(server, 4, min(3.0, options.seconds))
        found, meanwhile = overrun(server, options.runaways, options.timeout)
    stopped = ", ".join(f"{status} after {seconds:.1f} s" for seconds, status in found)
    yield f"{options.runaways} runaway queries, limit {options.timeout:g} s: {stopped}"
    yield f"simple queries meanwhile: {told(meanwhile)}"
    yield from problems(load, meanwhile, found, options.timeout)


def problems(load: Load, meanwhile: Load, found: Sequence[tuple[float, int]], timeout: float) -> Iterator[str]:
    """What is not as it should be."""
    for each in (load, meanwhile):
        if wrong := each.statuses.keys() - {"200", "503"}:
            yield f"PROBLEM: {', '.join(sorted(wrong))} came"
    if load.p99 > 20 * load.p50:
        yield "PROBLEM: the slowest hundredth takes more than twenty times the median"
    if late := [seconds for seconds, _ in found if seconds > timeout + _SPARE_SECONDS]:
        yield f"PROBLEM: {len(late)} runaway queries were stopped late, after {max(late):.1f} s"
    if kept := [status for _, status in found if status not in {200, 503, 504, 507}]:
        yield f"PROBLEM: runaway queries ended with {kept}"
    if not meanwhile.statuses.get("200"):
        yield "PROBLEM: no simple query was answered beside the runaway ones"


def main() -> None:
    parser = argparse.ArgumentParser(description="Puts kg serve under load.")
    parser.add_argument("--triples", type=int, default=1_000_000, help="size of the graph that is made up")
    parser.add_argument("--graph", type=Path, help="a graph that graph.py has written, instead")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--timeout", type=float, default=5.0, help="limit of the runaway queries")
    parser.add_argument("--runaways", type=int, default=10)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.url:
        clients(options.url, options.clients, options.seconds)
        return
    with tempfile.TemporaryDirectory() as temporary:
        graph = options.graph
        if graph is None:
            graph = Path(temporary, "graph.nq")
            print(write_graph(graph, options.triples), flush=True)
        with StoreBuilder(Path(temporary, "store")) as builder, graph.open("rb") as file:
            builder.store.load(file)
        for line in report(Path(temporary, "store"), options):
            print(line, flush=True)


if __name__ == "__main__":
    main()
