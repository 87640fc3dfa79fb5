"""``python -m kg.training CORPUS OUT`` trains the models of names and pairs; ``--measure`` reports on pairs instead."""

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
    parser = argparse.ArgumentParser(prog="python -m kg.training", description="Trains the model of pairs.")
    parser.add_argument("corpus", type=Path, help="folder with docs/, gold/ and manifest.jsonl")
    parser.add_argument("out", type=Path, nargs="?", help="folder to write the model to")
    parser.add_argument("--core", type=Path, metavar="FILE", help="CORE's train.json, for more samples")
    parser.add_argument("--measure", action="store_true", help="print a cross-validation instead; takes minutes")
    options = parser.parse_args(arguments)
    try:
        if (options.out is None) is not options.measure:
            raise UsageError("Give either OUT, the folder to write the model to, or --measure")
        ontology = Ontology.load(Settings.from_environment().ontology)
        corpus = Corpus(ontology, MODEL if options.measure else train_names(options.corpus, ontology, options.out))
        rows = corpus.load(options.corpus)
        extra = core_samples(options.core, ontology) if options.core else []
        if options.measure:
            for line in report(corpus, rows, extra):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
        else:
            train(corpus, rows, extra, options.out)
    except KgError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
