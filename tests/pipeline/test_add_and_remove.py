"""Adding and removing files: what is new, what has changed, what is there, what cannot be."""

import json
from pathlib import Path

import pytest

from kg.errors import ClaimError, DocumentError, StoreError
from kg.extract import Extractor
from kg.graph import Quad
from kg.model import Document
from kg.pipeline import add, build, change, remove
from kg.resolve import Judgement, append_judgement
from kg.settings import Settings
from kg.store import JUDGEMENTS, list_documents, open_store
from kg.terms import SP
from kg.verify import verify

pytestmark = pytest.mark.usefixtures("quick")

RIVALS = "Amkor competes with JCET.\n"
CUSTOMER = "TSMC outsources some of its packaging to Amkor.\n"
DENIAL = "TSMC does not outsource packaging to Amkor.\n"
UNKNOWN = "Quxtronic Holdings outsources assembly to ASE.\n"
LARGEST = "Amkor is the world's largest OSAT. Quxtronic Holdings does not disclose its backlog for UTAC.\n"
LARGEST_TOO = "ASE is the largest OSAT in the world.\n"


def put(folder: Path, **files: str) -> Path:
    """Writes files (``a_n`` is ``a/n.txt``) and gives the folder."""
    for name, content in files.items():
        path = folder / (name.replace("_", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def lines(place: Settings) -> list[str]:
    with open_store(place.store) as store:
        return sorted(str(quad) for quad in store.quads())


def labels(place: Settings) -> list[str]:
    with open_store(place.store) as store:
        return [document.label for document in list_documents(store)]


def built(place: Settings, *paths: Path) -> list[str]:
    """What a build of the paths beside the store gives."""
    beside = Settings(place.ontology, place.store.with_name("beside"))
    build(paths, beside)
    return lines(beside)


def sound(place: Settings) -> bool:
    return verify(place.store, limit=10**7).faults == ()


def test_remarks_come_and_go_with_whom_they_name_and_what_they_contradict(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a=RIVALS)
    build([folder], place)
    first = lines(place)
    put(folder, b=LARGEST, c=LARGEST_TOO)
    add([folder], place)
    assert lines(place) == built(place, folder)
    assert any(str(SP.remarkOf) in line for line in lines(place))
    assert any('"superlative"' in line for line in lines(place))
    assert sound(place)
    remove(["b.txt", "c.txt"], place)
    assert lines(place) == first


def test_documents_come_one_by_one_and_go_again(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a=RIVALS)
    build([folder], place)
    first = lines(place)
    put(folder, b=CUSTOMER, c=DENIAL, d=UNKNOWN)
    report = add([folder], place)
    assert [row.name for row in report.documents] == ["b.txt", "c.txt", "d.txt"]
    assert (report.present, report.replaced, report.claims, report.refusals) == (1, 0, 3, ())
    assert lines(place) == built(place, folder)
    assert sound(place)
    assert [each.label for each in remove(["d.txt", str(folder / "b.txt")], place)] == ["d.txt", "b.txt"]
    assert labels(place) == ["a.txt", "c.txt"]
    remove(["c.txt"], place)
    assert lines(place) == first
    remove(["a.txt"], place)
    assert labels(place) == []
    add([folder], place)
    assert lines(place) == built(place, folder)


def test_what_is_there_is_left_alone(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a=RIVALS)
    build([folder], place)
    with open_store(place.store) as store:
        version = store.version
    report = add([folder], place)
    assert (report.documents, report.present, report.outdated) == ((), 1, False)
    with open_store(place.store) as store:
        assert store.version == version


def test_a_changed_file_takes_the_place_of_its_old_state(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a=RIVALS, b=CUSTOMER)
    build([folder], place)
    put(folder, b=UNKNOWN)
    report = add([folder / "b.txt"], place)
    assert (report.replaced, len(report.documents)) == (1, 1)
    assert lines(place) == built(place, folder)
    assert sound(place)


def test_a_moved_file_takes_the_place_of_the_only_one_of_its_name(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a=RIVALS)
    build([folder], place)
    (folder / "a.txt").unlink()
    other = put(tmp_path / "other", a=CUSTOMER)
    assert add([other], place).replaced == 1
    assert labels(place) == ["a.txt"]
    assert sound(place)
    same = put(tmp_path / "third", a=CUSTOMER)
    (other / "a.txt").unlink()
    assert add([same], place).present == 1
    assert sound(place)


def test_another_file_of_the_same_name_stands_beside_it(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a_n=RIVALS)
    build([folder], place)
    put(folder, b_n=CUSTOMER)
    assert add([folder], place).replaced == 0
    assert labels(place) == ["a/n.txt", "b/n.txt"]
    put(folder, b_n=DENIAL)
    assert add([folder / "b"], place).replaced == 1
    assert labels(place) == ["a/n.txt", "b/n.txt"]
    assert lines(place) == built(place, folder)
    with pytest.raises(DocumentError, match=r"n\.txt may mean a/n\.txt \(\w+\), b/n\.txt \(\w+\); give one of these"):
        remove(["n.txt"], place)
    assert len(remove(["a/n.txt", str(folder / "a" / "n.txt")], place)) == 1
    assert labels(place) == ["n.txt"]


def test_records_that_a_file_has_no_more_go(tmp_path: Path, place: Settings) -> None:
    file = tmp_path / "news.jsonl"
    rows = [json.dumps({"body": f"{text} Lot {n}."}) + "\n" for n, text in enumerate((RIVALS, CUSTOMER, UNKNOWN))]
    file.write_text("".join(rows), "utf-8")
    put(tmp_path, a=DENIAL)
    build([file, tmp_path / "a.txt"], place)
    file.write_text("".join(rows[:2]), "utf-8")
    report = add([file], place)
    assert (len(report.documents), report.replaced, report.dropped) == (2, 2, 1)
    assert lines(place) == built(place, file, tmp_path / "a.txt")
    assert sound(place)


def test_nothing_goes_where_a_name_fits_no_document(tmp_path: Path, place: Settings) -> None:
    build([put(tmp_path / "in", a=RIVALS)], place)
    with pytest.raises(DocumentError, match=r"The store has no document 'b\.txt'; `kg documents` lists them"):
        remove(["a.txt", "b.txt"], place)
    assert labels(place) == ["a.txt"]


def test_a_document_that_does_not_conform_is_refused_and_its_old_state_stays(
    tmp_path: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "in", a=RIVALS, b=RIVALS)
    build([folder], place)
    before = lines(place)
    original = change.document_quads

    def spoilt(document: Document, *more: object, **named: object) -> list[Quad]:
        quads = original(document, *more, **named)  # type: ignore[arg-type]
        return [quad for quad in quads if quad[1] != SP.modality]

    monkeypatch.setattr(change, "document_quads", spoilt)
    put(folder, b=CUSTOMER)
    (refusal,) = add([folder], place).refusals
    assert refusal.reason.startswith("The graph of b.txt does not conform: Violation: claim:")
    assert lines(place) == before


def test_a_document_that_cannot_be_read_stops_nothing(
    tmp_path: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([put(tmp_path / "in", a=RIVALS)], place)
    extract = Extractor.extract

    def failing(self: Extractor, document: Document) -> object:
        if document.name == "bad.txt":
            raise ClaimError("inf is no figure")
        return extract(self, document)

    monkeypatch.setattr(Extractor, "extract", failing)
    report = add([put(tmp_path / "more", bad=CUSTOMER, empty="", good=DENIAL), tmp_path / "none"], place)
    assert [row.name for row in report.documents] == ["good.txt"]
    assert {refusal.name for refusal in report.refusals} == {"bad.txt", "empty.txt", "none"}
    assert report.missing == ("none",)
    with pytest.raises(DocumentError, match="none"):
        add([tmp_path / "none"], place)


def test_judgements_hold_for_what_is_added(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a=RIVALS)
    build([folder], place)
    append_judgement(place.store / JUDGEMENTS, Judgement("same", names=("Quxtronic Holdings", "Intel")))
    put(folder, b=UNKNOWN)
    assert add([folder], place).outdated
    beside = Settings(place.ontology, place.store.with_name("beside"))
    build([folder], beside)
    append_judgement(beside.store / JUDGEMENTS, Judgement("same", names=("Quxtronic Holdings", "Intel")))
    build([folder], beside)
    assert lines(place) == lines(beside)


def test_there_must_be_a_store(tmp_path: Path, place: Settings) -> None:
    folder = put(tmp_path / "in", a=RIVALS)
    with pytest.raises(StoreError, match=r"No store at .*; build one with `kg build PATH`"):
        add([folder], place)
    with pytest.raises(StoreError, match=r"No store at .*; build one with `kg build PATH`"):
        remove(["a"], place)
    assert not place.store.exists()


def test_a_build_resumes_what_another_extracted(
    tmp_path: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(
        tmp_path / "in", a=RIVALS, b=CUSTOMER, c=f"{UNKNOWN}Amkor plans capex of $7 billion in 2026.\n", d=DENIAL
    )
    whole = built(place, folder)
    extract, read = Extractor.extract, list[str]()

    def interrupted(self: Extractor, document: Document) -> object:
        read.append(document.name)
        if len(read) == 4:
            raise KeyboardInterrupt
        return extract(self, document)

    monkeypatch.setattr(Extractor, "extract", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build([folder], place)
    (left,) = place.store.parent.glob(".store.building-*")
    with (left / "extracted.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"document": "torn')
    report = build([folder], place)
    assert read == ["a.txt", "b.txt", "c.txt", "d.txt", "d.txt"]
    assert report.resumed == 3
    assert lines(place) == whole
    assert not list(place.store.parent.glob(".store.building-*"))
    assert not (place.store / "extracted.jsonl").exists()


def test_what_was_extracted_by_other_rules_is_extracted_anew(
    tmp_path: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.pipeline import journal

    folder = put(tmp_path / "in", a=RIVALS, b=CUSTOMER)
    monkeypatch.setattr(journal, "__version__", "0")
    monkeypatch.setattr(Extractor, "extract", _stop_at("b.txt", Extractor.extract))
    with pytest.raises(KeyboardInterrupt):
        build([folder], place)
    monkeypatch.undo()
    assert build([folder], place).resumed == 0


def _stop_at(name: str, extract: object) -> object:
    def stopping(self: Extractor, document: Document) -> object:
        if document.name == name:
            raise KeyboardInterrupt
        return extract(self, document)  # type: ignore[operator]

    return stopping
