"""Which claims and figures disagree, and which only follow one another."""

from dataclasses import replace

import pytest
from rdflib import URIRef
from small_graph import SmallLinker, SmallOntology, small_ontology, small_world

from kg.graph import Quad, conflict_quads
from kg.graph.triples import claim_iri, observation_iri
from kg.model import Claim, Modality, Observation, Polarity, Quote
from kg.terms import SP

LINKER = SmallLinker()
CLAIM = small_world().claims[0]
FIGURE = small_world().observations[0]


@pytest.fixture(scope="module")
def ontology() -> SmallOntology:
    return small_ontology()


def said(polarity: Polarity, modality: Modality, document: str) -> Claim:
    return replace(CLAIM, polarity=polarity, modality=modality, document=document)


def figure(value: float, document: str, *, start: int = 0, period: str = "2026", earlier: bool = False) -> Observation:
    quote = Quote("words", start, start + 5)
    return replace(FIGURE, value=value, document=document, period=period, earlier=earlier, quotes=(quote,))


def between(quads: list[Quad]) -> set[URIRef]:
    return {quad[2] for quad in quads if quad[1] == SP.between}


@pytest.mark.parametrize(
    ("affirmed", "negated", "conflict"),
    [
        (Modality.ASSERTED, Modality.ASSERTED, True),
        (Modality.REPORTED, Modality.ASSERTED, True),
        (Modality.POSSIBLE, Modality.ASSERTED, True),
        (Modality.PLANNED, Modality.PLANNED, True),
        (Modality.HISTORICAL, Modality.ASSERTED, False),
        (Modality.PLANNED, Modality.ASSERTED, False),
    ],
)
def test_what_is_affirmed_and_denied_of_the_same_time_conflicts(
    ontology: SmallOntology, affirmed: Modality, negated: Modality, conflict: bool
) -> None:
    claims = [said(Polarity.AFFIRMED, affirmed, "a"), said(Polarity.NEGATED, negated, "b")]
    quads = conflict_quads(claims, [], LINKER, ontology)
    assert between(quads) == ({claim_iri(claim) for claim in claims} if conflict else set())
    assert conflict_quads(claims[::-1], [], LINKER, ontology) == quads


def test_agreement_is_no_conflict(ontology: SmallOntology) -> None:
    claims = [said(Polarity.AFFIRMED, Modality.ASSERTED, document) for document in "ab"]
    assert conflict_quads(claims, [], LINKER, ontology) == []


def test_different_figures_for_one_period_conflict(ontology: SmallOntology) -> None:
    figures = [figure(5, "a"), figure(6, "b"), figure(5, "c"), figure(7, "b", start=9)]
    quads = conflict_quads([], figures, LINKER, ontology)
    assert between(quads) == {observation_iri(each) for each in figures}
    assert {str(quad[2]) for quad in quads if quad[1] == SP.kind} == {"value"}


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param([figure(5, "a"), figure(5, "b")], id="same value"),
        pytest.param([figure(8_500, "a"), figure(8_450, "b")], id="rounded"),
        pytest.param([figure(40, "a"), figure(50, "a"), figure(51, "b")], id="within the rounding of a range"),
        pytest.param([figure(5, "a"), replace(figure(6, "b"), modality=Modality.PLANNED)], id="planned"),
        pytest.param([figure(5, "a"), replace(figure(6, "b"), modality=Modality.HISTORICAL)], id="past"),
        pytest.param([figure(5, "a", period=""), figure(6, "b", period="")], id="no period"),
        pytest.param([figure(5, "a"), figure(6, "b", period="2027")], id="other period"),
        pytest.param([figure(5, "a"), replace(figure(6, "b"), unit="TWD")], id="other unit"),
        pytest.param([figure(5, "a"), replace(figure(6, "b"), polarity=Polarity.NEGATED)], id="denied"),
        pytest.param([figure(40, "a"), figure(50, "a")], id="ends of a range"),
        pytest.param([figure(5, "a"), figure(20, "a", start=9)], id="a quarter and its year"),
        pytest.param([figure(5, "a"), figure(20, "a", start=9), figure(20, "b")], id="one of them elsewhere"),
        pytest.param([figure(40, "a"), figure(50, "a"), figure(45, "b")], id="within a range"),
        pytest.param([figure(7, "a", start=40, earlier=True), figure(8.5, "a")], id="replaced"),
        pytest.param(
            [figure(7, "a", start=40, earlier=True), figure(8.5, "a"), figure(7, "b")], id="replaced elsewhere"
        ),
    ],
)
def test_these_figures_do_not_conflict(ontology: SmallOntology, figures: list[Observation]) -> None:
    assert between(conflict_quads([], figures, LINKER, ontology)) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(figure(100, "a"), figure(97.9, "b"), id="more than rounding apart"),
        pytest.param(figure(0, "a"), figure(1, "b"), id="nothing and something"),
        pytest.param(figure(-1, "a"), figure(1, "b"), id="loss and gain"),
        pytest.param(
            replace(figure(5, "a"), modality=Modality.PLANNED),
            replace(figure(6, "b"), modality=Modality.PLANNED),
            id="both planned",
        ),
        pytest.param(figure(5, "a"), replace(figure(6, "b"), modality=Modality.REPORTED), id="reported"),
    ],
)
def test_these_figures_conflict(ontology: SmallOntology, one: Observation, other: Observation) -> None:
    assert len(between(conflict_quads([], [one, other], LINKER, ontology))) == 2


def test_a_value_outside_a_range_conflicts_with_it(ontology: SmallOntology) -> None:
    figures = [figure(40, "a"), figure(50, "a"), figure(60, "b")]
    assert len(between(conflict_quads([], figures, LINKER, ontology))) == 3


def test_lineage_reaches_the_figure_of_another_document(ontology: SmallOntology) -> None:
    newer, old_elsewhere = figure(8.5, "b"), figure(7, "a")
    quads = conflict_quads([], [newer, figure(7, "b", start=40, earlier=True), old_elsewhere], LINKER, ontology)
    assert [quad[:3] for quad in quads] == [(observation_iri(newer), SP.supersedes, observation_iri(old_elsewhere))]


def test_an_earlier_figure_is_replaced_by_the_nearest_one(ontology: SmallOntology) -> None:
    older = figure(7, "a", start=100, earlier=True, period="")
    near, far = figure(8.5, "a", start=90), figure(3, "a", start=0, period="2020")
    quads = conflict_quads([], [older, near, far, replace(older, document="b")], LINKER, ontology)
    assert quads == []
