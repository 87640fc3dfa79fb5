"""What is offered for a name that is not there."""

import pytest

from kg.query.similar import near, offer

NAMES = [
    "NVIDIA", "NVDA", "EMIB", "Intel", "Italy", "TSMC", "Taiwan", "Taiwan Semiconductor", "Kulicke & Soffa",
    "packages-for", "packaging-customers", "customers",
]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("nvdia", ["NVIDIA", "NVDA"]),
        ("Taiwan Semi", ["Taiwan Semiconductor"]),
        ("taiwan", ["Taiwan", "Taiwan Semiconductor"]),
        ("soffa", ["Kulicke & Soffa"]),
        ("Kulike", ["Kulicke & Soffa"]),
        ("TSMC Arizona", ["TSMC"]),
        ("customer", ["customers", "packaging-customers"]),
        ("it", []),
        ("", []),
        ("  ", []),
        ("Quxtronic", []),
        ("&&&", []),
    ],
)
def test_near_names(wanted: str, found: list[str]) -> None:
    assert near(wanted, NAMES) == found


def test_at_most_three_are_offered() -> None:
    assert near("name", [f"name {number}" for number in range(9)]) == ["name 0", "name 1", "name 2"]


def test_an_offer_is_a_question_or_the_other_cure() -> None:
    assert offer("rival", ["rivals"], "look") == "did you mean rivals?"
    assert offer("zzz", ["rivals"], "look") == "look"
