"""What the documents leave open: gaps, plans and rumours, single sources, old figures."""

from datetime import date
from pathlib import Path

import pytest
from planted import claim, figure, gap, store_of

from kg.analytics import Scope
from kg.analytics.telling.unknowns import lines
from kg.analytics.unknowns import unknowns
from kg.cli.main import cli
from kg.model import Modality
from kg.query import find_entity
from kg.store import EmbeddedStore, OpenStore


@pytest.fixture(scope="module")
def open_questions() -> EmbeddedStore:
    return store_of(
        (
            "one.txt",
            "2024-03",
            [
                gap("BESI", "backlog", "ASE"),
                gap("ASMPT", "lead time"),
                claim("BESI", "suppliesToolTo", "ASE", modality=Modality.POSSIBLE, confidence=0.5),
                claim("BESI", "suppliesToolTo", "ASE", modality=Modality.PLANNED, words="BESI will."),
                claim("BESI", "suppliesToolTo", "TSMC", modality=Modality.PLANNED),
                claim("JCET", "competesWith", "ASE", modality=Modality.POSSIBLE),
                figure("BESI", "revenue", 6e8, "2023"),
                figure("ASE", "capex", 2e9, "2023"),
            ],
        ),
        (
            "two.txt",
            "2026-06-24",
            [
                claim("BESI", "suppliesToolTo", "TSMC"),
                claim("ASE", "competesWith", "JCET"),
                figure("ASE", "capex", 8.5e9, "2026"),
            ],
        ),
    )


def test_gaps_name_what_was_not_found_and_for_whom(open_questions: EmbeddedStore) -> None:
    answer = unknowns(open_questions, [find_entity(open_questions, "BESI")], Scope())
    assert [(each.topic, [other.label for other in each.others]) for each in answer.gaps] == [("backlog", ["ASE"])]
    ase = unknowns(open_questions, [find_entity(open_questions, "ASE")], Scope())
    assert [each.subject.label for each in ase.gaps] == ["BESI"]
    assert unknowns(open_questions, [], Scope()).counts[0] == 2


def test_plans_and_rumours_count_where_nobody_says_it_is_so(open_questions: EmbeddedStore) -> None:
    answer = unknowns(open_questions, [], Scope())
    assert [each.quote for each in answer.unsure] == ["BESI will."]
    assert unknowns(open_questions, [find_entity(open_questions, "JCET")], Scope()).unsure == ()


@pytest.mark.parametrize(
    ("relation", "firm"),
    [("competesWith", [("ASE", "BESI")]), ("subsidiaryOf", [("BESI", "TSMC"), ("TSMC", "ASE")])],
)
def test_a_plan_is_settled_by_what_follows_from_others(relation: str, firm: list[tuple[str, str]]) -> None:
    plan = ("one.txt", "2024", [claim("BESI", relation, "ASE", modality=Modality.PLANNED)])
    assert len(unknowns(store_of(plan), [], Scope()).unsure) == 1
    settled = store_of(plan, ("two.txt", "2025", [claim(one, relation, other) for one, other in firm]))
    assert unknowns(settled, [], Scope()).unsure == ()


def test_of_one_source_the_surest_claim_is_told() -> None:
    store = store_of(
        (
            "one.txt",
            "2024",
            [claim("BESI", "suppliesToolTo", "ASE", confidence=0.5), claim("ASE", "competesWith", "JCET")],
        ),
        (
            "two.txt",
            "2025",
            [claim("ASE", "competesWith", "JCET"), claim("ASE", "partnersWith", "BESI", confidence=0.9)],
        ),
        (
            "three.txt",
            "2025",
            [claim("TSMC", "competesWith", "JCET", confidence=0.6), claim("TSMC", "suppliesTo", "ASE")],
        ),
    )
    found = {each.whom.label: each.said.relation for each in unknowns(store, [], Scope()).single}
    assert found["TSMC"] == "suppliesTo" and "BESI" not in found and "JCET" not in found


def test_who_rests_on_one_document(open_questions: EmbeddedStore) -> None:
    everybody = unknowns(open_questions, [], Scope()).single
    assert [each.whom.label for each in everybody] == []
    pair = [find_entity(open_questions, name) for name in ("BESI", "ASE")]
    answer = unknowns(open_questions, pair, Scope())
    assert [(each.whom.label, each.said.document) for each in answer.single] == [("ASE", "one.txt")]


def test_figures_are_old_against_the_newest_document(open_questions: EmbeddedStore) -> None:
    answer = unknowns(open_questions, [], Scope())
    assert answer.today == "2026-06-24"
    assert [each.quote for each in answer.old] == ["BESI revenue 600000000 2023."]
    later = unknowns(open_questions, [], Scope(), today=date(2028, 1, 1))
    assert [each.value for each in later.old] == [6e8, 8.5e9]
    assert unknowns(open_questions, [], Scope(), today=date(2024, 6, 1)).old == ()


def test_limits_and_caps(open_questions: EmbeddedStore) -> None:
    assert unknowns(open_questions, [], Scope(since="2026")).counts[:2] == (0, 0)
    answer = unknowns(open_questions, [], Scope(), most=1)
    assert len(answer.gaps) == 1 and "searched and not found: 1 of 2" in lines(answer, 90)


def test_the_seeds_know_what_was_not_found(seeds_store: OpenStore) -> None:
    besi = find_entity(seeds_store, "BESI")
    assert "backlog" in {each.topic for each in unknowns(seeds_store, [besi], Scope()).gaps}


def test_the_command(seeds_folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    cli.main(["unknowns", "BESI", "ASE", "--store", str(seeds_folder), "--today", "2030-01-01"], standalone_mode=False)
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("What the documents leave open about BESI and ASE Technology Holding")
    assert "older than a year on 2030-01-01" in out and "BESI: no backlog found for" in out
