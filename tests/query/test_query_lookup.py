"""From names to entities."""

import pytest
from rdflib import RDF, SKOS, Literal

from kg.errors import UnknownEntityError
from kg.model import MentionKind
from kg.query import find_entity
from kg.store import EmbeddedStore
from kg.terms import ENTITIES_GRAPH, ENTITY, SP


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("amkor", "amkor"),
        ("AMKOR TECHNOLOGY", "amkor"),
        ("  advanced   micro devices ", "amd"),
        ("nvda", "nvidia"),
        ("Packwell Labs", "packwell-labs"),
        ("Korea", "south-korea"),
        ("cowos", "cowos"),
    ],
)
def test_keys_labels_and_aliases_are_found(small_store: EmbeddedStore, name: str, key: str) -> None:
    assert find_entity(small_store, name).key == key


@pytest.mark.parametrize(
    "iri", ["https://w3id.org/semipack/entity/amkor", "https://w3id.org/semipack/place/south-korea"]
)
def test_an_iri_is_a_name(small_store: EmbeddedStore, iri: str) -> None:
    assert find_entity(small_store, iri).iri == iri


@pytest.mark.parametrize("rest", ["entity/none", "ontology#Organisation", "entity/a b", "entity/<x>", "entity/a> } #"])
def test_an_iri_that_names_no_entity_is_unknown(small_store: EmbeddedStore, rest: str) -> None:
    with pytest.raises(UnknownEntityError, match="Nothing in the store is named"):
        find_entity(small_store, f"https://w3id.org/semipack/{rest}")


def test_an_iri_of_another_kind_is_unknown(small_store: EmbeddedStore) -> None:
    with pytest.raises(UnknownEntityError, match="Nothing in the store is named"):
        find_entity(small_store, "https://w3id.org/semipack/entity/amkor", (MentionKind.PLACE,))


def test_what_is_found_has_its_label_and_kind(small_store: EmbeddedStore) -> None:
    found = find_entity(small_store, "korea", (MentionKind.PLACE,))
    assert (found.label, found.kind) == ("South Korea", MentionKind.PLACE)
    assert found.iri == "https://w3id.org/semipack/place/south-korea"


def test_only_the_wanted_kinds_are_looked_at(small_store: EmbeddedStore) -> None:
    with pytest.raises(UnknownEntityError, match="named 'cowos'"):
        find_entity(small_store, "cowos", (MentionKind.ORGANISATION,))


def test_close_names_are_offered(small_store: EmbeddedStore) -> None:
    with pytest.raises(UnknownEntityError, match=r"did you mean Samsung Electronics"):
        find_entity(small_store, "Samsng")


def test_an_empty_store_offers_nothing() -> None:
    with pytest.raises(UnknownEntityError, match="check the spelling"):
        find_entity(EmbeddedStore(), "Amkor")


def named(*rows: tuple[str, str, str]) -> EmbeddedStore:
    store = EmbeddedStore()
    for key, prop, name in rows:
        store.add(
            [
                (ENTITY[key], RDF.type, SP.Organisation, ENTITIES_GRAPH),
                (ENTITY[key], SKOS[prop] if prop.endswith("Label") else SP[prop], Literal(name), ENTITIES_GRAPH),
            ]
        )
    return store


def test_a_label_wins_over_an_alias() -> None:
    store = named(("one", "altLabel", "ACE"), ("two", "prefLabel", "Ace"))
    assert find_entity(store, "ace").key == "two"


def test_a_name_of_two_is_refused() -> None:
    store = named(("one", "prefLabel", "ACE"), ("two", "prefLabel", "Ace"))
    with pytest.raises(UnknownEntityError, match="may mean one, two"):
        find_entity(store, "ace")
