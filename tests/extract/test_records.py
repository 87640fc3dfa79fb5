"""Companies, tickers and links in JSON records; links in tables; lists that an entry heads."""

import json

import pytest
from extracting import Saying

from kg.extract.tickers import Tickers


def test_lists_of_a_company_record(saying: Saying) -> None:
    record = {"ticker": "AMKR", "company_name": "Amkor Technology", "downstream": ["AAPL", "Qualcomm"]}
    record["competitors"] = ["ASE", "JCET"]
    claims = saying.claims(json.dumps(record), "amkor.json")
    assert {"apple outsourcesTo amkor", "qualcomm outsourcesTo amkor", "amkor competesWith jcet"} <= claims


@pytest.mark.parametrize(
    ("first", "relation", "second", "line"),
    [
        ("ASML", "supplies-equipment", "TSMC", "asml suppliesToolTo tsmc"),
        ("Intel", "supplied_by", "Ibiden", "ibiden suppliesTo intel"),
        ("ASE", "competitor", "Amkor", "ase competesWith amkor"),
        ("Amkor", "packages-for", "NVIDIA", "nvidia outsourcesTo amkor"),
        ("ASML", "packages-for", "TSMC", ""),
        ("TSMC", "partner", "Amkor", "tsmc partnersWith amkor"),
        ("ASE", "unrelated", "Amkor", ""),
    ],
)
def test_a_link_says_how_its_ends_are_joined(ruled: Saying, first: str, relation: str, second: str, line: str) -> None:
    record = {"source": "s1", "source_name": first, "target_name": second, "relation": relation, "note": "EUV"}
    claims = ruled.claims(json.dumps([record, {"title": "Another record"}]), "links.json")
    assert line in claims if line else not claims


def test_a_link_in_a_table(saying: Saying) -> None:
    text = "# Links\n\n| From | To | Relationship |\n|---|---|---|\n| Ibiden | Intel | supplies substrates |\n"
    assert "ibiden suppliesTo intel" in saying.claims(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("AMKR", "amkor"),
        (" INTC ", "intel"),
        ("000660.KS", "sk-hynix"),
        ("000660", ""),
        ("INTC and AMKR", ""),
        ("ZZZZZ", ""),
        ("amkr", ""),
    ],
)
def test_tickers_that_stand_alone(saying: Saying, text: str, key: str) -> None:
    mention = Tickers(saying.extractor._ontology.organisations.values()).mention(text)
    assert (mention.key if mention else "") == key
    if mention:
        assert text[mention.start : mention.end] == mention.surface == text.strip()


def test_a_list_is_about_the_company_that_heads_it(ruled: Saying) -> None:
    text = (
        "# Watch list\n\n**Amkor (AMKR)** - contract packaging\n\n- Key customers: Qualcomm, Apple\n\n"
        "**Hanmi Semiconductor** - bonders\n\n- Direct competitor: BESI\n"
    )
    claims = ruled.claims(text)
    assert {"qualcomm outsourcesTo amkor", "apple outsourcesTo amkor"} <= claims
    assert "hanmi-semiconductor competesWith besi" in claims
    assert "amkor competesWith besi" not in claims


def test_an_item_announces_the_items_behind_it(ruled: Saying) -> None:
    text = "# Amkor Technology\n\n- Founded long ago\n- Customer base:\n- Qualcomm\n- Apple\n"
    assert {"qualcomm outsourcesTo amkor", "apple outsourcesTo amkor"} <= ruled.claims(text)


def test_a_short_form_that_is_often_used_as_a_name(ruled: Saying) -> None:
    text = "The fabs of Tower are full. Orders go to Tower, and GlobalFoundries is a rival of Tower."
    assert "globalfoundries competesWith tower-semiconductor" in ruled.claims(text)
    assert not ruled.claims("The tower is high. GlobalFoundries is a rival of Tower Bridge.")


@pytest.mark.parametrize("label", ["Keywords", "Tags", "Ticker", "See also"])
def test_labels_that_claim_nothing(ruled: Saying, label: str) -> None:
    assert not ruled.claims(f"# Amkor\n\n**{label}**: Amkor's rival ASE, Amkor packages Apple's chips\n")
    assert ruled.claims("# Amkor\n\n**Note**: Amkor's rival ASE, Amkor packages Apple's chips\n")


def test_the_summary_of_a_front_matter_may_run_over_lines(ruled: Saying) -> None:
    text = "---\ntitle: Notes\ndescription: >-\n  **Amkor** is a rival\n  of **ASE**.\n---\n\nNothing more is said.\n"
    (claim,) = ruled.extraction(text).claims
    quote = claim.quotes[0]
    assert quote.text == text[quote.start : quote.end] == "**Amkor** is a rival\n  of **ASE**."
