"""What a new batch of documents changed."""

from pathlib import Path

import pytest
from planted import Planted, claim, figure, store_of

from kg.analytics.diff import Changed, Diff, diff
from kg.analytics.telling.diff import lines
from kg.cli.main import cli
from kg.model import Polarity

BASE: Planted = (
    "base.txt",
    "2026-01",
    [
        claim("AMD", "outsourcesTo", "Amkor", confidence=0.7),
        claim("Apple", "outsourcesTo", "ASE"),
        claim("Samsung", "outsourcesTo", "Amkor"),
        figure("ASE", "capex", 7e9, "2026"),
    ],
)
GOING: Planted = (
    "going.txt",
    "2026-01",
    [claim("Apple", "outsourcesTo", "ASE"), claim("BESI", "suppliesToolTo", "ASE")],
)
COMING: Planted = (
    "coming.txt",
    "2026-05",
    [
        claim("AMD", "outsourcesTo", "Amkor", words="AMD does.", confidence=0.8),
        claim("Samsung", "outsourcesTo", "Amkor", polarity=Polarity.NEGATED),
        claim("Ibiden", "suppliesTo", "NVIDIA"),
        figure("ASE", "capex", 8.5e9, "2026"),
    ],
)


@pytest.fixture(scope="module")
def answer() -> Diff:
    return diff(store_of(BASE, GOING), store_of(BASE, COMING))


def pairs(changes: tuple[Changed, ...]) -> list[str]:
    return [f"{each.said.subject.key} {each.said.object.key if each.said.object else ''}" for each in changes]


def test_documents_and_names(answer: Diff) -> None:
    assert answer.documents == {"added": ("coming.txt",), "removed": ("going.txt",), "changed": ()}
    assert [each.key for each in answer.entities] == ["ibiden", "nvidia"]
    assert [each.key for each in answer.entities_gone] == ["besi"]


def test_statements_come_and_go(answer: Diff) -> None:
    assert (pairs(answer.added), pairs(answer.dropped)) == (["ibiden nvidia"], ["besi ase"])
    assert answer.dropped[0].said.document == "going.txt"


def test_support_grows_and_shrinks(answer: Diff) -> None:
    assert (pairs(answer.strengthened), pairs(answer.weakened)) == (["amd amkor"], ["apple ase"])
    (more,) = answer.strengthened
    assert (more.before.documents, more.after.documents, more.before.confidence, more.after.confidence) == (
        1,
        2,
        0.7,
        0.8,
    )
    assert more.said.quote == "AMD does."


def test_conflicts_come_and_go(answer: Diff) -> None:
    (new,) = answer.contested
    assert new.kind == "polarity" and {each.polarity for each in new.said} == set(Polarity)
    assert answer.resolved == ()
    back = diff(store_of(BASE, COMING), store_of(BASE, GOING))
    assert [each.kind for each in back.resolved] == ["polarity"] and back.contested == ()


def test_figures(answer: Diff) -> None:
    assert [each.value for each in answer.figures] == [8.5e9] and answer.figures_gone == ()


def test_the_same_said_by_an_edited_document_is_no_difference() -> None:
    name, day, items = BASE
    edited = diff(
        store_of(BASE), store_of((name, day, [*items, claim("AMD", "outsourcesTo", "Amkor", words="Again.")]))
    )
    assert edited.documents["changed"] == ("base.txt",)
    assert not (edited.added or edited.dropped or edited.weakened or edited.figures or edited.entities)


def test_no_difference() -> None:
    assert lines(diff(store_of(BASE), store_of(BASE)), 80) == ["No difference"]


def test_in_words_with_a_cap() -> None:
    answer = diff(store_of(BASE), store_of(BASE, COMING, GOING), most=1)
    text = lines(answer, 100)
    assert text[0] == "documents added: 2" and "now said: 1 of 2" in text
    assert any("(1 document, 0.70 → 2 documents, 0.80)" in line for line in text) or "better supported: 1 of 2" in text


def test_the_command(seeds_folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    small = tmp_path / "small"
    cli.main(["build", str(seeds / "osat-investment.txt"), "--store", str(small), "--quiet"], standalone_mode=False)
    capfdbinary.readouterr()
    cli.main(["diff", str(small), str(seeds_folder)], standalone_mode=False)
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("documents added: 4\n  amkor-profile.txt") and "now contradicted: 2" in out
