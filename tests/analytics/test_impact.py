"""Who is hit: planted blows in a small world, and those of the repository's documents."""

import numpy as np
import pytest
from planted import claim, store_of

from kg.analytics import Scope, as_json
from kg.analytics.impact import Hit, ImpactAnswer, impact
from kg.analytics.telling.impact import lines
from kg.errors import UnknownEntityError, UsageError
from kg.model import Modality
from kg.store import EmbeddedStore, OpenStore


def hits(answer: ImpactAnswer, steps: int) -> dict[str, Hit]:
    return {hit.entity.label: hit for hit in answer.levels[steps - 1].hits}


def test_who_buys_is_hit_and_who_buys_from_them(small_store: EmbeddedStore) -> None:
    answer = impact(small_store, "BESI")
    first, second, third = (hits(answer, steps) for steps in (1, 2, 3))
    assert set(first) == {"TSMC", "Amkor Technology"}
    assert set(second) == {"NVIDIA", "Samsung Electronics"}
    assert not third
    amkor = first["Amkor Technology"]
    assert (amkor.strength, amkor.providers, amkor.others) == (pytest.approx(0.9), 1, ())
    tsmc = first["TSMC"]
    assert tsmc.strength == pytest.approx(0.45), "one of two tool makers"
    assert [hop.provider.label for hop in tsmc.others] == ["ASMPT"]
    assert tsmc.others[0].evidence[0].quote == "ASMPT affirmed asserted suppliesToolTo TSMC."
    nvidia = second["NVIDIA"]
    assert [hop.provider.label for hop in nvidia.chain] == ["Amkor Technology", "BESI"]
    assert nvidia.chain[0].evidence[0].quote == "NVIDIA affirmed reported outsourcesTo Amkor."
    assert nvidia.strength == pytest.approx((0.9 * 0.9 + 0.45 * 0.9) / 2 * 0.5)


def test_what_is_planned_possible_over_or_denied_is_told_apart(small_store: EmbeddedStore) -> None:
    answer = impact(small_store, "Amkor")
    assert {each.subject.label: each.modality for each in answer.apart} == {
        "AMD": Modality.PLANNED,
        "Intel": Modality.POSSIBLE,
        "Apple": Modality.HISTORICAL,
    }
    assert not {"AMD", "Intel", "Apple"} & set(hits(answer, 1))
    assert [each.subject.label for each in answer.denied] == ["Samsung Electronics"]
    told = lines(answer, 110)
    assert "  planned: AMD outsources to Amkor Technology" in told
    assert "  only possible: Intel outsources to Amkor Technology" in told
    assert "  over: Apple outsources to Amkor Technology" in told
    everything = impact(small_store, "Amkor", Scope(modalities=frozenset(Modality)))
    assert {"AMD", "Intel", "Apple"} <= set(hits(everything, 1)) and not everything.apart


def test_a_technology_hits_who_has_it_and_who_has_work_done_by_it(small_store: EmbeddedStore) -> None:
    answer = impact(small_store, "interposer packaging")
    assert [each.label for each in answer.with_it] == ["CoWoS", "CoWoS-L"]
    tsmc = hits(answer, 1)["TSMC"]
    assert tsmc.chain[0].provider.label in {"CoWoS", "CoWoS-L"}
    users = impact(small_store, "CoWoS", Scope(without=frozenset({"offersTechnology"})))
    (hop,) = hits(users, 1)["TSMC"].chain
    assert (hop.reads, hop.provider.label) == ("uses", "CoWoS")
    assert hop.evidence[0].quote == "TSMC affirmed asserted outsourcesTo Amkor."


def test_a_country_closes_with_the_places_in_it(small_store: EmbeddedStore) -> None:
    answer = impact(small_store, "Korea")
    assert [each.label for each in answer.with_it] == ["Incheon"]
    assert set(hits(answer, 1)) == {"Amkor Technology"}
    assert {"TSMC", "NVIDIA"} <= set(hits(answer, 2))
    assert lines(answer, 110)[0] == "If South Korea closes (asserted or reported)"


def test_a_part_fails_with_its_whole_and_the_whole_is_hit_by_its_part(small_store: EmbeddedStore) -> None:
    assert [each.label for each in impact(small_store, "ASE").with_it] == ["SPIL"]
    part = impact(small_store, "SPIL")
    assert set(hits(part, 1)) == {"ASE"} and set(hits(part, 2)) == {"Packwell Labs"}


def test_an_export_rule_cuts_supplies_from_elsewhere(small_store: EmbeddedStore) -> None:
    answer = impact(small_store, "South Korea", export_rule=True)
    amkor = hits(answer, 1)["Amkor Technology"]
    assert amkor.chain[0].provider.label == "Incheon"
    assert amkor.strength == pytest.approx(0.9 * 0.9)
    assert [seller.supplier.label for seller in answer.sellers] == ["BESI"]
    assert (answer.sellers[0].total, answer.sellers[0].customers) == (1, 2)
    assert {"TSMC", "NVIDIA"} <= set(hits(answer, 2))
    for name in ("Amkor", "https://w3id.org/semipack/entity/amkor"):
        with pytest.raises(UsageError, match="Amkor Technology is no place"):
            impact(small_store, name, export_rule=True)
    with pytest.raises(UnknownEntityError):
        impact(small_store, "Atlantis", export_rule=True)


def test_who_uses_a_technology_is_quoted_with_the_claims_that_name_it() -> None:
    named = claim("TSMC", "outsourcesTo", "Amkor", qualifiers={"technology": ("CoWoS",)}, words="CoWoS goes to Amkor.")
    plain = claim("TSMC", "outsourcesTo", "Amkor", confidence=0.99, words="TSMC uses Amkor.")
    answer = impact(store_of(("one.txt", "2026", [named, plain])), "CoWoS")
    hop = hits(answer, 1)["TSMC"].chain[0]
    assert (hop.reads, hop.claims, [each.quote for each in hop.evidence]) == ("uses", 1, ["CoWoS goes to Amkor."])


def test_what_a_technology_is_a_kind_of_is_no_way_round_it() -> None:
    both = [
        claim("TSMC", "outsourcesTo", "Amkor", qualifiers={"technology": (name,)}, words=f"{name} goes to Amkor.")
        for name in ("CoWoS", "interposer packaging")
    ]
    store = store_of(("one.txt", "2026", both))
    hit = hits(impact(store, "CoWoS"), 1)["TSMC"]
    assert (hit.strength, hit.others) == (pytest.approx(0.9), ())
    assert hits(impact(store, "interposer packaging"), 1)["TSMC"].strength == pytest.approx(0.9)


def test_the_rest_of_a_level_is_counted(small_store: EmbeddedStore) -> None:
    answer = impact(small_store, "Amkor", most=1)
    assert answer.levels[0].total == 3 and len(answer.levels[0].hits) == 1
    assert "Hit directly: 3, the first 1" in lines(answer, 110)


def test_others_of_another_trade_are_told_to_be_so(small_store: EmbeddedStore) -> None:
    foundry = impact(small_store, "TSMC", levels=1)
    nvidia = hits(foundry, 1)["NVIDIA"]
    assert [hop.provider.label for hop in nvidia.others] == ["Amkor Technology"]
    assert nvidia.unlike == ("foundry",)
    assert "none of them is known as foundry" in "\n".join(lines(foundry, 200))
    assert hits(impact(small_store, "ASMPT"), 1)["TSMC"].unlike == (), "the other is a tool maker as well"


def test_limits_hold(small_store: EmbeddedStore) -> None:
    assert "Samsung Electronics" in hits(impact(small_store, "Amkor"), 1)
    assert "Samsung Electronics" not in hits(impact(small_store, "Amkor", Scope(least=0.6)), 1)
    old = impact(small_store, "TSMC", Scope(until="2026-01"))
    assert not any(level.total for level in old.levels)
    assert "Nobody is seen to depend on TSMC under these limits." in lines(old, 110)


def test_it_is_told_with_chain_quote_and_alternatives(small_store: EmbeddedStore) -> None:
    answer = impact(small_store, "ASMPT", levels=1)
    hop, other = hits(answer, 1)["TSMC"].chain[0], hits(answer, 1)["TSMC"].others[0]
    assert lines(answer, 110)[:7] == [
        "If ASMPT fails (asserted or reported)",
        "",
        "Hit directly: 1",
        "  TSMC → ASMPT (strength 0.20)",
        "    TSMC uses tools from ASMPT",
        "       “ASMPT affirmed asserted suppliesToolTo TSMC.”",
        f"       — profile.md, 2026-02-10 ({hop.evidence[0].claim})",
    ]
    assert lines(answer, 110)[7] == f"    1 of 2 that the documents name; not hit: BESI ({other.evidence[0].claim})"
    value = as_json(answer)
    assert value["levels"][0]["hits"][0]["strength"] == pytest.approx(0.2)
    assert value["what"]["key"] == "asmpt"


def test_the_blows_of_the_repositorys_documents(seeds_store: OpenStore) -> None:
    cowos = impact(seeds_store, "CoWoS")
    assert "TSMC" in hits(cowos, 1)
    assert "CoWoS" in hits(cowos, 1)["TSMC"].chain[0].evidence[0].quote
    amkor = impact(seeds_store, "Amkor")
    assert {"NVIDIA", "TSMC", "Qualcomm"} <= set(hits(amkor, 1))
    assert amkor.denied[0].subject.label == "Samsung Electronics"
    assert all(hop.evidence for level in amkor.levels for hit in level.hits for hop in hit.chain)
    strengths = [hit.strength for hit in amkor.levels[0].hits]
    assert strengths == sorted(strengths, reverse=True) and np.all(np.array(strengths) <= 1)
