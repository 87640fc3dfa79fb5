"""Building and verifying: one bad document stops nothing, nothing counts twice, and what stands in the way is early."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.claims import read_lines, write_lines
from kg.errors import ClaimError, DocumentError, ExportError, KgError, StoreError, UsageError
from kg.export import write_export
from kg.extract import Extractor
from kg.graph import Quad
from kg.model import Document
from kg.ontology import Ontology
from kg.pipeline import build, building, reading
from kg.resolve import Judgement, append_judgement
from kg.settings import Settings
from kg.store import JUDGEMENTS, REFUSALS, StoreBuilder, open_for_writing, open_store, select
from kg.terms import OA, SP
from kg.verify import Verification, verify

RIVALS = "Amkor competes with JCET.\n"
CUSTOMER = "TSMC outsources some of its packaging to Amkor.\n"
LIMIT = 10**7


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """Loaded once for all."""
    return Ontology.load(Settings.from_environment({}).ontology)


@pytest.fixture(scope="module")
def extractor(ontology: Ontology) -> Extractor:
    """Made once for all."""
    return Extractor(ontology)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, ontology: Ontology, extractor: Extractor) -> None:
    """Builds use the ontology and the extractor that are there."""
    monkeypatch.setattr(Ontology, "load", lambda _: ontology)
    monkeypatch.setattr(building, "Extractor", lambda _: extractor)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(ontology=Settings.from_environment({}).ontology, store=tmp_path / "out" / "store")


def put(folder: Path, **files: str) -> Path:
    """Writes files (``a_n`` is ``a/n.txt``) and gives the folder."""
    for name, content in files.items():
        path = folder / (name.replace("_", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def checked(settings: Settings, sources: Path | None = None) -> Verification:
    return verify(settings.store, sources=sources, limit=LIMIT)


def claims_of(settings: Settings) -> int:
    with open_store(settings.store) as store:
        return len(select(store, "SELECT DISTINCT ?c { ?c a sp:Claim }"))


def exported(settings: Settings) -> list[str]:
    """The lines of the store's claims."""
    path = settings.store.parent / "claims.jsonl"
    with open_store(settings.store) as store:
        write_export(store, "claims", path)
    return path.read_text("utf-8").splitlines()


def raising(error: type[KgError], name: str, function: Callable[..., object]) -> Callable[..., object]:
    """``function``, but failing for the document ``name``."""

    def failing(*arguments: object, **named: object) -> object:
        document = next(argument for argument in arguments if isinstance(argument, Document))
        if document.name == name:
            raise error("inf is no figure")
        return function(*arguments, **named)

    return failing


# ── A hostile document ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("stage", ["extract", "graph"])
def test_a_document_that_cannot_be_built_is_refused_by_name(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    folder = put(tmp_path / "in", bad=CUSTOMER, good=RIVALS)
    if stage == "extract":
        monkeypatch.setattr(Extractor, "extract", raising(ClaimError, "bad.txt", Extractor.extract))
    else:
        monkeypatch.setattr(building, "document_quads", raising(ClaimError, "bad.txt", building.document_quads))
    report = build([folder], settings)
    assert [row.name for row in report.documents] == ["good.txt"]
    (refusal,) = report.refusals
    assert (refusal.name, refusal.reason) == ("bad.txt", "bad.txt cannot be built: inf is no figure")
    assert "bad.txt" in (settings.store / REFUSALS).read_text("utf-8")
    assert checked(settings).faults == ()


def test_figures_without_end_stop_nothing(tmp_path: Path, settings: Settings) -> None:
    text = f"Amkor plans capital expenditure of ${'9' * 400} billion in 2026.\n"
    report = build([put(tmp_path / "in", bad=text, good=RIVALS)], settings)
    assert "good.txt" in [row.name for row in report.documents]
    for line in exported(settings):
        json.loads(line, parse_constant=pytest.fail)


def test_an_infinite_number_is_no_line_of_json(settings: Settings, tmp_path: Path) -> None:
    build([put(tmp_path / "in", a=CUSTOMER)], settings)
    (item,) = read_lines(exported(settings))
    with pytest.raises(ClaimError, match=f"a.txt: the number of {item.id} is not finite"):
        list(write_lines([replace(item, confidence=float("inf"))]))


def test_a_graph_that_does_not_conform_is_refused_and_the_others_of_its_batch_are_built(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = building.document_quads

    def spoilt(document: Document, *more: object, **named: object) -> list[Quad]:
        quads = original(document, *more, **named)  # type: ignore[arg-type]
        return [quad for quad in quads if document.name != "bad.txt" or quad[1] != SP.modality]

    monkeypatch.setattr(building, "document_quads", spoilt)
    folder = put(tmp_path / "in", bad=CUSTOMER, good=RIVALS, other=f"# Other\n\n{RIVALS}")
    report = build([folder], settings)
    assert [row.name for row in report.documents] == ["good.txt", "other.txt"]
    assert "The graph of bad.txt does not conform: Violation: claim:" in report.refusals[0].reason
    assert checked(settings).faults == ()


@pytest.mark.parametrize("size", [1, 2])
def test_batches_change_nothing(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    folder = put(tmp_path / "in", a=CUSTOMER, b=RIVALS, c=f"{CUSTOMER}\n{RIVALS}")
    build([folder], settings)
    with open_store(settings.store) as store:
        whole = {str(quad) for quad in store.quads()}
    monkeypatch.setattr(building, "_BATCH_DOCUMENTS", size)
    told: list[tuple[str, int, int]] = []
    build([folder], settings, progress=lambda *what: told.append(what))
    with open_store(settings.store) as store:
        assert {str(quad) for quad in store.quads()} == whole
    assert told[-1] == ("checking", 3, 3)


# ── The same name twice ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_file_twice_counts_once(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "dup", a_n=CUSTOMER, b_n=CUSTOMER)
    report = build([folder], settings)
    assert (len(report.documents), report.claims, claims_of(settings)) == (1, 1, 1)
    (refusal,) = report.refusals
    assert refusal.name == "n.txt"
    assert refusal.reason.startswith(f"n.txt is the same as {folder / 'a' / 'n.txt'}")
    assert len(exported(settings)) == 1


def test_one_file_by_two_paths_is_one_file(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "in", n=CUSTOMER)
    monkeypatch.chdir(tmp_path)
    report = build([Path("in"), folder / "n.txt"], settings)
    assert (len(report.documents), report.refusals) == (1, ())


def test_files_of_one_name_are_told_apart(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "in", a_n=CUSTOMER, b_n=RIVALS, c=f"{RIVALS}\n{CUSTOMER}")
    report = build([folder], settings)
    assert [row.name for row in report.documents] == ["c.txt", "a/n.txt", "b/n.txt"]
    assert report.refusals == ()
    assert checked(settings).faults == ()
    moved = folder.rename(tmp_path / "moved")
    assert checked(settings, moved).faults == ()
    (moved / "b" / "n.txt").write_text(RIVALS.replace("JCET", "ASE"), encoding="utf-8")
    assert any(fault.startswith("b/n.txt: has changed") for fault in checked(settings, moved).faults)
    assert not any(fault.startswith("a/n.txt") for fault in checked(settings, moved).faults)


def test_sources_are_found_by_name_where_the_folders_are_gone(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "in", a_n=CUSTOMER, b_m=RIVALS)
    build([folder], settings)
    flat = put(tmp_path / "flat", n=CUSTOMER)
    (fault,) = checked(settings, flat).faults
    assert fault.startswith(f"m.txt: cannot be read at {flat / 'b' / 'm.txt'} or {flat / 'm.txt'}")
    put(flat, m=RIVALS)
    assert checked(settings, flat).faults == ()


def test_a_file_of_many_records_is_read_once(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import verify as module

    path = put(tmp_path / "in") / "news.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps({"body": f"{CUSTOMER} Lot {n}."}) + "\n" for n in range(30)), "utf-8")
    assert len(build([path], settings).documents) == 30
    read: list[Path] = []
    original = module.read
    monkeypatch.setattr(module, "read", lambda file, *, limit: [read.append(file), original(file, limit=limit)][1])
    outcome = checked(settings)
    assert (outcome.documents, outcome.quotes, outcome.faults) == (30, 30, ())
    assert read == [path.resolve()]


# ── What stands in the way ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be read."""
    monkeypatch.setattr(reading, "read", lambda *_, **__: pytest.fail("a document was read"))


@pytest.mark.usefixtures("unread")
def test_a_foreign_folder_is_told_before_anything_is_read(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "in", a=CUSTOMER)
    settings.store.mkdir(parents=True)
    (settings.store / "store.json").write_text('{"stores": []}', encoding="utf-8")
    with pytest.raises(StoreError, match="is not a store"):
        build([folder], settings)
    assert (settings.store / "store.json").exists()


@pytest.mark.usefixtures("unread")
def test_a_store_that_is_being_built_is_told_before_anything_is_read(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "in", a=CUSTOMER)
    with StoreBuilder(settings.store), pytest.raises(StoreError, match="Another process is building"):
        build([folder], settings)


@pytest.mark.usefixtures("unread")
def test_a_store_that_is_the_document_is_told_so(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "jud", a=CUSTOMER)
    with pytest.raises(StoreError, match=r"a\.txt is a file and a store is a folder"):
        build([folder], replace(settings, store=folder / "a.txt"))
    assert (folder / "a.txt").read_text("utf-8") == CUSTOMER


@pytest.mark.usefixtures("unread")
def test_exports_do_not_go_into_the_store(tmp_path: Path, settings: Settings) -> None:
    for exports in (settings.store, settings.store / "exports"):
        with pytest.raises(UsageError, match="lies in the store"):
            build([put(tmp_path / "in", a=CUSTOMER)], settings, exports=exports)
    assert not settings.store.exists()


def test_where_no_document_can_be_read_no_store_is_left(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(DocumentError, match="empty"):
        build([put(tmp_path / "in", a="")], settings)
    assert list(settings.store.parent.iterdir()) == []


def test_an_interruption_of_the_exports_says_that_the_store_is_built(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "write_export", interrupted)
    with pytest.raises(ExportError, match="Interrupted; the store is built, but not all of the exports"):
        build([put(tmp_path / "in", a=CUSTOMER)], settings, exports=tmp_path / "exports")
    assert claims_of(settings) == 1


# ── Verifying the graph ──────────────────────────────────────────────────────────────────────────────────────────────


def fault_after(tmp_path: Path, settings: Settings, delete: str, insert: str, where: str) -> str:
    """The first fault of a store whose graph was changed by hand."""
    build([put(tmp_path / "in", a=CUSTOMER)], settings)
    assert checked(settings).faults == ()
    store = ox.Store(str(settings.store / "oxigraph"))
    prefix = f"PREFIX sp: <{SP}> PREFIX oa: <{OA}>"
    graphs = [f"{{ GRAPH ?g {{ {part} }} }}" for part in (delete, insert, where)]
    store.update("{} DELETE {} INSERT {} WHERE {}".format(prefix, *graphs))
    del store
    (settings.store / "writing").touch()
    open_for_writing(settings.store).close()
    return checked(settings).faults[0]


def test_a_claim_that_lacks_something_is_told(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(ClaimError, match="of the store has not exactly one polarity; build the store again"):
        fault_after(tmp_path, settings, "?c sp:polarity ?p", "", "?c sp:polarity ?p")


def test_a_claim_that_was_changed_by_hand_is_told(tmp_path: Path, settings: Settings) -> None:
    was, now = "?c sp:polarity ?p", "?c sp:polarity sp:negated"
    fault = fault_after(tmp_path, settings, was, now, was)
    assert fault.startswith("a.txt: ")
    assert fault.endswith("is not what it was when it was read; build again")


def test_words_that_the_graph_has_otherwise_are_told(tmp_path: Path, settings: Settings) -> None:
    fault = fault_after(tmp_path, settings, "?q sp:exact ?w", "?q sp:exact 'other'", "?q sp:exact ?w")
    assert "does not stand at" in fault


def test_claims_that_join_one_entity_to_itself_are_refused_and_in_neither(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "in", a=f"{CUSTOMER}\nQuxtronic Holdings outsources assembly to ASE.\n")
    build([folder], settings)
    append_judgement(settings.store / JUDGEMENTS, Judgement("same", names=("Quxtronic Holdings", "ASE")))
    report = build([folder], settings)
    assert "are one; the claim outsourcesTo says nothing" in report.refusals[0].reason
    assert report.claims == 1
    assert len(exported(settings)) == claims_of(settings) == 1
    assert checked(settings).faults == ()


def test_malformed_notes_of_the_documents_are_told(tmp_path: Path, settings: Settings) -> None:
    build([put(tmp_path / "in", a=CUSTOMER)], settings)
    (settings.store / "documents.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(StoreError, match=r"documents\.jsonl cannot be read"):
        checked(settings)
