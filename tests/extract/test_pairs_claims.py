"""Learned claims: what they quote, what stops them, and that they come out alike each time."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from extracting import LIMIT, Saying

from kg.documents import read
from kg.errors import OntologyError
from kg.extract import Extractor
from kg.extract import extractor as module
from kg.extract.check import fault_of
from kg.extract.mentions import MentionFinder
from kg.extract.pairs import PairExtractor
from kg.extract.pairs.linear import LinearModel
from kg.extract.pairs.scoring import PairScorer
from kg.extract.pairs.vocabulary import Vocabulary
from kg.model import Claim, Document, Modality, Polarity
from kg.ontology import Ontology

REPOSITORY = Path(__file__).resolve().parents[2]
MODEL = Path(module.__file__).parent / "pairs" / "model"
SEEDS = sorted(path for path in (REPOSITORY / "seeds").iterdir() if path.name != "README.md")


class Yes:
    """A judge that is sure of everything."""

    def probability(self, _: object) -> float:
        return 0.625


@pytest.fixture(scope="module")
def rules(ontology: Ontology) -> Extractor:
    return Extractor(ontology, learned=False)


@pytest.fixture(scope="module")
def eager(ontology: Ontology) -> PairExtractor:
    """Claims whatever roles and cue words admit."""
    vocabulary = Vocabulary.of(ontology)
    count = len(vocabulary.classes)
    model = LinearModel(
        vocabulary, np.zeros(0, np.uint32), np.zeros((0, count), np.float16), np.zeros(count, np.float32)
    )
    return PairExtractor(ontology, PairScorer(ontology, model), Yes())  # type: ignore[arg-type]


@pytest.fixture
def learned(ontology: Ontology, eager: PairExtractor, rules: Extractor) -> Callable[[Document], list[Claim]]:
    finder = MentionFinder(ontology)

    def extract(document: Document) -> list[Claim]:
        claims = eager.extract(document, finder.find(document), rules.extract(document).claims)
        return [claim for claim in claims if claim.extractor == "pairs"]

    return extract


Learned = Callable[[Document], list[Claim]]


def lines(claims: list[Claim]) -> set[str]:
    return {f"{c.subject.key or c.subject.name} {c.relation} {c.object.key or c.object.name}" for c in claims}


def test_a_claim_tells_its_probability_and_quotes_its_sentence(saying: Saying, learned: Learned) -> None:
    claims = learned(saying.document("Nothing else. Amkor and Apple met in Paris. Nothing else."))
    assert claims
    for claim in claims:
        assert [quote.text for quote in claim.quotes] == ["Amkor and Apple met in Paris."]
        assert claim.confidence == 0.62
        assert claim.reasons[0] == "learned from the words around both names; probability 0.62"
        assert claim.extractor == "pairs"


def test_a_name_outside_the_sentence_is_quoted_too(saying: Saying, learned: Learned) -> None:
    claims = learned(saying.document("# Amkor\n\nMuch is new.\n\n- Apple came by\n"))
    assert claims
    assert {tuple(q.text for q in c.quotes) for c in claims} == {("Apple came by", "Amkor")}


@pytest.mark.parametrize(
    "text",
    [
        "Amkor does not work with Apple.",
        "Amkor never met Apple.",
        "Will Amkor meet Apple?",
    ],
)
def test_no_claim_where_the_place_denies_or_asks(saying: Saying, learned: Learned, text: str) -> None:
    assert not learned(saying.document(text))


def test_hedges_are_read(saying: Saying, learned: Learned) -> None:
    claims = learned(saying.document("Amkor reportedly met Apple in Paris."))
    assert claims
    assert {c.modality for c in claims} == {Modality.REPORTED}


def test_a_rules_denial_is_never_contradicted(saying: Saying, rules: Extractor, learned: Learned) -> None:
    document = saying.document("ASE and Amkor met in Paris.\n\nAmkor does not compete with ASE.\n")
    denied = [c for c in rules.extract(document).claims if c.polarity is Polarity.NEGATED]
    assert lines(denied) & {"amkor competesWith ase", "ase competesWith amkor"}
    assert "partnersWith" in {c.relation for c in learned(document)}
    assert "competesWith" not in {c.relation for c in learned(document)}


def test_a_pair_that_the_rules_read_is_left_to_them(saying: Saying, rules: Extractor, learned: Learned) -> None:
    document = saying.document("Amkor competes with ASE. ASE and Amkor met. Apple came, too.")
    assert "competesWith" in {c.relation for c in rules.extract(document).claims}
    ends = {frozenset(line.split()[::2]) for line in lines(learned(document))}
    assert ends == {frozenset({"ase", "apple"}), frozenset({"amkor", "apple"})}


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Besi met Apple.", "apple suppliesToolTo besi"),
        ("Besi met Amkor.", "besi outsourcesTo amkor"),
        ("NVIDIA met Amkor.", "nvidia suppliesToolTo amkor"),
    ],
)
def test_roles_that_do_not_fit_stop_a_claim(saying: Saying, learned: Learned, text: str, never: str) -> None:
    found = lines(learned(saying.document(text)))
    assert found
    assert never not in found


def test_details_of_the_clause_ride_along(saying: Saying, learned: Learned) -> None:
    claims = learned(saying.document("Apple and Amkor met over CoWoS."))
    assert {("CoWoS",)} == {c.qualifiers["technology"] for c in claims if c.relation == "outsourcesTo"}


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name)
def test_every_claim_passes_the_check(ontology: Ontology, learned: Learned, path: Path) -> None:
    for document in read(path, limit=LIMIT).documents:
        claims = learned(document)
        assert claims
        assert not [fault for claim in claims if (fault := fault_of(claim, document, ontology))]
        assert claims == learned(document)


def _unweighed(claim: Claim) -> Claim:
    return replace(claim, confidence=0)


def test_the_model_says_what_the_rules_do_not(ontology: Ontology, rules: Extractor) -> None:
    """It adds to the rules and takes nothing away; what they are sure of it weighs anew."""
    both = Extractor(ontology)
    added = 0
    for path in SEEDS:
        for document in read(path, limit=LIMIT).documents:
            plain, whole = rules.extract(document), both.extract(document)
            assert not {c.extractor for c in plain.claims} & {"pairs"}
            assert [_unweighed(c) for c in whole.claims if c.extractor != "pairs"] == [*map(_unweighed, plain.claims)]
            added += len(whole.claims) - len(plain.claims)
    assert added > 0


def test_work_grows_with_the_text(saying: Saying, ontology: Ontology) -> None:
    """Counted, not clocked: ten times the text in one block gives some ten times the windows, pairs and tokens."""

    def size(times: int) -> int:
        document = saying.document("Amkor, ASE and Apple met TSMC. " * times)
        scorer = PairScorer(ontology, LinearModel.load(MODEL / "pairs.npz", ontology))
        evidence = scorer.evidence(document, MentionFinder(ontology).find(document), ())
        return sum(len(place.pair.window.tokens) for places in evidence.places.values() for place in places)

    assert size(100) < 12 * size(10)


def spoiled(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    judge = json.loads((folder / "judge.json").read_text("utf-8"))
    arrays = dict(np.load(folder / "pairs.npz"))

    def write(**changed: object) -> None:
        (folder / "judge.json").write_text(json.dumps(judge | changed), "utf-8")

    yield "judge.json", lambda: (folder / "judge.json").unlink()
    yield "judge.json", lambda: (folder / "judge.json").write_text("{", "utf-8")
    yield "judge.json", lambda: (folder / "judge.json").write_text("[]", "utf-8")
    yield "judge.json", lambda: write(weights=[1.0])
    yield "judge.json", lambda: write(scale=[0.0] * len(judge["scale"]))
    yield "judge.json", lambda: write(bias=float("nan"))
    yield "pairs.npz", lambda: (folder / "pairs.npz").unlink()
    yield "pairs.npz", lambda: (folder / "pairs.npz").write_bytes(b"")
    yield "pairs.npz", lambda: (folder / "pairs.npz").write_bytes(b"PK\x03\x04 broken")
    yield "pairs.npz", lambda: np.savez(folder / "pairs.npz", hashes=arrays["hashes"])
    yield "pairs.npz", lambda: np.savez(folder / "pairs.npz", **arrays | {"bias": arrays["bias"][:1]})
    yield "pairs.npz", lambda: np.savez(folder / "pairs.npz", **arrays | {"hashes": arrays["hashes"][::-1]})


@pytest.mark.parametrize("number", range(12))
def test_a_malformed_model_gives_one_line(ontology: Ontology, tmp_path: Path, number: int) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    cases = list(spoiled(folder))
    assert len(cases) == 12
    name, spoil = cases[number]
    spoil()
    with pytest.raises(OntologyError, match=name) as caught:
        PairExtractor.load(ontology, folder)
    assert "\n" not in str(caught.value)
    assert "kg.training" in str(caught.value)


def test_a_relation_gone_from_the_ontology_is_told(ontology: Ontology) -> None:
    relations = {name: r for name, r in ontology.relations.items() if name != "partnersWith"}
    with pytest.raises(OntologyError, match="partnersWith"):
        PairExtractor.load(replace(ontology, relations=relations), MODEL)


def test_a_relation_new_to_the_ontology_is_left_to_the_rules(ontology: Ontology) -> None:
    new = replace(ontology.relations["suppliesTo"], name="advises")
    PairExtractor.load(replace(ontology, relations={**ontology.relations, "advises": new}), MODEL)


def test_the_evidence_sets_the_confidence_of_a_rule(
    ontology: Ontology, eager: PairExtractor, rules: Extractor, saying: Saying
) -> None:
    document = saying.document("Amkor packages Apple's chips. Intel does not use Amkor. Amkor has a plant in Vietnam.")
    ruled = rules.extract(document).claims
    judged = list(eager.extract(document, MentionFinder(ontology).find(document), ruled))[: len(ruled)]
    assert [replace(claim, confidence=0) for claim in judged] == [replace(claim, confidence=0) for claim in ruled]
    for before, after in zip(ruled, judged, strict=True):
        scored = before.relation == "outsourcesTo" and before.polarity is Polarity.AFFIRMED
        assert after.confidence == (0.62 if scored else before.confidence)
    assert {claim.relation for claim in ruled} == {"outsourcesTo", "hasSiteIn"}
