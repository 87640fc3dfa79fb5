"""The commands over a store on a server."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from oxigraph_server import cleared
from oxigraph_server import running as served
from running import error_lines, kg, write_all

from kg.settings import Endpoint

FILES = (
    ("one.txt", "Amkor Technology packages chips for NVIDIA. ASE competes with Amkor."),
    ("two.txt", "TSMC outsources packaging to ASE. BESI supplies hybrid bonding tools to TSMC."),
)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both files."""
    return write_all(tmp_path_factory.mktemp("documents"), FILES)


@pytest.fixture(scope="module")
def built(endpoint: Endpoint, documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Endpoint:
    """A server with a store of both files; the tests below change it one after the other."""
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache))
        outcome = kg("build", documents, "--store", cleared(endpoint))
    assert outcome.code == 0, outcome.err
    assert "Graphs on the server: " in outcome.err
    assert list((cache / "semipack").iterdir()) == []
    return endpoint


def test_every_command_answers_as_over_a_folder(built: Endpoint, documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert kg("build", documents, "--store", folder, "-q").code == 0
    for command in (
        ("query", "customers", "Amkor"),
        ("query", "--asserted", "SELECT DISTINCT ?a ?b { ?a sp:competesWith ?b } ORDER BY ?a"),
        ("query", "CONSTRUCT { ?c a sp:Claim } { ?c a sp:Claim }"),
        ("show", "Amkor"),
        ("documents",),
        ("export", "--format", "nquads"),
        ("validate",),
        ("verify", "--sources", documents),
    ):
        here, there = (kg(*command, "--store", store) for store in (folder, built))
        assert (there.code, there.out) == (here.code, here.out), command
        assert there.code == 0


def test_documents_come_and_go(built: Endpoint, documents: Path, tmp_path: Path) -> None:
    before = kg("export", "--format", "nquads", "--store", built).out
    assert "removed two.txt" in kg("remove", "two.txt", "--store", built).out
    assert "two.txt" not in kg("documents", "--store", built).out
    assert kg("add", documents, "--store", built).code == 0
    assert kg("export", "--format", "nquads", "--store", built).out == before
    (tmp_path / "two.txt").write_text("TSMC outsources packaging to Amkor.", "utf-8")
    assert "replaced: 1" in kg("add", tmp_path / "two.txt", "--store", built).out
    assert kg("validate", "--store", built, "-q").code == 0


def test_judgements_are_kept_in_a_file_of_the_users(
    built: Endpoint, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = kg("judge", "list", "--store", built)
    assert outcome.code == 2
    assert "set KG_JUDGEMENTS to a file" in error_lines(outcome)[0]
    monkeypatch.setenv("KG_JUDGEMENTS", str(tmp_path / "mine.jsonl"))
    claim = json.loads(kg("export", "--format", "claims", "--store", built).out.splitlines()[0])["id"]
    assert kg("judge", "reject", claim, "--store", built).code == 0
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    again = kg("build", documents, "--store", built)
    assert again.code == 0
    assert "0 loaded" not in again.err
    assert " 0 there already" not in again.err
    assert claim not in kg("export", "--format", "claims", "--store", built).out


def test_it_is_served(built: Endpoint) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--store", str(built), "--port", "0", "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        url = process.stderr.readline().split()[3]
        asked = f"{url}sparql?query=SELECT%20DISTINCT%20?c%20%7B%20?c%20a%20sp:Claim%20%7D&format=csv"

        def rows() -> tuple[int, str]:
            request = urllib.request.Request(asked, headers={"Accept": "text/csv"})
            with urllib.request.urlopen(request) as reply:
                return len(reply.read().splitlines()), reply.headers["ETag"]

        count, tag = rows()
        assert count > 2
        with urllib.request.urlopen(f"{url}health") as reply:
            assert json.load(reply)["documents"] == 2
        assert kg("remove", "two.txt", "--store", built, "-q").code == 0
        for _ in range(100):
            found, other = rows()
            if other != tag:
                break
            time.sleep(0.1)
        assert found < count
        assert other != tag
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr:
            process.stderr.close()


def test_a_broken_store_does_not_validate(built: Endpoint) -> None:
    update = "DELETE { GRAPH ?g { ?c ?p ?o } } WHERE { GRAPH ?g { ?c ?p ?o } FILTER(STRENDS(STR(?p), '#modality')) }"
    request = urllib.request.Request(f"{built}/update", update.encode(), {"Content-Type": "application/sparql-update"})
    urllib.request.urlopen(request).close()
    told = kg("validate", "--store", built)
    assert told.code == 3
    assert "Violation: claim:" in told.out
    machine = kg("validate", "--store", built, "--format", "turtle")
    assert machine.code == 3
    assert "sh:MinCountConstraintComponent" in machine.out


def test_what_is_no_place_is_told_in_one_line(endpoint: Endpoint) -> None:
    told = kg("documents", "--store", cleared(endpoint))
    assert told.code == 1
    assert error_lines(told) == [
        f"Error: No store at {endpoint}; build one with `kg build PATH --store {endpoint}`",
    ]
    secret = kg("documents", "--store", "http://ann:s3cret@localhost")
    assert secret.code == 2
    assert "s3cret" not in secret.err
    assert "KG_STORE_PASSWORD" in secret.err
