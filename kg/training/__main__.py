"""``python -m kg.training CORPUS... OUT`` trains the models of names and pairs.

``python -m kg.training CORPUS... --measure`` reports on pairs instead.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kg.errors import KgError, UsageError
from kg.extract.unlisted import MODEL
from kg.ontology import Ontology
from kg.settings import Settings
from kg.training.core import core_samples
from kg.training.corpus import Corpus
from kg.training.fit import train
from kg.training.names import train_names
from kg.training.report import report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 when done, 1 when it failed for a reason that stderr tells, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training",
        usage="%(prog)s [-h] CORPUS... (OUT | --measure) [--core FILE]",
        description="Trains the models of names and pairs.",
    )
    parser.add_argument(
        "folders",
        type=Path,
        nargs="+",
        metavar="CORPUS... OUT",
        help="folders with docs/, gold/ and manifest.jsonl, and last the folder to write the model to",
    )
    parser.add_argument("--core", type=Path, metavar="FILE", help="CORE's train.json, for more samples")
    parser.add_argument("--measure", action="store_true", help="print a cross-validation instead; takes minutes")
    options = parser.parse_args(arguments)
    try:
        folders, out = (options.folders, None) if options.measure else _split(options.folders)
        ontology = Ontology.load(Settings.from_environment().ontology)
        corpus = Corpus(ontology, train_names(folders, ontology, out) if out else MODEL)
        rows = [row for folder in folders for row in corpus.load(folder)]
        extra = core_samples(options.core, ontology) if options.core else []
        if out:
            train(corpus, rows, extra, out)
        else:
            for line in report(corpus, rows, extra):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
    except KgError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return 0


def _split(folders: Sequence[Path]) -> tuple[Sequence[Path], Path]:
    """The corpora and the folder to write to."""
    *corpora, out = folders
    if not corpora:
        raise UsageError("Give either OUT, the folder to write the model to, or --measure")
    if (out / "manifest.jsonl").exists():
        raise UsageError(f"{out} is a corpus; give last the folder to write the model to, or --measure")
    return corpora, out


if __name__ == "__main__":
    sys.exit(main())
