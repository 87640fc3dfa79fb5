"""Killed at random moments: the store opens, what was acknowledged is there, no document is there in part."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.graph import Rules, document_quads, ontology_quads
from kg.ontology import Ontology
from kg.pipeline import Work, extracted
from kg.pipeline.building import spanning_quads
from kg.resolve import Linker
from kg.store import EmbeddedStore, Rulebook, list_documents, open_for_writing, open_store

pytestmark = pytest.mark.alone

KILLS = 20
SENTENCES = (
    "TSMC outsources some of its packaging to Amkor.",
    "TSMC does not outsource packaging to Amkor.",
    "Quxtronic Holdings competes with ASE.",
    "ASE competes with Amkor.",
    "Amkor plans capital expenditure of $7 billion in 2026.",
    "Amkor plans capital expenditure of $9 billion in 2026.",
    "SPIL is a subsidiary of ASE.",
    "QUXTRONIC Holdings outsources assembly to JCET.",
)


class Jobs:
    """Runs jobs, and kills one where it is told to."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.took = {"add": 0.5, "remove": 0.3, "build": 0.8}
        command = [sys.executable, str(Path(__file__).with_name("forking.py"))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.line() == "ready"

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def run(self, do: str, what: list[str], kill_after: float | None = None) -> bool:
        """Whether the job came to its end."""
        assert self.process.stdin is not None
        started = time.monotonic()
        self.process.stdin.write(json.dumps({"do": do, "what": what, "store": str(self.store)}) + "\n")
        self.process.stdin.flush()
        child = int(self.line())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        done = self.line() == "0"
        if kill_after is None:
            self.took[do] = time.monotonic() - started
        return done


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "store")
    yield jobs
    assert jobs.process.stdin is not None
    assert jobs.process.stdout is not None
    jobs.process.stdin.close()
    jobs.process.stdout.close()
    jobs.process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve documents that agree, contradict and follow from each other."""
    (tmp_path / "in").mkdir()
    for number in range(12):
        said = [SENTENCES[(number * step + step) % len(SENTENCES)] for step in (1, 3, 5)]
        (tmp_path / "in" / f"{number}.txt").write_text("\n\n".join([*said, f"Lot {number}."]), "utf-8")
    return tmp_path / "in"


class Truth:
    """What a store of some of the documents holds."""

    def __init__(self, folder: Path, ontology: Ontology, extractor: Extractor) -> None:
        works = extracted(sorted(folder.iterdir()), extractor, [], limit=10**7, progress=lambda *_: None)
        self.works: dict[str, Work] = {work.document.name: work for work in works}
        self.book = Rulebook(ontology, Linker(ontology), Rules(ontology))

    def lines(self, names: set[str]) -> set[str]:
        works = [work for name, work in self.works.items() if name in names]
        store = EmbeddedStore()
        for work in works:
            quads = document_quads(work.document, work.claims, work.observations, self.book.linker, self.book.ontology)
            store.add(quads)
        store.add(spanning_quads(works, self.book.linker, self.book.ontology))
        store.add(ontology_quads(self.book.ontology))
        return {str(quad) for quad in store.quads()}

    def names_in(self, path: Path) -> set[str]:
        """The names of a store's documents, once it is sure that it holds all of them and what spans them."""
        with open_store(path) as store:
            names = {document.name for document in list_documents(store)}
            assert {str(quad) for quad in store.quads()} == self.lines(names)
        return names


def test_a_store_outlives_kills_of_what_writes_it(
    jobs: Jobs, folder: Path, ontology: Ontology, extractor: Extractor
) -> None:
    truth = Truth(folder, ontology, extractor)
    every = sorted(truth.works)
    chance = random.Random(7)
    assert jobs.run("build", [str(folder)])
    present, killed = truth.names_in(jobs.store), 0
    assert present == set(every)
    while killed < KILLS:
        absent = sorted(set(every) - present)
        do = chance.choice(["add", "remove", "build"] if absent else ["remove", "build"])
        some = chance.sample(absent if do == "add" else sorted(present) or every, k=1 if do == "add" else 2)
        what = {"add": [str(folder / name) for name in absent], "remove": some, "build": [str(folder)]}[do]
        if do == "remove" and not set(some) <= present:
            continue
        done = jobs.run(do, what, chance.uniform(0, jobs.took[do]))
        killed += not done
        now = truth.names_in(jobs.store)
        wanted = {"add": set(every), "remove": present - set(some), "build": set(every)}[do]
        if done:
            assert now == wanted
        elif do == "remove":
            assert wanted <= now <= present
        elif do == "add":
            assert present <= now <= wanted
        else:
            assert now in (present, wanted)
        with open_for_writing(jobs.store):
            present = truth.names_in(jobs.store)
        assert present == now or (not done and do != "build")
    assert jobs.run("build", [str(folder)])
    assert truth.names_in(jobs.store) == set(every)
    assert not list(jobs.store.parent.glob(".store.*"))
