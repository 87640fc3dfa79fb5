"""``kg judge``: keeping, listing and dropping judgements."""

import json
from pathlib import Path

import pytest
from running import Outcome, error_lines, kg, write_all

NOTE = "TSMC outsources packaging to Amkor.\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A store of one note, to change."""
    write_all(tmp_path, [("note.txt", NOTE)])
    assert build(tmp_path / "store").code == 0
    return tmp_path / "store"


def build(store: Path) -> Outcome:
    return kg("build", store.parent / "note.txt", "--store", store)


def ids(store: Path) -> list[str]:
    lines = kg("export", "--format", "claims", "--store", store).out.splitlines()
    return [json.loads(line)["id"] for line in lines]


def test_an_unknown_claim_is_refused_at_once_and_nothing_is_kept(own: Path) -> None:
    outcome = kg("judge", "reject", *ids(own), "0123456789abcdef", "--store", own)
    assert outcome.code == 1
    assert "'0123456789abcdef'; `kg show NAME` gives the ids" in error_lines(outcome)[0]
    assert not (own / "judgements.jsonl").exists()


def test_a_rejected_claim_may_be_accepted_again(own: Path) -> None:
    claims = ids(own)
    assert kg("judge", "reject", *claims, "--store", own).code == 0
    assert build(own).code == 0
    assert ids(own) == []
    assert kg("judge", "accept", *claims, "--store", own).code == 0
    assert build(own).code == 0
    assert ids(own) == claims


def test_a_remark_is_told_verified_and_rejected_like_a_claim(own: Path) -> None:
    (own.parent / "note.txt").write_text("Amkor is the world's largest OSAT. No data on BESI's backlog were found.\n")
    assert build(own).code == 0
    shown = kg("show", "Amkor", "--store", own).out
    assert "\nsaid of it\n  first in OSAT, world\n      “Amkor is the world's largest OSAT.”\n" in shown
    assert "\nnot found\n  backlog not found\n" in kg("show", "BESI", "--store", own).out
    assert kg("verify", "--store", own).code == 0
    rows = kg("export", "--format", "remarks", "--store", own).out.splitlines()
    assert rows[1].startswith("Amkor Technology,standing,first,OSAT,world,,affirmed,asserted,0.85,")
    first, gap = ids(own)
    assert kg("judge", "reject", first, "--store", own).code == 0
    assert build(own).code == 0
    assert ids(own) == [gap]


@pytest.mark.parametrize("kind", ["same", "different"])
def test_names_that_occur_nowhere_are_kept_with_a_remark(own: Path, kind: str) -> None:
    outcome = kg("judge", kind, "TSMC", "Taiwan Semiconductor Mfg", "Amkor Technology, Inc.", "--store", own)
    assert outcome.code == 0
    assert [line for line in outcome.err.splitlines() if "occurs nowhere" in line] == [
        "“Taiwan Semiconductor Mfg” occurs nowhere in the store; kept all the same"
    ]
    assert len((own / "judgements.jsonl").read_text("utf-8").splitlines()) == 1


def test_judgements_are_listed_and_dropped_by_number(own: Path) -> None:
    (claim, *_) = ids(own)
    kg("judge", "same", "TongFu", "Tongfu Micro", "--note", "told so", "--store", own)
    kg("judge", "different", "Tower", "Tower Semi", "--store", own)
    kg("judge", "reject", claim, "--store", own)
    listed = json.loads(kg("judge", "list", "--store", own, "--format", "json").out)
    assert [(row["number"], row["judgement"], row["about"], row["note"]) for row in listed] == [
        (1, "same", ["TongFu", "Tongfu Micro"], "told so"),
        (2, "different", ["Tower", "Tower Semi"], ""),
        (3, "reject", [claim], ""),
    ]
    table = kg("judge", "list", "--store", own).out
    assert "TongFu = Tongfu Micro" in table
    assert "Tower ≠ Tower Semi" in table
    assert kg("judge", "drop", "2", "--store", own).code == 0
    left = json.loads(kg("judge", "list", "--store", own, "--format", "json").out)
    assert [row["judgement"] for row in left] == ["same", "reject"]
    assert [path.name for path in own.iterdir() if path.name.endswith(".tmp")] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["drop", "1"], 1, "no judgement 1 among 0 judgements; see `kg judge list`"),
        (["drop"], 2, "`kg judge list` gives the numbers"),
        (["drop", "one"], 2, "`kg judge list` gives the numbers"),
        (["list", "all"], 2, "list takes nothing"),
        (["same"], 2, "same needs two names"),
        (["same", "Amkor"], 1, "two different names"),
        (["reject"], 2, "reject needs the id"),
    ],
)
def test_what_does_not_fit_is_one_line(own: Path, arguments: list[str], code: int, said: str) -> None:
    outcome = kg("judge", *arguments, "--store", own)
    assert outcome.code == code
    assert said in error_lines(outcome)[0]


def test_an_empty_list_is_a_table_without_rows(own: Path) -> None:
    assert kg("judge", "list", "--store", own).out.endswith("(0 rows)\n")


def test_judgements_that_no_document_needs_are_told_in_good_grammar(own: Path) -> None:
    for claim in ids(own)[:1]:
        kg("judge", "reject", claim, "--store", own)
    (own.parent / "note.txt").write_text("Amkor competes with ASE.\n", "utf-8")
    said = "1 judgement is about a claim that none of these documents gives; see `kg judge list`"
    assert said in build(own).err.splitlines()


def test_help_says_which_name_survives() -> None:
    text = " ".join(kg("judge", "--help").out.split())
    assert "the one that the registry knows survives, else the first" in text
