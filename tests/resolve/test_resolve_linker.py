"""The linker and the judgements, over the real registry."""

from pathlib import Path

import pytest

from kg.errors import JudgementError
from kg.model import Mention, MentionKind
from kg.ontology import Ontology
from kg.resolve import Judgement, Judgements, Linker, append_judgement, read_judgements
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


def test_an_unknown_name_never_takes_a_known_key(ontology: Ontology) -> None:
    rows = (Judgement("different", names=("Amkor Technology", "Amkor")),)
    entity = Linker(ontology, [], Judgements(rows)).entity(org("Amkor"))
    assert not entity.known
    assert entity.key != "amkor"


def test_names_without_latin_letters_have_keys(ontology: Ontology) -> None:
    linker = Linker(ontology)
    first, second = linker.entity(org("未来封装")), linker.entity(org("未来测试"))
    assert first.key
    assert first.key != second.key


def test_same_joins_names_and_the_registry_wins(ontology: Ontology) -> None:
    rows = (Judgement("same", names=("Quxtronic Labs", "Amkor")),)
    linker = Linker(ontology, [], Judgements(rows))
    assert linker.entity(org("Quxtronic Labs, Inc.")).key == "amkor"
    assert linker.entity(org("Amkor Technology", "amkor")).key == "amkor"


def test_the_later_judgement_holds(ontology: Ontology) -> None:
    rows = (Judgement("same", names=("Quxtronic", "Amkor")), Judgement("different", names=("Amkor", "Quxtronic")))
    assert Linker(ontology, [], Judgements(rows)).entity(org("Quxtronic")).key == "quxtronic"
    assert Linker(ontology, [], Judgements(rows[::-1])).entity(org("Quxtronic")).key == "amkor"


def test_judgements_are_read_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    rows = [Judgement("same", names=("A", "B"), note="one firm"), Judgement("reject", claim="0123456789abcdef")]
    for row in rows:
        append_judgement(path, row)
    assert read_judgements(path).rows == tuple(rows)
    assert read_judgements(tmp_path / "none.jsonl").rows == ()


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"judgement": "maybe", "names": ["A", "B"]}',
        '{"judgement": "same", "names": ["A"]}',
        '{"judgement": "reject", "claim": "xyz"}',
        '{"names": ["A", "B"]}',
    ],
)
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_text('{"judgement": "same", "names": ["A", "B"]}\n' + line + "\n", "utf-8")
    with pytest.raises(JudgementError, match="line 2"):
        read_judgements(path)
