"""Remarks: the examples of their wordings, and what they take from the place where they stand."""

import pytest
from extracting import Saying

from kg.model import Modality, Polarity, Remark, RemarkKind
from kg.ontology import Ontology
from kg.settings import Settings

_POSITIVE, _NEGATIVE = Ontology.load(Settings.from_environment({}).ontology).wordings.remarks.examples

_PROFILE = """# Amkor Technology (AMKR)

The leading US-based OSAT.

| Company | Position | vs Amkor |
|---|---|---|
| ASE | #1 global OSAT | ASE is larger; Amkor has plants in Arizona |
| JCET | Third-largest OSAT | Smaller in revenue |

- Only OSAT customers matter here
- Largest test floor in Korea
"""
_TWO_SENTENCES = (
    "No data on order backlogs of BESI and K&S for Amkor were found. Lead times of these tools are not available."
)


def _lines(remarks: tuple[Remark, ...]) -> set[str]:
    return {_line(remark) for remark in remarks}


def _line(remark: Remark) -> str:
    """In the notation of the examples: ``amkor standing first | OSAT | world, by revenue``."""
    head = " ".join(each for each in (remark.subject.key, str(remark.kind), remark.rank) if each)
    said = [remark.polarity if remark.modality is Modality.ASSERTED else remark.modality]
    others = [" ".join(other.key for other in remark.others)] if remark.others else []
    return " | ".join([head, remark.topic, ", ".join(remark.scope), *said, *others])


def _expected(said: str) -> str:
    """An example's expectation with the stance that it leaves out."""
    parts = [part.strip() for part in said.split("|")]
    parts += [""] * (3 - len(parts))
    return " | ".join(parts if len(parts) > 3 else [*parts, "affirmed"])


@pytest.mark.parametrize("example", _POSITIVE)
def test_an_example_says_it(ruled: Saying, example: str) -> None:
    text, said = example.split(" | ", 1)
    assert _expected(said) in _lines(ruled.extraction(text).remarks)


@pytest.mark.parametrize("example", _NEGATIVE)
def test_an_example_does_not_say_it(ruled: Saying, example: str) -> None:
    text, subject = example.rsplit(" | ", 1)
    assert subject not in {remark.subject.key for remark in ruled.extraction(text).remarks}


def test_tables_and_profiles_say_whom_a_phrase_is_about(ruled: Saying) -> None:
    assert _lines(ruled.extraction(_PROFILE).remarks) == {
        "amkor standing leading | OSAT | United States | affirmed",
        "ase standing first | OSAT | world | affirmed",
        "ase standing larger |  |  | affirmed | amkor",
        "jcet standing third | OSAT |  | affirmed",
        "jcet standing smaller |  |  | affirmed | amkor",
    }


def test_a_gap_goes_on_about_those_of_the_sentence_before(ruled: Saying) -> None:
    found = ruled.extraction(_TWO_SENTENCES).remarks
    assert {(each.subject.key, each.topic) for each in found} == {
        (key, topic) for key in ("besi", "kulicke-soffa") for topic in ("backlog", "lead time")
    }
    assert all([other.key for other in each.others] == ["amkor"] for each in found)
    implied = next(each for each in found if each.topic == "lead time")
    assert [quote.text for quote in implied.quotes] == _TWO_SENTENCES.replace("found. ", "found.\n").split("\n")[::-1]


def test_what_a_document_repeats_is_one_remark_with_several_quotes(ruled: Saying) -> None:
    text = "ASE is the largest OSAT in the world.\n\nASE, the world's largest OSAT, builds a plant."
    (remark,) = ruled.extraction(text).remarks
    assert len(remark.quotes) == 2
    assert remark.kind is RemarkKind.STANDING and remark.polarity is Polarity.AFFIRMED


def test_every_quote_stands_in_its_document(ruled: Saying) -> None:
    document = ruled.document(_PROFILE)
    for remark in ruled.extractor.extract(document).remarks:
        for quote in remark.quotes:
            assert document.fields[quote.pointer][quote.start : quote.end] == quote.text


def test_a_question_and_a_list_of_keywords_say_nothing(ruled: Saying) -> None:
    text = "Is Amkor the largest OSAT in the world?\n\nKeywords: Amkor, the largest OSAT"
    assert not ruled.extraction(text).remarks
