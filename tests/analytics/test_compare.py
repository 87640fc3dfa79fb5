"""Two entities side by side: what they share, where they differ, and what is between them."""

from pathlib import Path

import pytest
from planted import claim, figure, store_of

from kg.analytics import Scope
from kg.analytics.compare import Comparison, Way, compare
from kg.analytics.telling.compare import lines
from kg.cli.main import cli
from kg.model import Modality, Polarity
from kg.query import find_entity
from kg.store import EmbeddedStore, OpenStore


@pytest.fixture(scope="module")
def rivals() -> EmbeddedStore:
    return store_of(
        (
            "one.txt",
            "2026-01",
            [
                claim("AMD", "outsourcesTo", "Amkor"),
                claim("AMD", "outsourcesTo", "ASE", confidence=0.7),
                claim("Apple", "outsourcesTo", "Amkor"),
                claim("Intel", "outsourcesTo", "ASE", modality=Modality.POSSIBLE),
                claim("Samsung", "outsourcesTo", "Amkor", polarity=Polarity.NEGATED),
                claim("JCET", "competesWith", "ASE"),
                claim("Amkor", "competesWith", "JCET"),
                claim("ASE", "competesWith", "Amkor"),
                claim("ASE", "competesWith", "Amkor", words="They compete.", confidence=0.95),
                claim("Amkor", "offersTechnology", "CoWoS"),
                figure("Amkor", "capex", 7e9, "2026"),
                figure("ASE", "capex", 8e9, "2026"),
                figure("ASE", "revenue", 9e9, "2025"),
            ],
        ),
        (
            "two.txt",
            "2026-05",
            [figure("ASE", "capex", 8.5e9, "2026"), claim("AMD", "outsourcesTo", "ASE", words="Again.")],
        ),
    )


@pytest.fixture(scope="module")
def answer(rivals: EmbeddedStore) -> Comparison:
    return compare(rivals, find_entity(rivals, "Amkor"), find_entity(rivals, "ASE"), Scope())


def way(answer: Comparison, relation: str) -> Way:
    (found,) = (each for each in answer.ways if each.relation == relation)
    return found


def test_what_is_between_the_two(answer: Comparison) -> None:
    assert [said.quote for said in answer.between] == ["They compete."]


def test_whom_both_and_only_one_are_connected_with(answer: Comparison) -> None:
    customers = way(answer, "outsourcesTo")
    assert (customers.forward, customers.reads, customers.counts) == (False, "provides services to", (1, 1, 0))
    (shared,) = customers.shared
    assert shared.first and shared.second
    assert (shared.whom.label, shared.first.quote, shared.second.quote) == ("AMD", "AMD outsourcesTo Amkor.", "Again.")
    assert [each.whom.label for each in customers.first] == ["Apple"]


def test_both_directions_of_a_symmetric_relation_are_one(answer: Comparison) -> None:
    rivals = way(answer, "competesWith")
    assert [each.whom.label for each in rivals.shared] == ["JCET"] and rivals.counts == (1, 0, 0)
    assert way(answer, "offersTechnology").counts == (0, 1, 0)


def test_figures_of_one_metric_and_period_stand_side_by_side(answer: Comparison) -> None:
    values = {
        (pair.metric, pair.period): (pair.first and pair.first.value, pair.second and pair.second.value)
        for pair in answer.figures
    }
    assert values == {("capex", "2026"): (7e9, 8.5e9), ("revenue", "2025"): (None, 9e9)}
    assert answer.figures[0].metric == "capex"


def test_limits_hold(rivals: EmbeddedStore) -> None:
    ends = find_entity(rivals, "Amkor"), find_entity(rivals, "ASE")
    wide = compare(rivals, *ends, Scope(modalities=frozenset(Modality)))
    assert [each.whom.label for each in way(wide, "outsourcesTo").second] == ["Intel"]
    narrow = compare(rivals, *ends, Scope(relations=frozenset({"offersTechnology"})))
    assert [each.relation for each in narrow.ways] == ["offersTechnology"] and not narrow.between


def test_in_words(answer: Comparison) -> None:
    text = lines(answer, 110)
    assert text[:3] == ["Amkor Technology and ASE", "", "between the two"]
    assert "  only Amkor Technology: 1" in text and "  capital expenditure 2026" in text
    assert any("ASE: –" in line or "Amkor Technology: –" in line for line in text)


def test_the_seeds_share_customers(seeds_store: OpenStore) -> None:
    ends = find_entity(seeds_store, "Amkor"), find_entity(seeds_store, "ASE")
    customers = way(compare(seeds_store, *ends, Scope()), "outsourcesTo")
    assert {"AMD", "NVIDIA", "Broadcom", "TSMC"} <= {each.whom.label for each in customers.shared}


def test_the_command(seeds_folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    cli.main(["compare", "Amkor", "JCET", "--store", str(seeds_folder)], standalone_mode=False)
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith(
        "Amkor Technology and JCET Group\n\nbetween the two\n  Amkor Technology competes with JCET Group"
    )


def test_who_asks_for_a_relation_is_given_no_figures(seeds_store: OpenStore) -> None:
    ends = find_entity(seeds_store, "ASE"), find_entity(seeds_store, "Amkor")
    assert compare(seeds_store, *ends, Scope()).figures
    assert not compare(seeds_store, *ends, Scope(relations=frozenset({"outsourcesTo"}))).figures
