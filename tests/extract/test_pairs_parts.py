"""The parts of the learned decision: windows, candidate pairs, features, classes."""

from pathlib import Path

import numpy as np
import pytest
from extracting import Saying

from kg.errors import OntologyError
from kg.extract.assemble import Assembler
from kg.extract.mentions import MentionFinder
from kg.extract.pairs.features import features
from kg.extract.pairs.judge import Evidence, Rows
from kg.extract.pairs.linear import LinearModel
from kg.extract.pairs.vocabulary import Vocabulary, name_of
from kg.extract.pairs.windows import Pair, Window, WindowMaker, pairs
from kg.model import MentionKind
from kg.ontology import Entry, Ontology


def windows(saying: Saying, ontology: Ontology, text: str) -> list[Window]:
    document = saying.document(text)
    return list(WindowMaker(ontology).windows(document, MentionFinder(ontology).find(document)))


def ends(pair: Pair) -> tuple[str, str]:
    left, right = pair.ends
    return left.key or left.name, right.key or right.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TSMC and Amkor signed a deal.", {("tsmc", "amkor")}),
        ("TSMC, ASE and Amkor met.", {("tsmc", "ase"), ("tsmc", "amkor"), ("ase", "amkor")}),
        ("TSMC met TSMC.", set()),
        ("Amkor is in Vietnam.", set()),
        ("Amkor grew. TSMC shrank.", {("amkor", "tsmc")}),
        ("# Amkor\n\n## Customers\n\n- NVIDIA\n- AMD\n", {("amkor", "nvidia"), ("amkor", "amd")}),
        ("# Amkor\n\nIts customers include Apple.\n", {("amkor", "apple")}),
    ],
)
def test_candidates(saying: Saying, ontology: Ontology, text: str, expected: set[tuple[str, str]]) -> None:
    found = {ends(pair) for window in windows(saying, ontology, text) for pair in pairs(window)}
    assert found >= expected
    assert bool(found) == bool(expected)


def test_a_pair_is_drawn_once_where_it_is_nearest(saying: Saying, ontology: Ontology) -> None:
    (window,) = windows(saying, ontology, "Amkor works for Apple, and Apple pays Amkor.")
    (pair,) = pairs(window)
    assert pair.right - pair.left <= 3


def test_a_cell_sees_its_headers(saying: Saying, ontology: Ontology) -> None:
    table = "| Company | Customers |\n|---|---|\n| Amkor | Apple |\n"
    seen = {(token.part, token.text) for w in windows(saying, ontology, table) for token in w.tokens}
    assert {("column", "customers"), ("row", "Amkor"), ("sentence", "Apple")} <= seen


def test_a_pronoun_is_a_name_of_its_own_kind(saying: Saying, ontology: Ontology) -> None:
    found = windows(saying, ontology, "# Amkor\n\nIts rival is ASE.\n")
    assert any("PRON" in window.words and "ORG" in window.words for window in found)


def test_names_do_not_reach_the_features(saying: Saying, ontology: Ontology) -> None:
    """Two unknown organisations in the same words look alike, whatever they are called."""
    assembler = Assembler(ontology)
    seen = []
    for text in ("Foobar Inc. sells wire to Quuxly Inc. now.", "Zyzzx Inc. sells wire to Blarg Inc. now."):
        (window,) = windows(saying, ontology, text)
        (pair,) = pairs(window)
        seen.append(features(pair, assembler))
    assert seen[0] == seen[1] == sorted(set(seen[0]))


def test_words_and_roles_reach_the_features(saying: Saying, ontology: Ontology) -> None:
    assembler = Assembler(ontology)
    texts = ["TSMC sells to Apple.", "TSMC sues Apple.", "Apple sells to TSMC."]
    made = [features(pair, assembler) for t in texts for w in windows(saying, ontology, t) for pair in pairs(w)]
    assert len({tuple(row) for row in made}) == len(texts)


def test_the_finder_takes_further_names(saying: Saying, ontology: Ontology) -> None:
    document = saying.document("We met quuxly and Amkor.")
    finder = MentionFinder(ontology)
    also = [Entry("", MentionKind.ORGANISATION, "quuxly")]
    assert [m.name for m in finder.find(document, also).blocks[0]] == ["quuxly", "Amkor Technology"]
    assert len(finder.find(document).blocks[0]) == 1


def test_classes_are_the_ontologys_relations_between_organisations(ontology: Ontology) -> None:
    vocabulary = Vocabulary.of(ontology)
    both = {r.name for r in ontology.relations.values() if r.subject_kind is r.object_kind is MentionKind.ORGANISATION}
    assert set(vocabulary.relations) == both
    assert [c for c in vocabulary.classes if c[0] == "competesWith"] == [("competesWith", ">")]
    assert [c for c in vocabulary.classes if c[0] == "suppliesTo"] == [("suppliesTo", ">"), ("suppliesTo", "<")]
    names = [name_of(c) for c in reversed(vocabulary.classes)]
    assert Vocabulary.known_to(ontology, names).classes == tuple(reversed(vocabulary.classes))


def test_a_class_that_the_ontology_lacks_is_told(ontology: Ontology) -> None:
    with pytest.raises(OntologyError, match="'eats >'"):
        Vocabulary.known_to(ontology, ["competesWith >", "eats >"])
    with pytest.raises(OntologyError, match="twice"):
        Vocabulary.known_to(ontology, ["competesWith >", "competesWith >"])


def test_the_linear_model_adds_weights_of_known_features(ontology: Ontology, tmp_path: Path) -> None:
    vocabulary = Vocabulary.known_to(ontology, ["competesWith >", "suppliesTo <"])
    weights = np.array([[1, 0], [3, -2]], np.float16)
    model = LinearModel(vocabulary, np.array([5, 9], np.uint32), weights, np.array([0.5, 1], np.float32))
    assert model.scores([[5], [1, 7, 10], []]).tolist() == [[1.5, 1], [0.5, 1], [0.5, 1]]
    assert model.scores([[5, 9]])[0] == pytest.approx([0.5 + 4 / 2**0.5, 1 - 2 / 2**0.5])
    for name in ("one.npz", "two.npz"):
        model.save(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    again = LinearModel.load(tmp_path / "one.npz", ontology)
    assert again.vocabulary == vocabulary
    assert (again.weights == weights).all()


def test_rows_of_the_judge_have_one_width(ontology: Ontology) -> None:
    vocabulary = Vocabulary.of(ontology)
    said = vocabulary.triple("competesWith", "b", "a")
    assert said == ("competesWith", "a", "b")
    table = Rows(Evidence({}, {said: (0.8, "prose"), ("suppliesTo", "a", "b"): (0.7, "structure")}), vocabulary)
    assert table.triples() == [said, ("suppliesTo", "a", "b")]
    assert {len(table.row(t)) for t in table.triples()} == {17 + len(vocabulary.relations) + 5}
