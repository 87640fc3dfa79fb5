"""What was said when: order, revisions, plans that came true, and documents without a date."""

from pathlib import Path

import pytest
from planted import claim, figure, store_of

from kg.analytics import Scope
from kg.analytics.telling.timeline import lines
from kg.analytics.timeline import Timeline, timeline
from kg.cli.main import cli
from kg.model import Modality, Polarity
from kg.query import find_entity
from kg.store import EmbeddedStore, OpenStore

EVERY = Scope(modalities=frozenset(Modality))
NO = Polarity.NEGATED
PLAN = {"modality": Modality.PLANNED}


@pytest.fixture(scope="module")
def told() -> EmbeddedStore:
    return store_of(
        ("may.txt", "2026-05", [claim("AMD", "outsourcesTo", "Amkor"), figure("Amkor", "capex", 8.5e9, "2026")]),
        ("jan.txt", "2025-01", [claim("AMD", "outsourcesTo", "Amkor", **PLAN), figure("Amkor", "capex", 7e9, "2026")]),
        ("when.txt", "", [claim("Intel", "outsourcesTo", "Amkor")]),
        (
            "feb.txt",
            "2025-02",
            [
                claim("Apple", "outsourcesTo", "Amkor", **PLAN),
                figure("Amkor", "revenue", 9e9, "2026", **PLAN),
                claim("Samsung", "outsourcesTo", "Amkor", polarity=Polarity.NEGATED),
                claim("Samsung", "outsourcesTo", "Amkor", polarity=NO, words="Again: not.", confidence=0.5),
            ],
        ),
        (
            "late.txt",
            "2027-02-01",
            [figure("Amkor", "revenue", 9.1e9, "2026"), claim("BESI", "suppliesTo", "TSMC")],
        ),
    )


def quotes(answer: Timeline) -> list[str]:
    return [entry.said.quote for entry in (*answer.dated, *answer.undated)]


def test_documents_stand_in_the_order_of_their_dates(told: EmbeddedStore) -> None:
    answer = timeline(told, find_entity(told, "Amkor"), EVERY)
    dates = [entry.said.date for entry in answer.dated]
    assert dates == sorted(dates) and len(dates) == 8
    assert [entry.said.document for entry in answer.undated] == ["when.txt"]
    assert "Again: not." not in quotes(answer) and "BESI suppliesTo TSMC." not in quotes(answer)


def test_figures_are_told_with_what_replaced_them(told: EmbeddedStore) -> None:
    entries = {entry.said.quote: entry for entry in timeline(told, find_entity(told, "Amkor"), EVERY).dated}
    old, new = entries["Amkor capex 7000000000 2026."], entries["Amkor capex 8500000000 2026."]
    assert old.replaced_by == new.said and new.replaces == old.said


def test_plans_that_came_true_are_linked(told: EmbeddedStore) -> None:
    entries = timeline(told, find_entity(told, "Amkor"), EVERY).dated
    came_true = {entry.said.quote: entry.realised_by.document for entry in entries if entry.realised_by}
    assert came_true == {"AMD outsourcesTo Amkor.": "may.txt", "Amkor revenue 9000000000 2026.": "late.txt"}
    assert {entry.realises.document for entry in entries if entry.realises} == {"jan.txt", "feb.txt"}


def test_limits_and_the_newest_of_many(told: EmbeddedStore) -> None:
    amkor = find_entity(told, "Amkor")
    assert [entry.said.document for entry in timeline(told, amkor, Scope(since="2026")).dated] == [
        "may.txt",
        "may.txt",
        "late.txt",
    ]
    newest = timeline(told, amkor, EVERY, most=1)
    assert (quotes(newest), newest.total) == (["Amkor revenue 9100000000 2026."], 9)
    assert lines(newest, 100)[0].endswith("the newest 1 of 9")


def test_what_has_no_date_is_said_so(told: EmbeddedStore) -> None:
    text = lines(timeline(told, find_entity(told, "Amkor"), EVERY), 100)
    assert text.index("Without a date: these documents do not say when they were written") > text.index(
        "2027-02-01: late.txt"
    )
    assert any("→ replaced by: 8,500,000,000 USD" in line for line in text)
    assert any("→ came true, as planned: 9,000,000,000 USD" in line for line in text)


def test_the_seeds_show_how_the_capex_was_raised(seeds_store: OpenStore) -> None:
    entries = timeline(seeds_store, find_entity(seeds_store, "ASE"), EVERY).dated
    raised = [(entry.said.value, entry.replaced_by.value) for entry in entries if entry.replaced_by]
    assert raised == [(7e9, 8.5e9)]


def test_the_command(seeds_folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    cli.main(["timeline", "ASMPT", "--store", str(seeds_folder)], standalone_mode=False)
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("ASMPT: what was said when") and "2025-08-27: die-attach-query.md" in out
