"""The measures of extraction quality: small cases, and agreement with the annotators' own program."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.claims import to_record
from kg.documents import read
from kg.errors import ClaimError, DocumentError
from kg.evaluate import Evaluation, annotated, evaluate
from kg.evaluate.names import Names, alias_table, forms
from kg.evaluate.scores import OBSERVATION, Score, Share
from kg.extract import Extractor
from kg.ontology import Ontology
from kg.settings import Settings

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared" / "eval"
TEXT = "Apple has its chips packaged by Amkor.\nAmkor competes with ASE.  ASE spent $2 billion."
ENTITIES = [
    {"key": "apple", "name": "Apple"},
    {"key": "amkor", "name": "Amkor Technology", "aliases": ["AMKR"]},
    {"key": "ase", "name": "ASE Technology Holding", "aliases": ["ASE Group"]},
]


def claim(subject: str, relation: str, obj: str, **more: Any) -> dict[str, Any]:
    return {"doc": "a.txt", "subject": subject, "relation": relation, "object": obj, "quote": "Apple", **more}


def figure(subject: str, metric: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"doc": "a.txt", "subject": subject, "relation": OBSERVATION, "metric": metric, "value": value, **more}


class Case:
    """A folder with one document and its annotations."""

    def __init__(self, folder: Path) -> None:
        self.gold, self.docs = folder / "gold", folder / "docs"
        self.gold.mkdir()
        self.docs.mkdir()
        self.document("a.txt", TEXT)

    def document(self, name: str, text: str) -> None:
        (self.docs / name).write_text(text, "utf-8")

    def annotate(
        self, claims: Sequence[dict[str, Any]], observations: Sequence[dict[str, Any]] = (), file: str = "a.txt"
    ) -> None:
        data = {"file": file, "entities": ENTITIES, "claims": claims, "observations": observations}
        (self.gold / f"{file}.gold.json").write_text(json.dumps(data), "utf-8")

    def evaluate(self, *records: dict[str, Any], **options: Any) -> Evaluation:
        return evaluate(self.gold, self.docs, records, **options)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


WANTED = {"subject": "apple", "relation": "outsourcesTo", "object": "amkor"}
RIVALS = {"subject": "amkor", "relation": "competesWith", "object": "ase"}


@pytest.mark.parametrize(
    ("annotation", "record", "expected"),
    [
        (WANTED, claim("Apple", "outsourcesTo", "Amkor Technology"), Score(right=1)),
        (WANTED, claim("APPLE Inc.", "outsourcesTo", "amkr"), Score(right=1)),
        (WANTED, claim("Apple", "outsourcesTo", "Amkor"), Score(right=1)),
        (WANTED, claim("Apple", "outsourcesTo", "AT", object_aliases=["Amkor Technology"]), Score(right=1)),
        (WANTED, claim("Amkor", "outsourcesTo", "Apple"), Score(false=1, missed=1)),
        (WANTED, claim("Apple", "suppliesTo", "Amkor"), Score(missed=1)),
        (WANTED, claim("Apple", "outsourcesTo", "Amkor", polarity="negated"), Score(false=1, missed=1)),
        (WANTED, claim("Apple", "outsourcesTo", "SPIL"), Score(false=1, missed=1)),
        (WANTED, claim("Apple", "invented", "Amkor"), Score(missed=1)),
        (
            {**WANTED, "polarity": "negated"},
            claim("Apple", "outsourcesTo", "Amkor", polarity="negated"),
            Score(right=1),
        ),
        ({**WANTED, "arguable": True}, claim("Apple", "outsourcesTo", "Amkor"), Score()),
        ({**WANTED, "arguable": True}, claim("Apple", "outsourcesTo", "ASE Group"), Score(false=1)),
        (RIVALS, claim("Amkor", "competesWith", "ASE Group"), Score(right=1)),
        (RIVALS, claim("ASE Group", "competesWith", "Amkor"), Score(right=1)),
    ],
)
def test_a_claim_is_right_false_or_missed(
    case: Case, annotation: dict[str, Any], record: dict[str, Any], expected: Score
) -> None:
    case.annotate([annotation])
    result = case.evaluate(record)
    assert result.score(annotation["relation"]) == expected
    assert len(result.errors) == result.group("organisation relations").false + expected.missed


def test_repetitions_count_once_and_the_first_gives_the_modality(case: Case) -> None:
    case.annotate([{**WANTED, "modality": "planned"}])
    planned, asserted = (claim("Apple", "outsourcesTo", "Amkor", modality=name) for name in ("planned", "asserted"))
    assert case.evaluate(planned, asserted).score("outsourcesTo") == Score(right=1)
    assert case.evaluate(planned, asserted).modality == Share(1, 1)
    assert case.evaluate(asserted, planned).modality == Share(0, 1)


@pytest.mark.parametrize("modality", ["planned", "possible"])
def test_either_of_two_modalities_is_right(case: Case, modality: str) -> None:
    case.annotate([{**WANTED, "modality": "planned", "modality_alt": "possible"}])
    assert case.evaluate(claim("Apple", "outsourcesTo", "Amkor", modality=modality)).modality == Share(1, 1)


CAPEX = {"subject": "ase", "metric": "capex", "value": 2_000_000_000, "unit": "USD", "period": "2026"}


@pytest.mark.parametrize(
    ("annotation", "records", "expected"),
    [
        (CAPEX, [figure("ASE Group", "capex", 2e9)], Score(right=1)),
        (CAPEX, [figure("ASE Group", "capex", 2.039e9)], Score(right=1)),
        (CAPEX, [figure("ASE Group", "capex", 2.05e9)], Score(false=1, missed=1)),
        (CAPEX, [figure("ASE Group", "revenue", 2e9)], Score(false=1, missed=1)),
        (CAPEX, [figure("Apple", "capex", 2e9)], Score(false=1, missed=1)),
        (CAPEX, [figure("The market", "capex", 2e9)], Score(missed=1)),
        (CAPEX, [figure("ASE Group", "capex", "two billion")], Score(false=1, missed=1)),
        (CAPEX, [figure("ASE Group", "capex", None)], Score(false=1, missed=1)),
        (CAPEX, [figure("ASE Group", "capex", 2e9), figure("ASE Group", "capex", 2e9)], Score(right=1, false=1)),
        ({**CAPEX, "metric": ["capex", "investment"]}, [figure("ASE Group", "investment", 2e9)], Score(right=1)),
        ({**CAPEX, "arguable": True}, [figure("ASE Group", "capex", 2e9)], Score()),
        ({**CAPEX, "arguable": True}, [], Score()),
    ],
)
def test_a_figure_is_right_false_or_missed(
    case: Case, annotation: dict[str, Any], records: list[dict[str, Any]], expected: Score
) -> None:
    case.annotate([], [annotation])
    assert case.evaluate(*records).group("observations") == expected


@pytest.mark.parametrize(
    ("quote", "grounded"),
    [
        ("packaged by Amkor. Amkor competes", 1),
        ("ASE. ASE spent", 1),
        ("packaged by ASE", 0),
        ("PACKAGED", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_a_quote_stands_in_the_document_but_for_spaces(case: Case, quote: str | None, grounded: int) -> None:
    case.annotate([])
    assert case.evaluate(claim("Apple", "outsourcesTo", "Amkor", quote=quote)).grounding == Share(grounded, 1)


@pytest.mark.parametrize(
    "text",
    [
        '{"body": {"p": ["one\\ntwo \\u00e9"]}}',
        '{"p": "zero"}\n{"p": "one two \\u00e9"}',
        "one two e\N{COMBINING ACUTE ACCENT}",
    ],
)
def test_a_quote_may_stand_in_any_string_of_a_json_document(case: Case, text: str) -> None:
    case.document("b.json", text)
    case.annotate([], file="b.json")
    assert case.evaluate(claim("Apple", "outsourcesTo", "Amkor", doc="b.json", quote="one two é")).grounding == Share(
        1, 1
    )


def test_a_record_of_a_file_of_many_belongs_to_the_file(case: Case) -> None:
    case.document("b.jsonl", '{"p": "Apple"}\n{"p": "Amkor"}')
    case.annotate([WANTED], file="b.jsonl")
    assert case.evaluate(claim("Apple", "outsourcesTo", "Amkor", doc="b.jsonl#/1")).score("outsourcesTo") == Score(
        right=1
    )


def test_claims_below_the_wanted_confidence_and_of_other_documents_are_passed_over(case: Case) -> None:
    case.annotate([WANTED])
    unsure = claim("Apple", "outsourcesTo", "Amkor", confidence=0.4)
    certain = claim("Apple", "outsourcesTo", "Amkor")
    other = claim("Apple", "outsourcesTo", "ASE Group", doc="other.txt")
    assert case.evaluate(unsure, other, min_confidence=0.5).score("outsourcesTo") == Score(missed=1)
    assert case.evaluate(unsure, other, min_confidence=0.4).score("outsourcesTo") == Score(right=1)
    assert case.evaluate(certain, min_confidence=1.0).score("outsourcesTo") == Score(right=1)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_shared_names_are_found_beside_and_above_the_annotations(tmp_path: Path, level: int) -> None:
    inner = tmp_path / "x" / "y"
    inner.mkdir(parents=True)
    case = Case(inner)
    case.annotate([WANTED])
    (case.gold, inner, inner.parent)[level].joinpath("aliases.json").write_text(
        '[["Amkor Technology", "Anam"]]', "utf-8"
    )
    assert case.evaluate(claim("Apple", "outsourcesTo", "Anam")).score("outsourcesTo") == Score(right=1)


def test_full_names_go_before_shared_names_and_these_before_names_without_company_words() -> None:
    names = Names({"one": ["Alpha Group"], "two": ["Beta"], "three": ["Alpha"]}, alias_table([["Beta", "Alpha Inc."]]))
    assert names.key(["Alpha Group"]) == "one"
    assert names.key(["Alpha"]) == "three"
    assert names.key(["Alpha, Inc."]) == "two"
    assert names.key(["Alpha Limited"]) == "three"
    assert names.key(["Nobody", "Beta"]) == "two"
    assert names.key(["Nobody"]) is None


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("ASM International N.V.", "asm international nv", "asm"),
        ("Johnson & Johnson", "johnson and johnson", "johnson and johnson"),
        ("TSMC's", "tsmc", "tsmc"),
        ("Semiconductor Technology Co., Ltd.", "semiconductor technology co ltd", "semiconductor technology co ltd"),
        ("ＡＳＥ", "ase", "ase"),
    ],
)
def test_a_name_has_two_forms(name: str, full: str, short: str) -> None:
    assert (forms(name).full, forms(name).short) == (full, short)


def test_the_report_has_every_group_and_relation(case: Case) -> None:
    case.annotate([WANTED, {"subject": "ase", "relation": "hasSiteIn", "object": "apple"}])
    result = case.evaluate(
        claim("Apple", "outsourcesTo", "Amkor"), claim("Amkor", "subsidiaryOf", "ASE Group", quote="no")
    )
    report = result.as_json()
    assert report["organisation relations"] == {"precision": 0.5, "recall": 1.0, "f1": 0.667, "tp": 1, "fp": 1, "fn": 0}
    assert report["core three"]["f1"] == 1.0
    assert report["facts"]["f1"] == 0.0
    assert report["observations"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 0, "fp": 0, "fn": 0}
    assert report["per relation"]["hasSiteIn"]["fn"] == 1
    assert (report["documents"], report["modality accuracy"], report["grounding"]) == (1, 1.0, 0.5)
    lines = list(result.lines())
    assert len(lines) == 13
    assert " ".join(lines[0].split()) == (
        "organisation relations P 0.500 R 1.000 F1 0.667 (1 right, 1 false, 0 missed)"
    )
    assert lines[-1] == "modality accuracy 1.0   grounding 0.5"
    assert [line.split()[0] for line in result.errors] == ["FALSE", "MISSED"]


def test_nothing_found_has_no_modality_and_no_grounding(case: Case) -> None:
    case.annotate([WANTED])
    report = case.evaluate().as_json()
    assert (report["modality accuracy"], report["grounding"]) == (None, None)
    assert report["organisation relations"]["recall"] == 0.0


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        ("{", "malformed"),
        ("[]", "malformed"),
        ('{"file": "a.txt", "entities": []}', "lacks 'claims'"),
        ('{"file": "a.txt", "entities": [], "claims": [{"relation": "x", "subject": "y"}]}', "lacks 'object'"),
        ('{"file": "a.txt", "entities": [{"key": 3, "name": 4}], "claims": []}', "malformed"),
        ("[" * 100_000, "malformed"),
    ],
)
def test_a_malformed_annotation_is_named_in_one_line(case: Case, content: str, detail: str) -> None:
    (case.gold / "a.gold.json").write_text(content, "utf-8")
    with pytest.raises(DocumentError, match=r"a\.gold\.json") as caught:
        case.evaluate()
    assert detail in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_folders_and_files_are_named(case: Case) -> None:
    with pytest.raises(DocumentError, match=r"holds no \*\.gold\.json"):
        case.evaluate()
    case.annotate([], file="gone.txt")
    with pytest.raises(DocumentError, match=r"gone\.txt is annotated but"):
        case.evaluate()
    with pytest.raises(DocumentError, match=r"gone\.txt is annotated but"):
        annotated(case.gold, case.docs)
    with pytest.raises(DocumentError, match="nowhere is no folder"):
        evaluate(case.gold / "nowhere", case.docs, [])
    with pytest.raises(DocumentError, match="nowhere is no folder"):
        evaluate(case.gold, case.docs / "nowhere", [])
    with pytest.raises(DocumentError, match=r"names\.json cannot be read"):
        case.evaluate(aliases=case.gold / "names.json")


@pytest.mark.parametrize("field", ["doc", "subject", "relation", "object"])
def test_a_record_that_lacks_something_is_refused(case: Case, field: str) -> None:
    case.annotate([WANTED])
    record = claim("Apple", "outsourcesTo", "Amkor")
    del record[field]
    with pytest.raises(ClaimError, match=field):
        case.evaluate(record)


@pytest.fixture(scope="module")
def extract() -> Iterator[Any]:
    """Extracts the annotated documents of a folder into records."""
    ontology = Ontology.load(Settings.from_environment().ontology)
    extractor = Extractor(ontology)

    def records(gold: Path, docs: Path) -> list[dict[str, Any]]:
        documents = [doc for path in annotated(gold, docs) for doc in read(path, limit=10**7).documents]
        found = [extractor.extract(document) for document in documents]
        claims = [to_record(claim, ontology) for result in found for claim in result.claims]
        return claims + [to_record(figure, ontology) for result in found for figure in result.observations]

    yield records


OURS = (REPOSITORY / "tests" / "gold", REPOSITORY / "seeds")
THEIRS = (SHARED / "seeds", SHARED.parent / "seeds")
UNSEEN = (SHARED / "dev" / "gold", SHARED / "dev" / "docs")


@pytest.mark.parametrize(("gold", "docs"), [OURS, THEIRS, UNSEEN], ids=["ours", "theirs", "unseen"])
def test_the_measures_agree_with_the_annotators_program(extract: Any, tmp_path: Path, gold: Path, docs: Path) -> None:
    program = SHARED / "score.py"
    if not program.is_file():
        pytest.skip("the annotators' program does not stand beside this repository")
    records = extract(gold, docs)
    claims, report = tmp_path / "claims.jsonl", tmp_path / "report.json"
    claims.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    paths = map(str, (program, gold, docs, claims))
    command = [sys.executable, *paths, "--json", str(report), "--errors", "100000"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    result = evaluate(gold, docs, records, aliases=SHARED / "aliases.json")
    assert result.as_json() == json.loads(report.read_text("utf-8"))
    assert list(result.lines()) == printed[len(result.errors) :]


def test_our_own_documents_are_extracted_well(extract: Any) -> None:
    result = evaluate(*OURS, extract(*OURS))
    assert result.documents == 5
    assert result.grounding.rounded(4) == 1.0
    assert result.group("organisation relations").f1 >= 0.8
    assert result.group("observations").f1 >= 0.85
    assert (result.modality.rounded(3) or 0) >= 0.85
