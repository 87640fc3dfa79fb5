"""Training on a corpus made up here: labels, folds, hidden wordings, and the same bytes each time."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import DocumentError, UsageError
from kg.extract import Extractor
from kg.extract.mentions import MentionFinder
from kg.extract.pairs import PairExtractor
from kg.extract.pairs.extractor import THRESHOLD
from kg.ontology import Ontology
from kg.settings import Settings
from kg.training import Annotated, Corpus
from kg.training.__main__ import main
from kg.training.core import WEIGHT, core_samples
from kg.training.fit import fit_judge, folds, hidden, labelled, split
from kg.training.report import Decided, score

MAKERS = ("Amkor", "ASE", "TSMC", "Samsung")
DESIGNERS = ("Apple", "NVIDIA", "AMD", "Qualcomm", "Broadcom", "MediaTek")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology.load(Settings.from_environment({}).ontology)


def entity(name: str) -> dict[str, object]:
    return {"key": name.casefold(), "name": name, "aliases": [], "type": "organisation"}


def write(folder: Path) -> Path:
    """24 documents of 12 repositories, each with an order and a rivalry, one of them arguable."""
    (folder / "docs").mkdir()
    (folder / "gold").mkdir()
    lines = []
    for number in range(24):
        maker, designer = MAKERS[number % 4], DESIGNERS[number % 6]
        rival = MAKERS[(number + 1) % 4]
        order = f"Last year {designer} handed its chips over to {maker} once more."
        rivalry = f"{maker} has long been at odds with {rival} over prices."
        (folder / "docs" / f"m{number:02}.txt").write_text(f"{order}\n\n{rivalry}\n", "utf-8")
        claims = [("outsourcesTo", designer, maker, order, False), ("competesWith", maker, rival, rivalry, number == 5)]
        gold = {
            "file": f"m{number:02}.txt",
            "entities": [entity(n) for n in {maker: 0, designer: 0, rival: 0}],
            "claims": [
                {"relation": r, "subject": s.casefold(), "object": o.casefold(), "quote": q, "arguable": a}
                for r, s, o, q, a in claims
            ],
        }
        (folder / "gold" / f"m{number:02}.gold.json").write_text(json.dumps(gold), "utf-8")
        lines.append(
            json.dumps(
                {"file": f"m{number:02}.txt", "id": f"m{number:02}", "repo": f"some/{number // 2}"}
                | ({"blind": True} if number > 19 else {})
            )
        )
    (folder / "manifest.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def corpus(ontology: Ontology) -> Corpus:
    return Corpus(ontology)


@pytest.fixture(scope="session")
def rows(corpus: Corpus, folder: Path) -> list[Annotated]:
    return corpus.load(folder)


def test_a_corpus_is_read(rows: list[Annotated]) -> None:
    assert len(rows) == 24
    assert {row.kind for row in rows} == {"m"}
    assert rows[0].want == {
        ("outsourcesTo", "apple", "amkor", "affirmed"),
        ("competesWith", "amkor", "ase", "affirmed"),
    }
    assert [row.document.name for row in rows if row.arguable] == ["m05.txt"]


def test_samples_carry_the_annotations(corpus: Corpus, rows: list[Annotated]) -> None:
    numbers = {pair_class: number for number, pair_class in enumerate(corpus.vocabulary.classes)}
    stated = {
        (sample.left, sample.right, number): label
        for sample in rows[0].training
        for number, label in sample.labels.items()
        if label[0]
    }
    assert stated == {
        ("apple", "amkor", numbers["outsourcesTo", ">"]): (1, 1.0),
        ("amkor", "ase", numbers["competesWith", ">"]): (1, 1.0),
    }
    weights = [w for s in rows[5].training for y, w in s.labels.values() if y]
    assert sorted(weights) == [0.3, 1.0]


def test_folds_keep_a_repository_together(rows: list[Annotated]) -> None:
    found = folds(rows, 5)
    assert len({(row.repository, fold) for row, fold in zip(rows, found, strict=True)}) == 12
    assert sorted(found.count(n) for n in range(5)) == [4, 4, 4, 6, 6]
    for outside, inside in split(rows, 5):
        assert not {r.repository for r in outside} & {r.repository for r in inside}
        assert len(outside) + len(inside) == 24


def test_wordings_are_hidden_as_a_whole(ontology: Ontology, rows: list[Annotated], tmp_path: Path) -> None:
    from kg.documents import read

    path = tmp_path / "list.txt"
    path.write_text("Amkor competes with ASE, TSMC and Samsung. AMD outsources packaging to Amkor.", "utf-8")
    document = read(path, limit=1000).documents[0]
    ruled = Extractor(ontology, learned=False).extract(document).claims
    row = replace(rows[0], document=document, names=MentionFinder(ontology).find(document), ruled=ruled)
    left = {draw: {c.relation for c in hidden(row, 0.5, draw)} for draw in range(20)}
    assert {frozenset(names) for names in left.values()} >= {frozenset(), frozenset({"competesWith", "outsourcesTo"})}
    counts = {sum(c.relation == "competesWith" for c in hidden(row, 0.5, draw)) for draw in range(20)}
    assert counts == {0, 3}
    assert hidden(row, 0.0, 1) == list(ruled)


def test_arguable_triples_are_not_learned_from(rows: list[Annotated]) -> None:
    (arguable,) = rows[5].arguable
    right = next(iter(rows[5].want))
    wrong = ("suppliesTo", "x", "y", "affirmed")
    found = labelled(rows[5], [(right, [1.0], True), (arguable, [2.0], True), (wrong, [3.0], False)])
    assert found == [(True, [1.0]), (False, [3.0])]


def test_the_report_counts_what_the_rules_and_the_model_say(rows: list[Annotated]) -> None:
    order, rivalry = sorted(rows[0].want, reverse=True)
    wrong = ("suppliesTo", "x", "y", "affirmed")
    decided = [Decided(rows[0], {rivalry: 0.5, wrong: 0.3}, {order: 0.9}, frozenset({order}))]
    assert (score(decided, 0.4).precision, score(decided, 0.4).recall) == (1, 1)
    assert score(decided, 0.25, "m").precision == pytest.approx(2 / 3)
    assert score(decided, 0.6).recall == 0.5


def test_the_manifest_tells_which_documents_are_blind(rows: list[Annotated]) -> None:
    assert [row.gold.file for row in rows if row.blind] == ["m20.txt", "m21.txt", "m22.txt", "m23.txt"]


def test_core_gives_weak_samples(ontology: Ontology, tmp_path: Path) -> None:
    row = {
        "context": ["Foo", "Works", "buys", "chips", "from", "Bar", "Labs", "."],
        "e1_start": 0,
        "e1_end": 1,
        "e2_start": 5,
        "e2_end": 6,
        "relation": "client_of",
        "invert_relation": 0,
    }
    path = tmp_path / "train.json"
    path.write_text(json.dumps([row, row | {"relation": "traded_on"}]), "utf-8")
    (sample,) = core_samples(path, ontology)
    assert [label for label in sample.labels.values() if label[0]] == [(1, WEIGHT)]
    assert [label for label in sample.labels.values() if not label[1]] == [(0, 0.0)] * 2
    path.write_text("[{}]", "utf-8")
    with pytest.raises(DocumentError, match="malformed"):
        core_samples(path, ontology)


def test_faults_of_a_corpus_are_one_line(corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DocumentError, match="manifest"):
        corpus.load(tmp_path)
    (tmp_path / "manifest.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(DocumentError, match="malformed"):
        corpus.load(tmp_path)
    assert main([str(tmp_path), str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith("Error: ")
    assert main([str(tmp_path)]) == 1
    assert "--measure" in capsys.readouterr().err


def test_a_judge_needs_right_and_wrong() -> None:
    with pytest.raises(UsageError, match="annotate more"):
        fit_judge([(True, [1.0])])


def test_training_gives_the_same_model_each_time(ontology: Ontology, folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason='training needs scikit-learn: pip install "semipack[train]"')
    for name in ("one", "two"):
        assert main([str(folder), str(tmp_path / name)]) == 0
    for file in ("pairs.npz", "judge.json", "names.npz"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    PairExtractor.load(ontology, tmp_path / "one")


def test_a_corpus_is_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sklearn", reason='training needs scikit-learn: pip install "semipack[train]"')
    assert main([str(folder), "--measure"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("training documents:") == 3
    assert f"{THRESHOLD:.2f}*" in printed
    assert "blind documents alone:" in printed and "least confidence, blind documents:" in printed
