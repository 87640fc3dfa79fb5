"""Chains of dependence: planted ones in a small world and in a grid, and those of the repository's documents."""

import random
from collections.abc import Mapping
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from kg.analytics import Scope, as_json
from kg.analytics.network import Edges, Network, open_network
from kg.analytics.path import Chain, PathAnswer, path
from kg.analytics.path_search import best_walks
from kg.analytics.telling.path import lines
from kg.errors import UnknownEntityError, UsageError
from kg.model import Modality
from kg.store import EmbeddedStore, OpenStore


def names(chain: Chain) -> list[str]:
    return [chain.hops[0].dependent.label, *(hop.provider.label for hop in chain.hops)]


def limits(answer: PathAnswer) -> dict[str, list[str]]:
    return {miss.limit: names(miss.chain) for miss in answer.misses}


def test_a_customer_depends_on_what_its_providers_depend_on(small_store: EmbeddedStore) -> None:
    answer = path(small_store, "NVIDIA", "besi")
    assert answer.length == 2
    assert [names(chain) for chain in answer.paths] == [
        ["NVIDIA", "Amkor Technology", "BESI"],
        ["NVIDIA", "TSMC", "BESI"],
        ["NVIDIA", "TSMC", "Amkor Technology", "BESI"],
    ]
    first, second = answer.paths[1].hops
    assert (first.reads, second.reads, second.relation) == ("outsources to", "uses tools from", "suppliesToolTo")
    assert first.claims == 2 and {each.document for each in first.evidence} == {"profile.md", "report.txt"}
    assert second.evidence[0].quote == "BESI affirmed asserted suppliesToolTo TSMC."
    assert answer.paths[0].confidence == pytest.approx(0.81)


def test_nobody_depends_on_its_customers_or_its_rivals(small_store: EmbeddedStore) -> None:
    answer = path(small_store, "BESI", "NVIDIA")
    assert not answer.paths and answer.length is None
    assert limits(answer)["reverse"] == ["NVIDIA", "Amkor Technology", "BESI"]
    assert not path(small_store, "Amkor", "ASE", any_direction=True).paths
    asked = path(small_store, "Amkor", "ASE", Scope(relations=frozenset({"competesWith"})))
    assert names(asked.paths[0]) == ["Amkor Technology", "ASE"]
    rivals = path(small_store, "Amkor", "JCET", any_direction=True)
    assert limits(rivals)["rivalry"] == ["Amkor Technology", "JCET"]


def test_partners_are_tied_in_any_direction_and_depend_on_nothing(small_store: EmbeddedStore) -> None:
    assert not path(small_store, "Amkor", "TSMC").paths
    assert names(path(small_store, "Amkor", "TSMC", any_direction=True).paths[0]) == ["Amkor Technology", "TSMC"]


def test_what_lies_in_a_place_and_what_is_a_kind_or_part_leads_to_it(small_store: EmbeddedStore) -> None:
    (korea,) = path(small_store, "TSMC", "South Korea").paths
    assert names(korea) == ["TSMC", "Amkor Technology", "Incheon", "South Korea"]
    assert (korea.hops[-1].reads, korea.hops[-1].relation, korea.hops[-1].evidence) == ("lies in", "", ())
    family = path(small_store, "NVIDIA", "CoWoS").paths[0]
    assert names(family) == ["NVIDIA", "TSMC", "CoWoS-L", "CoWoS"]
    assert family.hops[-1].reads == "is a kind of"
    assert names(path(small_store, "Packwell Labs", "SPIL").paths[0]) == ["Packwell Labs", "ASE", "SPIL"]


@pytest.mark.parametrize(
    ("start", "scope", "limit"),
    [
        ("AMD", Scope(), "modality"),
        ("Samsung", Scope(least=0.6), "confidence"),
        ("Samsung", Scope(until="2026-03"), "date"),
        ("NVIDIA", Scope(documents=frozenset({"news.json"})), "source"),
        ("NVIDIA", Scope(without=frozenset({"outsourcesTo"})), "relation"),
    ],
)
def test_where_there_is_none_the_limit_in_the_way_is_named(
    small_store: EmbeddedStore, start: str, scope: Scope, limit: str
) -> None:
    answer = path(small_store, start, "Amkor", scope)
    assert not answer.paths
    missed = {miss.limit: miss.chain for miss in answer.misses}
    assert names(missed[limit])[-1] == "Amkor Technology"
    assert missed[limit].hops[0].evidence, "with its quotes"


def test_what_is_planned_counts_where_it_is_asked_for(small_store: EmbeddedStore) -> None:
    (chain,) = path(small_store, "AMD", "Amkor", Scope(modalities=frozenset({Modality.PLANNED}))).paths
    assert chain.hops[0].evidence[0].modality is Modality.PLANNED


def test_a_denial_stands_beside_what_it_denies(small_store: EmbeddedStore) -> None:
    answer = path(small_store, "Samsung", "Amkor")
    (hop,) = answer.paths[0].hops
    assert hop.denied[0].quote == "Samsung negated asserted outsourcesTo Amkor."
    told = "\n".join(lines(answer, 110))
    assert "which another passage denies:\n      “Samsung negated asserted outsourcesTo Amkor.”" in told


def test_it_is_told_with_quote_document_date_and_claim(small_store: EmbeddedStore) -> None:
    answer = path(small_store, "NVIDIA", "Amkor", most=1)
    claim = answer.paths[0].hops[0].evidence[0].claim
    assert lines(answer, 110) == [
        "NVIDIA depends on Amkor Technology by one chain (asserted or reported)",
        "",
        "1. NVIDIA → Amkor Technology (1 hop, confidence 0.90)",
        "   NVIDIA outsources to Amkor Technology, via TSMC",
        "      “NVIDIA affirmed reported outsourcesTo Amkor.”",
        f"      — profile.md, 2026-02-10 ({claim}) [reported]",
    ]
    told = "\n".join(lines(path(small_store, "AMD", "Amkor"), 110))
    assert told.startswith("No path from AMD to Amkor Technology under these limits: asserted or reported, at most 6")
    assert "But with what is planned, only possible or over as well:\nAMD → Amkor Technology" in told


def test_it_is_json_with_from_and_to(small_store: EmbeddedStore) -> None:
    value = as_json(path(small_store, "NVIDIA", "Amkor"))
    assert (value["from"]["key"], value["to"]["key"], value["length"]) == ("nvidia", "amkor", 1)
    assert value["paths"][0]["hops"][0]["evidence"][0]["qualifiers"] == {"via": ["TSMC"]}


def test_a_name_that_means_nothing_or_the_same_twice_is_told(small_store: EmbeddedStore) -> None:
    with pytest.raises(UnknownEntityError, match="did you mean"):
        path(small_store, "NVIDA", "Amkor")
    with pytest.raises(UsageError, match="are the same, Amkor Technology; give two"):
        path(small_store, "Amkor", "amkor")


@pytest.mark.parametrize("seed", range(8))
def test_walks_are_those_that_networkx_finds(small_store: EmbeddedStore, seed: int) -> None:
    """Random edges between the entities of the small world, all walks up to four edges long."""
    network: Network = open_network(small_store)
    chance = random.Random(seed)
    entities = range(12)
    pairs = sorted({(chance.choice(entities), chance.choice(entities)) for _ in range(34)})
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    sure: Mapping[tuple[int, int], float] = {pair: round(chance.uniform(0.3, 0.99), 3) for pair in pairs}
    columns = np.array(pairs)
    edges = Edges(
        network, columns[:, 0], columns[:, 1], np.arange(len(pairs)), np.array(list(sure.values()), np.float32)
    )
    graph = nx.DiGraph(pairs)
    graph.add_nodes_from(entities)
    every = [list(walk) for walk in nx.all_simple_paths(graph, 0, 5, cutoff=4)]

    def weight(walk: list[int]) -> tuple[int, float]:
        return len(walk), -float(np.prod([sure[pair] for pair in pairwise(walk)]))

    ties, found = best_walks(edges, 0, 5, most=6, longest=4)
    walks = [[0, *(int(ties.providers[edge]) for edge in walk)] for walk in found]
    assert [pytest.approx(weight(walk), rel=1e-5) for walk in walks] == [
        weight(w) for w in sorted(every, key=weight)[:6]
    ]


def test_the_chains_of_the_repositorys_documents(seeds_store: OpenStore) -> None:
    direct, by_tsmc, *_ = path(seeds_store, "NVIDIA", "Amkor").paths
    assert names(direct) == ["NVIDIA", "Amkor Technology"]
    assert "Rubin" in direct.hops[0].evidence[0].quote
    assert names(by_tsmc) == ["NVIDIA", "TSMC", "Amkor Technology"]
    tools = path(seeds_store, "NVIDIA", "ASMPT").paths
    assert all(hop.evidence for chain in tools for hop in chain.hops)
    assert ["NVIDIA", "Amkor Technology", "ASMPT"] in [names(chain) for chain in tools]
    assert "ASMPT" in tools[0].hops[-1].evidence[0].quote


def test_a_denial_is_told_where_there_is_no_path(seeds_store: OpenStore) -> None:
    answer = path(seeds_store, "Samsung Electronics", "Amkor")
    assert not answer.paths
    assert [(row.subject.key, row.relation, row.polarity.value) for row in answer.denied] == [
        ("samsung-electronics", "outsourcesTo", "negated")
    ]
    told = "\n".join(lines(answer, 100))
    assert "The documents deny it:" in told and answer.denied[0].quote[:20] in told
    assert not path(seeds_store, "AMD", "Amkor").denied
