"""``kg add``, ``kg remove`` and ``kg documents``."""

import csv
import io
import json
from pathlib import Path

import pytest
from running import SEEDS, error_lines, kg, write_all

from kg.documents import read
from kg.extract import Extractor
from kg.ontology import Ontology
from kg.pipeline import building, change
from kg.pipeline.journal import Extracted, Journal
from kg.settings import Settings
from kg.store import open_for_writing

RIVALS = "Amkor competes with JCET.\n"
CUSTOMER = "TSMC outsources packaging to Amkor.\n"


@pytest.fixture(scope="module")
def loaded() -> tuple[Ontology, Extractor]:
    ontology = Ontology.load(Settings.from_environment({}).ontology)
    return ontology, Extractor(ontology)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, loaded: tuple[Ontology, Extractor]) -> None:
    """The ontology and the extractor are made once."""
    monkeypatch.setattr(Ontology, "load", lambda _: loaded[0])
    for module in (building, change):
        monkeypatch.setattr(module, "Extractor", lambda _: loaded[1])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A store of one note, to change."""
    write_all(tmp_path, [("note.txt", RIVALS)])
    assert kg("build", tmp_path / "note.txt", "--store", tmp_path / "store", "-q").code == 0
    return tmp_path / "store"


def names(store: Path) -> list[str]:
    listed = json.loads(kg("documents", "--store", store, "--format", "json").out)
    return [document["name"] for document in listed]


def test_documents_are_added_replaced_and_removed(own: Path) -> None:
    folder = write_all(own.parent, [("new.md", CUSTOMER), ("empty.txt", "")])
    outcome = kg("add", folder, "--store", own)
    assert outcome.code == 0
    assert "added: 1 document, 1 claim, 1 fact, 0 figures, replaced: 0, there already: 1" in outcome.out
    assert "refused: 1 document, 0 claims" in outcome.out
    assert "empty.txt" in error_lines(outcome)[0]
    assert "TSMC" in kg("query", "packaging-customers", "Amkor", "--store", own).out
    write_all(own.parent, [("new.md", "Samsung does not use Amkor.\n")])
    report = json.loads(kg("add", folder / "new.md", "--store", own, "--format", "json").out)
    assert (report["replaced"], report["present"], report["claims"], report["facts"]) == (1, 0, 1, 0)
    assert "TSMC" not in kg("query", "packaging-customers", "Amkor", "--store", own).out
    assert kg("verify", "--store", own).code == kg("validate", "--store", own).code == 0
    outcome = kg("remove", "new.md", "--store", own)
    assert (outcome.code, outcome.out) == (0, "removed new.md: 1 claim, 0 figures\n")
    assert names(own) == ["note.txt"]
    (removed,) = json.loads(kg("remove", own.parent / "note.txt", "--store", own, "--format", "json").out)
    assert (removed["name"], removed["claims"]) == ("note.txt", 1)
    assert names(own) == []
    assert kg("documents", "--store", own).out.endswith("(0 rows)\n")


def test_an_addition_of_which_nothing_can_be_taken_fails(own: Path) -> None:
    write_all(own.parent, [("empty.txt", "")])
    outcome = kg("add", own.parent / "empty.txt", "--store", own)
    assert outcome.code == 1 and "empty.txt" in error_lines(outcome)[0]
    assert names(own) == ["note.txt"]


def test_a_missing_path_among_others_fails_when_the_rest_is_added(own: Path) -> None:
    write_all(own.parent, [("new.md", CUSTOMER)])
    outcome = kg("add", own.parent / "new.md", own.parent / "none.md", "--store", own, "-q")
    assert outcome.code == 1
    assert "none.md" in error_lines(outcome)[0]
    assert names(own) == ["new.md", "note.txt"]


@pytest.mark.parametrize("command", ["add", "remove", "documents"])
def test_without_a_store_the_cure_is_told(tmp_path: Path, command: str) -> None:
    write_all(tmp_path, [("new.md", CUSTOMER)])
    what = [] if command == "documents" else [tmp_path / "new.md"]
    outcome = kg(command, *what, "--store", tmp_path / "store")
    assert outcome.code == 1
    assert error_lines(outcome) == [f"Error: No store at {tmp_path / 'store'}; build one with `kg build PATH`"]


def test_what_fits_no_document_or_several_is_one_line(own: Path) -> None:
    outcome = kg("remove", "other.txt", "--store", own)
    assert outcome.code == 1
    assert error_lines(outcome) == ["Error: The store has no document 'other.txt'; `kg documents` lists them"]
    for name, text in (("b", CUSTOMER), ("c", "Samsung does not use Amkor.\n")):
        (own.parent / name).mkdir()
        write_all(own.parent / name, [("note.txt", text)])
        assert kg("add", own.parent / name, "--store", own).code == 0
    assert kg("remove", own.parent / "note.txt", "--store", own).code == 0
    outcome = kg("remove", "note.txt", "--store", own)
    assert outcome.code == 1
    assert "note.txt may mean b/note.txt (" in error_lines(outcome)[0]
    assert kg("remove", "b/note.txt", "--store", own).code == 0
    assert kg("add").code == kg("remove").code == 2


def test_a_second_writer_is_one_line_and_readers_go_on(own: Path) -> None:
    write_all(own.parent, [("new.md", CUSTOMER)])
    with open_for_writing(own):
        for command in (["add", own.parent / "new.md"], ["remove", "note.txt"], ["build", own.parent / "new.md"]):
            outcome = kg(*command, "--store", own)
            assert outcome.code == 1
            assert error_lines(outcome) == [f"Error: Another process is writing {own}; wait until it is done"]
        assert "JCET" in kg("query", "rivals", "Amkor", "--store", own).out
    assert kg("add", own.parent / "new.md", "--store", own).code == 0


def test_the_list_of_documents_as_table_csv_and_json(store: Path) -> None:
    table = kg("documents", "--store", store).out
    assert table.splitlines()[0].split() == ["document", "title", "date", "publisher", "claims", "figures", "id"]
    rows = list(csv.DictReader(io.StringIO(kg("documents", "--store", store, "--format", "csv").out)))
    listed = json.loads(kg("documents", "--store", store, "--format", "json").out)
    assert [row["document"] for row in rows] == sorted(path.name for path in SEEDS.iterdir())
    assert [row["claims"] for row in rows] == [str(document["claims"]) for document in listed]
    assert all(document["path"] == str(SEEDS / document["name"]) for document in listed)
    assert "2026-06-24" in {row["date"] for row in rows}


def test_a_killed_build_is_resumed_with_a_remark(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", RIVALS), ("b.txt", CUSTOMER)])
    left = tmp_path / ".store.building-gone"
    left.mkdir()
    journal = Journal(left / "extracted.jsonl", Settings.from_environment({}).ontology)
    (document,) = read(tmp_path / "a.txt", limit=1000).documents
    journal.keep(document.id, Extracted((), (), (), ()))
    outcome = kg("build", tmp_path / "a.txt", tmp_path / "b.txt", "--store", tmp_path / "store")
    assert "Resumed: 1 of 2 documents were read already" in outcome.err
    assert "2 documents, 1 claim," in outcome.out


def test_what_only_follows_can_be_left_out_of_a_query(own: Path) -> None:
    ask = ["query", "ASK { entity:jcet sp:competesWith entity:amkor }", "--store", own]
    assert kg(*ask).out == "yes\n"
    assert kg(*ask, "--asserted").out == "no\n"
    assert kg("query", "ASK { entity:amkor sp:competesWith entity:jcet }", "--asserted", "--store", own).out == "yes\n"
    derived = "SELECT ?s ?o { GRAPH graph:derived { ?s sp:competesWith ?o } }"
    assert "(1 row)" in kg("query", derived, "--store", own).out
    assert "(0 rows)" in kg("query", derived, "--store", own, "--asserted").out
    assert sorted(path.name for path in own.parent.iterdir()) == ["note.txt", "store"]
