"""Names that no registry lists: which stretches may be one, what the tagger decides, and faults of its model."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from extracting import Saying

from kg.errors import OntologyError
from kg.extract import Extractor
from kg.extract.mentions import MentionFinder
from kg.extract.unlisted import MODEL, NameModel, Tagger
from kg.extract.unlisted.features import shape
from kg.extract.unlisted.spans import spans
from kg.model import MentionKind
from kg.ontology import Ontology


@pytest.fixture(scope="session")
def finder(ontology: Ontology) -> MentionFinder:
    return MentionFinder(ontology)


def unlisted(finder: MentionFinder, saying: Saying, text: str) -> set[str]:
    """The organisations without a key."""
    rows = finder.find(saying.document(text)).blocks
    return {m.name for row in rows for m in row if m.kind is MentionKind.ORGANISATION and not m.key}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A deal with Zylox.ai today.", {"Zylox.ai"}),
        ("They chose 9-Twelve, then xQI.", {"9-Twelve", "xQI"}),
        ("Q&P bought it.", {"Q&P"}),
        ("the University of Foo", {"University", "University of Foo", "Foo"}),
        ("Foo Bar's chips", {"Foo", "Foo Bar", "Bar"}),
        ("Foo-backed Bar", {"Foo", "Bar"}),
        ("Foo and Bar", {"Foo", "Foo and Bar", "Bar"}),
        ("The Foo grew.", {"Foo"}),
        ("However, it grew.", set()),
        ("J. Foo", {"J. Foo", "Foo"}),
    ],
)
def test_capitalised_stretches_may_be_names(text: str, expected: set[str]) -> None:
    assert {text[s.start : s.end] for s in spans(text)} == expected


def test_a_long_run_gives_short_stretches_only() -> None:
    text = " ".join(["Word"] * 2000)
    found = list(spans(text))
    assert len(found) < 3 * 2000
    assert max(len(s.words) for s in found) == 3


@pytest.mark.parametrize(
    ("word", "expected"), [("Foo", "Xx"), ("FOO", "XX"), ("xAI", "xXX"), ("C3.ai", "X9.x"), ("FooBar", "XxXx")]
)
def test_the_shape_of_a_word(word: str, expected: str) -> None:
    assert shape(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zylotech competes with Quavo in the market for probe cards.", {"Quavo"}),
        ("Quavo acquired Brinkly Labs, a startup from Austin, in 2021.", {"Quavo", "Brinkly Labs"}),
        ("Jensen Huang said that NVIDIA and Quavox.ai signed an agreement.", {"Quavox.ai"}),
        ("Kestrix acquired Voltara for $2 billion.", {"Voltara", "Kestrix"}),
        ("A partnership between Kestrix and Samsung was announced.", {"Kestrix"}),
        ("| Company | Partner |\n|---|---|\n| Voltara | Kestrix |\n", {"Voltara", "Kestrix"}),
        ("Voltara (NASDAQ: VLTR) is a supplier to Tesla.", {"Voltara"}),
        ("The Blackwell platform and the Instinct line are sold by AMD.", set()),
        ("Elon Musk and Tim Cook met on Monday.", set()),
        ("In January the Board of Directors approved the plan.", set()),
        ("It uses Python, Linux and Windows.", set()),
        ("## Key Findings\n\nHigh Performance Computing grew.", set()),
    ],
)
def test_it_tells_organisations(finder: MentionFinder, saying: Saying, text: str, expected: set[str]) -> None:
    assert unlisted(finder, saying, text) == expected


def test_names_are_found_alike_each_time(ontology: Ontology, saying: Saying) -> None:
    document = saying.document("Zylotech competes with Quavo. Quavo acquired Brinkly Labs, a startup.")
    finds = [MentionFinder(ontology).find(document).blocks for _ in range(2)]
    assert finds[0] == finds[1]


def test_without_a_model_no_name_is_learned(ontology: Ontology, saying: Saying) -> None:
    document = saying.document("Zylotech competes with Quavo.")
    assert MentionFinder(ontology, None).find(document).blocks == [[]]


def spoiled(path: Path) -> Iterator[Callable[[], object]]:
    """Ways to spoil the file of a model."""
    with np.load(MODEL) as file:
        arrays = dict(file)
    yield path.unlink
    yield lambda: path.write_bytes(b"nothing")
    yield lambda: path.write_bytes(path.read_bytes()[:5000])
    yield lambda: np.savez(path, weights=arrays["weights"])
    changes: list[dict[str, np.ndarray]] = [
        {"weights": arrays["weights"][1:]},
        {"weights": np.full_like(arrays["weights"], np.nan)},
        {"weights": arrays["weights"].astype(np.float32)},
        {"bias": np.zeros(2, np.float32)},
        {"hashes": arrays["hashes"][::-1]},
        {"ordinary": arrays["ordinary"][::-1]},
        {"ordinary": np.array([{}], object)},
    ]
    for change in changes:
        yield lambda change=change: np.savez(path, **arrays | change)


@pytest.mark.parametrize("number", range(11))
def test_a_malformed_model_gives_one_line(ontology: Ontology, saying: Saying, tmp_path: Path, number: int) -> None:
    path = tmp_path / "names.npz"
    path.write_bytes(MODEL.read_bytes())
    cases = list(spoiled(path))
    assert len(cases) == 11
    cases[number]()
    with pytest.raises(OntologyError, match=r"names\.npz") as caught:
        Extractor(ontology, unlisted=path).extract(saying.document("Foo met Bar."))
    assert "\n" not in str(caught.value)
    assert "kg.training" in str(caught.value)


def test_a_saved_model_is_read_again(ontology: Ontology, tmp_path: Path) -> None:
    model = NameModel.load(MODEL)
    model.save(tmp_path / "names.npz")
    assert (tmp_path / "names.npz").read_bytes() == MODEL.read_bytes()
    assert MODEL.stat().st_size <= 450_000
    Tagger(model, ontology.wordings.names["given_names"])
