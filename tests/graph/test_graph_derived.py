"""What follows from the facts, by the ontology's own words."""

import pytest
from rdflib import RDF, RDFS, URIRef
from small_graph import SmallOntology, small_ontology

from kg.graph import Fact, Rules, derived_quads, label_quads
from kg.terms import DERIVED_GRAPH, ENTITY, PLACE, SCHEMA, SP

A, B, C, D = (ENTITY[name] for name in "abcd")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules(small_ontology())


def follows(rules: Rules, *facts: Fact) -> set[Fact]:
    quads = set(derived_quads(facts, rules))
    assert set(label_quads()) <= quads
    assert {quad[3] for quad in quads} == {DERIVED_GRAPH}
    return {(subject, prop, URIRef(end)) for subject, prop, end, _ in quads - set(label_quads())}


def test_a_relation_is_read_backwards(rules: Rules) -> None:
    assert follows(rules, (A, SP.outsourcesTo, B)) == {(B, SP.providesServiceTo, A)}


def test_a_symmetric_relation_holds_the_other_way_unless_that_is_said(rules: Rules) -> None:
    assert follows(rules, (A, SP.competesWith, B)) == {(B, SP.competesWith, A)}
    assert follows(rules, (A, SP.competesWith, B), (B, SP.competesWith, A)) == set()


def test_wider_properties_hold_too(rules: Rules) -> None:
    place = PLACE.incheon
    assert follows(rules, (A, SP.hasSiteIn, place)) == {(place, SP.siteOf, A), (A, SCHEMA.location, place)}


def test_owners_of_owners_are_owners(rules: Rules) -> None:
    found = follows(rules, (A, SP.subsidiaryOf, B), (B, SP.subsidiaryOf, C), (C, SP.subsidiaryOf, D))
    assert {fact for fact in found if fact[1] == SP.subsidiaryOf} == {
        (A, SP.subsidiaryOf, C),
        (A, SP.subsidiaryOf, D),
        (B, SP.subsidiaryOf, D),
    }
    assert {(D, SP.hasSubsidiary, A), (A, SCHEMA.parentOrganization, D), (D, SCHEMA.subOrganization, A)} <= found


def test_a_ring_of_owners_comes_to_an_end_and_nobody_owns_itself(rules: Rules) -> None:
    found = follows(rules, (A, SP.subsidiaryOf, B), (B, SP.subsidiaryOf, C), (C, SP.subsidiaryOf, A))
    assert len({fact for fact in found if fact[1] == SP.subsidiaryOf}) == 3
    assert not {fact for fact in found if fact[0] == fact[2]}


def test_what_leads_to_a_triple_leads_from_it(rules: Rules) -> None:
    for relation in rules.relations:
        for triple in rules.consequences((A, relation, B)):
            assert (A, relation, B) in rules.premises(triple)


def test_the_real_ontology_has_one_relation_of_chains(rules: Rules) -> None:
    ontology: SmallOntology = small_ontology()
    assert rules.transitive == {SP.subsidiaryOf}
    assert rules.relations == {SP[name] for name in ontology.relations}


def test_the_graph_says_what_it_is() -> None:
    assert (DERIVED_GRAPH, RDF.type, SP.DerivedGraph, DERIVED_GRAPH) in label_quads()
    assert [quad for quad in label_quads() if quad[1] == RDFS.label]
