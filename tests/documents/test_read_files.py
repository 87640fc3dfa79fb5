"""Files and folders: what is read, what is refused and how that is said."""

import codecs
from pathlib import Path

import pytest

from kg.documents import READERS, discover, read, read_text
from kg.errors import DocumentError

LIMIT = 1_000

REFUSED = {
    "empty.txt": (b"", "empty"),
    "white.txt": (b" \n\t\n", "empty"),
    "mark.txt": (codecs.BOM_UTF8, "empty"),
    "nul.txt": (b"Acme\x00 makes", "binary"),
    "control.txt": (b"\x01\x02\x03\x04abc", "binary"),
    "utf16.txt": (codecs.BOM_UTF16_LE + "Acme".encode("utf-16-le"), "UTF-16"),
    "paper.pdf": (b"%PDF-1.7 text", "PDF"),
    "archive.md": (b"PK\x03\x04text", "ZIP"),
    "cp1252.txt": ("Acme’s".encode("cp1252"), "not UTF-8 at byte 4"),
    "marked.txt": (codecs.BOM_UTF8 + b"ab\xff", "not UTF-8 at byte 5"),
    "large.txt": (b"a" * (LIMIT + 1), "larger than 1,000 bytes"),
    "markup.md": (b"<!-- nothing -->\n![a](b.png)\n", "no running text"),
    "broken.json": (b'{"a": ', "line 1, column 7"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_the_file_and_the_cure(tmp_path: Path, name: str) -> None:
    data, part = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    reading = read(tmp_path / name, limit=LIMIT)
    assert not reading.documents
    (refusal,) = reading.refusals
    assert refusal.name == name
    assert refusal.reason.startswith(name)
    assert part in refusal.reason
    assert ";" in refusal.reason
    assert "\n" not in refusal.reason


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        (refusal,) = read(path, limit=LIMIT).refusals
        assert refusal.name == path.name


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF8 + "Acme’s tools.".encode())
    (found,) = read(path, limit=LIMIT).documents
    assert found.fields == {"": "Acme’s tools."}
    assert found.blocks[0].runs == ((0, 0),)


def test_a_text_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * LIMIT)
    assert read(path, limit=LIMIT).documents


def test_names_are_safe_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b.txt"
    path.write_text("Acme makes tools.")
    (found,) = read(path, limit=LIMIT).documents
    assert found.name == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}.txt"


def test_standard_input() -> None:
    assert read_text("Acme makes tools.", "-").documents[0].name == "-"
    assert "empty" in read_text(" \n", "-").refusals[0].reason
    assert read_text("Acme \ud800 \x00.", "-").documents[0].blocks[0].text == "Acme \ufffd \ufffd."


def test_discover(tmp_path: Path) -> None:
    for name in ("b.md", "a.TXT", "sub/c.jsonl", ".hidden/d.md", ".e.md", "f.py", "g", "sub/h.ndjson"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Acme")
    found = discover([tmp_path / "g", tmp_path, tmp_path / "b.md", tmp_path / "sub" / ".." / "b.md"])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["g", "a.TXT", "b.md", "sub/c.jsonl", "sub/h.ndjson"]


def test_discover_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.md does not exist"):
        discover([tmp_path / "none.md"])
    with pytest.raises(DocumentError, match="does not exist"):
        discover([tmp_path / ("x" * 5_000)])
    with pytest.raises(DocumentError, match="holds no document"):
        discover([tmp_path])


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Acme")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dead.md").symlink_to(tmp_path / "none")
    assert discover([tmp_path]) == [tmp_path / "a.md"]


def test_the_last_reader_takes_every_text() -> None:
    assert list(READERS)[-1] == "text"
    assert READERS["text"].recognises("", "anything")
