"""The file of judgements: what is read, what is refused."""

import json
from pathlib import Path

import pytest

from kg.errors import JudgementError
from kg.resolve import Judgement, append_judgement, read_judgements


def test_judgements_are_read_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    rows = [
        Judgement("same", names=("A", "B\u2028b"), note="one firm"),
        Judgement("different", names=("力成科技", "PTI", "C")),
        Judgement("reject", claim="0123456789abcdef"),
    ]
    for row in rows:
        append_judgement(path, row)
    assert read_judgements(path).rows == tuple(rows)
    assert read_judgements(tmp_path / "none.jsonl").rows == ()


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "[" * 100_000,
        '{"names": ["A", "B"]}',
        '{"judgement": "maybe", "names": ["A", "B"]}',
        '{"judgement": ["same"], "names": ["A", "B"]}',
        '{"judgement": "same"}',
        '{"judgement": "same", "names": "SPIL"}',
        '{"judgement": "same", "names": null}',
        '{"judgement": "same", "names": {"A": 1, "B": 2}}',
        '{"judgement": "same", "names": [1, 2]}',
        '{"judgement": "same", "names": ["A", null]}',
        '{"judgement": "same", "names": ["A"]}',
        '{"judgement": "same", "names": ["A", "a"]}',
        '{"judgement": "different", "names": ["Quxtronic", "Quxtronic, Inc."]}',
        '{"judgement": "same", "names": ["A", "!!"]}',
        '{"judgement": "same", "names": ["A", "__"]}',
        '{"judgement": "same", "names": ["A", "B"], "note": 3}',
        '{"judgement": "same", "names": ["A", "B\\ud800"]}',
        '{"judgement": "reject", "claim": "xyz"}',
        '{"judgement": "reject", "claim": 1234567890123456}',
    ],
)
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_text('{"judgement": "same", "names": ["A", "B"]}\n' + line + "\n", "utf-8")
    with pytest.raises(JudgementError, match="line 2"):
        read_judgements(path)


@pytest.mark.parametrize("names", ["SPIL", (1, 2), ("A",), ("A", "A Ltd."), ("A", "!!"), ("A", "\ud800")])
def test_no_such_line_is_ever_written(tmp_path: Path, names: object) -> None:
    path = tmp_path / "judgements.jsonl"
    row = Judgement("same")
    object.__setattr__(row, "names", names)
    with pytest.raises(JudgementError):
        append_judgement(path, row)
    assert not path.exists()


def test_a_file_edited_by_hand_may_have_empty_lines_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    line = json.dumps({"judgement": "same", "names": ["A", "B"]})
    path.write_bytes(f"{line}\r\n\r\n{line}".encode())
    assert len(read_judgements(path).rows) == 2
