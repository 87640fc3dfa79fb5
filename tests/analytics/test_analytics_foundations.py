"""What every answer stands on: limits, evidence, and the form in JSON."""

from dataclasses import dataclass

import click
import pytest
from click.testing import CliRunner

from kg.analytics import FIRM, Scope, as_json, evidence_for, read_scope, undated_documents
from kg.analytics.telling import named, quoted
from kg.cli.limits import Limits, limits_options
from kg.errors import QueryError
from kg.model import Modality, Polarity
from kg.store import EmbeddedStore, select


def statement(store: EmbeddedStore, subject: str, relation: str, object_: str) -> str:
    pattern = f"?s rdf:subject entity:{subject} ; rdf:predicate sp:{relation} ; rdf:object entity:{object_}"
    return select(store, f"SELECT DISTINCT ?s {{ {pattern} }}")[0]["s"]


@pytest.mark.parametrize(
    ("since", "until", "date", "taken"),
    [
        ("", "", "", True),
        ("2026", "", "", False),
        ("", "2026", "", False),
        ("2026-02", "", "2026-02-10", True),
        ("2026-02-11", "", "2026-02-10", False),
        ("2026-02", "", "2026", False),
        ("", "2026-02", "2026-02-10", True),
        ("", "2026-02-09", "2026-02-10", False),
        ("", "2026-05", "2026", False),
        ("", "2026", "2026", True),
        ("", "2026-05-31", "2026-05", False),
        ("2026", "2026", "2027-01-01", False),
    ],
)
def test_a_date_counts_where_it_lies_within_the_limits_for_sure(since: str, until: str, date: str, taken: bool) -> None:
    assert Scope(since=since, until=until).takes_date(date) is taken


def test_the_words_of_a_user_become_a_scope(small_store: EmbeddedStore) -> None:
    scope = read_scope(
        small_store, relations=["outsources to", "competesWith"], modalities=["planned"], sources=["news.json"]
    )
    assert scope.relations == {"outsourcesTo", "competesWith"}
    assert scope.modalities == {Modality.PLANNED}
    assert scope.documents == {"news.json"}
    assert read_scope(small_store).modalities == FIRM
    assert read_scope(small_store, modalities=["all"]).modalities == frozenset(Modality)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"relations": ["outsourceTo"]}, "did you mean outsourcesTo"),
        ({"without": ["rivals"]}, "There is no relation 'rivals'"),
        ({"modalities": ["plan"]}, "did you mean planned"),
        ({"since": "last year"}, "is no date"),
        ({"sources": ["new.json"]}, "did you mean news.json"),
        ({"least": 2.0}, "is no confidence"),
    ],
)
def test_a_word_that_means_nothing_is_told_with_its_cure(
    small_store: EmbeddedStore, words: dict[str, object], told: str
) -> None:
    with pytest.raises(QueryError, match=told):
        read_scope(small_store, **words)


def test_evidence_is_the_strongest_first_and_keeps_to_the_scope(small_store: EmbeddedStore) -> None:
    denied = statement(small_store, "samsung", "outsourcesTo", "amkor")
    twice = statement(small_store, "nvidia", "outsourcesTo", "tsmc")
    found = evidence_for(small_store, [denied, twice], Scope())
    assert list(found) == [denied, twice]
    assert [each.document for each in found[twice]] == ["report.txt", "profile.md"], "the newer first"
    assert [each.polarity for each in found[denied]] == [Polarity.AFFIRMED]
    both = evidence_for(small_store, [denied], Scope(), polarity=None)[denied]
    assert [each.polarity for each in both] == [Polarity.NEGATED, Polarity.AFFIRMED]
    assert not evidence_for(small_store, [denied], Scope(least=0.6))[denied]
    assert len(evidence_for(small_store, [twice], Scope(), most=1)[twice]) == 1
    assert not evidence_for(small_store, [twice], Scope(until="2025"))[twice]


def test_evidence_reads_as_the_claim_has_it(small_store: EmbeddedStore) -> None:
    rivals = statement(small_store, "ase", "competesWith", "jcet")
    (claim,) = evidence_for(small_store, [rivals], Scope())[rivals]
    assert named(claim) == "JCET competes with ASE"
    via = statement(small_store, "nvidia", "outsourcesTo", "amkor")
    (claim,) = evidence_for(small_store, [via], Scope())[via]
    assert claim.qualifiers == {"via": ("TSMC",)}
    assert quoted(claim, 110)[0] == "      “NVIDIA affirmed reported outsourcesTo Amkor.”"
    assert quoted(claim, 110)[1].endswith(f"— profile.md, 2026-02-10 ({claim.claim}) [reported]")


def test_documents_without_a_date_are_counted(small_store: EmbeddedStore) -> None:
    assert undated_documents(small_store) == 0


@dataclass(frozen=True)
class _Answer:
    said: Modality
    names: frozenset[str]
    share: float
    rows: tuple[Scope, ...]


def test_an_answer_is_json_of_plain_values() -> None:
    value = as_json(_Answer(Modality.PLANNED, frozenset({"b", "a"}), 1 / 3, (Scope(),)))
    assert value["said"] == "planned"
    assert value["names"] == ["a", "b"]
    assert value["share"] == 0.333333
    assert value["rows"][0]["modalities"] == ["asserted", "reported"]
    with pytest.raises(TypeError, match="object has no form in JSON"):
        as_json(object())


def test_the_options_of_limits_become_one_argument(small_store: EmbeddedStore) -> None:
    got = []

    @click.command
    @limits_options
    def command(limits: Limits) -> None:
        got.append(limits)

    words = (
        "--relation outsourcesTo --without competesWith --modality all --min-confidence 0.5 --since 2026 --until 2026"
    )
    assert CliRunner().invoke(command, [*words.split(), "--source", "news.json"]).exit_code == 0
    scope = got[0].scope(small_store)
    assert (scope.relations, scope.without, scope.least) == ({"outsourcesTo"}, {"competesWith"}, 0.5)
    assert (scope.since, scope.until, scope.documents) == ("2026", "2026", {"news.json"})
