"""What the documents contradict each other in: planted, and in the repository's own documents."""

import json
from pathlib import Path

import pytest
from planted import claim, figure, store_of, top

from kg.analytics import Scope, as_json
from kg.analytics.conflicts import Conflicts, conflicts
from kg.analytics.telling.conflicts import lines
from kg.cli.main import cli
from kg.errors import UsageError
from kg.model import Modality, Polarity
from kg.query import find_entity
from kg.store import EmbeddedStore, OpenStore

EVERY = Scope(modalities=frozenset(Modality))
ORDER = {"quantity": ("80,000 wafers",), "period": ("2026",), "technology": ("CoWoS-L",)}


@pytest.fixture(scope="module")
def contested() -> EmbeddedStore:
    """One conflict of each kind, one revision of each sort, and what only looks like a conflict."""
    return store_of(
        (
            "old.txt",
            "2024-01",
            [
                claim("Apple", "outsourcesTo", "JCET"),
                figure("ASE", "capex", 7e9, "2026"),
            ],
        ),
        (
            "one.txt",
            "2026-02",
            [
                claim("Samsung", "outsourcesTo", "Amkor", confidence=0.6),
                claim("Quux", "subsidiaryOf", "Amkor", confidence=0.95),
                claim("AMD", "outsourcesTo", "Amkor", qualifiers=ORDER),
                figure("TSMC", "capex", 52e9, "2025"),
                figure("ASE", "capex", 8.5e9, "2026"),
                top("ASE", "OSAT"),
                claim("Apple", "outsourcesTo", "JCET", polarity=Polarity.NEGATED),
            ],
        ),
        (
            "two.txt",
            "2026-05",
            [
                claim("Samsung", "outsourcesTo", "Amkor", polarity=Polarity.NEGATED),
                claim("Samsung", "outsourcesTo", "Amkor", polarity=Polarity.NEGATED, words="Not at all."),
                claim("Quux", "subsidiaryOf", "JCET", confidence=0.95),
                claim("AMD", "outsourcesTo", "ASE", modality=Modality.PLANNED, qualifiers=ORDER),
                figure("TSMC", "capex", 40e9, "2025"),
                top("Amkor", "OSAT"),
                claim("Intel", "outsourcesTo", "Amkor", qualifiers=ORDER),
            ],
        ),
    )


def kinds(answer: Conflicts) -> list[str]:
    return [conflict.kind for conflict in answer.conflicts]


def test_the_surest_come_first(contested: EmbeddedStore) -> None:
    answer = conflicts(contested, None, EVERY)
    assert kinds(answer)[0] == "parent" and kinds(answer)[-1] == "polarity"
    assert sorted(kinds(answer)) == ["allocation", "parent", "polarity", "superlative", "value"]
    assert (answer.total, answer.counts["value"], answer.revisions) == (5, 1, ())
    polarity = answer.conflicts[-1]
    assert [(side.says, side.count) for side in polarity.sides] == [("negated", 2), ("affirmed", 1)]
    assert polarity.sides[1].said[0].quote == "Samsung outsourcesTo Amkor."
    assert (polarity.confidence, polarity.size) == (0.6, 3)
    assert {each.label for each in polarity.concerns} == {"Samsung Electronics", "Amkor Technology"}


def test_of_each_kind_both_sides_are_told(contested: EmbeddedStore) -> None:
    sides = {each.kind: {side.says for side in each.sides} for each in conflicts(contested, None, EVERY).conflicts}
    assert sides["value"] == {"52,000,000,000 USD", "40,000,000,000 USD"}
    assert sides["allocation"] == sides["superlative"] == {"Amkor Technology", "ASE"}
    assert sides["parent"] == {"Amkor Technology", "JCET"}


def test_what_was_revised_is_no_conflict(contested: EmbeddedStore) -> None:
    answer = conflicts(contested, None, EVERY, revisions=True)
    told = {each.kind: (each.older[0].quote, each.newer[0].quote) for each in answer.revisions}
    assert told == {
        "value": ("ASE capex 7000000000 2026.", "ASE capex 8500000000 2026."),
        "polarity": ("Apple outsourcesTo JCET.", "Apple outsourcesTo JCET."),
    }
    assert answer.revised == 2
    assert "ASE capital expenditure 2026: 7,000,000,000 USD → 8,500,000,000 USD" in "\n".join(lines(answer, 110))


@pytest.mark.parametrize(
    ("limits", "left"),
    [
        (Scope(), {"parent", "polarity", "superlative", "value"}),
        (Scope(least=0.7, modalities=frozenset(Modality)), {"allocation", "parent", "superlative", "value"}),
        (Scope(documents=frozenset({"one.txt"})), set()),
        (Scope(since="2026-03"), set()),
        (Scope(relations=frozenset({"subsidiaryOf"})), {"parent", "superlative", "value"}),
    ],
)
def test_limits_leave_conflicts_of_which_two_sides_are_left(
    contested: EmbeddedStore, limits: Scope, left: set[str]
) -> None:
    answer = conflicts(contested, None, limits)
    assert set(kinds(answer)) == left and answer.total == len(left)


def test_an_entity_a_kind_and_a_cap(contested: EmbeddedStore) -> None:
    amkor = find_entity(contested, "Amkor")
    answer = conflicts(contested, amkor, EVERY)
    assert set(kinds(answer)) == {"parent", "polarity", "allocation", "superlative"}
    assert kinds(conflicts(contested, amkor, EVERY, kinds=["allocation"])) == ["allocation"]
    capped = conflicts(contested, None, EVERY, most=2)
    assert (len(capped.conflicts), capped.total) == (2, 5)
    assert lines(capped, 110)[0].startswith("Conflicts: 2 of 5 (")
    with pytest.raises(UsageError, match="no kind of conflict 'colour'; use polarity, value"):
        conflicts(contested, None, EVERY, kinds=["colour"])


def test_two_columns_where_there_is_room(contested: EmbeddedStore) -> None:
    answer = conflicts(contested, None, EVERY, kinds=["superlative"])
    row = next(line for line in lines(answer, 110) if "is the first OSAT" in line)
    assert "“ASE is the first OSAT.”" in row and "“Amkor is the first OSAT.”" in row
    narrow = lines(answer, 60)
    assert not any("ASE is" in line and "Amkor is" in line for line in narrow) and max(map(len, narrow)) <= 60


def test_limits_hold_for_revisions_and_the_newest_come_first(contested: EmbeddedStore) -> None:
    def found(most: int = 20, **limits: str | float) -> tuple[list[str], int | None]:
        scope = Scope(modalities=frozenset(Modality), **limits)  # type: ignore[arg-type]
        answer = conflicts(contested, None, scope, most=most, revisions=True)
        return [each.kind for each in answer.revisions], answer.revised

    assert found(least=0.1) == (found()[0], 2)
    assert found(since="2024") == (found()[0], 2)
    # What was revised is older.
    assert found(since="2026") == ([], 0)
    assert found(most=1) == (found()[0][:1], 2)
    # Within limits, the rest is not looked at.
    assert found(most=1, least=0.1)[0] == found()[0][:1]


def test_the_seeds_hold_two_conflicts_and_a_revision(seeds_store: OpenStore) -> None:
    answer = conflicts(seeds_store, None, EVERY, revisions=True)
    told = {each.kind: {side.says for side in each.sides} for each in answer.conflicts}
    assert told == {
        "allocation": {"Amkor Technology", "ASE Technology Holding"},
        "superlative": {"Amkor Technology", "ASE Technology Holding"},
    }
    assert [(each.older[0].value, each.newer[0].value) for each in answer.revisions] == [(7e9, 8.5e9)]


def test_the_command_gives_text_and_json(seeds_folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    asked = ["conflicts", "AMD", "--store", str(seeds_folder)]
    cli.main([*asked, "--format", "json"], standalone_mode=False)
    told = json.loads(capfdbinary.readouterr().out)
    assert told["entity"]["key"] == "amd" and [each["kind"] for each in told["conflicts"]] == ["allocation"]
    cli.main(asked, standalone_mode=False)
    text = capfdbinary.readouterr().out.decode()
    assert text.startswith("Conflicts of AMD: 1 (one order, two providers: 1)")
    assert "80,000 CoWoS-L wafers" in text and "80k wafers" in text and "amkor-profile.txt" in text


def test_no_conflicts_are_said_to_be_none(small_store: EmbeddedStore) -> None:
    besi = find_entity(small_store, "BESI")
    assert lines(conflicts(small_store, besi, EVERY), 80) == ["No conflicts of BESI"]
    assert as_json(conflicts(small_store, besi, EVERY))["total"] == 0
