"""Claims as JSON Lines and back."""

import json

import pytest

from kg.claims import read_lines, write_lines
from kg.errors import ClaimError
from kg.model import Claim, Mention, MentionKind, Modality, Observation, Polarity, Quote, Remark, RemarkKind

AMKOR = Mention(MentionKind.ORGANISATION, "Amkor", "Amkor Technology", "amkor")
TSMC = Mention(MentionKind.ORGANISATION, "TSMC", "TSMC", "tsmc")
QUOTES = (Quote("TSMC uses “Amkor”\u2028.", 4, 23, "/body", (0, 1, 2)), Quote("Amkor", 0, 5))
CLAIM = Claim(
    "d" * 16,
    "a.json",
    TSMC,
    "outsourcesTo",
    AMKOR,
    Polarity.NEGATED,
    Modality.PLANNED,
    0.65,
    ("because",),
    QUOTES,
    "prose",
    {"product": ("Rubin",)},
)
FIGURE = Observation(
    "d" * 16, "a.json", AMKOR, "capex", 8.5e9, "USD", "2026", Polarity.AFFIRMED, Modality.ASSERTED, 0.9, (), QUOTES, "x"
)


REMARK = Remark(
    "d" * 16,
    "a.json",
    AMKOR,
    RemarkKind.STANDING,
    "OSAT",
    "first",
    ("world", "by revenue"),
    (TSMC,),
    Polarity.AFFIRMED,
    Modality.HISTORICAL,
    0.8,
    ("because",),
    QUOTES,
    "remarks",
)


def test_claims_figures_and_remarks_come_back_as_they_were() -> None:
    assert list(read_lines(write_lines([CLAIM, FIGURE, REMARK]))) == [CLAIM, FIGURE, REMARK]


def test_a_line_is_one_line_and_has_the_public_fields() -> None:
    claim, figure, remark = (json.loads(line) for line in write_lines([CLAIM, FIGURE, REMARK]))
    assert all("\n" not in line for line in write_lines([CLAIM]))
    assert (claim["subject"], claim["object"], claim["polarity"]) == ("TSMC", "Amkor Technology", "negated")
    assert (figure["relation"], figure["value"], figure["unit"]) == ("observation", 8_500_000_000, "USD")
    assert claim["object_aliases"] == ["Amkor"]
    assert (remark["relation"], remark["kind"], remark["rank"], remark["topic"]) == (
        "remark",
        "standing",
        "first",
        "OSAT",
    )
    assert (remark["scope"], remark["others"]) == (["world", "by revenue"], ["TSMC"])


@pytest.mark.parametrize("line", ["{", "{}", "[1]", '{"relation": "outsourcesTo", "quotes": 3}'])
def test_a_bad_line_is_named(line: str) -> None:
    good = next(write_lines([CLAIM]))
    with pytest.raises(ClaimError, match="claims, line 3"):
        list(read_lines([good, "", line]))


def test_ids_name_content() -> None:
    from dataclasses import replace

    assert CLAIM.id == replace(CLAIM, confidence=0.1).id
    assert CLAIM.id != replace(CLAIM, polarity=Polarity.AFFIRMED).id
    assert CLAIM.id != replace(CLAIM, quotes=(QUOTES[1],)).id
