"""What holds for every document: quotes, kinds, determinism, bounded work, and the floors of quality."""

import time
from pathlib import Path

import pytest
from extracting import LIMIT, Saying

from kg.claims import to_record
from kg.documents import read
from kg.evaluate import Evaluation, Score, evaluate
from kg.extract.check import fault_of
from kg.ontology import Ontology

REPOSITORY = Path(__file__).resolve().parents[2]
OWN, OWN_GOLD = REPOSITORY / "seeds", REPOSITORY / "tests" / "gold"
SHARED = REPOSITORY.parent / "shared"
ORGANISATIONS = ("outsourcesTo", "suppliesToolTo", "suppliesTo", "competesWith", "partnersWith", "subsidiaryOf")
FACTS = ("offersTechnology", "hasSiteIn")
OURS = sorted(path for path in OWN.iterdir() if path.is_file() and path.name != "README.md")


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.name)
def test_everything_extracted_passes_the_check(saying: Saying, ontology: Ontology, path: Path) -> None:
    for document in read(path, limit=LIMIT).documents:
        extraction = saying.extractor.extract(document)
        assert extraction.claims
        assert not extraction.refused
        for item in (*extraction.claims, *extraction.observations):
            assert not fault_of(item, document, ontology)
            assert 0 < item.confidence < 1
            assert item.reasons
        assert saying.extractor.extract(document) == extraction


HOSTILE = [
    "ASE, ",
    "ASE/",
    "(",
    "Aa ",
    "1,",
    "$1 ",
    "A",
    "ASE competes with ",
    "- ASE — customer\n",
    "\\n",
    "Foo Inc. ",
    "5% ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_is_bounded_on_hostile_text(saying: Saying, piece: str) -> None:
    """Ten times the text may take some ten times the time; a quadratic step would take a hundred times."""
    start = time.process_time()
    saying.extraction(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 8


def _quality(saying: Saying, ontology: Ontology, docs: Path, gold: Path) -> Evaluation:
    records = []
    for path in sorted(path for path in docs.iterdir() if path.is_file() and path.name != "README.md"):
        for document in read(path, limit=LIMIT).documents:
            found = saying.extractor.extract(document)
            records += [to_record(item, ontology) for item in (*found.claims, *found.observations)]
    return evaluate(gold, docs, records)


def _f1(quality: Evaluation, names: tuple[str, ...]) -> float:
    return sum((quality.scores[name] for name in names if name in quality.scores), Score()).f1


def test_floor_on_our_own_documents(saying: Saying, ontology: Ontology) -> None:
    quality = _quality(saying, ontology, OWN, OWN_GOLD)
    assert _f1(quality, ORGANISATIONS) >= 0.85
    assert _f1(quality, FACTS) >= 0.85
    assert _f1(quality, ("observation",)) >= 0.9
    assert quality.grounding.part == quality.grounding.whole > 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared seed documents are not beside this checkout")
def test_floor_on_the_shared_documents(saying: Saying, ontology: Ontology) -> None:
    quality = _quality(saying, ontology, SHARED / "seeds", SHARED / "eval" / "seeds")
    assert _f1(quality, ORGANISATIONS) >= 0.95
    assert _f1(quality, ("outsourcesTo", "suppliesToolTo", "competesWith")) >= 0.95
    assert _f1(quality, FACTS) >= 0.85
    assert _f1(quality, ("observation",)) >= 0.92
    assert quality.modality.part / quality.modality.whole >= 0.9
