"""Names: normal forms and likeness."""

import pytest

from kg.resolve.normalise import full_form, short_form
from kg.resolve.similarity import THRESHOLD, likeness


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("Amkor Technology, Inc.", "amkor technology inc", "amkor technology"),
        ("ASE Technology Holding Co., Ltd.", "ase technology holding co ltd", "ase technology"),
        ("Be Semiconductor Industries N.V.", "be semiconductor industries nv", "be semiconductor industries"),
        ("Kulicke & Soffa", "kulicke and soffa", "kulicke and soffa"),
        ("the Intel Corporation", "intel corporation", "intel"),
        ("TSMC’s", "tsmc", "tsmc"),
        ("Holdings", "holdings", "holdings"),
        ("力成科技", "力成科技", "力成科技"),
    ],
)
def test_forms(name: str, full: str, short: str) -> None:
    assert (full_form(name), short_form(name)) == (full, short)


ALIKE = [
    ("tong fu microelectronics", "tongfu microelectronics"),
    ("siliconware precison industries", "siliconware precision industries"),
    ("globalfoundries", "global foundries"),
]
APART = [
    ("samsung", "samsung electro mechanics"),
    ("asmpt", "asm"),
    ("asm pacific technology", "asm international"),
    ("asml", "asmi"),
    ("spil", "ase"),
    ("hitachi", "hitachi high tech"),
    ("powertech technology", "powerchip technology"),
    ("fab 12 systems", "fab 18 systems"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= THRESHOLD
    assert likeness(other, one) >= THRESHOLD


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_are_not(one: str, other: str) -> None:
    assert likeness(one, other) < THRESHOLD
