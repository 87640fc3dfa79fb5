"""Runs jobs in forked processes that can be killed, so that the ontology is loaded once; run as a program.

Reads lines of JSON {"do": "add" | "remove" | "build", "what": [paths or names], "store": path}; writes the process's
number when it starts, then its exit status.
"""

import json
import os
import sys
from pathlib import Path

from kg.extract import Extractor
from kg.graph import validate
from kg.ontology import Ontology
from kg.pipeline import add, build, building, change, remove
from kg.settings import Settings

ONTOLOGY = Settings.from_environment({}).ontology


def run(job: dict[str, object]) -> None:
    settings = Settings(ONTOLOGY, Path(str(job["store"])))
    what = job["what"]
    assert isinstance(what, list)
    if job["do"] == "remove":
        remove(what, settings)
    else:
        {"add": add, "build": build}[str(job["do"])]([Path(path) for path in what], settings)


def tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    ontology = Ontology.load(ONTOLOGY)
    extractor = Extractor(ontology)
    Ontology.load = classmethod(lambda *_: ontology)  # type: ignore[method-assign,assignment]
    building.Extractor = change.Extractor = lambda _: extractor  # type: ignore[assignment,misc]
    validate([], ontology.shapes, ontology.graph)
    tell("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(json.loads(line))
            os._exit(0)
        tell(child)
        tell(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main()
