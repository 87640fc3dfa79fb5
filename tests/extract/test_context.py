"""Whom a document in the first person means by "we"."""

from extracting import Saying

_REPORT = """
# Competition

Our packages sell in many markets. We compete on price and on yield.

Our lines run day and night, and we own them.

The Amkor package portfolio grew again. We face strong rivals, and we expect our prices to fall.

{}
"""


def test_we_is_whom_a_report_names_outside_its_lists(saying: Saying) -> None:
    claims = saying.claims(_REPORT.format("Our competitors include ASE, JCET and Powertech."))
    assert {"amkor competesWith ase", "amkor competesWith jcet"} <= claims


def test_we_stays_the_company_under_a_heading_that_names_its_unit(ruled: Saying) -> None:
    text = _REPORT.format("## UTAC\n\nOur rivals include JCET.")
    claims = ruled.claims(text)
    assert "amkor competesWith jcet" in claims
    assert "utac competesWith jcet" not in claims
