"""The file of conflict kinds: what it must say, and how faults in it are told."""

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import load_conflict_kinds
from kg.ontology.conflicts import KINDS
from kg.settings import Settings

FILE = Settings.from_environment({}).ontology / "conflicts.yaml"


def test_every_kind_is_described_for_people() -> None:
    kinds = load_conflict_kinds(FILE)
    assert tuple(kinds) == KINDS
    assert all(kind.label and kind.about.endswith(".") for kind in kinds.values())
    assert kinds["allocation"].customers == {
        "outsourcesTo": "subject",
        "suppliesTo": "object",
        "suppliesToolTo": "object",
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: parent", "name: paren", "must describe the kinds polarity, value, parent"),
        ("compares: figures", "compares: numbers", "malformed: value compares numbers"),
        ("settled_after: 1\n", "settled_after: 0\n", "settled after 0 days"),
        ("settled_after: 1\n", "settled_after: soon\n", "malformed"),
        ("part: '(?:", "part: '(?:(", "malformed"),
        ("outsourcesTo: subject", "outsourcesTo: nobody", "malformed"),
        ("    label: two owners\n", "", "malformed: 'label'"),
        ("kinds:", "kinds: [", "malformed"),
        ("kinds:", "sorts:", "malformed: 'kinds'"),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    (tmp_path / FILE.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(OntologyError, match=told) as raised:
        load_conflict_kinds(tmp_path / FILE.name)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="is missing; set KG_ONTOLOGY"):
        load_conflict_kinds(tmp_path / "conflicts.yaml")
