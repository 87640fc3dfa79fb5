"""The store's list of documents."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_graph import small_world

from kg.errors import StoreError
from kg.store import list_documents, read_documents, write_documents

DOCUMENT = replace(small_world().documents[0], name="n.txt")


def test_names_that_files_share_are_told_apart(tmp_path: Path) -> None:
    built = [
        (DOCUMENT, tmp_path / "a" / "n.txt", 1, 0),
        (replace(DOCUMENT, sha256="0" * 64), tmp_path / "b" / "n.txt", 2, 3),
        (replace(DOCUMENT, name="m.txt"), tmp_path / "b" / "m.txt", 0, 0),
    ]
    listed = list_documents(built)
    assert [document.label for document in listed] == ["a/n.txt", "b/n.txt", "m.txt"]
    assert [document.relative for document in listed] == ["a/n.txt", "b/n.txt", "b/m.txt"]
    assert listed[1].path == str(tmp_path.resolve() / "b" / "n.txt")
    write_documents(tmp_path, listed)
    assert read_documents(tmp_path) == listed


def test_records_keep_their_place_in_the_file(tmp_path: Path) -> None:
    name = "news.jsonl#/3"
    built = [
        (replace(DOCUMENT, name=name), tmp_path / "a" / "news.jsonl", 1, 0),
        (replace(DOCUMENT, name=name, sha256="0" * 64), tmp_path / "news.jsonl", 1, 0),
    ]
    assert [document.label for document in list_documents(built)] == [f"a/{name}", name]
    assert list_documents([]) == []


def test_folders_of_any_name_come_back_and_can_be_printed(tmp_path: Path) -> None:
    odd = tmp_path / "a\udcff\n"
    built = [
        (DOCUMENT, odd / "n.txt", 1, 0),
        (replace(DOCUMENT, sha256="0" * 64), tmp_path / "b" / "n.txt", 2, 3),
    ]
    listed = list_documents(built)
    assert listed[0].label == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}/n.txt"
    write_documents(tmp_path, listed)
    assert read_documents(tmp_path)[0].path == str(odd.resolve() / "n.txt")


@pytest.mark.parametrize(
    "line", ["{", "[]", "7", "{}", '{"id": 1}', "\x00", '{"id": "a", "name": "n", "path": null, "sha256": ""}']
)
def test_a_malformed_list_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "documents.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"documents\.jsonl cannot be read; build the store again"):
        read_documents(tmp_path)
    (tmp_path / "documents.jsonl").write_bytes(json.dumps({"id": "é"}, ensure_ascii=False).encode("latin-1"))
    with pytest.raises(StoreError, match="cannot be read"):
        read_documents(tmp_path)
