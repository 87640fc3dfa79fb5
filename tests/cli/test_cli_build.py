"""``kg build`` on whole documents, good and bad."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import SEEDS, error_lines, kg, write_all

PROFILE = "# Amkor Technology\n\n## Customers\n\n- NVIDIA\n- AMD\n\nAmkor competes with ASE.\n"
BAD: list[tuple[str, str | bytes, str]] = [
    ("empty.txt", "", "empty"),
    ("blank.md", " \n\t\n", "empty"),
    ("binary.txt", b"MZ\x00\x01\x02\x00\x00", "binary"),
    ("latin.txt", "Soci\xe9t\xe9 g\xe9n\xe9rale".encode("latin-1"), "UTF-8"),
    ("broken.json", '{"title": "A", "body": ', "JSON"),
    ("numbers.json", '{"a": 1, "b": [2, 3]}', "no text"),
]


def test_the_summary_counts_documents_claims_facts_and_refusals(tmp_path: Path) -> None:
    outcome = kg("build", SEEDS, "--store", tmp_path / "store", "--exports", tmp_path / "exports")
    assert outcome.code == 0
    assert "5 documents" in outcome.out
    assert "refused: 0 documents, " in outcome.out
    assert all(path.name in outcome.out for path in SEEDS.iterdir())
    assert {path.suffix for path in (tmp_path / "exports").iterdir()} == {".ttl", ".trig", ".jsonl", ".html"}


def test_the_summary_as_json_has_the_same_figures(tmp_path: Path) -> None:
    report = json.loads(kg("build", SEEDS, "--store", tmp_path / "store", "--format", "json").out)
    assert len(report["documents"]) == 5
    assert report["claims"] == sum(row["claims"] for row in report["documents"]) > 50
    assert report["facts"] > 40
    assert len(report["refusals"]) == report["refused_claims"]
    assert report["missing"] == []


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[name for name, *_ in BAD])
def test_one_bad_document_stops_nothing(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    folder = write_all(tmp_path, [(name, content), ("good.md", PROFILE)])
    outcome = kg("build", folder, "--store", tmp_path / "store")
    assert outcome.code == 0
    assert "1 document," in outcome.out
    assert "refused: 1 document, 0 claims" in outcome.out
    (line,) = error_lines(outcome)
    assert name in line
    assert said.lower() in line.lower()
    assert "NVIDIA" in kg("query", "packaging-customers", "Amkor", "--store", tmp_path / "store").out


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[name for name, *_ in BAD])
def test_a_build_of_bad_documents_alone_fails_in_one_line(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    write_all(tmp_path, [(name, content)])
    outcome = kg("build", tmp_path / name, "--store", tmp_path / "store")
    assert outcome.code == 1
    assert said.lower() in error_lines(outcome)[0].lower()
    assert not (tmp_path / "store").exists()
    assert "Traceback" not in outcome.err


def test_a_missing_path_and_an_empty_folder_are_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    for path in (tmp_path / "missing.txt", tmp_path / "nothing"):
        outcome = kg("build", path, "--store", tmp_path / "store")
        assert outcome.code == 1
        assert len(error_lines(outcome)) == 1
        assert path.name in outcome.err


def test_no_path_at_all_is_wrong_usage() -> None:
    assert kg("build").code == 2


def test_ragged_rows_and_hostile_names_are_built(tmp_path: Path) -> None:
    text = (
        "# Amkor Technology\n\n| Competitor | Note |\n|---|---|\n| ASE |\n| JCET | big | extra | cells |\n\n"
        'TSMC outsources packaging to "<script>alert(1)</script> Holdings" and to Amkor.\n'
    )
    write_all(tmp_path, [("a.md", text)])
    outcome = kg("build", tmp_path / "a.md", "--store", tmp_path / "store", "--exports", tmp_path / "exports")
    assert outcome.code == 0
    assert "JCET" in kg("query", "rivals", "Amkor", "--store", tmp_path / "store").out
    assert "<script>alert" not in (tmp_path / "exports" / "semipack.html").read_text("utf-8")


def test_a_large_text_is_built(tmp_path: Path) -> None:
    line = "Nothing in this paragraph names a company, it only fills the page with words. " * 12 + "\n\n"
    text = "Amkor competes with JCET.\n\n" + line * 5_400
    assert len(text) > 5_000_000
    write_all(tmp_path, [("large.txt", text)])
    assert kg("build", tmp_path / "large.txt", "--store", tmp_path / "store", "--quiet").code == 0
    assert "JCET" in kg("query", "rivals", "Amkor", "--store", tmp_path / "store").out


def test_a_text_of_50_megabytes_is_refused_unless_the_limit_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(tmp_path, [("huge.txt", b"Amkor competes with JCET. " * 2_000_000), ("good.md", PROFILE)])
    outcome = kg("build", tmp_path, "--store", tmp_path / "store")
    assert outcome.code == 0
    (line,) = error_lines(outcome)
    assert "huge.txt is larger than 20,000,000 bytes" in line
    assert "KG_MAX_DOCUMENT_MB" in line
    monkeypatch.setenv("KG_MAX_DOCUMENT_MB", "much")
    assert kg("build", tmp_path, "--store", tmp_path / "store").code == 2
    monkeypatch.setenv("KG_MAX_DOCUMENT_MB", "0.0001")
    assert len(error_lines(kg("build", tmp_path, "--store", tmp_path / "store"))) == 1


def test_a_store_inside_the_documents_folder_is_no_document(tmp_path: Path) -> None:
    write_all(tmp_path, [("good.md", PROFILE)])
    for _ in range(2):
        outcome = kg("build", tmp_path, "--store", tmp_path / "kg-store", "--exports", tmp_path / "exports")
        assert "1 document," in outcome.out
        assert error_lines(outcome) == []


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("name", ["missing.md", "empty", "x" * 300])
def test_a_missing_path_among_others_fails_when_the_rest_is_built(tmp_path: Path, form: str, name: str) -> None:
    write_all(tmp_path, [("good.md", PROFILE)])
    (tmp_path / "empty").mkdir()
    store = tmp_path / "store"
    outcome = kg("build", tmp_path / "good.md", tmp_path / name, "--store", store, "--format", form)
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    if form == "table":
        assert name in error_lines(outcome)[0]
        assert "1 document," in outcome.out
        assert "refused: 1 document, 0 claims" in outcome.out
    else:
        assert json.loads(outcome.out)["missing"] == [name]
    assert kg("query", "documents", "--store", store).out.endswith("(1 row)\n")


def test_refused_claims_are_counted_apart_from_documents(tmp_path: Path) -> None:
    write_all(tmp_path, [("note.txt", "Quxtronic Holdings competes with Intel.\n"), ("empty.txt", "")])
    store = tmp_path / "store"
    assert kg("build", tmp_path / "note.txt", "--store", store, "-q").code == 0
    assert kg("judge", "same", "Quxtronic Holdings", "Intel", "--store", store, "-q").code == 0
    outcome = kg("build", tmp_path / "note.txt", tmp_path / "empty.txt", "--store", store)
    assert "refused: 1 document, 1 claim\n" in outcome.out


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert kg("build", SEEDS, "--store", tmp_path / name, "--exports", tmp_path / f"{name}-exports").code == 0
    for path in (tmp_path / "one-exports").iterdir():
        assert path.read_bytes() == (tmp_path / "two-exports" / path.name).read_bytes(), path.name


def test_samsung_does_not_use_amkor_is_a_negated_claim_and_no_edge(tmp_path: Path) -> None:
    write_all(tmp_path, [("note.txt", "Samsung does not use Amkor.\n")])
    store = tmp_path / "store"
    assert kg("build", tmp_path / "note.txt", "--store", store).code == 0
    assert kg("query", "ASK { ?a sp:outsourcesTo ?b }", "--store", store).out == "no\n"
    negated = kg("query", "negated", "--store", store, "--format", "csv").out
    assert "Samsung does not use Amkor" in negated


# A shell starts background jobs deaf to interruption, and their children inherit it.
INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("kg", run_name="__main__")
"""


def test_an_interrupted_build_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert kg("build", SEEDS, "--store", store, "--quiet").code == 0
    before = kg("export", "--store", store, "--format", "nquads").out
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        (many / f"{number}.md").write_text(PROFILE + f"\nNumber {number}.\n", "utf-8")
    command = [sys.executable, "-c", INTERRUPTIBLE, "build", str(many), "--store", str(store)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while (
        not any(path.stat().st_size for path in tmp_path.glob(".store.build*/extracted.jsonl"))
        and process.poll() is None
        and time.monotonic() < deadline
    ):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode not in (0, None)
    assert b"Traceback" not in err
    assert kg("export", "--store", store, "--format", "nquads").out == before
    assert all([each.name for each in left.iterdir()] == ["extracted.jsonl"] for left in tmp_path.glob(".store.build*"))


def test_a_foreign_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", "utf-8")
    outcome = kg("build", SEEDS, "--store", tmp_path / "mine")
    assert outcome.code == 1
    assert "not a store" in outcome.err
    assert (tmp_path / "mine" / "letter.txt").read_text("utf-8") == "dear"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    outcome = kg("build", SEEDS, "--store", tmp_path / "store")
    assert outcome.code == 1
    assert len(error_lines(outcome)) == 1
