"""What judgements on names do to entities, over the real registry."""

import pytest

from kg.model import Entity, Mention, MentionKind
from kg.ontology import Ontology
from kg.resolve import Judgement, Judgements, Linker
from kg.settings import Settings

ORG = MentionKind.ORGANISATION
_Row = tuple[str, ...]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology.load(Settings.from_environment({}).ontology)


def judged(ontology: Ontology, *rows: _Row) -> Linker:
    return Linker(ontology, [], Judgements(tuple(Judgement(kind, names=tuple(names)) for kind, *names in rows)))


def known(ontology: Ontology, key: str, surface: str = "") -> Mention:
    """A mention as extraction gives it where it finds a registry name."""
    label = ontology.organisations[key].label
    return Mention(ORG, surface or label, label, key)


def unknown(name: str) -> Mention:
    return Mention(ORG, name, name)


def names_of(entity: Entity) -> set[str]:
    return {entity.label, *entity.aliases}


def test_same_joins_two_entries_by_any_of_their_names(ontology: Ontology) -> None:
    for names in (("SPIL", "ASE"), ("Siliconware", "Advanced Semiconductor Engineering, Inc."), ("spil", "ASX")):
        linker = judged(ontology, ("same", *names))
        entity = linker.entity(known(ontology, "ase", "ASE"))
        assert entity == linker.entity(known(ontology, "spil", "SPIL")) == linker.entity(unknown("ASE Technology"))
        assert (entity.key, entity.label, entity.known) == ("spil", "SPIL", True)
        assert entity.roles == ("EMS", "OSAT")
        assert {*names, "SPIL", "Siliconware", "ASE", "ASX", "ASE Technology Holding"} <= names_of(entity)
        assert linker.without_effect == ()


def test_an_unknown_name_joins_the_first_known_one(ontology: Ontology) -> None:
    linker = judged(ontology, ("same", "Quxtronic Labs", "Intel", "Amkor"))
    entity = linker.entity(unknown("Quxtronic Labs, Inc."))
    assert entity == linker.entity(known(ontology, "amkor"))
    assert (entity.key, entity.label) == ("intel", "Intel")
    assert {"Quxtronic Labs", "Amkor", "Amkor Technology"} <= names_of(entity)


def test_unknown_names_join_under_the_first(ontology: Ontology) -> None:
    linker = judged(ontology, ("same", "Quxtronic Labs", "QXL Systems"))
    entity = linker.entity(unknown("QXL Systems"))
    assert entity == linker.entity(unknown("quxtronic labs"))
    assert (entity.key, entity.label, entity.aliases) == ("quxtronic-labs", "Quxtronic Labs", ("QXL Systems",))
    assert not entity.known


def test_chains_are_transitive_in_any_order(ontology: Ontology) -> None:
    rows: list[_Row] = [("same", "QXL", "Quxtronic"), ("same", "Quxtronic", "SPIL"), ("same", "SPIL", "ASE")]
    for order in (rows, rows[::-1], [rows[0], rows[2], rows[1]]):
        linker = judged(ontology, *order)
        mentions = [unknown("QXL"), unknown("Quxtronic"), known(ontology, "spil"), known(ontology, "ase", "ASE")]
        (entity,) = {linker.entity(mention) for mention in mentions}
        assert entity.key == "spil"
        assert {"QXL", "Quxtronic", "ASE"} <= names_of(entity)


@pytest.mark.parametrize("names", [("Tower", "Tower Semiconductor"), ("Tower Semiconductor", "Tower")])
def test_a_name_can_be_parted_from_its_entry(ontology: Ontology, names: _Row) -> None:
    linker, key = judged(ontology, ("different", *names)), "tower-semiconductor"
    stays = linker.entity(known(ontology, key, "Tower Semiconductor"))
    assert stays == linker.entity(known(ontology, key, "TSEM")) == linker.entity(unknown("TowerJazz"))
    assert (stays.key, stays.known, stays.roles) == (key, True, ontology.organisations[key].roles)
    assert names_of(stays) == names_of(Linker(ontology).entity(known(ontology, key))) - {"Tower"}
    goes = linker.entity(known(ontology, key, "Tower"))
    assert goes == linker.entity(unknown("Tower")) == linker.entity(known(ontology, key, "Tower’s"))
    assert (goes.key, goes.label, goes.aliases, goes.roles, goes.known) == ("tower", "Tower", (), (), False)
    assert linker.without_effect == ()


def test_of_two_names_beside_the_label_the_second_goes(ontology: Ontology) -> None:
    linker = judged(ontology, ("different", "TSEM", "TowerJazz"))
    surfaces = ("TSEM", "Tower", "TowerJazz")
    keys = [linker.entity(known(ontology, "tower-semiconductor", surface)).key for surface in surfaces]
    assert keys == ["tower-semiconductor", "tower-semiconductor", "towerjazz"]


def test_a_parted_name_never_takes_a_known_key(ontology: Ontology) -> None:
    entity = judged(ontology, ("different", "Amkor Technology", "Amkor")).entity(known(ontology, "amkor", "Amkor"))
    assert not entity.known
    assert entity.key != "amkor"


def test_an_ambiguous_name_standing_alone_can_be_joined_to_its_entry(ontology: Ontology) -> None:
    assert Linker(ontology).entity(unknown("Tower")).key == "tower"
    linker = judged(ontology, ("same", "Tower", "Tower Semiconductor"))
    assert linker.entity(unknown("Tower")).key == "tower-semiconductor"


def test_a_spelling_can_be_parted_or_given_to_another(ontology: Ontology) -> None:
    slip = "Siliconware Precison Industries"
    for rows in ([("different", slip, "SPIL")], [("different", "SPIL", slip)]):
        linker = judged(ontology, *rows)
        assert not linker.entity(unknown(slip)).known
        assert linker.entity(known(ontology, "spil")).known
        assert linker.by_spelling == {}
    linker = judged(ontology, ("same", slip, "Intel"))
    assert linker.entity(unknown(slip)).key == "intel"
    assert linker.entity(known(ontology, "spil")).key == "spil"


def test_a_parted_name_can_be_joined_to_another_entry(ontology: Ontology) -> None:
    linker = judged(ontology, ("different", "Tower Semiconductor", "Tower"), ("same", "Tower", "Intel"))
    assert linker.entity(known(ontology, "tower-semiconductor", "Tower")).key == "intel"
    assert linker.entity(known(ontology, "tower-semiconductor")).key == "tower-semiconductor"


@pytest.mark.parametrize(
    ("one", "other"),
    [("SPIL", "ASE"), ("ASE", "SPIL"), ("Quxtronic", "Amkor"), ("Amkor", "Quxtronic"), ("Tower", "TSEM"), ("Q1", "Q2")],
)
def test_the_later_judgement_holds(ontology: Ontology, one: str, other: str) -> None:
    def mention(name: str) -> Mention:
        rows = ontology.organisations.values()
        key = next((row.key for row in rows if name in {row.label, *row.aliases, *row.ambiguous}), "")
        return known(ontology, key, name) if key else unknown(name)

    same, different = ("same", one, other), ("different", one, other)
    for rows, together in (([same, different], False), ([different, same], True), ([same, different, same], True)):
        linker = judged(ontology, *rows)
        assert (linker.entity(mention(one)) == linker.entity(mention(other))) is together


def test_a_name_leaves_a_chain_alone(ontology: Ontology) -> None:
    rows = [("same", "Quxtronic", "QXL"), ("same", "QXL", "Amkor"), ("different", "Amkor", "Quxtronic")]
    linker = judged(ontology, *rows)
    assert linker.entity(unknown("QXL")).key == "amkor"
    assert linker.entity(unknown("Quxtronic")).key == "quxtronic"


def test_judgements_that_change_nothing_are_told(ontology: Ontology) -> None:
    rows = [
        ("different", "SPIL", "ASE"),
        ("same", "SPIL", "Siliconware"),
        ("same", "SPIL", "Quxtronic"),
        ("same", "Quxtronic", "Siliconware Precision"),
        ("different", "Quxtronic", "QXL"),
    ]
    told = judged(ontology, *rows).without_effect
    assert [(row.kind, *row.names) for row in told] == [rows[0], rows[1], rows[3], rows[4]]


def test_judgements_on_organisations_leave_technologies_alone(ontology: Ontology) -> None:
    linker = judged(ontology, ("same", "CoWoS", "Intel"))
    assert linker.entity(Mention(MentionKind.TECHNOLOGY, "CoWoS", "CoWoS", "cowos")).key == "cowos"
