"""A picture as pyvis holds it."""

from pathlib import Path

from pictures import SAMPLE, hostile

import kg
from kg.export.viewer.network import to_pyvis


def test_every_entity_has_a_place_and_every_tie_its_quote() -> None:
    network = to_pyvis(SAMPLE)
    assert {node["id"] for node in network.nodes} == {row.id for row in SAMPLE.entities}
    assert all({"x", "y", "shape", "color", "size"} <= node.keys() for node in network.nodes)
    assert sum(edge["claims"] for edge in network.edges) == len(SAMPLE.claims)
    assert not network.options.physics.enabled


def test_what_is_denied_and_what_is_planned_look_so(seeds_store: Path) -> None:
    with kg.open(seeds_store) as graph:
        edges = {(edge["from"], edge["relation"], edge["to"]): edge for edge in graph.to_pyvis().edges}
    denied = edges["entity/samsung-electronics", "outsourcesTo", "entity/amkor"]
    assert denied["polarity"] == "negated" and denied["title"].startswith("not: ")
    planned = edges["entity/apple", "outsourcesTo", "entity/ase"]
    assert planned["modality"] == "planned" and planned["dashes"]
    told = edges["entity/tsmc", "outsourcesTo", "entity/amkor"]
    assert told["claims"] > 1 and not told["dashes"] and told["color"] != denied["color"]


def test_no_text_of_a_document_is_markup_in_a_title() -> None:
    network = to_pyvis(hostile())
    titles = [item["title"] for item in (*network.nodes, *network.edges)]
    assert any("&lt;script&gt;" in title for title in titles)
    assert not any("<" in title or '"' in title for title in titles)
