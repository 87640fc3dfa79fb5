"""How long the explorer waits for a service: names as somebody types, neighbours, evidence, over HTTP.

    python benchmarks/explorer.py STORE [--requests N] [--workers N]

A service of its own is started over the store, and told of once it is prepared. Each question is asked so many times,
one after the other, with other entities each time: a third about the entities with most claims, the rest about any.
Told are the median, the 99th of a hundred, and the longest, in milliseconds, the whole answer read.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import quote, urlencode

from serving import Client, serving

from kg.analytics.network import Network
from kg.server.view.kept import kept_view
from kg.server.view.view import View
from kg.store import open_store
from kg.terms import ROOT

_HUBS = 30
_LETTERS = (1, 2, 3, 5, 8)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("store", type=Path)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    for line in report(options.store, options.requests, options.workers):
        print(line, flush=True)


def report(store: Path, requests: int, workers: int) -> Iterator[str]:
    """The lines of the report."""
    started = time.perf_counter()
    with serving(store, "--workers", str(workers)) as server:
        client = Client(server.url)
        prepared(client)
        yield f"prepared and served after {time.perf_counter() - started:.1f} s"
        with open_store(store) as opened:
            view = kept_view(opened)
            if view is None:
                raise SystemExit("The store was changed meanwhile; measure again")
            network = view.index.network
            yield (
                f"{len(network.document_iris):,} documents, {len(network.claim_ids):,} claims, "
                f"{len(network.iris):,} entities; the largest has {int(view.index.weights.max()):,} claims"
            )
            for name, ask in questions(view).items():
                yield told(name, measured(client, ask, requests))
        client.close()


def prepared(client: Client) -> None:
    """Waits until the service knows whom each entity is joined with."""
    while client.ask("/api/v1/search?q=a").status == 503:
        time.sleep(0.5)


def questions(view: View) -> dict[str, Callable[[Random], str]]:
    """What is asked, by name: from a source of chance to an address."""
    network, weights = view.index.network, view.index.weights
    hubs = weights.argsort()[::-1][:_HUBS].tolist()
    others = weights.nonzero()[0]

    def entity(random: Random) -> int:
        return random.choice(hubs) if random.random() < 1 / 3 else int(others[random.randrange(len(others))])

    def beginning(random: Random) -> str:
        return quote(network.labels[entity(random)][: random.choice(_LETTERS)])

    def line(random: Random) -> str:
        statement = random.randrange(len(network.subjects))
        relation = network.relation_names[network.relation_of[statement]]
        fields = {"subject": short(network, network.subjects[statement]), "relation": relation}
        return urlencode(fields | {"object": short(network, network.objects[statement])})

    def hub(random: Random) -> str:
        return short(network, random.choice(hubs))

    return {
        "search": lambda random: f"/api/v1/search?q={beginning(random)}",
        "around": lambda random: f"/api/v1/view/around?entity={short(network, entity(random))}",
        "around a hub": lambda random: f"/api/v1/view/around?entity={hub(random)}",
        "evidence of a line": lambda random: f"/api/v1/view/evidence?{line(random)}",
        "evidence of a hub": lambda random: f"/api/v1/view/evidence?subject={hub(random)}",
        "path": lambda random: f"/api/v1/view/path?from={hub(random)}&to={short(network, entity(random))}",
        "neighbours": lambda random: f"/api/v1/entities/organisation/{hub(random).partition('/')[2]}/neighbours",
        "facets": lambda _: "/api/v1/facets",
        "page of an entity": lambda random: f"/{short(network, entity(random))}",
    }


def short(network: Network, entity: int) -> str:
    """What the explorer calls an entity."""
    return network.iris[int(entity)].removeprefix(ROOT)


def measured(client: Client, ask: Callable[[Random], str], requests: int) -> list[float]:
    """Milliseconds of each request; an answer other than 200 ends the measuring."""
    random, times = Random(1), []
    for _ in range(requests):
        path = ask(random)
        start = time.perf_counter()
        answer = client.ask(path, Accept="application/json, text/html;q=0.9")
        times.append((time.perf_counter() - start) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path} was answered with {answer.status}: {json.dumps(answer.body[:200].decode())}")
    return times


def told(name: str, times: Sequence[float]) -> str:
    """A row of the report."""
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{name:20} median {median(ordered):7.1f} ms   p99 {late:7.1f} ms   longest {ordered[-1]:7.1f} ms"


if __name__ == "__main__":
    main()
