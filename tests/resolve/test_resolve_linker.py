"""The linker over the real registry."""

import pytest

from kg.model import Mention, MentionKind
from kg.ontology import Ontology
from kg.resolve import Linker
from kg.settings import Settings

ORG = MentionKind.ORGANISATION


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology.load(Settings.from_environment({}).ontology)


def org(name: str, key: str = "") -> Mention:
    return Mention(ORG, name, name, key)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Amkor Technology, Inc.", "amkor"),
        ("ASM Pacific Technology", "asmpt"),
        ("Taiwan Semiconductor Manufacturing Company", "tsmc"),
        ("Siliconware Precision Industries", "spil"),
        ("Samsung Electro-Mechanics", "samsung-electro-mechanics"),
        ("Kulicke and Soffa", "kulicke-soffa"),
        ("BE Semiconductor Industries N.V.", "besi"),
        ("Tong Fu Microelectronics", "tongfu"),
    ],
)
def test_the_registry_is_found_by_any_of_its_names(ontology: Ontology, name: str, key: str) -> None:
    assert Linker(ontology).entity(org(name)).key == key


def test_companies_that_sound_alike_stay_apart(ontology: Ontology) -> None:
    linker = Linker(ontology)
    names = ("ASMPT", "ASM International", "ASML", "Samsung Electronics", "Samsung Electro-Mechanics", "ASE", "SPIL")
    assert len({linker.entity(org(name)).key for name in names}) == len(names)


def test_an_unknown_organisation_is_an_entity_of_its_own(ontology: Ontology) -> None:
    mentions = [org("Quxtronic Labs"), org("QUXTRONIC LABS"), org("Quxtronic Labs")]
    linker = Linker(ontology, mentions)
    entities = {linker.entity(m) for m in mentions}
    (entity,) = entities
    assert (entity.key, entity.label, entity.known) == ("quxtronic-labs", "Quxtronic Labs", False)


def test_names_without_latin_letters_have_keys(ontology: Ontology) -> None:
    linker = Linker(ontology)
    first, second = linker.entity(org("未来封装")), linker.entity(org("未来测试"))
    assert first.key
    assert first.key != second.key


def test_a_link_by_spelling_leaves_a_trace(ontology: Ontology) -> None:
    linker = Linker(ontology)
    assert linker.entity(org("Siliconware Precison Industries")).key == "spil"
    linker.entity(org("Amkor Technology, Inc."))
    linker.entity(org("Quxtronic Labs"))
    assert linker.by_spelling == {"Siliconware Precison Industries": "SPIL"}


@pytest.mark.parametrize("name", ["Amcor Technology", "Macron Technology", "Micros Technology"])
def test_one_letter_in_a_short_word_makes_another_company(ontology: Ontology, name: str) -> None:
    linker = Linker(ontology)
    assert not linker.entity(org(name)).known
    assert linker.by_spelling == {}
