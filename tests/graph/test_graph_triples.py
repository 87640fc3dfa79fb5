"""How claims, observations and documents become quads."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDF, XSD, BNode, Literal, URIRef
from small_graph import SmallLinker, SmallOntology, World, mention, small_ontology, small_world

from kg.errors import ClaimError
from kg.graph import Quad, document_quads, entity_iri, joins_itself
from kg.graph.base import decimal, text, web_address
from kg.graph.triples import claim_iri, document_iri, observation_iri, statement_iri, statement_parts
from kg.model import Claim, Document, Entity, MentionKind, Metadata, Modality, Polarity, Quote
from kg.store import EmbeddedStore
from kg.terms import ENTITY, OA, SP

LINKER = SmallLinker()


@pytest.fixture(scope="module")
def ontology() -> SmallOntology:
    return small_ontology()


@pytest.fixture(scope="module")
def world() -> World:
    return small_world()


def quads_of(world: World, name: str, ontology: SmallOntology) -> list[Quad]:
    document = next(each for each in world.documents if each.name == name)
    return document_quads(document, *world.of(document), LINKER, ontology)


def claim_of(world: World, subject: str, relation: str, object_: str, doc: str = "") -> Claim:
    return next(
        claim
        for claim in world.claims
        if (claim.subject.name, claim.relation, claim.object.name) == (subject, relation, object_)
        and claim.doc.startswith(doc)
    )


def values(quads: list[Quad], subject: URIRef, predicate: URIRef) -> set[str]:
    return {str(quad[2]) for quad in quads if quad[:2] == (subject, predicate)}


def test_every_quad_lies_in_the_graph_of_its_document_and_none_is_blank(world: World, ontology: SmallOntology) -> None:
    for document in world.documents:
        quads = document_quads(document, *world.of(document), LINKER, ontology)
        assert {quad[3] for quad in quads} == {document_iri(document.id)}
        assert not any(isinstance(term, BNode) for quad in quads for term in quad)
        assert len(quads) == len(set(quads))


def test_the_order_of_claims_makes_no_difference(world: World, ontology: SmallOntology) -> None:
    document = world.documents[0]
    claims, observations = world.of(document)
    assert document_quads(document, claims, observations, LINKER, ontology) == document_quads(
        document, claims[::-1], observations[::-1], LINKER, ontology
    )


def test_a_document_says_what_it_is(world: World, ontology: SmallOntology) -> None:
    quads = quads_of(world, "news.json", ontology)
    node = quads[0][3]
    assert values(quads, node, RDF.type) == {str(SP.Document)}
    assert values(quads, node, SP.fileName) == {"news.json"}
    assert values(quads, node, DCTERMS.date) == {"2026-04-20"}
    assert values(quads, node, DCTERMS.source) == {"https://example.org/1"}
    assert values(quads, node, DCTERMS.publisher) == set()


def test_a_claim_carries_statement_assessment_and_evidence(world: World, ontology: SmallOntology) -> None:
    quads = quads_of(world, "news.json", ontology)
    claim = claim_of(world, "AMD", "outsourcesTo", "Amkor")
    node = claim_iri(claim)
    parts = statement_parts(claim, LINKER, ontology)
    assert parts == (ENTITY.amd, SP.outsourcesTo, ENTITY.amkor)
    assert values(quads, node, SP.statement) == {str(statement_iri(parts))}
    assert values(quads, statement_iri(parts), RDF.object) == {str(ENTITY.amkor)}
    assert values(quads, node, SP.modality) == {str(SP.planned)}
    assert values(quads, node, SP.confidence) == {"0.9"}
    assert values(quads, node, PROV.wasDerivedFrom) == {str(quads[0][3])}
    quote = URIRef(f"{node}#quote-1")
    assert values(quads, node, SP.mainEvidence) == values(quads, node, SP.evidence) == {str(quote)}
    assert values(quads, quote, SP.exact) == {claim.quotes[0].text}
    position = URIRef(f"{quote}-position")
    assert values(quads, position, OA.start) == {str(claim.quotes[0].start)}
    assert values(quads, position, SP.pointer) == {"/body"}


def test_a_second_quote_and_a_table_cell_are_kept(world: World, ontology: SmallOntology) -> None:
    document = world.documents[0]
    claim = world.claims[0]
    cell = Quote("ASE", 10, 13, cell=(0, 2, 1))
    both = replace(claim, quotes=(claim.quotes[0], cell))
    quads = document_quads(document, [both], [], LINKER, ontology)
    node = claim_iri(both)
    assert values(quads, node, SP.evidence) == {f"{node}#quote-1", f"{node}#quote-2"}
    assert values(quads, node, SP.mainEvidence) == {f"{node}#quote-1"}
    assert values(quads, URIRef(f"{node}#quote-2-position"), SP.cell) == {"0/2/1"}


@pytest.mark.parametrize(
    ("polarity", "modality", "stands"),
    [
        (Polarity.AFFIRMED, Modality.ASSERTED, True),
        (Polarity.AFFIRMED, Modality.REPORTED, True),
        (Polarity.AFFIRMED, Modality.PLANNED, False),
        (Polarity.AFFIRMED, Modality.POSSIBLE, False),
        (Polarity.AFFIRMED, Modality.HISTORICAL, False),
        (Polarity.NEGATED, Modality.ASSERTED, False),
        (Polarity.NEGATED, Modality.REPORTED, False),
    ],
)
def test_only_what_is_affirmed_and_holds_now_is_a_fact(
    world: World, ontology: SmallOntology, polarity: Polarity, modality: Modality, stands: bool
) -> None:
    claim = replace(world.claims[0], polarity=polarity, modality=modality)
    quads = document_quads(world.documents[0], [claim], [], LINKER, ontology)
    fact = (ENTITY.nvidia, SP.outsourcesTo, ENTITY.tsmc, quads[0][3])
    assert (fact in quads) is stands


def test_a_symmetric_fact_stands_as_it_is_said_on_one_statement(world: World, ontology: SmallOntology) -> None:
    forth = claim_of(world, "TSMC", "competesWith", "Samsung")
    back = replace(forth, subject=forth.object, object=forth.subject)
    assert statement_parts(forth, LINKER, ontology) == statement_parts(back, LINKER, ontology)
    quads = document_quads(world.documents[0], [forth], [], LINKER, ontology)
    triples = {quad[:3] for quad in quads}
    assert (ENTITY.tsmc, SP.competesWith, ENTITY.samsung) in triples
    assert (ENTITY.samsung, SP.competesWith, ENTITY.tsmc) not in triples


def test_a_claim_that_joins_an_entity_to_itself_gives_nothing(world: World, ontology: SmallOntology) -> None:
    claim = replace(world.claims[0], subject=mention("Samsung"), object=mention("Samsung Electronics"))
    assert joins_itself(claim, LINKER)
    quads = document_quads(world.documents[0], [claim], [], LINKER, ontology)
    assert not [quad for quad in quads if quad[0] == claim_iri(claim)]


def test_via_is_an_entity_where_it_is_known_and_words_elsewhere(world: World, ontology: SmallOntology) -> None:
    claim = replace(world.claims[0], qualifiers={"via": ("TSMC", "a broker"), "product": ("Rubin",)})
    quads = document_quads(world.documents[0], [claim], [], LINKER, ontology)
    via = {quad[2] for quad in quads if quad[1] == SP.via}
    assert via == {ENTITY.tsmc, Literal("a broker")}
    assert values(quads, claim_iri(claim), SP["product"]) == {"Rubin"}


def test_an_observation_is_a_node_and_the_replaced_one_is_named(world: World, ontology: SmallOntology) -> None:
    quads = quads_of(world, "news.json", ontology)
    newer, older = (each for each in world.observations if each.doc == "news.json")
    assert values(quads, observation_iri(newer), SP.value) == {"8500000000"}
    assert values(quads, observation_iri(newer), SP.metric) == {str(SP.capex)}
    assert values(quads, observation_iri(newer), SP.period) == {"2026"}
    assert values(quads, observation_iri(newer), SP.supersedes) == {str(observation_iri(older))}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.9, "0.9"),
        (1.0, "1"),
        (8.5e9, "8500000000"),
        (1e22, "1" + "0" * 22),
        (-0.0, "0"),
        (0.1 + 0.2, repr(0.1 + 0.2)),
    ],
)
def test_decimals_are_canonical(value: float, written: str) -> None:
    literal = decimal(value)
    assert (str(literal), literal.datatype) == (written, XSD.decimal)


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ClaimError, match="is no figure"):
        decimal(value)


def test_lone_surrogates_do_not_reach_the_graph() -> None:
    assert str(text("a\ud800b")) == "a?b"


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ('https://example.org/<a b>"', "https://example.org/%3Ca%20b%3E%22"),
        ("https://example.org/100%/a%20b/[c]#d#e", "https://example.org/100%25/a%20b/%5Bc%5D#d%23e"),
        ("https://日月光.tw:8080/?q=é", "https://%E6%97%A5%E6%9C%88%E5%85%89.tw:8080/?q=%C3%A9"),
        ("https://user:secret@example.org/", None),
        ("https://example.org:port/", None),
        ("https://[::1]/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(url: str, iri: str | None) -> None:
    found = web_address(url)
    assert (None if found is None else str(found)) == iri
    if found is not None:
        EmbeddedStore().add([(found, found, found, found)])


def test_keys_cannot_break_out_of_an_iri() -> None:
    assert entity_iri(Entity("a> <b", MentionKind.ORGANISATION, "x")) == ENTITY["a%3E%20%3Cb"]


def test_a_hostile_document_is_only_text(ontology: SmallOntology) -> None:
    evil = '"><script>alert(1)</script>'
    document = Document(evil, "0" * 64, {}, (), Metadata(title=evil, url=evil))
    quads = document_quads(document, [], [], LINKER, ontology)
    assert {str(quad[2]) for quad in quads if quad[1] == DCTERMS.title} == {evil}
    assert not [quad for quad in quads if quad[1] == DCTERMS.source]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=10))
def test_no_address_breaks_the_store(host: str, path: str, fragment: str) -> None:
    found = web_address(f"https://{host}/{path}#{fragment}")
    if found is not None:
        EmbeddedStore().add([(found, found, found, found)])
