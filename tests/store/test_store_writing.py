"""One writer, any number of readers: changes are whole, safe, and seen by whoever opens the store afterwards."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef

from kg.errors import StoreError
from kg.graph import Quad
from kg.store import Change, EmbeddedStore, StoreBuilder, WriteStore, open_for_writing, open_store, update_text
from kg.store import opening as module
from kg.store.layout import write_manifest

X = "https://example.org/"
ONE, TWO = URIRef(f"{X}one"), URIRef(f"{X}two")


def quad(number: int, graph: URIRef = ONE) -> Quad:
    return URIRef(f"{X}s"), URIRef(f"{X}p"), Literal(str(number)), graph


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of one quad."""
    with StoreBuilder(tmp_path / "store") as builder:
        builder.store.add([quad(0)])
    return tmp_path / "store"


def count(path: Path) -> int:
    with open_store(path) as store:
        return len(list(store.quads()))


def snapshots(path: Path) -> list[str]:
    return sorted(each.name for each in (path / "snapshots").iterdir())


def test_a_change_drops_then_deletes_then_inserts() -> None:
    store = EmbeddedStore()
    store.apply(Change(insert=(quad(1), quad(2), quad(3, TWO))))
    store.apply(Change(drop=(str(TWO), f"{X}none"), delete=(quad(1), quad(9)), insert=(quad(4, TWO), quad(2))))
    assert {(each.object.value, each.graph_name.value) for each in store.quads()} == {("2", str(ONE)), ("4", str(TWO))}


def test_every_change_gives_another_version_and_no_change_none() -> None:
    store = EmbeddedStore()
    versions = [store.version]
    store.apply(Change())
    assert store.version == versions[0]
    for number in range(3):
        store.apply(Change(insert=(quad(number),)))
        versions.append(store.version)
    assert len(set(versions)) == 4


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=8))
def test_any_text_goes_in_as_it_is_and_comes_out_again(texts: list[str]) -> None:
    quads = [
        (ONE, TWO, Literal(text), ONE) for text in [*texts, "\\u0041", "\\", '"""', "} } ; DROP ALL #", "\r\n\x00"]
    ]
    quads += [(ONE, TWO, Literal("x", lang="en"), ONE), (ONE, TWO, Literal("1.5", datatype=XSD.decimal), ONE)]
    changed, added = EmbeddedStore(), EmbeddedStore()
    changed.apply(Change(insert=tuple(quads)))
    added.add(quads)
    assert set(changed.quads()) == set(added.quads())
    changed.apply(Change(delete=tuple(quads)))
    assert not list(changed.quads())


def test_a_name_that_is_no_iri_is_refused_whole() -> None:
    store = EmbeddedStore()
    with pytest.raises(StoreError, match="no valid IRI"):
        store.apply(Change(insert=(quad(1), (URIRef("no iri> ; DROP ALL"), ONE, ONE, ONE))))
    assert not list(store.quads())
    assert update_text(Change()) == ""


def test_a_change_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path))
    with pytest.raises(OSError, match="invalid format"):
        store.update(f"{update_text(Change(insert=(quad(1),)))} ; LOAD <file:///none>")
    assert not list(store)


def test_readers_keep_what_they_opened_and_new_ones_see_every_change(path: Path) -> None:
    with open_for_writing(path) as writer:
        for number in range(1, 6):
            with open_store(path) as reader:
                version = reader.version
                writer.apply(Change(insert=(quad(number),)))
                assert len(list(reader.quads())) == number
                assert reader.version == version != writer.version
            assert count(path) == number + 1
    with open_store(path) as reader:
        assert reader.version == writer.version
        assert reader.path == path


def test_snapshots_that_nobody_reads_are_removed(path: Path) -> None:
    with open_for_writing(path) as writer:
        reader = open_store(path)
        first = snapshots(path)
        for number in range(1, 4):
            writer.apply(Change(insert=(quad(number),)))
        assert snapshots(path) == [*first, "4"]
        reader.close()
        writer.apply(Change(insert=(quad(9),)))
        assert snapshots(path) == ["5"]


def test_a_second_writer_is_told_in_one_line(path: Path) -> None:
    with open_for_writing(path):
        with pytest.raises(StoreError, match=rf"^Another process is writing {path}; wait until it is done$"):
            open_for_writing(path)
        with pytest.raises(StoreError, match="Another process is writing"), StoreBuilder(path):
            pass
    with StoreBuilder(path), pytest.raises(StoreError, match="Another process is writing"):
        open_for_writing(path)
    with open_for_writing(path) as writer:
        writer.apply(Change(insert=(quad(1),)))


def test_there_must_be_a_store_to_write(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No store at"):
        open_for_writing(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="No store at"):
        open_for_writing(tmp_path / "empty")


def test_a_reader_does_not_write(path: Path) -> None:
    with open_store(path) as reader, pytest.raises(StoreError, match="only open for reading"):
        reader.apply(Change(insert=(quad(1),)))
    assert count(path) == 1


@pytest.mark.parametrize("at", ["back_up", "write_manifest"])
def test_a_crash_between_a_change_and_its_manifest_is_mended_by_the_next_writer(
    path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def crash(*_: object) -> None:
        raise MemoryError

    writer = open_for_writing(path)
    with monkeypatch.context() as broken:
        broken.setattr(WriteStore if at == "back_up" else module, at, crash)
        with pytest.raises(MemoryError):
            writer.apply(Change(insert=(quad(1),)))
        writer.close()
    assert count(path) == 1
    with open_for_writing(path):
        assert count(path) == 2
    assert (snapshots(path), count(path)) == (["2"], 2)
    assert not (path / "writing").exists()


def test_half_a_snapshot_of_a_killed_writer_is_made_anew(path: Path) -> None:
    (path / "snapshots" / "2").mkdir()
    (path / "snapshots" / "2" / "CURRENT").write_text("half", "utf-8")
    with open_for_writing(path) as writer:
        writer.apply(Change(insert=(quad(1),)))
    assert count(path) == 2


def test_a_manifest_that_was_being_written_is_no_harm(path: Path) -> None:
    (path / "store.json.new").write_text('{"kind"', "utf-8")
    assert count(path) == 1
    with open_for_writing(path) as writer:
        writer.apply(Change(insert=(quad(1),)))
    assert count(path) == 2
    assert not (path / "store.json.new").exists()


def test_a_manifest_without_a_version_is_told(path: Path) -> None:
    (path / "store.json").write_text('{"kind": "semipack", "format": 2}', "utf-8")
    with pytest.raises(StoreError, match="names no version; build the store again"):
        open_store(path)
    write_manifest(path, 7)
    with pytest.raises(StoreError, match="cannot be opened; build the store again"):
        open_store(path)


def test_a_copied_store_opens(path: Path, tmp_path: Path) -> None:
    shutil.copytree(path, tmp_path / "copy")
    with open_for_writing(tmp_path / "copy") as writer:
        writer.apply(Change(insert=(quad(1),)))
    assert (count(tmp_path / "copy"), count(path)) == (2, 1)


@pytest.fixture
def killed(path: Path) -> Iterator[list[int]]:
    """Numbers that a writer acknowledged before it was killed, in the midst of its work."""
    script = f"""
        from pathlib import Path
        from rdflib import Literal, URIRef
        from kg.store import Change, open_for_writing
        node = URIRef({str(ONE)!r})
        with open_for_writing(Path({str(path)!r})) as store:
            for number in range(1, 10**6):
                graph = URIRef({X!r} + str(number))
                store.apply(Change(insert=tuple((node, node, Literal(f"{{number}} {{n}}"), graph) for n in range(40))))
                print(number, flush=True)
    """
    told = []
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told.append(int(line))
            if len(told) == 12:
                os.kill(process.pid, signal.SIGKILL)
                break
    yield told


def test_what_a_killed_writer_acknowledged_is_there_and_nothing_half(path: Path, killed: list[int]) -> None:
    def graphs() -> dict[str, int]:
        with open_store(path) as store:
            names = [each.graph_name.value for each in store.quads()]
        return {name: names.count(name) for name in names if name != str(ONE)}

    for _ in range(2):
        found = graphs()
        assert set(found.values()) == {40}
        assert {f"{X}{number}" for number in killed} <= set(found)
        with open_for_writing(path) as writer:
            writer.apply(Change(insert=(quad(1),)))
