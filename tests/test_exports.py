"""The committed exports are what a build of ``seeds/`` gives, byte for byte, and other programs can read them."""

import json
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib

from kg.claims import read_lines
from kg.documents import discover, read
from kg.model import Document
from kg.pipeline import build
from kg.settings import Settings
from kg.terms import DERIVED_GRAPH

REPOSITORY = Path(__file__).parent.parent
SEEDS = REPOSITORY / "seeds"
COMMITTED = REPOSITORY / "exports"
NAMES = ("semipack.claims.jsonl", "semipack.html", "semipack.trig", "semipack.ttl")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The exports of two builds, from differently named places."""
    folders = []
    for name in ("one", "another place"):
        folder = tmp_path_factory.mktemp("build") / name
        settings = Settings(ontology=Settings.from_environment({}).ontology, store=folder / "store")
        build([SEEDS], settings, exports=folder / "exports")
        folders.append(folder / "exports")
    return folders[0], folders[1]


def test_the_exports_are_all_there() -> None:
    assert sorted(path.name for path in COMMITTED.iterdir() if not path.name.startswith(".")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_second_build_gives_the_same_bytes(rebuilt: tuple[Path, Path], name: str) -> None:
    one, another = (folder / name for folder in rebuilt)
    assert one.read_bytes() == another.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_export_is_what_a_build_gives(rebuilt: tuple[Path, Path], name: str) -> None:
    same = (rebuilt[0] / name).read_bytes() == (COMMITTED / name).read_bytes()
    assert same, f"exports/{name} is not what a build gives; run `make exports` and commit the change"


def turtle(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=(folder / "semipack.ttl").read_bytes(), format="turtle")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's parser warns of its own classes
def test_turtle_holds_what_trig_holds_but_what_follows(rebuilt: tuple[Path, Path]) -> None:
    """Read by rdflib; the files are written without it."""
    flat = turtle(rebuilt[0])
    dataset = rdflib.Dataset()
    dataset.parse(data=(rebuilt[0] / "semipack.trig").read_bytes(), format="trig")
    stated = {quad[:3] for quad in dataset.quads() if quad[3] != DERIVED_GRAPH}
    assert len(flat) > 500
    assert set(flat) == stated
    assert len(set(dataset.quads((None, None, None, DERIVED_GRAPH)))) > 50


PARSERS: dict[str, Callable[[str, Path], list[str]]] = {
    "serdi": lambda form, path: ["serdi", "-i", form, "-o", "nquads", str(path)],
    "rapper": lambda form, path: ["rapper", "-q", "-i", form, "-o", "ntriples", str(path)],
}


@pytest.mark.parametrize("program", PARSERS)
@pytest.mark.parametrize(("name", "form"), [("semipack.ttl", "turtle"), ("semipack.trig", "trig")])
def test_a_parser_of_another_make_reads_it(rebuilt: tuple[Path, Path], program: str, name: str, form: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (Debian packages serdi, raptor2-utils)")
    command = PARSERS[program](form, rebuilt[0] / name)
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not result.stderr
    statements = {line for line in result.stdout.splitlines() if line}
    assert len(statements) >= len(turtle(rebuilt[0]))


def documents() -> dict[str, Document]:
    return {doc.id: doc for path in discover([SEEDS]) for doc in read(path, limit=10**7).documents}


def test_every_exported_claim_quotes_its_document_word_for_word(rebuilt: tuple[Path, Path]) -> None:
    sources = documents()
    lines = (rebuilt[0] / "semipack.claims.jsonl").read_text("utf-8").splitlines()
    items = list(read_lines(lines))
    assert len(items) == len(lines) > 50
    assert {item.document for item in items} == set(sources)
    for item in items:
        for quote in item.quotes:
            assert sources[item.document].fields[quote.pointer][quote.start : quote.end] == quote.text


def test_no_export_names_the_machine_or_the_hour(rebuilt: tuple[Path, Path]) -> None:
    for name in NAMES:
        text = (rebuilt[0] / name).read_text("utf-8")
        assert str(REPOSITORY) not in text
        assert str(rebuilt[0].parent) not in text


class _Outside(HTMLParser):
    """Collects what a page would load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        loading = {"src", "srcset", "data", "poster"} | ({"href"} if tag == "link" else set())
        values = [value or "" for name, value in attrs if name in loading]
        self.found += [value for value in values if not value.startswith(("data:", "#"))]


def test_the_picture_loads_nothing_from_elsewhere(rebuilt: tuple[Path, Path]) -> None:
    page = _Outside()
    page.feed((rebuilt[0] / "semipack.html").read_text("utf-8"))
    assert page.scripts
    assert not page.found


def test_claims_are_json_objects_with_the_published_fields(rebuilt: tuple[Path, Path]) -> None:
    published = {"doc", "subject", "relation", "polarity", "modality", "quote", "start", "end", "confidence"}
    own = {"observation": {"metric", "value", "unit", "period"}, "remark": {"kind", "topic"}}
    for line in (rebuilt[0] / "semipack.claims.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        assert published <= set(record)
        assert own.get(record["relation"], {"object"}) <= set(record)
