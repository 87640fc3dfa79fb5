"""Short texts in, short lines out: the notation of the tests of extraction and of the ontology's examples."""

from pathlib import Path

from kg.documents import read
from kg.extract import Extraction, Extractor
from kg.model import Claim, Document, Modality, Polarity
from kg.ontology import Ontology

LIMIT = 10_000_000


class Saying:
    """Extracts from texts given as strings."""

    def __init__(self, extractor: Extractor, ontology: Ontology, folder: Path) -> None:
        self.extractor = extractor
        self._ontology = ontology
        self._folder = folder

    def document(self, text: str, name: str = "text.md") -> Document:
        path = self._folder / name
        path.write_text(text, "utf-8")
        return read(path, limit=LIMIT).documents[0]

    def extraction(self, text: str, name: str = "text.md") -> Extraction:
        return self.extractor.extract(self.document(text, name))

    def claims(self, text: str, name: str = "text.md") -> set[str]:
        """Lines such as ``amd outsourcesTo ase planned``; of a symmetric relation both directions."""
        found = self.extraction(text, name).claims
        return {line for claim in found for line in self._lines(claim)}

    def figures(self, text: str, name: str = "text.md") -> set[tuple[str, str, float, str, str]]:
        """Tuples: key, metric, value, unit, period."""
        found = self.extraction(text, name).observations
        return {(o.subject.key or o.subject.name, o.metric, o.value, o.unit, o.period) for o in found}

    def _lines(self, claim: Claim) -> list[str]:
        left, right = claim.subject.key or claim.subject.name, claim.object.key or claim.object.name
        stance = "" if claim.polarity is Polarity.AFFIRMED else " negated"
        stance += "" if claim.modality is Modality.ASSERTED else f" {claim.modality}"
        lines = [f"{left} {claim.relation} {right}{stance}"]
        if self._ontology.relations[claim.relation].symmetric:
            lines.append(f"{right} {claim.relation} {left}{stance}")
        return lines


def bare(line: str) -> str:
    """A line without its stance."""
    return " ".join(line.split()[:3])
