"""What the graph of entities tells."""

import pytest
from rdflib import RDF, SKOS, Literal
from small_graph import PLACE as PLACE_KIND
from small_graph import TECH, SmallLinker, SmallOntology, small_ontology, small_world

from kg.graph import entity_quads, ontology_quads, used_entities
from kg.model import Entity, MentionKind
from kg.terms import ENTITIES_GRAPH, ENTITY, ONTOLOGY_GRAPH, PLACE, SP, TECHNOLOGY


@pytest.fixture(scope="module")
def ontology() -> SmallOntology:
    return small_ontology()


def test_the_entities_of_claims_and_figures_are_found_once() -> None:
    world = small_world()
    entities = used_entities(world.claims, world.observations, SmallLinker())
    keys = [entity.key for entity in entities]
    assert len(keys) == len(set(keys))
    assert {"nvidia", "packwell-labs", "incheon", "cowos-l"} <= set(keys)
    assert used_entities(world.claims[::-1], world.observations, SmallLinker()) == entities


def test_a_known_organisation_comes_with_its_row(ontology: SmallOntology) -> None:
    entity = Entity("tsmc", MentionKind.ORGANISATION, "TSMC", ("Taiwan Semiconductor",), ("Foundry",))
    triples = {quad[1:3] for quad in entity_quads([entity], ontology)}
    assert {
        (RDF.type, SP.Organisation),
        (RDF.type, SP.Foundry),
        (SKOS.prefLabel, Literal("TSMC")),
        (SKOS.altLabel, Literal("Taiwan Semiconductor")),
        (SP.key, Literal("tsmc")),
        (SP.ticker, Literal("TWSE:2330")),
    } <= triples
    assert SP.known not in {predicate for predicate, _ in triples}


def test_an_unknown_organisation_says_so(ontology: SmallOntology) -> None:
    # Its key may be that of a registered one by chance; nothing of the registry's row may stick to it.
    entity = Entity("tsmc", MentionKind.ORGANISATION, "T.S.M.C. Travel", known=False)
    triples = {(quad[1], str(quad[2])) for quad in entity_quads([entity], ontology)}
    assert (SP.known, "false") in triples
    assert SP.ticker not in {predicate for predicate, _ in triples}


def test_a_technology_brings_its_wider_ones(ontology: SmallOntology) -> None:
    quads = entity_quads([Entity("cowos-l", TECH, "CoWoS-L")], ontology)
    labelled = {quad[0] for quad in quads if quad[1] == SKOS.prefLabel}
    assert labelled == {TECHNOLOGY["cowos-l"], TECHNOLOGY.cowos, TECHNOLOGY["interposer-packaging"]}
    assert {quad[3] for quad in quads} == {ENTITIES_GRAPH}
    assert len([quad for quad in quads if quad[1] == SKOS.prefLabel]) == 3


def test_a_place_brings_what_lies_around_it(ontology: SmallOntology) -> None:
    triples = {quad[:3] for quad in entity_quads([Entity("incheon", PLACE_KIND, "Incheon")], ontology)}
    assert (PLACE.incheon, SP.within, PLACE["south-korea"]) in triples
    assert (PLACE["south-korea"], RDF.type, SP.Country) in triples
    assert (PLACE["south-korea"], SKOS.altLabel, Literal("Korea", lang="en")) in triples


def test_the_ontology_has_its_own_graph(ontology: SmallOntology) -> None:
    quads = ontology_quads(ontology)
    assert {quad[3] for quad in quads} == {ONTOLOGY_GRAPH}
    assert (SP.outsourcesTo, RDF.type, SP.Relation, ONTOLOGY_GRAPH) in quads
    assert ENTITY.amkor not in {quad[0] for quad in quads}
