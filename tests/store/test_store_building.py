"""A store appears whole or not at all."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from rdflib import URIRef

from kg.errors import StoreError
from kg.store import EXTRACTED, JUDGEMENTS, REFUSALS, StoreBuilder, building, open_store

NODE = URIRef("https://example.org/a")


def build(path: Path, count: int = 1) -> None:
    with StoreBuilder(path) as builder:
        builder.store.add((NODE, NODE, URIRef(f"{NODE}{number}"), NODE) for number in range(count))
        (builder.folder / REFUSALS).write_text("{}\n", encoding="utf-8")


def count(path: Path) -> int:
    with open_store(path) as store:
        return len(list(store.quads()))


def hidden(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f".{path.name}.*"))


def test_a_build_puts_the_store_in_place(tmp_path: Path) -> None:
    path = tmp_path / "some" / "store"
    build(path, 3)
    assert count(path) == 3
    assert (path / REFUSALS).read_text(encoding="utf-8") == "{}\n"
    assert hidden(path) == []


def test_a_rebuild_replaces_all_but_the_judgements(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path, 3)
    (path / JUDGEMENTS).write_text("mine\n", encoding="utf-8")
    (path / REFUSALS).write_text("old\n", encoding="utf-8")
    build(path, 2)
    assert count(path) == 2
    assert (path / JUDGEMENTS).read_text(encoding="utf-8") == "mine\n"
    assert (path / REFUSALS).read_text(encoding="utf-8") == "{}\n"
    assert hidden(path) == []


@pytest.mark.parametrize(
    "stray",
    [
        "pic.html",
        ".hidden",
        "notes/refusals.jsonl",
        "oxigraph/pic.html",
        "oxigraph/a/b",
        "snapshots/pic.html",
        "snapshots/1/pic.html",
        "snapshots/mine/CURRENT",
    ],
)
def test_what_the_user_put_into_a_store_is_never_removed(tmp_path: Path, stray: str) -> None:
    path = tmp_path / "store"
    build(path, 3)
    (path / stray).parent.mkdir(exist_ok=True)
    (path / stray).write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="is not of the store and a build would remove it"):
        build(path, 2)
    assert (path / stray).read_text(encoding="utf-8") == "mine"
    assert count(path) == 3
    assert hidden(path) == []


@pytest.mark.parametrize("stray", ["pic.html", "oxigraph/pic.html"])
def test_what_the_user_puts_into_a_store_during_a_build_stays(tmp_path: Path, stray: str) -> None:
    path = tmp_path / "store"
    build(path, 3)
    with pytest.raises(StoreError, match="is not of the store"), StoreBuilder(path):
        (path / stray).write_text("mine", encoding="utf-8")
    assert (path / stray).exists()
    assert count(path) == 3
    assert hidden(path) == []


def test_a_left_over_copy_with_something_of_the_user_keeps_that(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path, 3)
    old = tmp_path / ".store.old-123"
    shutil.copytree(path, old)
    (old / "pic.html").write_text("mine", encoding="utf-8")
    build(path, 1)
    assert [file for file in old.rglob("*") if file.is_file()] == [old / "pic.html"]


@pytest.mark.parametrize("manifest", ['{"stores": []}', '{"format": 1}', "[]", "{", '{"kind": "semipack"}'])
def test_a_folder_with_a_manifest_of_something_else_is_left_alone(tmp_path: Path, manifest: str) -> None:
    path = tmp_path / "shop"
    path.mkdir()
    (path / "store.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(StoreError, match="is not a store of kg"):
        build(path)
    with pytest.raises(StoreError, match="no store's manifest"):
        open_store(path)
    assert (path / "store.json").read_text(encoding="utf-8") == manifest


def test_a_file_is_no_place_for_a_store(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(StoreError, match=r"a\.txt is a file and a store is a folder"):
        build(tmp_path / "a.txt")
    assert (tmp_path / "a.txt").is_file()


def test_judgements_made_during_a_build_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path)
    with StoreBuilder(path):
        (path / JUDGEMENTS).write_text("first\n", encoding="utf-8")
    assert (path / JUDGEMENTS).read_text(encoding="utf-8") == "first\n"
    with (path / JUDGEMENTS).open("a", encoding="utf-8") as judging:
        with StoreBuilder(path):
            judging.write("second\n")
            judging.flush()
        judging.write("third\n")
    assert (path / JUDGEMENTS).read_text(encoding="utf-8") == "first\nsecond\nthird\n"


def test_judgements_made_during_the_swap_are_kept_where_the_disk_has_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store"
    build(path)
    (path / JUDGEMENTS).write_text("first\n", encoding="utf-8")

    def no_link(old: Path, new: Path) -> None:
        raise PermissionError(1, "Operation not permitted", str(old), None, str(new))

    def judge_late(folder: Path) -> None:
        with (path / JUDGEMENTS).open("a", encoding="utf-8") as file:
            file.write("second\n")
        sync(folder)

    sync = building._sync
    monkeypatch.setattr(building.os, "link", no_link)
    monkeypatch.setattr(building, "_sync", judge_late)
    build(path)
    assert (path / JUDGEMENTS).read_text(encoding="utf-8") == "first\nsecond\n"


def test_an_interrupted_build_keeps_the_judgements(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path)
    (path / JUDGEMENTS).write_text("mine\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), StoreBuilder(path):
        raise KeyboardInterrupt
    assert (path / JUDGEMENTS).read_text(encoding="utf-8") == "mine\n"
    assert hidden(path) == []


def test_a_failed_build_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path, 3)
    with pytest.raises(RuntimeError), StoreBuilder(path) as builder:
        builder.store.add([(NODE, NODE, NODE, NODE)])
        raise RuntimeError
    assert count(path) == 3
    assert hidden(path) == []


def test_a_killed_build_changes_nothing_and_is_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path, 3)
    script = f"""
        import sys, time
        from pathlib import Path
        from rdflib import URIRef
        from kg.store import StoreBuilder
        node = URIRef("https://example.org/b")
        with StoreBuilder(Path({str(path)!r})) as builder:
            builder.store.add([(node, node, node, node)])
            print("ready", flush=True)
            time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(StoreError, match="Another process is building"):
            build(path, 9)
        os.kill(process.pid, signal.SIGKILL)
    assert count(path) == 3
    assert len(hidden(path)) == 1
    build(path, 2)
    assert count(path) == 2
    assert hidden(path) == []


def test_a_build_killed_between_its_renames_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path, 3)
    path.rename(tmp_path / ".store.old-123")
    assert count(path) == 3
    assert hidden(path) == []


def test_an_old_copy_left_behind_is_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path, 3)
    shutil.copytree(path, tmp_path / ".store.old-123")
    build(path, 1)
    assert count(path) == 1
    assert hidden(path) == []


def test_readers_keep_their_store_while_it_is_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path, 3)
    with open_store(path) as reader:
        build(path, 5)
        assert len(list(reader.quads())) == 3
    assert count(path) == 5


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(StoreError, match="is not a store of kg"):
        build(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_an_empty_folder_may_become_a_store(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    build(tmp_path / "store")
    assert count(tmp_path / "store") == 1


def test_a_store_of_the_first_format_is_to_be_built_again_and_may_be(tmp_path: Path) -> None:
    path = tmp_path / "store"
    (path / "oxigraph").mkdir(parents=True)
    (path / "store.json").write_text('{"kind": "semipack", "format": 1}', encoding="utf-8")
    (path / "claims.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"has format 1, this version reads 2; build it again with `kg build PATH`"):
        open_store(path)
    build(path)
    assert count(path) == 1
    assert not (path / "claims.jsonl").exists()


def test_the_version_is_another_one_after_every_build(tmp_path: Path) -> None:
    path = tmp_path / "store"
    versions = []
    for _ in range(3):
        build(path)
        with open_store(path) as store:
            versions.append(store.version)
    shutil.rmtree(path)
    build(path)
    with open_store(path) as store:
        versions.append(store.version)
    assert len(set(versions)) == 4


def test_what_a_killed_build_extracted_is_given_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "store"
    for name in ("one", "two"):
        folder = tmp_path / f".store.building-{name}"
        folder.mkdir()
        (folder / EXTRACTED).write_text(f'{{"document": "{name}"}}\n{{"torn', encoding="utf-8")
    with StoreBuilder(path) as builder:
        lines = (builder.folder / EXTRACTED).read_text(encoding="utf-8").splitlines()
    assert lines == ['{"document": "one"}', '{"torn', '{"document": "two"}', '{"torn']
    assert not (path / EXTRACTED).exists()
    assert hidden(path) == []


def test_a_build_that_fails_keeps_what_it_extracted_and_no_triples(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with pytest.raises(KeyboardInterrupt), StoreBuilder(path) as builder:
        (builder.folder / EXTRACTED).write_text("{}\n", encoding="utf-8")
        (builder.folder / REFUSALS).write_text("{}\n", encoding="utf-8")
        raise KeyboardInterrupt
    (folder,) = hidden(path)
    assert [each.name for each in folder.iterdir()] == [EXTRACTED]


def test_where_there_is_no_store_the_cure_is_told(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(StoreError, match=r"No store at .*; build one with `kg build PATH`"):
        open_store(tmp_path / "none")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("manifest", "told"),
    [('{"kind": "semipack", "format": 99}', "format 99"), ("[]", "no store's manifest"), ("{", "no store's manifest")],
)
def test_a_store_of_another_version_is_refused(tmp_path: Path, manifest: str, told: str) -> None:
    path = tmp_path / "store"
    build(path)
    (path / "store.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(StoreError, match=told):
        open_store(path)


def test_a_store_without_its_triples_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store"
    build(path)
    shutil.rmtree(path / "snapshots" / "1")
    with pytest.raises(StoreError, match="build the store again"):
        open_store(path)


def test_the_builder_needs_its_block(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="with block"):
        _ = StoreBuilder(tmp_path / "store").store
