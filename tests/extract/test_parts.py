"""Names, masks, sentences and triggers by themselves."""

import re

import pytest
from extracting import Saying

from kg.extract.gazetteer import fold
from kg.extract.mask import mask
from kg.extract.sentences import sentence_spans
from kg.model import Mention, MentionKind
from kg.ontology import Ontology
from kg.ontology.macros import BOUNDARY, expand, inflections
from kg.ontology.triggers import triggers_of

ORG = MentionKind.ORGANISATION


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Amkor Inc. grew. It won.", ["Amkor Inc. grew.", "It won."]),
        (r"News:\n- 2025 came.\n- 2026 came.", ["News:", "2025 came.", "2026 came."]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


def test_long_stretches_are_cut() -> None:
    assert max(b - a for a, b in sentence_spans("word " * 2000)) <= 1200


def test_mask_keeps_offsets() -> None:
    text = "Amkor wins, while ASE loses."
    mentions = [Mention(ORG, "Amkor", "Amkor", "amkor", 0, 5), Mention(ORG, "ASE", "ASE", "ase", 18, 21)]
    masked = mask(text, 0, len(text), mentions)
    assert BOUNDARY in masked.text
    assert [m.key for m in masked.group(0, len(masked.text))] == ["amkor", "ase"]
    assert text[slice(*masked.span(0, len(masked.text)))] == text


def test_private_characters_of_a_document_are_no_names() -> None:
    assert not mask("\ue000 wins", 0, 6, []).mentions
    assert "\ue000" not in mask("\ue000 wins", 0, 6, []).text


@pytest.mark.parametrize("text", ["İstanbul’s ‘Straße’", "PLAIN", "a – b\u00a0c"])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("supply", "supply supplies supplied supplying"),
        ("ship", "ship ships shipped shipping"),
        ("win", "wins won winning"),
    ],
)
def test_inflections(lemma: str, forms: str) -> None:
    assert all(re.fullmatch(inflections(lemma), form) for form in forms.split())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("a competitors?", {"a competitor"}), ("(?:buys|sells) it", {"buys", "sells"}), ("(?:x)?", set()), (".*", set())],
)
def test_triggers(pattern: str, words: set[str]) -> None:
    assert triggers_of(pattern) == words


def test_no_wording_matches_without_its_triggers(ontology: Ontology) -> None:
    """The examples of every relation, each wording tried with and without regard to its triggers."""
    sentences = [
        line.rsplit(" | ", 1)[0].lower() for yes, no in ontology.wordings.examples.values() for line in (*yes, *no)
    ]
    for wording in ontology.wordings.prose:
        for sentence in sentences:
            masked = re.sub(r"\b(?:amkor|ase|tsmc|nvidia|besi|intel|amd)\b", "\ue000", sentence)
            if wording.pattern.search(masked) and wording.triggers:
                assert any(word in masked for word in wording.triggers), wording.say


def test_a_word_may_be_a_technology() -> None:
    assert re.fullmatch(expand(r"an? (?:[\w-]+ ){1,2}supplier"), "an \ue800 supplier")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("King Yuan Electronics (KYEC) tests chips.", {"King Yuan Electronics"}),
        ("It bought Foo Widgets Inc. last year.", {"Foo Widgets"}),
        ("Process Technology is hard. Critical Materials too.", set()),
        ("Target prices rose; United we stand; apple pie.", set()),
    ],
)
def test_names(saying: Saying, text: str, names: set[str]) -> None:
    document = saying.document(text)
    found = saying.extractor._finder.find(document).blocks
    assert {m.name for row in found for m in row if m.kind is ORG} == names
