"""Characters a second of reading, extraction and the whole build, and how two revisions compare.

    python benchmarks/speed.py [--repeat N] [--rounds N] [--documents PATH] [--against REVISION]

Each stage runs on the documents repeated ``--repeat`` times under different names; the best of ``--rounds`` counts,
since whatever else the machine does only ever slows it down. With ``--against`` the other revision is checked out into
a temporary folder and both take turns, so that a machine that grows warm or busy slows both alike; the ratio is above 1
where this working tree is the faster one.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
STAGES = ("reading", "extraction", "build")


def copies(documents: Path, repeat: int, folder: Path) -> int:
    """Writes the documents ``repeat`` times into a folder; gives their number of characters."""
    characters = 0
    for path in sorted(path for path in documents.iterdir() if path.is_file()):
        text = path.read_text("utf-8")
        for number in range(repeat):
            (folder / f"{number:04}-{path.name}").write_text(text, "utf-8")
        characters += len(text) * repeat
    return characters


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(documents: Path, repeat: int) -> dict[str, float]:
    """Characters a second of each stage, measured once, with the ``kg`` that this process imports."""
    from kg.documents import discover, read
    from kg.extract import Extractor
    from kg.ontology import Ontology
    from kg.pipeline import build
    from kg.settings import Settings

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "documents")
        folder.mkdir()
        characters = copies(documents, repeat, folder)
        settings = Settings(ontology=Settings.from_environment().ontology, store=Path(temporary, "store"))
        extractor = Extractor(Ontology.load(settings.ontology))
        texts = [doc for path in discover([folder]) for doc in read(path, limit=10**8).documents]
        taken = {
            "reading": seconds(lambda: [read(path, limit=10**8) for path in discover([folder])]),
            "extraction": seconds(lambda: [extractor.extract(document) for document in texts]),
            "build": seconds(lambda: build([folder], settings)),
        }
    return {stage: characters / taken[stage] for stage in STAGES}


def measure_in(tree: Path, documents: Path, repeat: int) -> dict[str, float]:
    """The same in a process of its own that imports the ``kg`` of another tree."""
    code = "import sys, json, runpy; sys.path.insert(0, sys.argv[1]); from pathlib import Path; "
    code += (
        "speed = runpy.run_path(sys.argv[2]); print(json.dumps(speed['measure'](Path(sys.argv[3]), int(sys.argv[4]))))"
    )
    command = [sys.executable, "-c", code, str(tree), str(Path(__file__).resolve()), str(documents), str(repeat)]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """A temporary folder with another revision of this repository."""
    with tempfile.TemporaryDirectory() as temporary:
        git = ["git", "-C", str(REPOSITORY)]
        archive = subprocess.run([*git, "archive", revision, "--", "kg", "ontology"], capture_output=True, check=True)
        subprocess.run(["tar", "-x", "-C", temporary], input=archive.stdout, check=True)
        yield Path(temporary)


def best(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {stage: max(found[stage] for found in rounds) for stage in STAGES}


def report(here: dict[str, float], there: dict[str, float] | None, revision: str) -> Iterator[str]:
    yield f"{'characters/s':12} {'here':>12}" + (f" {revision[:12]:>12} {'ratio':>7}" if there else "")
    for stage in STAGES:
        line = f"{stage:12} {here[stage]:12,.0f}"
        yield line + (f" {there[stage]:12,.0f} {here[stage] / there[stage]:7.2f}" if there else "")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures how fast documents are read, extracted from and built.")
    parser.add_argument("--repeat", type=int, default=5, help="copies of each document")
    parser.add_argument("--rounds", type=int, default=3, help="measurements; the best counts")
    parser.add_argument("--documents", type=Path, default=REPOSITORY / "seeds")
    parser.add_argument("--against", metavar="REVISION", default="", help="a git revision to compare with")
    options = parser.parse_args()
    documents = options.documents.resolve()
    here, there = [], []
    with checked_out(options.against or "HEAD") as other:
        for _ in range(options.rounds):
            here.append(measure_in(REPOSITORY, documents, options.repeat))
            if options.against:
                there.append(measure_in(other, documents, options.repeat))
    print("\n".join(report(best(here), best(there) if there else None, options.against)))


if __name__ == "__main__":
    main()
