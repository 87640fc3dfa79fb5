"""The store's documents, and its notes of where they were read."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from small_graph import World, fill, small_world

from kg.errors import StoreError
from kg.model import Document
from kg.store import EmbeddedStore, Notes, StoredDocument, documents_named, documents_with, label_files, list_documents

DOCUMENT = replace(small_world().documents[0], name="n.txt")


def listed(folder: Path, files: Mapping[Document, Path]) -> list[StoredDocument]:
    """The list of a store of these documents, which say nothing."""
    folder.mkdir()
    store = EmbeddedStore(folder)
    fill(store, World(tuple(files), (), ()))
    Notes(folder).keep({document.id: path for document, path in files.items()})
    return list_documents(store)


class Named(Document):
    """A document that can stand in a dictionary."""

    def __hash__(self) -> int:
        return hash(self.id)


def named(name: str, number: int = 0) -> Named:
    each = DOCUMENT
    return Named(name, f"{number:064x}", each.fields, each.blocks, each.metadata, each.media_type)


def test_names_that_files_share_are_told_apart(tmp_path: Path) -> None:
    files = {
        named("n.txt", 1): tmp_path / "a" / "n.txt",
        named("n.txt", 2): tmp_path / "b" / "n.txt",
        named("m.txt"): tmp_path / "b" / "m.txt",
    }
    rows = listed(tmp_path / "store", files)
    assert [row.label for row in rows] == ["a/n.txt", "b/n.txt", "m.txt"]
    assert [row.relative for row in rows] == ["a/n.txt", "b/n.txt", "b/m.txt"]
    assert rows[1].path == str(tmp_path.resolve() / "b" / "n.txt")
    assert rows[0].title == DOCUMENT.metadata.title
    labels = label_files({each.id: (each.name, path) for each, path in files.items()})
    assert sorted(labels.values()) == [row.label for row in rows]


def test_without_notes_ids_tell_names_apart() -> None:
    store = EmbeddedStore()
    first, second = named("n.txt", 1), named("n.txt", 2)
    fill(store, World((first, second, named("m.txt")), (), ()))
    labels = [row.label for row in list_documents(store)]
    assert labels == ["m.txt", *sorted(f"n.txt ({each.id})" for each in (first, second))]


def test_documents_are_found_by_name_and_id() -> None:
    store = fill(EmbeddedStore())
    documents = small_world().documents
    name = documents[0].name
    assert [row.id for row in documents_named(store, name)] == [documents[0].id]
    assert documents_named(store, 'x" . ?a ?b ?c #') == []
    ids = [document.id for document in documents]
    assert [row.id for row in documents_with(store, [*ids, "0" * 16])] == sorted(ids)
    assert documents_with(store, []) == []


def test_the_list_counts_claims_and_figures() -> None:
    world = small_world()
    for row in list_documents(fill(EmbeddedStore(), world)):
        claims, figures = world.of(next(each for each in world.documents if each.id == row.id))
        assert (row.claims, row.figures) == (len(claims), len(figures))


def test_records_keep_their_place_in_the_file(tmp_path: Path) -> None:
    name = "news.jsonl#/3"
    files = {named(name, 1): tmp_path / "a" / "news.jsonl", named(name, 2): tmp_path / "news.jsonl"}
    assert [row.label for row in listed(tmp_path / "store", files)] == [f"a/{name}", name]
    assert list_documents(EmbeddedStore()) == []


def test_folders_of_any_name_come_back_and_can_be_printed(tmp_path: Path) -> None:
    odd = tmp_path / "a\udcff\n"
    files = {named("n.txt", 1): odd / "n.txt", named("n.txt", 2): tmp_path / "b" / "n.txt"}
    rows = listed(tmp_path / "store", files)
    assert "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}/n.txt" in [row.label for row in rows]
    assert Notes(tmp_path / "store").paths()[named("n.txt", 1).id] == str(odd.resolve() / "n.txt")


def test_the_last_note_about_a_document_holds(tmp_path: Path) -> None:
    notes = Notes(tmp_path)
    notes.keep({"a": tmp_path / "one", "b": tmp_path / "two"})
    notes.keep({"a": tmp_path / "two"})
    assert notes.paths() == {"a": str(tmp_path.resolve() / "two"), "b": str(tmp_path.resolve() / "two")}
    Notes(None).keep({"a": tmp_path})
    assert Notes(None).paths() == {}


@pytest.mark.parametrize("torn", ['{"id": "c", "pa', "{" * 9000])
def test_half_a_line_is_passed_over_and_cut_off(tmp_path: Path, torn: str) -> None:
    notes = Notes(tmp_path)
    notes.keep({"a": tmp_path / "one"})
    with (tmp_path / "documents.jsonl").open("a", encoding="utf-8") as file:
        file.write(torn)
    assert set(notes.paths()) == {"a"}
    notes.keep({"b": tmp_path / "two"})
    assert set(notes.paths()) == {"a", "b"}


@pytest.mark.parametrize("line", ["{", "[]", "7", "{}", '{"id": 1}', "\x00", '{"id": "a", "path": null}'])
def test_a_malformed_note_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "documents.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"documents\.jsonl cannot be read; build the store again"):
        Notes(tmp_path).paths()
    (tmp_path / "documents.jsonl").write_bytes(json.dumps({"id": "é"}, ensure_ascii=False).encode("latin-1") + b"\n")
    with pytest.raises(StoreError, match="cannot be read"):
        Notes(tmp_path).paths()
