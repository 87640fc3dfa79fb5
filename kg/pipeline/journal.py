"""What a build has extracted so far, so that the next one need not do it again where this one is killed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg import __version__
from kg.claims import from_record, to_record
from kg.model import Claim, Observation, Remark
from kg.settings import Settings
from kg.store import judgements_of


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was extracted from one document: claims, figures, remarks, and what the check held back, a line each."""

    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[str, ...]


class Journal:
    """A file with a line for each document that was extracted, written as soon as it was.

    A line holds for the state of the ontology and the version of the program that it was written by.
    """

    def __init__(self, path: Path, ontology: Path) -> None:
        """Reads the file where there is one; lines that are torn or of another state of the ontology are passed over.

        Args:
            path: the file.
            ontology: the ontology's folder.
        """
        self._path = path
        self._rules = _digest(ontology)
        self._lines = {record["document"]: record for record in _records(path) if record.get("rules") == self._rules}

    def knew(self, document_id: str) -> bool:
        """Whether the file held the document before this build."""
        return document_id in self._lines

    def of(self, document_id: str) -> Extracted | None:
        """What was extracted from the document; None where the file does not hold it."""
        record = self._lines.get(document_id)
        if record is None:
            return None
        try:
            items = [from_record(row) for row in record["items"]]
            held_back = tuple(str(line) for line in record["refused"])
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        claims = tuple(item for item in items if isinstance(item, Claim))
        observations = tuple(item for item in items if isinstance(item, Observation))
        return Extracted(claims, observations, tuple(item for item in items if isinstance(item, Remark)), held_back)

    def keep(self, document_id: str, found: Extracted) -> None:
        """Adds what was extracted from a document."""
        record = {
            "document": document_id,
            "rules": self._rules,
            "items": [
                *map(to_record, found.claims),
                *map(to_record, found.observations),
                *map(to_record, found.remarks),
            ],
            "refused": found.refused,
        }
        with self._path.open("ab") as file:
            file.write(json.dumps(record).encode() + b"\n")


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict) and isinstance(record.get("document"), str):
                yield record


def rules_of(settings: Settings) -> str:
    """Hex digits that are others once the ontology, the store's judgements or the version of the program are."""
    judgements = judgements_of(settings)
    said = judgements.read_bytes() if judgements and judgements.is_file() else b""
    return sha256(_digest(settings.ontology).encode() + said).hexdigest()


def _digest(folder: Path) -> str:
    """Hex digits over the version of the program and the names and bytes of all files in a folder."""
    digest = sha256(__version__.encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"\x00{path.relative_to(folder).as_posix()}\x00".encode("utf-8", "surrogateescape"))
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
