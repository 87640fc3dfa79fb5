"""The store beside pyoxigraph called directly and rdflib in memory: loading, queries, HTTP, opening, changing.

    python benchmarks/store.py [--triples N | --graph FILE] [--rounds N] [--no-rdflib] [--folder DIR]

All that is compared takes turns within each round, so that whatever else the machine does slows all alike; medians
count, and every engine must give as many rows as the others. ``kg`` loads as its own builder does, safely on the disk
and with a snapshot for readers; pyoxigraph loads by ``bulk_load``. Each has its own copy of the data, loaded in a
process of its own. rdflib answers in a copy of the process that holds its graph, which is ended after a minute; a
query that it does not finish, or fails on, counts as a minute.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import rdflib_side
from graph import REPOSITORY, write_graph
from questions import questions
from serving import JSON, Client, serving

from kg.store import OpenStore, Solutions, StoreBuilder, open_store
from kg.terms import PREFIXES

TASKS = ("load-kg", "load-pyoxigraph", "open")
_MOST_SECONDS = 1.0
_MOST_REPEATS = 25
# Below so many times a decimal matters.
_FEW = 10


@dataclass(frozen=True, slots=True)
class Loaded:
    """Seconds and peak memory (MiB) of loading in a process of its own."""

    seconds: float
    memory: float


@dataclass(slots=True)
class Timed:
    """One query.

    Attributes:
        rows: how many it has.
        kg: milliseconds by the store.
        pyoxigraph: milliseconds by the engine called directly.
        http: milliseconds that HTTP adds.
        rdflib: how many times as long rdflib takes, and whether it fails; None where it was not asked.
    """

    rows: int
    kg: float
    pyoxigraph: float
    http: float
    rdflib: tuple[float, bool] | None = None


def in_process(task: str, *arguments: Path) -> dict[str, float]:
    """What a task measures in a process of its own."""
    command = [sys.executable, __file__, "--task", task, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    if done.returncode:
        sys.exit(f"{task} failed: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def perform(task: str, arguments: Sequence[Path]) -> dict[str, float]:
    """A task of :data:`TASKS`, in this process."""
    start = time.perf_counter()
    if task == "load-kg":
        graph, folder = arguments
        with StoreBuilder(folder) as builder, graph.open("rb") as file:
            builder.store.load(file)
    elif task == "load-pyoxigraph":
        graph, folder = arguments
        ox.Store(str(folder)).bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    else:
        with open_store(arguments[0]) as store:
            opened = time.perf_counter() - start
            next(iter(store.quads()))
        return {"seconds": opened, "first": time.perf_counter() - start}
    return {
        "seconds": time.perf_counter() - start,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def load(graph: Path, folder: Path, rounds: int) -> tuple[list[Loaded], list[Loaded]]:
    """Loads in turn; the folders ``kg`` and ``pyoxigraph`` of the last round stay."""
    found: dict[str, list[Loaded]] = {"load-kg": [], "load-pyoxigraph": []}
    places = {"load-kg": folder / "kg", "load-pyoxigraph": folder / "pyoxigraph"}
    # So that nobody pays for reading the file from the disk.
    with graph.open("rb") as file:
        while file.read(1 << 24):
            pass
    for number in range(rounds):
        for task in TASKS[:2] if number % 2 == 0 else reversed(TASKS[:2]):
            shutil.rmtree(places[task], ignore_errors=True)
            result = in_process(task, graph, places[task])
            found[task].append(Loaded(result["seconds"], result["memory"]))
    return found["load-kg"], found["load-pyoxigraph"]


def forget(folder: Path) -> None:
    """Has the system drop what it keeps of a folder's files in memory, so that they are read from the disk again."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def opened_cold(store: Path, rounds: int) -> dict[str, float]:
    """Median seconds of opening the store, in new processes, and of opening and reading from it."""
    runs = []
    for _ in range(rounds):
        forget(store)
        runs.append(in_process("open", store))
    return {name: median(run[name] for run in runs) for name in runs[0]}


def ask_kg(store: OpenStore, query: str) -> int:
    answer = store.query(query)
    if not isinstance(answer, Solutions):
        raise TypeError("the queries are all SELECT")
    return sum(1 for _ in answer)


def ask_pyoxigraph(store: ox.Store, query: str) -> int:
    answer = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("the queries are all SELECT")
    # Rows as the store gives them: their terms, not only their number.
    return sum(1 for row in answer if tuple(row))


def ask_http(client: Client, query: str) -> int:
    reply = client.query(query, JSON)
    if reply.status != 200:
        raise RuntimeError(f"the service says {reply.status}: {reply.text}")
    return len(json.loads(reply.body)["results"]["bindings"])


def served(client: Client, query: str) -> float:
    """Milliseconds of a query over HTTP, until the last byte has come."""
    return milliseconds(lambda: client.query(query, JSON))


def serialised(store: OpenStore, query: str) -> float:
    """Milliseconds of the same answer without HTTP, as the same bytes."""

    def work() -> None:
        answer = store.query(query)
        if isinstance(answer, Solutions):
            answer.serialize(ox.QueryResultsFormat.JSON)

    return milliseconds(work)


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def compare(store: OpenStore, direct: ox.Store, client: Client, query: str, rounds: int) -> Timed:
    """One query by all that take turns; the number of rows must be the same."""
    works: Mapping[str, Callable[[], float]] = {
        "kg": lambda: milliseconds(lambda: ask_kg(store, query)),
        "pyoxigraph": lambda: milliseconds(lambda: ask_pyoxigraph(direct, query)),
        "http": lambda: served(client, query),
        "serialised": lambda: serialised(store, query),
    }
    rows = {ask_kg(store, query), ask_pyoxigraph(direct, query), ask_http(client, query)}
    if len(rows) > 1:
        raise RuntimeError(f"the engines do not agree on the number of rows, {sorted(rows)}: {query}")
    once = works["kg"]()
    repeats = max(1, min(_MOST_REPEATS, int(_MOST_SECONDS * 1000 / max(once, 0.01))))
    taken: dict[str, list[float]] = {name: [] for name in works}
    names = list(works)
    for number in range(rounds * repeats):
        # Another one goes first each time.
        for name in names[number % 4 :] + names[: number % 4]:
            taken[name].append(works[name]())
    middle = {name: median(times) for name, times in taken.items()}
    return Timed(rows.pop(), middle["kg"], middle["pyoxigraph"], middle["http"] - middle["serialised"])


def queries(folder: Path, rounds: int) -> tuple[dict[str, Timed], float]:
    """All queries, and the memory (MiB) of the service that answered some of them."""
    found: dict[str, Timed] = {}
    direct = ox.Store.read_only(str(folder / "pyoxigraph"))
    with open_store(folder / "kg") as store, serving(folder / "kg", "--workers", "2") as server:
        client = server.client()
        for name, query in questions(folder / "kg").items():
            found[name] = compare(store, direct, client, query, rounds)
        client.close()
        return found, server.memory()


def changed(folder: Path) -> dict[str, float]:
    """Seconds of adding one document and of removing it again, each as a command of its own."""
    with tempfile.TemporaryDirectory() as temporary:
        document = Path(temporary, "one-more.txt")
        document.write_text("TSMC outsources the final test of its chips to Amkor. ASE competes with Amkor.\n", "utf-8")
        return {
            "add": command("add", str(document), "--store", str(folder / "kg")),
            "remove": command("remove", document.name, "--store", str(folder / "kg")),
        }


def command(*arguments: str) -> float:
    """Seconds of a ``kg`` command, from a new process to its end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True, cwd=REPOSITORY)
    return time.perf_counter() - start


def peak(*arguments: str) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of a ``kg`` command."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments], stdout=subprocess.DEVNULL, cwd=REPOSITORY
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"kg {arguments[0]} ends with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def size(folder: Path) -> float:
    """MiB on the disk; a file with two names counts once."""
    files = {path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    return sum(files.values()) / (1024 * 1024)


def table(found: Mapping[str, Timed]) -> Iterator[str]:
    """The queries, a row each, then how the targets are met."""
    beside = any(timed.rdflib is not None for timed in found.values())
    yield f"| query | rows | kg, ms | ÷ pyoxigraph | HTTP adds, ms |{' rdflib ÷ kg |' if beside else ''}"
    yield f"|---|---|---|---|---|{'---|' if beside else ''}"
    for name, timed in found.items():
        line = f"| {name} | {timed.rows} | {timed.kg:.2f} | {timed.kg / timed.pyoxigraph:.2f} | {timed.http:.2f} |"
        yield line + (f" {_times(timed)} |" if beside else "")
    yield ""
    ratios = [timed.kg / timed.pyoxigraph for timed in found.values()]
    yield f"kg ÷ pyoxigraph: {max(ratios):.2f} at most, {median(ratios):.2f} at the median"
    yield f"HTTP adds {median(timed.http for timed in found.values()):.2f} ms at the median over the queries"
    if beside:
        faster = [timed.rdflib[0] for timed in found.values() if timed.rdflib is not None]
        yield f"rdflib ÷ kg: {min(faster):,.1f} at least, {median(faster):,.0f} at the median"


def _times(timed: Timed) -> str:
    if timed.rdflib is None:
        return ""
    times, failed = timed.rdflib
    return f"fails or > {times:,.0f}" if failed else f"{times:,.{int(times < _FEW)}f}"


def run(graph: Path, folder: Path, options: argparse.Namespace) -> Iterator[str]:
    """Measures everything; gives lines to print as they come."""
    ours, theirs = load(graph, folder, options.load_rounds or options.rounds)
    ratios = [other.seconds / one.seconds for one, other in zip(ours, theirs, strict=True)]
    direct = ox.Store.read_only(str(folder / "pyoxigraph"))
    count = len(direct)
    del direct
    speed = count / median(each.seconds for each in ours) / 1000
    yield f"{count:,} triples; {size(folder / 'kg'):,.0f} MiB on the disk"
    spread = f"rounds {min(ratios):.2f}–{max(ratios):.2f}"
    yield f"loading: {speed:,.0f} thousand a second, {median(ratios):.2f} of bulk_load's speed ({spread})"
    memory = max(each.memory for each in ours), max(each.memory for each in theirs)
    yield f"peak memory of loading: {memory[0]:,.0f} MiB, bulk_load {memory[1]:,.0f} MiB"
    cold = opened_cold(folder / "kg", options.rounds)
    yield f"opening cold: {cold['seconds']:.3f} s, with the first triple {cold['first']:.3f} s"
    found, resident = queries(folder, options.rounds)
    if options.rdflib:
        rows = {name: timed.rows for name, timed in found.items()}
        with open_store(folder / "kg") as store:
            side = rdflib_side.measure(
                graph, questions(folder / "kg"), rows, lambda query: milliseconds(lambda: ask_kg(store, query))
            )
        for name, timed in found.items():
            timed.rdflib = side.times[name]
        yield f"rdflib: loading {side.loading:,.0f} s, {side.memory:,.0f} MiB"
    yield ""
    yield from table(found)
    yield f"memory of the service with two workers: {resident:,.0f} MiB"
    change = changed(folder)
    yield f"kg add of one document {change['add']:.1f} s, kg remove {change['remove']:.1f} s"
    if options.validate:
        seconds, most = peak("validate", "--store", str(folder / "kg"))
        yield f"kg validate {seconds:,.1f} s, {most:,.0f} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares the store with pyoxigraph and rdflib.")
    parser.add_argument("--triples", type=int, default=1_000_000, help="size of the graph that is made up")
    parser.add_argument("--graph", type=Path, help="a graph that graph.py has written, instead")
    parser.add_argument("--rounds", type=int, default=5, help="medians of so many count")
    parser.add_argument("--load-rounds", type=int, default=0, help="rounds of loading, if not as many")
    parser.add_argument("--folder", type=Path, help="where stores are written meanwhile")
    parser.add_argument("--rdflib", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--validate", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        print(json.dumps(perform(options.task, options.arguments)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        folder = Path(temporary)
        graph = options.graph
        if graph is None:
            graph = folder / "graph.nq"
            print(write_graph(graph, options.triples), flush=True)
        for line in run(graph.resolve(), folder, options):
            print(line, flush=True)


if __name__ == "__main__":
    main()
