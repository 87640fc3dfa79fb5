"""Sentences and what they say."""

import pytest
from extracting import Saying, bare

SAYS = [
    ("ASE and Amkor compete with TSMC.", {"ase competesWith tsmc", "amkor competesWith tsmc"}),
    (
        "Amkor or JCET spend less. ASE's rivals include Amkor and JCET.",
        {"ase competesWith amkor", "ase competesWith jcet"},
    ),
    (
        "Amkor supplies NVIDIA, AMD and Japan's Sony, Kioxia and Renesas.",
        {"sony outsourcesTo amkor", "kioxia outsourcesTo amkor"},
    ),
    ("GlobalFoundries and Qualcomm announced a partnership.", {"globalfoundries partnersWith qualcomm"}),
    ("AMD relies on TSMC. It also uses Amkor's packaging lines.", {"amd outsourcesTo tsmc", "amd outsourcesTo amkor"}),
    ("Micron, a key supplier of HBM to NVIDIA, raised prices.", {"micron suppliesTo nvidia"}),
    ("Samsung does not use Amkor.", {"samsung-electronics outsourcesTo amkor negated"}),
    ("AMD may outsource test work to KYEC.", {"amd outsourcesTo kyec possible"}),
    ("Apple reportedly outsources packaging to Amkor.", {"apple outsourcesTo amkor reported"}),
    ("Amkor will open a plant in Vietnam.", {"amkor hasSiteIn vietnam planned"}),
    ("Amkor is due to open a plant in Vietnam.", {"amkor hasSiteIn vietnam planned"}),
    ("ASE packages chips for AMD due to capacity limits elsewhere.", {"amd outsourcesTo ase"}),
    ("Apple wants to spread its orders and get away from its dependence on TSMC.", {"apple outsourcesTo tsmc"}),
    (
        "NVIDIA plans to reduce its dependence on TSMC by outsourcing packaging to Amkor.",
        {"nvidia outsourcesTo tsmc", "nvidia outsourcesTo amkor planned"},
    ),
    ("Amkor runs a factory in Austin, Texas.", {"amkor hasSiteIn austin"}),
    (
        "ASE spends more. Amkor and JCET, its rivals, do not. ASE leads.",
        {"amkor competesWith ase", "ase competesWith jcet"},
    ),
    ("TSMC CoWoS is sold out.", {"tsmc offersTechnology cowos"}),
    ("Hybrid bonding (BESI) is next.", {"besi offersTechnology hybrid-bonding"}),
    ("In May Amkor opened a plant in Porto.", {"amkor hasSiteIn porto"}),
    ("On May 14, 2026 ASE began to compete with JCET.", {"ase competesWith jcet"}),
    ("TSMC denies that it will use Samsung for packaging.", {"tsmc outsourcesTo samsung-electronics negated planned"}),
    ("Nobody at TSMC outsources packaging to Amkor.", {"tsmc outsourcesTo amkor negated"}),
    ("Analysts doubt that Qualcomm outsources packaging to Amkor.", {"qualcomm outsourcesTo amkor negated"}),
    ("Deca Technologies licenses its M-Series technology to Nepes.", {"deca suppliesTo nepes"}),
    ("ASE leads. JCET and Huatian Technology remain its main rivals.", {"ase competesWith jcet"}),
    ("Unlike Intel, TSMC outsources packaging to Amkor.", {"tsmc outsourcesTo amkor"}),
]


@pytest.mark.parametrize(("text", "claims"), SAYS)
def test_says(saying: Saying, text: str, claims: set[str]) -> None:
    assert claims <= saying.claims(text)


NEVER = [
    ("Unlike Intel, TSMC outsources packaging to Amkor.", "intel "),
    ("According to Amkor, TSMC outsources packaging to ASE.", "amkor "),
    ("Besides ASE, NVIDIA outsources packaging to Amkor.", "ase "),
    ("ASE leads. JCET and Huatian Technology remain its main rivals.", "huatian competesWith jcet"),
    ("SK hynix outsources the packaging of half of its DRAM to Hana Micron.", "suppliesTo"),
    ("How many bonders ASMPT can build bears on the CoWoS chain.", "offersTechnology cowos"),
    ("Key players are ASE, Amkor and JCET.", "competesWith"),
    ("Target customers are many and United we stand.", "outsourcesTo"),
    ("Does NVIDIA use Amkor?", "outsourcesTo"),
    ("Semiconductor packaging is what Amkor offers.", "offersTechnology"),
    ("Dutch BESI and Taiwanese ASE reported earnings.", "hasSiteIn"),
    ("The largest US-based OSAT and an old TSMC partner is Amkor.", "tsmc hasSiteIn"),
    ("Rubin is packaged by Amkor.", "outsourcesTo"),
    (
        "The output of ASMPT's bonders is critical to the whole chain and in the end to NVIDIA.",
        "suppliesToolTo",
    ),
    ("Tesla sold shares to Intel.", "subsidiaryOf"),
]


@pytest.mark.parametrize(("text", "relation"), NEVER)
def test_never_says(saying: Saying, text: str, relation: str) -> None:
    assert not {line for line in saying.claims(text) if relation in line}


def test_a_list_closes_behind_its_conjunction(saying: Saying) -> None:
    claims = saying.claims("In contrast to rivals such as Amkor or JCET, ASE's plans are larger.")
    assert {"ase competesWith amkor", "ase competesWith jcet"} <= claims
    assert "amkor competesWith jcet" not in claims


def test_orders_give_the_customer_and_not_the_reverse(saying: Saying) -> None:
    claims = {bare(line) for line in saying.claims("TSMC has orders from Nvidia.")}
    assert "nvidia outsourcesTo tsmc" in claims
    assert "tsmc outsourcesTo nvidia" not in claims


def test_namesakes_stay_apart(saying: Saying) -> None:
    claims = saying.claims("Samsung Electro-Mechanics supplies substrates to Intel.")
    assert {line.split()[0] for line in claims if "suppliesTo" in line} == {"samsung-electro-mechanics"}


def test_a_rejected_alternative_is_denied_and_no_edge(saying: Saying) -> None:
    claims = saying.claims("TSMC hands overflow orders to ASE rather than Samsung.")
    assert {"tsmc outsourcesTo ase", "tsmc outsourcesTo samsung-electronics negated"} <= claims
    assert "tsmc outsourcesTo samsung-electronics" not in claims


def test_we_means_the_subject_of_the_document(saying: Saying) -> None:
    text = "# Amkor Technology\n\nJCET is in China. We compete with ASE.\n"
    claims = saying.claims(text)
    assert "amkor competesWith ase" in claims
    assert "jcet competesWith ase" not in claims


def test_we_means_nobody_where_nobody_speaks(saying: Saying) -> None:
    assert "jcet competesWith ase" not in saying.claims("JCET is in China. We compete with ASE.")


def test_the_place_around_a_known_place_is_left_out(saying: Saying) -> None:
    claims = saying.claims("Amkor opened a plant in Taiwan. Amkor's plant in Hsinchu is new.")
    assert "amkor hasSiteIn hsinchu" in claims
    assert "amkor hasSiteIn taiwan" not in claims


def test_countries_in_a_list_stay(saying: Saying) -> None:
    text = "ASE's plant in Kaohsiung grows. ASE has plants in Japan, Malaysia and Taiwan."
    assert {"ase hasSiteIn taiwan", "ase hasSiteIn japan", "ase hasSiteIn kaohsiung"} <= saying.claims(text)


def test_an_implied_end_is_no_dependent_name(saying: Saying) -> None:
    text = "# NVIDIA\n\nKey competitors include AMD and Intel, and custom silicon from hyperscalers such as Google.\n"
    claims = saying.claims(text)
    assert {"nvidia competesWith amd", "nvidia competesWith intel", "nvidia competesWith google"} <= claims
    assert not {"intel competesWith google", "amd competesWith intel", "amd competesWith google"} & claims
