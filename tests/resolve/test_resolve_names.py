"""Names: normal forms and spelling."""

from itertools import combinations, groupby

import pytest

from kg.ontology import Ontology
from kg.resolve.normalise import full_form, short_form
from kg.resolve.similarity import alike
from kg.settings import Settings


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
    ("globalfoundries", "globalfoundaries"),
    ("ammkor technology", "amkor technology"),
    ("amkro technology", "amkor technology"),
    ("kulicke and soffa", "kulicke and sofffa"),
]
APART = [
    ("samsung", "samsung electro mechanics"),
    ("asmpt", "asm"),
    ("asm pacific technology", "asm international"),
    ("asm technology", "ams technology"),
    ("asml", "asmi"),
    ("spil", "ase"),
    ("hitachi", "hitachi high tech"),
    ("powertech technology", "powerchip technology"),
    ("fab 12 systems", "fab 18 systems"),
    ("amcor technology", "amkor technology"),
    ("macron technology", "micron technology"),
    ("micros technology", "micron technology"),
    ("auras technology", "auros technology"),
    ("teradyne", "teledyne"),
    ("photonics", "photronics"),
    ("inolux", "innolux"),
    ("nanotech japan", "manotech japan"),
    ("fab1234567 systems", "fab1234568 systems"),
    ("siliconware precison industrys", "siliconware precision industries"),
    ("未来封装测试技术公司", "未来封装测试技本公司"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_are_not(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_no_two_organisations_of_the_registry_are_alike() -> None:
    rows = Ontology.load(Settings.from_environment({}).ontology).organisations.values()
    names = {(short_form(name), row.key) for row in rows for name in (row.label, *row.aliases)}
    assert len(names) > 1900
    blocks = [list(block) for _, block in groupby(sorted(names), key=lambda name: name[0][:1])]
    pairs = (pair for block in blocks for pair in combinations(block, 2))
    found = [(one, other) for (one, a), (other, b) in pairs if a != b and one != other and alike(one, other)]
    assert found == []
