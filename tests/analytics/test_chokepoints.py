"""Chokepoints: planted ones, the measures beside networkx, and those of the repository's documents."""

import random

import networkx as nx
import numpy as np
import pytest
from planted_network import Tie, planted

from kg.analytics import Scope, as_json
from kg.analytics.chokepoint_measures import FOLLOWED, betweenness, cut_off, reaching, visits
from kg.analytics.chokepoints import Chokepoint, chokepoints
from kg.analytics.impact_spread import Groups, grouped, uses
from kg.analytics.network import edges, open_network, select
from kg.analytics.path import path
from kg.analytics.telling.chokepoints import REMARK, lines
from kg.model import MentionKind
from kg.store import EmbeddedStore, OpenStore

# Twelve customers with two packagers each; both depend on one substrate maker, which has one supplier. A group apart
# hangs on the rest by one packager alone.
PLANTED: list[Tie] = [
    *((f"Customer {n}", "outsourcesTo", packager, 0.9) for n in range(12) for packager in ("Packager A", "Packager B")),
    ("Board Works", "suppliesTo", "Packager A", 0.9),
    ("Board Works", "suppliesTo", "Packager B", 0.9),
    ("Resin House", "suppliesTo", "Board Works", 0.8),
    *((f"Hermit {n}", "outsourcesTo", "Packager C", 0.7) for n in range(3)),
    ("Packager C", "outsourcesTo", "Packager A", 0.6),
]


@pytest.fixture(scope="module")
def network_store() -> EmbeddedStore:
    return planted(PLANTED)


def ranks(store: EmbeddedStore | OpenStore, **how: object) -> dict[str, Chokepoint]:
    return {each.entity.label: each for each in chokepoints(store, **how).ranks}


def test_the_planted_chokepoint_is_found(network_store: EmbeddedStore) -> None:
    found = ranks(network_store)
    board = found["Board Works"]
    assert board.dependents == 2 and board.reach == 18
    assert board.only_source == 2
    assert board.stranded == 18, "both packagers, and all who have no other"
    assert next(iter(ranks(network_store, by="only-source"))) == "Packager C"
    assert next(iter(ranks(network_store, by="dependents"))) in {"Packager A", "Packager B"}
    assert next(iter(found)) == "Board Works"
    assert board.ties[0].evidence[0].quote == "Board Works suppliesTo Packager A."


def test_the_planted_single_sources_are_found(network_store: EmbeddedStore) -> None:
    answer = chokepoints(network_store)
    single = {(hop.dependent.label, hop.provider.label) for hop in answer.single}
    assert single == {
        *((f"Hermit {n}", "Packager C") for n in range(3)),
        ("Packager C", "Packager A"),
        ("Packager A", "Board Works"),
        ("Packager B", "Board Works"),
        ("Board Works", "Resin House"),
    }
    assert answer.single_total == len(single)


def test_what_would_be_cut_off_is_counted(network_store: EmbeddedStore) -> None:
    found = ranks(network_store)
    assert found["Packager C"].cut_off == 3
    assert found["Packager B"].cut_off == 0
    assert found["Packager A"].cut_off == 4


def test_the_planted_path_is_found(network_store: EmbeddedStore) -> None:
    chain = path(network_store, "Hermit 1", "Resin House").paths[0]
    names = [hop.provider.label for hop in chain.hops]
    assert names == ["Packager C", "Packager A", "Board Works", "Resin House"]
    assert chain.confidence == pytest.approx(0.7 * 0.6 * 0.9 * 0.8)


@pytest.fixture(scope="module", params=range(4))
def chance_groups(request: pytest.FixtureRequest) -> Groups:
    chance = random.Random(request.param)
    names = [f"Maker {number}" for number in range(25)]
    ties = {
        (chance.choice(names), chance.choice(["outsourcesTo", "suppliesTo"]), chance.choice(names)) for _ in range(45)
    }
    rows = [(*tie, round(chance.uniform(0.4, 0.95), 2)) for tie in sorted(ties) if tie[0] != tie[2]]
    selection = select(open_network(planted(rows)), Scope())
    return grouped(edges(selection), uses(selection))


def directed(groups: Groups) -> "nx.DiGraph[int]":
    pairs = zip(groups.edges.dependents.tolist(), groups.edges.providers.tolist(), strict=True)
    return nx.DiGraph(pairs)


def test_betweenness_is_that_of_networkx(chance_groups: Groups) -> None:
    found, sample = betweenness(chance_groups.edges)
    assert sample == 0
    for node, value in nx.betweenness_centrality(directed(chance_groups)).items():
        assert found[node] == pytest.approx(value, abs=1e-9)


def test_dependence_is_what_a_walk_meets(chance_groups: Groups) -> None:
    """Beside the exact solution: all steps from all beginnings, each as likely as its tie is sure."""
    groups = chance_groups
    columns = zip(
        groups.edges.dependents, groups.edges.providers, groups.edges.confidences, groups.members, strict=True
    )
    kinds = np.bincount(groups.edges.dependents[groups.firsts], minlength=40)
    chances = np.zeros((len(groups.edges.network.iris),) * 2)
    for dependent, provider, sure, group in columns:
        chances[dependent, provider] += sure / groups.sizes[group] / kinds[dependent]
    starts = np.isin(np.arange(len(chances)), groups.edges.dependents)
    met = np.linalg.solve(np.eye(len(chances)) - FOLLOWED * chances.T, starts / starts.sum())
    assert visits(groups) == pytest.approx(met - starts / starts.sum(), abs=1e-6)


def test_reach_and_what_is_cut_off_are_those_of_networkx(chance_groups: Groups) -> None:
    graph = directed(chance_groups)
    for node in graph:
        assert reaching(chance_groups.edges, node) == len(nx.ancestors(graph, node))
        around = nx.node_connected_component(graph.to_undirected(), node) - {node}
        rest = graph.to_undirected().subgraph(around)
        sizes = [len(each) for each in nx.connected_components(rest)]
        assert cut_off(chance_groups.edges, node) == sum(sizes) - max(sizes, default=0)


def test_a_sample_comes_close(network_store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    selection = select(open_network(network_store), Scope())
    groups = grouped(edges(selection), uses(selection))
    exact, _ = betweenness(groups.edges)
    monkeypatch.setattr("kg.analytics.chokepoint_measures.EXACT", 5)
    monkeypatch.setattr("kg.analytics.chokepoint_measures.SAMPLE", 14)
    found, sample = betweenness(groups.edges)
    assert sample == 14
    assert int(np.argmax(found)) == int(np.argmax(exact))
    assert np.abs(found - exact).max() < 0.05
    assert "sample of 14 organisations" in "\n".join(lines(chokepoints(network_store), 110))


def test_places_count_in_their_country_and_technologies_by_who_has_them(small_store: EmbeddedStore) -> None:
    places = ranks(small_store, kind=MentionKind.PLACE)
    assert set(places) == {"Incheon", "South Korea"}
    assert places["South Korea"].ties[0].reads == "has a site in"
    technologies = ranks(small_store, kind=MentionKind.TECHNOLOGY)
    assert set(technologies) == {"CoWoS", "CoWoS-L", "burn-in"}


def test_it_is_told_in_words_with_numbers_and_quotes(network_store: EmbeddedStore) -> None:
    told = lines(chokepoints(network_store, most=8), 110)
    start = next(number for number, line in enumerate(told) if "Board Works:" in line)
    assert told[start].endswith("% of all dependence comes to it")
    words = " ".join(each.strip() for each in told[start + 1 : start + 5])
    assert "2 organisations depend on it directly; 18 of 19 over any number of steps" in words
    assert "2 of them have no other in the documents; without it 18 would be left" in words
    assert "  Packager A is supplied by Board Works and no other (" in "\n".join(told)
    assert " ".join(told[-2:]).endswith(REMARK[-60:])


def test_limits_hold_and_an_empty_answer_says_so(network_store: EmbeddedStore) -> None:
    assert "Packager C" not in ranks(network_store, scope=Scope(least=0.75))
    assert set(ranks(network_store, scope=Scope(relations=frozenset({"suppliesTo"})))) == {"Board Works", "Resin House"}
    nothing = chokepoints(network_store, Scope(since="2027"))
    assert lines(nothing, 110) == [
        "No organisations that anybody is seen to depend on (asserted or reported, since 2027)"
    ]


def test_the_chokepoints_of_the_repositorys_documents(seeds_store: OpenStore) -> None:
    answer = chokepoints(seeds_store)
    first = answer.ranks[0]
    assert first.entity.label == "Amkor Technology"
    assert {"MediaTek", "Qualcomm"} & {hop.dependent.label for hop in first.ties}
    assert all(hop.evidence for each in answer.ranks for hop in each.ties)
    value = as_json(answer)
    assert value["ranks"][0]["ties"][0]["evidence"][0]["document"].endswith((".txt", ".md", ".json"))
    assert sum(each.dependence for each in chokepoints(seeds_store, most=1000).ranks) == pytest.approx(1)
