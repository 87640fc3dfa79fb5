"""Claims as edges, and the network they make."""

from kg.query import read_edges, read_nodes, to_networkx
from kg.store import EmbeddedStore
from kg.terms import CLAIM, ENTITY


def test_each_claim_is_one_edge(small_store: EmbeddedStore) -> None:
    edges = read_edges(small_store)
    assert len(edges) == len({edge.claim for edge in edges}) == 23
    assert [edge.document for edge in edges] == sorted(edge.document for edge in edges)


def test_an_edge_tells_all(small_store: EmbeddedStore) -> None:
    (edge,) = (edge for edge in read_edges(small_store) if edge.qualifiers.get("product"))
    assert (edge.subject, edge.relation, edge.object) == (str(ENTITY.tsmc), "outsourcesTo", str(ENTITY.amkor))
    assert (edge.polarity, edge.modality, edge.confidence, edge.is_fact) == ("affirmed", "asserted", 0.9, True)
    assert edge.qualifiers == {"product": ("Rubin",), "technology": ("CoWoS",)}
    assert (edge.document, edge.date, edge.url, edge.pointer) == (
        "profile.md",
        "2026-02-10",
        "https://example.org/0",
        "",
    )
    assert edge.end - edge.start == len(edge.quote)


def test_a_party_between_goes_by_its_label(small_store: EmbeddedStore) -> None:
    assert [edge.qualifiers["via"] for edge in read_edges(small_store) if "via" in edge.qualifiers] == [("TSMC",)]


def test_denied_and_planned_claims_are_no_facts(small_store: EmbeddedStore) -> None:
    unsure = {edge.subject: edge for edge in read_edges(small_store) if not edge.is_fact}
    assert {iri.removeprefix(str(ENTITY)) for iri in unsure} == {"samsung", "amd", "intel", "apple"}


def test_nodes_are_what_claims_and_figures_name(small_store: EmbeddedStore) -> None:
    nodes = {node.key: node for node in read_nodes(small_store)}
    assert "interposer-packaging" not in nodes
    assert (nodes["samsung"].label, nodes["samsung"].roles) == ("Samsung Electronics", ("IDM", "MemoryMaker"))
    assert (nodes["cowos-l"].kind, nodes["cowos-l"].label, nodes["cowos-l"].roles) == ("technology", "CoWoS-L", ())
    assert (nodes["incheon"].kind, nodes["incheon"].roles) == ("place", ("City",))
    assert [node.key for node in nodes.values() if not node.known] == ["packwell-labs"]


def test_the_network_has_all_nodes_and_edges(small_store: EmbeddedStore) -> None:
    graph = to_networkx(small_store)
    assert graph.number_of_edges() == 23
    assert graph.nodes[str(ENTITY.tsmc)]["roles"] == "Foundry"
    (data,) = graph.get_edge_data(str(ENTITY.amd), str(ENTITY.amkor)).values()
    assert (data["modality"], data["fact"]) == ("planned", False)
    keys = {key for _, _, key in graph.edges(keys=True)}
    assert keys == {edge.claim.removeprefix(str(CLAIM)) for edge in read_edges(small_store)}
