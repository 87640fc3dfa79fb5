"""Which claims and figures disagree, and which only follow one another."""

from dataclasses import replace

import pytest
from rdflib import URIRef
from small_graph import SmallLinker, SmallOntology, mention, small_ontology, small_world

from kg.graph import Quad, conflict_quads
from kg.graph.orders import amount_of
from kg.graph.periods import span
from kg.graph.triples import claim_iri, observation_iri
from kg.model import Claim, Modality, Observation, Polarity, Quote, Remark, RemarkKind
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


def kinds(quads: list[Quad]) -> list[str]:
    """The kinds of the conflicts, sorted."""
    found = {quad[0] for quad in quads if quad[2] == SP.Conflict}
    return sorted(str(quad[2]) for quad in quads if quad[1] == SP.kind and quad[0] in found)


def revised(quads: list[Quad]) -> list[tuple[URIRef, URIRef]]:
    """Pairs (older, newer) of the revisions."""
    older = {quad[0]: quad[2] for quad in quads if quad[1] == SP.older}
    return [(older[quad[0]], quad[2]) for quad in quads if quad[1] == SP.newer]


def test_what_is_denied_a_year_later_is_revised(ontology: SmallOntology) -> None:
    claims = [said(Polarity.AFFIRMED, Modality.ASSERTED, "a"), said(Polarity.NEGATED, Modality.ASSERTED, "b")]
    quads = conflict_quads(claims, [], LINKER, ontology, dates={"a": "2023-05", "b": "2025-01-10"})
    assert kinds(quads) == []
    assert revised(quads) == [(claim_iri(claims[0]), claim_iri(claims[1]))]
    again = [*claims, said(Polarity.AFFIRMED, Modality.ASSERTED, "c")]
    dates = {"a": "2023-05", "b": "2025-01-10", "c": "2025-02"}
    assert kinds(conflict_quads(again, [], LINKER, ontology, dates=dates)) == ["polarity"]


@pytest.mark.parametrize(
    ("dates", "period", "conflict"),
    [
        pytest.param({"a": "2026-02-10", "b": "2026-04-20"}, "2026", False, id="later, before the period is over"),
        pytest.param({"a": "2026", "b": "2026-04-20"}, "2026", True, id="perhaps later"),
        pytest.param({"a": "2026-02-10"}, "2026", True, id="undated"),
        pytest.param({"a": "2026-02-10", "b": "2026-02-10"}, "2026", True, id="the same day"),
        pytest.param({"a": "2026-02-10", "b": "2026-04-20"}, "2025", True, id="after the period is over"),
    ],
)
def test_a_later_figure_replaces_one_for_a_period_that_was_open(
    ontology: SmallOntology, dates: dict[str, str], period: str, conflict: bool
) -> None:
    figures = [figure(5, "a", period=period), figure(6, "b", period=period)]
    quads = conflict_quads([], figures, LINKER, ontology, dates=dates)
    assert kinds(quads) == (["value"] if conflict else [])
    links = [] if conflict else [(observation_iri(figures[1]), SP.supersedes, observation_iri(figures[0]))]
    assert [quad[:3] for quad in quads if quad[1] == SP.supersedes] == links


def test_figures_that_take_turns_conflict(ontology: SmallOntology) -> None:
    figures = [figure(5, "a"), figure(6, "b"), figure(5, "c")]
    dates = {"a": "2026-01", "b": "2026-03", "c": "2026-05"}
    assert kinds(conflict_quads([], figures, LINKER, ontology, dates=dates)) == ["value"]


def owned(child: str, parent: str, document: str, *, start: int = 0, **more: object) -> Claim:
    quote = Quote("words", start, start + 5)
    ends = {"subject": mention(child), "object": mention(parent), "relation": "subsidiaryOf"}
    return replace(CLAIM, document=document, quotes=(quote,), **{**ends, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        pytest.param([owned("SPIL", "ASE", "a"), owned("SPIL", "JCET", "b")], ["parent"], id="two owners"),
        pytest.param([owned("SPIL", "ASE", "a"), owned("SPIL", "ASE", "b")], [], id="one owner"),
        pytest.param([owned("Quux", "SPIL", "a"), owned("Quux", "ASE", "b")], [], id="of one house by the registry"),
        pytest.param(
            [owned("Quux", "Amkor", "a"), owned("Quux", "JCET", "b"), owned("Amkor", "JCET", "c", start=9)],
            [],
            id="the owner's owner",
        ),
        pytest.param([owned("Quux", "Amkor", "a"), owned("Quux", "JCET", "a")], [], id="a joint venture"),
        pytest.param(
            [owned("Quux", "Amkor", "a"), owned("Quux", "JCET", "a", start=9)],
            [],
            id="one document tells of both",
        ),
        pytest.param(
            [owned("Quux", "Amkor", "a"), owned("Quux", "JCET", "b", modality=Modality.PLANNED)], [], id="to be bought"
        ),
        pytest.param(
            [owned("Quux", "Amkor", "a", modality=Modality.HISTORICAL), owned("Quux", "JCET", "b")], [], id="sold"
        ),
        pytest.param(
            [owned("Quux", "Amkor", "a"), owned("Quux", "JCET", "b", polarity=Polarity.NEGATED)], [], id="denied"
        ),
    ],
)
def test_owners(ontology: SmallOntology, claims: list[Claim], found: list[str]) -> None:
    assert kinds(conflict_quads(claims, [], LINKER, ontology)) == found


def test_an_owner_of_later_years_is_a_revision(ontology: SmallOntology) -> None:
    claims = [owned("Quux", "Amkor", "a"), owned("Quux", "JCET", "b")]
    quads = conflict_quads(claims, [], LINKER, ontology, dates={"a": "2020", "b": "2024"})
    assert (kinds(quads), revised(quads)) == ([], [(claim_iri(claims[0]), claim_iri(claims[1]))])


def order(provider: str, document: str, quantity: str = "80,000 wafers", **more: object) -> Claim:
    qualifiers = {"quantity": tuple(quantity.split(", ")), "period": ("2026",), "technology": ("CoWoS-L",), **more}
    words = str(qualifiers.pop("words", f"{provider} gets {quantity}."))
    start = int(str(qualifiers.pop("start", 0)))
    quote = Quote(words, start, start + len(words))
    modality = qualifiers.pop("modality", Modality.ASSERTED)
    given = {name: values for name, values in qualifiers.items() if values}
    ends = {"subject": mention("AMD"), "object": mention(provider)}
    return replace(CLAIM, document=document, quotes=(quote,), qualifiers=given, modality=modality, **ends)  # type: ignore[arg-type]


FOUND = ["allocation"]
SPLIT = "AMD splits 80,000 wafers between them."


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        pytest.param(order("Amkor", "a"), order("ASE", "b"), FOUND, id="two documents"),
        pytest.param(order("Amkor", "a"), order("ASE", "a", start=90), FOUND, id="one document"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", "80k CoWoS-L wafers"), FOUND, id="the same in other words"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", modality=Modality.PLANNED), FOUND, id="one planned"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", period=("2026-Q3",)), FOUND, id="periods that overlap"),
        pytest.param(order("Amkor", "a"), order("Amkor", "b"), [], id="one provider"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", "60,000 wafers"), [], id="another quantity"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", "80,000 wafers a month"), [], id="a rate"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", "80,000 chips"), [], id="another unit"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", technology=("CoWoS-S",)), [], id="another technology"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", technology=()), [], id="of nothing in particular"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", period=("2027",)), [], id="another year"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", period=()), [], id="at no time in particular"),
        pytest.param(order("Amkor", "a"), order("TSMC", "b", via=("Amkor",)), [], id="passed on"),
        pytest.param(order("Amkor", "a", words=SPLIT), order("ASE", "a", words=SPLIT), [], id="shared in one sentence"),
        pytest.param(order("SPIL", "a"), order("ASE", "b"), [], id="one house"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", modality=Modality.POSSIBLE), [], id="only possible"),
        pytest.param(order("Amkor", "a"), order("ASE", "b", modality=Modality.HISTORICAL), [], id="over"),
        pytest.param(
            order("Amkor", "a", words="Amkor takes half of AMD's 80,000 wafers"), order("ASE", "b"), [], id="a part"
        ),
        pytest.param(order("Amkor", "a"), order("ASE", "b", "80,000 wafers, 9 tools"), [], id="two numbers"),
    ],
)
def test_orders(ontology: SmallOntology, first: Claim, second: Claim, found: list[str]) -> None:
    assert kinds(conflict_quads([first, second], [], LINKER, ontology)) == found


def test_who_passes_work_on_is_no_rival(ontology: SmallOntology) -> None:
    orders = [order("Amkor", "a"), order("TSMC", "b")]
    passing = replace(CLAIM, subject=mention("TSMC"), object=mention("Amkor"), document="c", qualifiers={})
    assert kinds(conflict_quads(orders, [], LINKER, ontology)) == ["allocation"]
    assert kinds(conflict_quads([*orders, passing], [], LINKER, ontology)) == []


def test_a_conflict_says_whom_it_concerns_and_how_sure_it_is(ontology: SmallOntology) -> None:
    orders = [replace(order("Amkor", "a"), confidence=0.95), replace(order("ASE", "b"), confidence=0.6)]
    quads = conflict_quads([*orders, replace(order("ASE", "c"), confidence=0.8)], [], LINKER, ontology)
    assert {quad[2].rpartition("/")[2] for quad in quads if quad[1] == SP.concerns} == {"amd", "amkor", "ase"}
    assert [str(quad[2]) for quad in quads if quad[1] == SP.confidence] == ["0.8"]


def top(name: str, document: str, *scope: str, **more: object) -> Remark:
    said = {"topic": "OSAT", "rank": "first", "modality": Modality.ASSERTED, "start": 0, **more}
    start = int(str(said.pop("start")))
    return Remark(
        document=document,
        doc=document,
        subject=mention(name),
        kind=RemarkKind.STANDING,
        scope=scope,
        others=(),
        polarity=Polarity.AFFIRMED,
        confidence=0.8,
        reasons=("told",),
        quotes=(Quote("words", start, start + 5),),
        extractor="remarks",
        **said,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        pytest.param(top("ASE", "a", "world"), top("Amkor", "b", "world", "by revenue"), True, id="two largest"),
        pytest.param(top("ASE", "a"), top("Amkor", "a", "world", start=50), True, id="in one document"),
        pytest.param(top("ASE", "a", rank="only"), top("Amkor", "b", rank="only"), True, id="two only ones"),
        pytest.param(top("ASE", "a", rank="only"), top("Amkor", "b"), False, id="largest and only"),
        pytest.param(top("ASE", "a", rank="leading"), top("Amkor", "b", rank="leading"), False, id="two leading ones"),
        pytest.param(top("ASE", "a", "world"), top("Amkor", "b", "United States"), False, id="in another place"),
        pytest.param(top("ASE", "a", "by revenue"), top("Amkor", "b", "by capacity"), False, id="by another measure"),
        pytest.param(top("ASE", "a"), top("TSMC", "b", topic="foundry"), False, id="in another field"),
        pytest.param(top("ASE", "a", topic=""), top("Amkor", "b", topic=""), False, id="in no field"),
        pytest.param(top("ASE", "a"), top("ASE", "b"), False, id="the same one"),
        pytest.param(top("ASE", "a"), top("SPIL", "b"), False, id="one house"),
        pytest.param(top("ASE", "a"), top("Amkor", "a"), False, id="together"),
        pytest.param(top("ASE", "a"), top("Amkor", "b", modality=Modality.PLANNED), False, id="to be"),
        pytest.param(top("ASE", "a"), top("Amkor", "b", modality=Modality.HISTORICAL), False, id="was once"),
    ],
)
def test_places_at_the_top(ontology: SmallOntology, first: Remark, second: Remark, found: bool) -> None:
    quads = conflict_quads([], [], LINKER, ontology, remarks=[first, second])
    assert kinds(quads) == (["superlative"] if found else [])


def test_a_place_at_the_top_may_pass_to_another(ontology: SmallOntology) -> None:
    remarks = [top("Amkor", "a"), top("ASE", "b")]
    quads = conflict_quads([], [], LINKER, ontology, remarks=remarks, dates={"a": "2010", "b": "2024-05"})
    assert kinds(quads) == [] and len(revised(quads)) == 1


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("80,000 wafers", "80000", "wafer"),
        ("80k wafers", "80000", "wafer"),
        ("80,000 CoWoS-L wafers", "80000", "wafer"),
        ("1.5 million units", "1500000", "unit"),
        ("25,000 wafers per month", "25000", "wafer/month"),
        ("25,000 wafers a month", "25000", "wafer/month"),
    ],
)
def test_quantities(text: str, number: str, unit: str) -> None:
    amount = amount_of(text)
    assert amount is not None and (f"{amount[0]:f}", amount[1]) == (number, unit)


@pytest.mark.parametrize("text", ["many wafers", "80,000", "80,000–90,000 wafers", ""])
def test_no_quantities(text: str) -> None:
    assert amount_of(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-06-24", "2026-06-24 2026-06-24"),
        ("2024-02", "2024-02-01 2024-02-29"),
        ("2026", "2026-01-01 2026-12-31"),
        ("FY2026", "2026-01-01 2026-12-31"),
        ("2026-Q2", "2026-04-01 2026-06-30"),
        ("2022–2023", "2022-01-01 2023-12-31"),
        ("2026-13", ""),
        ("2026-02-30", ""),
        ("2023–2022", ""),
        ("this year", ""),
    ],
)
def test_periods(text: str, days: str) -> None:
    assert " ".join(day.isoformat() for day in span(text) or ()) == days
