"""How long the answers over the network take, as whole commands, and its measures beside networkx.

    python benchmarks/answers.py --store DIR [--rounds N] [--no-networkx] [--from NAME --to NAME --impact NAME]

Each command is a process of its own, as a user runs it; the first one reads the network of the store, which is removed
before, and is timed apart. Seconds of the wall and of the processor are given, medians over the rounds, since other
work on the machine slows the former alone. What is asked is what the store depends on most, unless it is named.
networkx works on the same graph of who depends on whom, in this process: building it, shortest path, articulation
points, betweenness from a sample of the same size.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

import networkx as nx
import numpy as np

REPOSITORY = Path(__file__).resolve().parent.parent
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))

from kg.analytics import Scope  # noqa: E402 - the program lies beside this folder
from kg.analytics.chokepoint_measures import SAMPLE, betweenness, cut_off, direct, visits  # noqa: E402
from kg.analytics.impact_spread import Groups, grouped, uses  # noqa: E402
from kg.analytics.network import Network, edges, find, open_network, select  # noqa: E402
from kg.analytics.network.columns import KINDS  # noqa: E402
from kg.analytics.path_search import best_walks  # noqa: E402
from kg.model import MentionKind  # noqa: E402
from kg.store import open_store  # noqa: E402
from kg.store.layout import NETWORK  # noqa: E402

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the wall and seconds of the processor."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.processor:.2f} s of the processor)"


def command(store: Path, *arguments: str) -> Took:
    """A command of ``kg``, from its start to its end."""
    line = [sys.executable, "-m", "kg", *arguments, "--store", str(store), "--format", "json", "--quiet"]
    start = time.perf_counter()
    process = subprocess.Popen(line, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(arguments)} failed")
    return Took(wall, used.ru_utime + used.ru_stime)


def typical(rounds: int, work: Callable[[], Took]) -> Took:
    """The medians of some rounds."""
    every = [work() for _ in range(rounds)]
    return Took(median(each.wall for each in every), median(each.processor for each in every))


def timed(work: Callable[[], _T]) -> tuple[_T, Took]:
    """What some work in this process gives, and takes."""
    start, begun = time.perf_counter(), time.process_time()
    found = work()
    return found, Took(time.perf_counter() - start, time.process_time() - begun)


def asked(network: Network, groups: Groups) -> tuple[str, str, str, str]:
    """Two that are far from each other, and the organisation and the place that most depend on: by their IRIs."""
    counts = direct(groups)
    order = np.argsort(-counts, kind="stable")
    far = np.flatnonzero(np.isin(np.arange(len(network.iris)), groups.edges.dependents))
    place = int(np.argmax(np.where(network.kinds == KINDS.index(MentionKind.PLACE), counts, -1)))
    found = [network.iris[int(each)] for each in (far[-1], order[20 % len(order)], order[0], place)]
    return found[0], found[1], found[2], found[3]


def beside_networkx(network: Network, groups: Groups, start: int, end: int) -> None:
    """The measures of this program and those of networkx over the same edges."""
    pairs = groups.edges
    print(f"beside networkx, over {len(pairs.dependents):,} edges:")
    built = timed(lambda: nx.DiGraph(zip(pairs.dependents.tolist(), pairs.providers.tolist(), strict=True)))
    graph, took = built
    print(f"  building the graph: networkx {took}, here part of the network")
    selection = select(network, Scope())
    ours = timed(lambda: best_walks(edges(selection), start, end, most=3, longest=6))[1]
    theirs = timed(lambda: nx.has_path(graph, start, end) and nx.shortest_path(graph, start, end))[1]
    print(f"  shortest path: networkx {theirs} for one; here {ours} for the three best by hops and confidence")
    top = int(np.argmax(direct(groups)))
    ours = timed(lambda: cut_off(pairs, top))[1]
    theirs = timed(lambda: list(nx.articulation_points(graph.to_undirected())))[1]
    print(f"  articulation points: networkx {theirs} for all; here {ours} for each that is told")
    ours = timed(lambda: betweenness(pairs))[1]
    sample = min(SAMPLE, len(graph))
    theirs = timed(lambda: nx.betweenness_centrality(graph, k=sample, seed=0))[1]
    print(f"  betweenness from a sample of {sample}: networkx {theirs}, here {ours}")
    print(f"  dependence (PageRank): here {timed(lambda: visits(groups))[1]}; networkx needs SciPy for it")


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the answers over the network of a store.")
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--from", dest="start", default="")
    parser.add_argument("--to", dest="end", default="")
    parser.add_argument("--impact", default="")
    parser.add_argument("--no-networkx", action="store_true")
    options = parser.parse_args()
    shutil.rmtree(options.store / NETWORK, ignore_errors=True)
    with open_store(options.store) as store:
        network, first = timed(lambda: open_network(store))
        _, again = timed(lambda: open_network(store))
        groups = grouped(edges(select(network, Scope())), uses(select(network, Scope())))
    held = sum(each.stat().st_size for each in (options.store / NETWORK).rglob("*.npy")) / 1024**2
    print(f"{len(network.claim_ids):,} claims, {len(network.subjects):,} statements, {len(network.iris):,} entities")
    print(f"reading the network at first: {first}; {held:.0f} MiB on the disk; a ready one: {again}")
    chosen = asked(network, groups)
    start, end, what = options.start or chosen[0], options.end or chosen[1], options.impact or chosen[2]
    with open_store(options.store) as store:
        ends = find(network, store, start), find(network, store, end)
    for arguments in (
        ("path", start, end),
        ("path", end, start),
        ("impact", what),
        ("impact", chosen[3]),
        ("chokepoints",),
        ("chokepoints", "--kind", "technology"),
        ("chokepoints", "--kind", "place"),
        ("conflicts",),
        ("timeline", end),
        ("compare", start, end),
        ("unknowns", end),
        ("unknowns",),
        ("brief", end),
    ):
        took = typical(options.rounds, lambda arguments=arguments: command(options.store, *arguments))  # type: ignore[misc]
        print(f"kg {json.dumps(' '.join(arguments))}: {took}")
    if not options.no_networkx:
        beside_networkx(network, groups, *ends)


if __name__ == "__main__":
    main()
