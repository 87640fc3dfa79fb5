"""Headings, lists, tables and labels."""

from extracting import Saying

PROFILE = """# Amkor Technology

## Customers

- NVIDIA
- Qualcomm (modems)

## Competitors

| Company | Note |
|---------|------|
| JCET | China |

## Related

- [[ASE]] — competitor in test
- [[BESI]] — supplier of bonders
- [[Intel]] — BESI rival
"""


def test_profile(saying: Saying) -> None:
    claims = saying.claims(PROFILE)
    assert {"nvidia outsourcesTo amkor", "qualcomm outsourcesTo amkor"} <= claims
    assert {"amkor competesWith jcet", "amkor competesWith ase"} <= claims
    assert "besi suppliesToolTo amkor" in claims


def test_a_tag_that_names_somebody_else_is_not_about_the_subject(ruled: Saying) -> None:
    assert "amkor competesWith intel" not in ruled.claims(PROFILE)


def test_table_of_key_facts(saying: Saying) -> None:
    text = (
        "## Quick stats\n\n| Metric | Value |\n|---|---|\n| Also known as | BESI |\n| Key customers | ASE, Amkor |\n"
        "| HQ | Duiven, Netherlands |\n| Competitors | ASMPT (bonders) |\n| Focus | Hybrid bonding |\n"
    )
    claims = saying.claims(text)
    assert {"besi suppliesToolTo ase", "besi suppliesToolTo amkor", "besi competesWith asmpt"} <= claims
    assert "besi offersTechnology hybrid-bonding" in claims


def test_a_cell_speaks_of_its_row(saying: Saying) -> None:
    text = (
        "# Test houses\n\n| Company | Work |\n|---|---|\n| KYEC | It competes with ASE |\n| Amkor | Opened a plant |\n"
    )
    claims = saying.claims(text)
    assert "kyec competesWith ase" in claims
    assert not any("amkor" in line for line in claims)


def test_opening_words_name_the_subject(saying: Saying) -> None:
    text = "**Foxconn** — the largest contract manufacturer.\n\n## Competitors\n\n- Quanta\n- Wistron\n"
    assert {line for line in saying.claims(text) if line.startswith("foxconn") or "competesWith" in line}


def test_without_a_subject_a_list_says_nothing(saying: Saying) -> None:
    assert not saying.claims("## Competitors\n\n- Quanta\n- Wistron\n")


def test_remarks_in_brackets_say_what_each_name_is(ruled: Saying) -> None:
    text = "# Checked\n\n| Company | Others |\n|---|---|\n| Deca | Infineon (parent), ASE (research partner), Intel |\n"
    claims = ruled.claims(text)
    assert {"deca subsidiaryOf infineon", "deca partnersWith ase"} <= claims
    assert not any("intel" in line for line in claims)


def test_a_list_behind_an_items_own_label_or_in_its_bracket(ruled: Saying) -> None:
    text = "# Amkor\n\n## Competitors\n\n- Test houses: KYEC, ASE\n- Foundries with own lines (e.g., TSMC, Intel)\n"
    claims = ruled.claims(text)
    assert {f"amkor competesWith {key}" for key in ("kyec", "ase", "tsmc", "intel")} <= claims


def test_records_in_a_list(ruled: Saying) -> None:
    text = "name: ASML\nticker: ASML\n\nrelationships:\n  - company_id: sk_hynix\n    type: customer\n"
    assert "asml suppliesToolTo sk-hynix" in ruled.claims(text)


def test_headings_of_an_outliner(ruled: Saying) -> None:
    text = "- tags:: packaging\n- ## Amkor\n\t- Source: a note\n- ## Competitors\n\t- ASE\n\t- JCET\n"
    assert "amkor competesWith jcet" in ruled.claims(text)


def test_target_customers_are_none_yet(ruled: Saying) -> None:
    assert not ruled.claims("# Amkor\n\n## Target Customers\n\n- AMD, Qualcomm\n")
