"""A corpus from annotations by reference: what comes, what is told of the rest, what is refused."""

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DocumentError, UsageError
from kg.evaluate.gold import read_gold
from kg.training.__main__ import main as train
from kg.training.annotations import Excerpt, Origin, read_annotations
from kg.training.corpora import CHANGED, INTERRUPTED, main, rebuild
from kg.training.sources import Mirror, Web

SHIPPED = Path(__file__).parent.parent.parent / "benchmarks" / "corpus" / "annotations.jsonl"
SENTENCE = "Apple hands its chips to Amkor – “again”."
PATH = "notes/a b#1.md"
NOTE = f"# Orders\r\n\r\n{SENTENCE}\r\nTSMC spends $56 billion.\r\n".encode()
RECORD = b'{"text": "Apple hands its chips to Amkor."}'
REPOSITORY = "some-one/their.notes"


def line(**changes: Any) -> dict[str, Any]:
    """The annotations of SENTENCE and the line behind it."""
    stretch = f"{SENTENCE}\nTSMC spends $56 billion."
    at = SENTENCE.index("chips")
    return {
        "id": "a001",
        "form": "md",
        "repository": REPOSITORY,
        "commit": "c" * 40,
        "path": PATH,
        "start": 10,
        "end": 10 + len(stretch),
        "sha256": sha256(f"{stretch}\n".encode()).hexdigest(),
        "entities": [
            {"key": "apple", "name": "Apple"},
            {"key": "amkor", "name": "Amkor", "aliases": ["AMKR"]},
            {"key": "tsmc", "name": "TSMC"},
        ],
        "claims": [{"subject": "apple", "relation": "outsourcesTo", "object": "amkor", "quote": [at, len(SENTENCE)]}],
        "observations": [
            {
                "subject": "tsmc",
                "metric": "capex",
                "value": 56e9,
                "unit": "USD",
                "quote": [len(SENTENCE) + 1, len(stretch)],
            }
        ],
    } | changes


def record(**changes: Any) -> dict[str, Any]:
    """The annotations of a whole JSON file that is told by its blob."""
    whole = {"start": 0, "end": len(RECORD), "sha256": sha256(RECORD).hexdigest(), "observations": []}
    lines = line(id="b002", form="json", blob=blob(RECORD), blind=True, **whole) | changes
    return {name: value for name, value in lines.items() if name != "path"}


def blob(data: bytes) -> str:
    command = ["git", "hash-object", "--stdin"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode().strip()


def written(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "annotations.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Canned:
    """A source that gives one file and counts how often it was asked."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.asked: list[Origin] = []

    def __call__(self, origin: Origin) -> bytes:
        self.asked.append(origin)
        return self.data


def excerpts(folder: Path, *lines: dict[str, Any]) -> list[Excerpt]:
    return read_annotations(written(folder, *lines))


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of one clone, and its commit."""
    folder = tmp_path_factory.mktemp("mirror")
    clone = folder / REPOSITORY.replace("/", "+") / "repo"
    (clone / "notes").mkdir(parents=True)
    (clone / PATH).write_bytes(NOTE)
    (clone / "record.json").write_bytes(RECORD)
    git = ["git", "-C", str(clone), "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "--no-verify", "--no-gpg-sign", "-m", "Notes"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    return folder, head


def test_a_corpus_comes_from_clones(
    mirror: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, commit = mirror
    path = written(tmp_path, record(commit=commit), line(commit=commit))
    out = tmp_path / "out"
    assert main([str(path), str(out), "--mirror", str(folder)]) == 0
    assert capsys.readouterr() == (f"2 of 2 documents are in {out}\n", "")
    assert (out / "docs" / "a001.md").read_text("utf-8") == f"{SENTENCE}\nTSMC spends $56 billion.\n"
    assert (out / "docs" / "b002.json").read_bytes() == RECORD
    rows = [json.loads(one) for one in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    assert [(r["id"], r["file"], r["repo"], r.get("blind")) for r in rows] == [
        ("a001", "a001.md", REPOSITORY, None),
        ("b002", "b002.json", REPOSITORY, True),
    ]
    gold = read_gold(out / "gold")[0]
    assert [(c.key, c.modalities, c.quote) for c in gold.claims] == [
        (("outsourcesTo", "apple", "amkor", "affirmed"), {"asserted"}, "chips to Amkor – “again”.")
    ]
    assert [(o.subject, o.value, o.text) for o in gold.observations] == [("tsmc", 56e9, "USD")]
    assert gold.names.key(["AMKR"]) == "amkor"


def test_a_value_of_a_json_file_may_be_the_document(tmp_path: Path) -> None:
    data = json.dumps({"a/b": [1, {"buyer": "Ä", "seller": "Amkor"}]}).encode()
    text = '{\n  "buyer": "Ä",\n  "seller": "Amkor"\n}'
    whole = {"start": 0, "end": len(text), "sha256": sha256(text.encode()).hexdigest()}
    whole |= {"claims": [], "observations": []}
    (row,) = excerpts(tmp_path, line(form="json", pointer="/a~1b/1", **whole))
    rebuild([row], tmp_path / "out", Canned(data))
    assert (tmp_path / "out" / "docs" / "a001.json").read_text("utf-8") == text
    assert json.loads((tmp_path / "out" / "manifest.jsonl").read_text("utf-8"))["pointer"] == "/a~1b/1"
    for number, other in enumerate(
        (b"{}", b'{"a/b": 1}', b'{"a/b": [1]}', b'{"a/b": {"x": 1}}', b"[[", b"[" * 100_000)
    ):
        assert rebuild([row], tmp_path / f"other{number}", Canned(other)).lacking == ((row, CHANGED),)


def test_the_same_bytes_come_each_time(mirror: tuple[Path, str], tmp_path: Path) -> None:
    folder, commit = mirror
    lines = [line(commit=commit), record(commit=commit)]
    for name, order in (("one", lines), ("two", lines[::-1])):
        rebuild(excerpts(tmp_path, *order), tmp_path / name, Mirror(folder))
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert set(files(tmp_path / "one")) == {
        "docs/a001.md",
        "docs/b002.json",
        "gold/a001.gold.json",
        "gold/b002.gold.json",
        "manifest.jsonl",
    }


def test_what_a_mirror_lacks_is_told(
    mirror: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, commit = mirror
    lines = [line(commit=commit), line(id="a002", commit=commit, path="gone.md"), line(id="a003", repository="no/one")]
    assert main([str(written(tmp_path, *lines)), str(tmp_path / "out"), "--mirror", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"1 of 3 documents are in {tmp_path / 'out'}",
        "2 could not be had:",
        "  1 of no/one: the mirror has no clone of it",
        f"  1 of {REPOSITORY}: the clone in the mirror lacks the file or the commit",
    ]
    assert (
        main([str(written(tmp_path, line(repository="no/one"))), str(tmp_path / "none"), "--mirror", str(folder)]) == 1
    )
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="Git"):
        Mirror(folder)(Origin(REPOSITORY, commit, PATH, ""))


def test_a_text_that_was_changed_is_left_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    rows = excerpts(tmp_path, line())
    assert rebuild(rows, out, Canned(NOTE)).had == tuple(rows)
    (out / "docs" / "a001.md").write_text("other words", "utf-8")
    found = rebuild(rows, out, Canned(NOTE.replace(b"Apple", b"Pears")))
    assert [reason for _, reason in found.lacking] == [CHANGED]
    assert not (out / "gold" / "a001.gold.json").exists()
    assert (out / "manifest.jsonl").read_bytes() == b""


def test_a_run_goes_on_where_it_was(tmp_path: Path) -> None:
    out, source = tmp_path / "out", Canned(NOTE)
    rows = excerpts(tmp_path, line(), line(id="a002"), line(id="a003", path="other.md"))
    told: list[tuple[int, int]] = []
    rebuild(rows, out, source, lambda done, total: told.append((done, total)))
    assert [o.path for o in source.asked] == [PATH, "other.md"]  # each file once
    assert told == [(1, 2), (2, 2)]
    before = files(out)
    (out / "docs" / "a003.md").write_text("half", "utf-8")
    (out / "docs" / "a002.md").unlink()
    rebuild(rows, out, source)
    assert len(source.asked) == 4
    assert files(out) == before
    rebuild(rows, out, source)
    assert len(source.asked) == 4


def test_an_interrupted_run_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: Web, origin: Origin) -> bytes:
        raise KeyboardInterrupt(origin)

    monkeypatch.setattr(Web, "__call__", interrupted)
    assert main([str(written(tmp_path, line())), str(tmp_path / "out")]) == INTERRUPTED
    assert "goes on" in capsys.readouterr().err


def test_another_corpus_is_left_alone(tmp_path: Path) -> None:
    gold = tmp_path / "out" / "gold" / "mine.gold.json"
    gold.parent.mkdir(parents=True)
    gold.write_text("{}", "utf-8")
    with pytest.raises(DocumentError, match="another corpus"):
        rebuild(excerpts(tmp_path, line()), tmp_path / "out", Canned(NOTE))
    assert set(files(tmp_path / "out")) == {"gold/mine.gold.json"}
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(DocumentError, match="cannot be written"):
        rebuild(excerpts(tmp_path, line()), tmp_path / "file", Canned(NOTE))


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out" / "docs").mkdir(parents=True)
    (tmp_path / "precious.md").write_text("mine", "utf-8")
    (tmp_path / "out" / "docs" / "a001.md").symlink_to(tmp_path / "precious.md")
    rebuild(excerpts(tmp_path, line()), tmp_path / "out", Canned(NOTE))
    assert (tmp_path / "precious.md").read_text("utf-8") == "mine"
    assert SENTENCE in (tmp_path / "out" / "docs" / "a001.md").read_text("utf-8")


MALFORMED = {
    "id leads out": line(id="../../a001"),
    "id is absolute": line(id="/a001"),
    "id with a line break": line(id="a001\n"),
    "form leads out": line(form="md/../../x"),
    "repository leads out": line(repository="../.."),
    "repository is a parent": line(repository="some/.."),
    "repository is an option": line(repository="--upload-pack=x/y"),
    "commit is an option": line(commit="--batch"),
    "path leads out": line(path="notes/../../x.md"),
    "path is absolute": line(path="/x.md"),
    "path has a line break": line(path="x\ny.md"),
    "path and blob": line(blob="d" * 40),
    "blob is a name": record(blob="HEAD"),
    "pointer is a path": line(pointer="../x"),
    "pointer is a number": line(pointer=3),
    "sha256 is short": line(sha256="00"),
    "stretch is backwards": line(start=9, end=8),
    "stretch is negative": line(start=-5),
    "quote leaves the text": line(claims=[line()["claims"][0] | {"quote": [0, 99_999]}]),
    "quote is words": line(claims=[line()["claims"][0] | {"quote": "Apple"}]),
    "object is no entity": line(claims=[line()["claims"][0] | {"object": "intel"}]),
    "aliases are a number": line(entities=[*line()["entities"], {"key": "x", "name": "X", "aliases": 3}]),
    "half a character": line(entities=[*line()["entities"], {"key": "x", "name": "\ud800"}]),
    "value is no number": line(observations=[line()["observations"][0] | {"value": "much"}]),
    "no sha256": {name: value for name, value in line().items() if name != "sha256"},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_or_hostile_annotations_are_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    path = written(tmp_path / "in", line(id="a000"), MALFORMED[name])
    assert main([str(path), str(tmp_path / "deep" / "out"), "--mirror", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"Error: {path}, line 2 is malformed: ") and error.count("\n") == 1
    assert set(files(tmp_path)) == {"in/annotations.jsonl"}


def test_an_id_stands_once_and_a_file_holds_some(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"line 2 .* twice"):
        excerpts(tmp_path, line(), line())
    with pytest.raises(DocumentError, match="no annotations"):
        excerpts(tmp_path)
    with pytest.raises(DocumentError, match="cannot be read"):
        read_annotations(tmp_path / "missing.jsonl")


def test_several_corpora_train_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn", reason='training needs scikit-learn: pip install "semipack[train]"')
    trained: list[list[str]] = []
    monkeypatch.setattr("kg.training.__main__.train", lambda _, rows, *__: trained.append([r.gold.file for r in rows]))
    note = NOTE + b"Jane Smith went to Paris on the Orient Express to see the Blackwell Tower."
    length = len(note.decode().replace("\r\n", "\n"))
    for name, ids in (("one", range(4)), ("two", range(4, 8)), ("all", range(8))):
        whole = {"start": 0, "end": length, "sha256": sha256(note.replace(b"\r\n", b"\n") + b"\n").hexdigest()}
        rebuild(excerpts(tmp_path, *(line(id=f"a{n}", **whole) for n in ids)), tmp_path / name, Canned(note))
    one, two, together, model = (str(tmp_path / name) for name in ("one", "two", "all", "model"))
    assert train([one, two, model]) == 0
    assert train([together, f"{model}2"]) == 0
    assert trained == [[f"a{n}.md" for n in range(8)]] * 2
    assert files(tmp_path / "model") == files(tmp_path / "model2")
    assert set(files(tmp_path / "model")) == {"names.npz"}
    assert train([one, two]) == 1
    assert f"{two} is a corpus" in capsys.readouterr().err


def test_the_annotations_of_the_repository_are_in_order() -> None:
    rows = read_annotations(SHIPPED)
    text = SHIPPED.read_text("utf-8")
    lines = [json.loads(one) for one in text.splitlines()]
    assert [one["id"] for one in lines] == [e.id for e in rows]
    assert text == "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in lines)
    assert len(text.encode()) <= 2_500_000
    assert {e.id[0] for e in rows if e.blind} == {"h", "i"}
    readme = (SHIPPED.parent / "README.md").read_text("utf-8")
    claims = [claim for e in rows for claim in e.claims]
    counts = {
        "excerpts": len(rows),
        "public repositories": len({e.origin.repository for e in rows}),
        "claims": len(claims),
        "of them firm": sum(not claim.get("arguable") for claim in claims),
        "figures": sum(len(e.observations) for e in rows),
    }
    assert not [f"{n:,} {what}" for what, n in counts.items() if f"{n:,} {what}" not in " ".join(readme.split())]
