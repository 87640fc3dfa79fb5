"""Brings a store on a server to what another store holds, graph by graph, and takes up where it was interrupted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.base import Store, select
from kg.store.marks import begun_text, ended_text, new_version, noted_text
from kg.store.remote import RemoteStore
from kg.terms import ROOT, STORE_GRAPH

_GRAPHS = "SELECT DISTINCT ?graph { GRAPH ?graph {} } ORDER BY ?graph"
# Quads of graphs that are loaded together and noted together: what an interruption has to be done again.
_BATCH = 50_000
_GONE_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Push:
    """What was done.

    Attributes:
        loaded: number of named graphs that were loaded.
        present: number of those that were there already.
        dropped: number of those that went.
    """

    loaded: int = 0
    present: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class _Graph:
    """A named graph, its quads, and a digest of them."""

    name: str
    quads: Sequence[ox.Quad]
    digest: str


def check_target(target: RemoteStore) -> None:
    """Makes sure that a store may be put there: there is one, or nothing at all.

    Raises:
        StoreError: something else is there, which would mix with the store.
    """
    if not target.state.version and not target.state.building and not target.is_empty():
        told = f"What is at {target.endpoint} is no store of kg"
        raise StoreError(f"{told}; give the address of an empty one, or clear it yourself")


def push(source: Store, target: RemoteStore, rules: str, progress: Callable[[str, int, int], None]) -> Push:
    """Brings ``target`` to what ``source`` holds.

    Each document is there whole, or not at all, at any moment; the store as a whole is only once all is done. Graphs
    that stand there as an earlier, interrupted or older, build loaded them are left alone; graphs whose names are not
    the project's are never touched.

    Args:
        source: what to load.
        target: where to.
        rules: a digest of what the documents were built by.
        progress: told how many graphs are done.

    Raises:
        StoreError: the target is no store and not empty, the server refuses, or another build began meanwhile.
    """
    check_target(target)
    token = token_hex(8)
    target.write(begun_text(token))
    noted, there = target.digests(), set(target.graphs())
    names = [row["graph"] for row in select(source, _GRAPHS)]
    loaded = done = 0
    for batch in _batches(source, names, noted):
        changed = [graph for graph in batch if noted.get(graph.name) != graph.digest or graph.name not in there]
        _load(target, changed, there)
        loaded += len(changed)
        done += len(batch)
        _check(target, token)
        progress("loading", done, len(names))
    gone = sorted(name for name in there - {*names, str(STORE_GRAPH)} if name.startswith(ROOT))
    for start in range(0, len(gone), _GONE_TOGETHER):
        target.write(noted_text({}, gone[start : start + _GONE_TOGETHER]))
    _end(target, token, rules)
    return Push(loaded, len(names) - loaded, len(gone))


def _batches(source: Store, names: Sequence[str], noted: dict[str, str]) -> Iterator[list[_Graph]]:
    """The graphs, some at a time; the quads of those that are there already are not kept."""
    batch: list[_Graph] = []
    size = 0
    for name in names:
        quads = sorted(source.quads(name), key=str)
        digest = sha256(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").hexdigest()
        batch.append(_Graph(name, quads, digest))
        size += 0 if noted.get(name) == digest else len(quads)
        if size >= _BATCH or name == names[-1]:
            yield batch
            batch, size = [], 0


def _load(target: RemoteStore, graphs: Sequence[_Graph], there: set[str]) -> None:
    """Loads graphs and notes their digests last: what has no digest is loaded again."""
    if not graphs:
        return
    for graph in graphs:
        if graph.name in there:
            rows = " .\n".join(str(quad.triple) for quad in graph.quads)
            name = ox.NamedNode(graph.name)
            target.write(f"DROP SILENT GRAPH {name} ;\nINSERT DATA {{ GRAPH {name} {{\n{rows}\n}} }}")
    target.load(quad for graph in graphs if graph.name not in there for quad in graph.quads)
    target.write(noted_text({graph.name: graph.digest for graph in graphs}))


def _check(target: RemoteStore, token: str) -> None:
    if target.read_state().building != token:
        raise StoreError(f"Another build of the store at {target.endpoint} began meanwhile; run this one again")


def _end(target: RemoteStore, token: str, rules: str) -> None:
    version = new_version()
    target.write(ended_text(token, rules, version))
    target.refresh()
    if target.version != version:
        raise StoreError(f"Another build of the store at {target.endpoint} began meanwhile; run this one again")
