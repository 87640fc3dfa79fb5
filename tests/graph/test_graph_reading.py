"""A document's graph gives back the claims and figures that it was made of."""

from dataclasses import replace

import pytest
from small_graph import SmallLinker, SmallOntology, World, mention, small_ontology, small_world

from kg.errors import ClaimError
from kg.graph import (
    Quad,
    Rules,
    Touched,
    claims_of,
    document_quads,
    figure_of,
    observations_of,
    parts_of,
    remarks_of,
    stance_of,
)
from kg.model import Claim, Document, Mention, MentionKind
from kg.terms import ENTITY, SP

LINKER = SmallLinker()


@pytest.fixture(scope="module")
def ontology() -> SmallOntology:
    return small_ontology()


@pytest.fixture(scope="module")
def world() -> World:
    return small_world()


def triples(quads: list[Quad]) -> list[tuple[str, str, str]]:
    return [(str(subject), str(prop), str(end)) for subject, prop, end, _ in quads]


def again(document: Document, claim: Claim, ontology: SmallOntology) -> Claim:
    (found,) = claims_of(parts_of(triples(document_quads(document, [claim], [], LINKER, ontology)))).values()
    return found


def test_claims_and_figures_come_back(world: World, ontology: SmallOntology) -> None:
    for document in world.documents:
        claims, figures = world.of(document)
        parts = parts_of(triples(document_quads(document, claims, figures, LINKER, ontology)))
        found, found_figures = claims_of(parts), observations_of(parts)
        assert list(found) == [claim.id for claim in claims]
        assert list(found_figures) == [figure.id for figure in figures]
        for claim in claims:
            back = found[claim.id]
            ends = {"subject": claim.subject, "object": claim.object}
            assert replace(back, **ends) == claim
            assert LINKER.entity(back.subject) == LINKER.entity(claim.subject)
            assert back.object.kind is claim.object.kind
        for figure in figures:
            assert replace(found_figures[figure.id], subject=figure.subject) == figure


def test_remarks_come_back(world: World, ontology: SmallOntology) -> None:
    document = world.documents[2]
    remarks = world.remarks_of(document)
    found = remarks_of(parts_of(triples(document_quads(document, [], [], LINKER, ontology, remarks=remarks))))
    assert list(found) == [remark.id for remark in remarks]
    for remark in remarks:
        back = found[remark.id]
        assert replace(back, subject=remark.subject, others=remark.others) == remark
        ends, before = ((each.subject, *each.others) for each in (back, remark))
        assert [LINKER.entity(end) for end in ends] == [LINKER.entity(end) for end in before]


def test_the_ends_of_a_symmetric_claim_keep_their_order(world: World, ontology: SmallOntology) -> None:
    claim = next(each for each in world.claims if each.relation == "competesWith")
    back = replace(claim, subject=claim.object, object=claim.subject)
    for each in (claim, back):
        assert again(world.documents[0], each, ontology).subject.name == each.subject.name


def test_words_and_keys_that_the_entity_does_not_tell_come_back(world: World, ontology: SmallOntology) -> None:
    told = Mention(MentionKind.ORGANISATION, "the company", "Amkor", "tower-semiconductor")
    claim = replace(world.claims[0], subject=told, reasons=("b", "a"), qualifiers={"via": ("TSMC", "Nobody")})
    found = again(world.documents[0], claim, ontology)
    assert found.subject == told
    assert found.reasons == ("a", "b")
    assert found.qualifiers == {"via": ("Nobody", "TSMC")}
    assert found.object.key == "tsmc"


def test_unknown_organisations_have_no_key(world: World, ontology: SmallOntology) -> None:
    claim = replace(world.claims[0], subject=mention("Packwell Labs"))
    quads = triples(document_quads(world.documents[0], [claim], [], LINKER, ontology))
    (found,) = claims_of(parts_of(quads), {str(ENTITY["packwell-labs"])}).values()
    assert found.subject == mention("Packwell Labs")


@pytest.mark.parametrize("lost", ["subjectName", "statement", "polarity", "evidence", "exact", "fileName"])
def test_what_a_claim_lacks_is_named(world: World, ontology: SmallOntology, lost: str) -> None:
    quads = document_quads(world.documents[0], world.claims[:1], [], LINKER, ontology)
    with pytest.raises(ClaimError, match=f"not exactly one {lost}; build the store again"):
        claims_of(parts_of(triples([quad for quad in quads if quad[1] != SP[lost]])))


def test_what_a_graph_touches_is_what_its_claims_and_figures_touch(world: World, ontology: SmallOntology) -> None:
    document = world.documents[0]
    claims, figures = world.of(document)
    touched = Touched()
    rules = Rules(ontology)
    quads = document_quads(document, claims, figures, LINKER, ontology)
    touched.add(parts_of(triples(quads)), rules.relations, ontology)
    date = document.metadata.date
    assert {*touched.sayings.stances} == {stance_of(claim, LINKER, ontology, date) for claim in claims}
    assert {*touched.sayings.figures} == {figure_of(figure, LINKER, date) for figure in figures}
    assert len(touched.mentions) == 2 * len(claims) + len(figures)
    assert (ENTITY.nvidia, SP.outsourcesTo, ENTITY.tsmc) in touched.facts
    assert ENTITY.tsmc in touched.entities
