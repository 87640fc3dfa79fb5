"""GEXF and Neo4j's CSV: read back by other readers, and checked against the rules of the programs that import them."""

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.export import EXPORTERS, write_export
from kg.query import read_edges, read_nodes, to_networkx
from kg.store import EmbeddedStore
from kg.terms import local_name

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
# How Gephi parses a value of each type that we declare.
PARSED = {"string": str, "boolean": {"true": True, "false": False}.__getitem__, "double": float}
BOTH = pytest.mark.parametrize("which", ["small", "hostile"])


@pytest.fixture
def store(which: str, small_store: EmbeddedStore, hostile_store: EmbeddedStore) -> EmbeddedStore:
    return small_store if which == "small" else hostile_store


def written(store: EmbeddedStore, name: str) -> bytes:
    out = io.BytesIO()
    EXPORTERS[name].write(store, out)
    return out.getvalue()


@BOTH
@pytest.mark.parametrize("name", ["gexf", "neo4j"])
def test_the_same_store_gives_the_same_bytes(store: EmbeddedStore, name: str) -> None:
    assert written(store, name) == written(store, name)


@BOTH
def test_gexf_reads_back(store: EmbeddedStore) -> None:
    again = nx.MultiDiGraph(nx.read_gexf(io.BytesIO(written(store, "gexf"))))
    graph = to_networkx(store)
    assert {node: data["label"] for node, data in again.nodes(data=True)} == dict(graph.nodes(data="label"))
    found = {data["id"]: data for *_, data in again.edges(data=True)}
    told = {key: data for *_, key, data in graph.edges(keys=True, data=True)}
    assert found.keys() == told.keys()
    for claim, data in told.items():
        assert (found[claim]["confidence"], found[claim]["fact"]) == (data["confidence"], data["fact"])
        # What XML cannot hold is replaced, all else comes back, line breaks included.
        assert found[claim]["quote"] == re.sub("[\x00\x1b]", "\ufffd", data["quote"])


@BOTH
def test_gexf_keeps_the_rules_of_gephi(store: EmbeddedStore) -> None:
    root = ElementTree.fromstring(written(store, "gexf"))
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.3")
    assert "lastmodifieddate" not in root.find(f"{GEXF}meta").attrib
    graph = root.find(f"{GEXF}graph")
    columns = {
        group.get("class"): {each.get("id"): each.get("type") for each in group}
        for group in graph.findall(f"{GEXF}attributes")
    }
    assert not {"id", "label", "weight"} & {name for group in columns.values() for name in group}, (
        "names that Gephi has"
    )
    nodes, edges = (graph.find(f"{GEXF}{name}") for name in ("nodes", "edges"))
    ids = [node.get("id") for node in nodes]
    assert len(ids) == len(set(ids)) == len(read_nodes(store))
    assert len({edge.get("id") for edge in edges}) == len(edges) == len(read_edges(store))
    for kind, elements in (("node", nodes), ("edge", edges)):
        for element in elements:
            assert element.get("label")
            for value in element.iter(f"{GEXF}attvalue"):
                assert value.get("value")
                PARSED[columns[kind][value.get("for")]](value.get("value"))
    for node in nodes:
        assert all(0 <= int(node.find(f"{VIZ}color").get(channel)) <= 255 for channel in "rgb")
        assert all(float(node.find(f"{VIZ}position").get(axis)) is not None for axis in "xyz")
        assert float(node.find(f"{VIZ}size").get("value")) > 0
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        assert float(edge.get("weight")) > 0


def test_gexf_never_merges_a_denial_with_a_fact(small_store: EmbeddedStore) -> None:
    root = ElementTree.fromstring(written(small_store, "gexf"))
    kinds = {}
    for edge in root.iter(f"{GEXF}edge"):
        said = {value.get("for"): value.get("value") for value in edge.iter(f"{GEXF}attvalue")}
        kinds.setdefault(edge.get("kind"), set()).add(said["fact"])
    assert all(len(facts) == 1 for facts in kinds.values())
    assert kinds["outsourcesTo"] == {"true"}
    assert kinds["outsourcesTo (negated)"] == kinds["outsourcesTo (planned)"] == {"false"}


def test_graphml_names_labels_and_weights_as_programs_look_for_them(small_store: EmbeddedStore) -> None:
    again = nx.read_graphml(io.BytesIO(written(small_store, "graphml")), force_multigraph=True)
    assert all(data["label"] for _, data in again.nodes(data=True))
    assert all(data["label"] == data["relation"] for *_, data in again.edges(data=True))
    assert all(data["weight"] == data["confidence"] > 0 for *_, data in again.edges(data=True))


_TYPES = {"", "string", "string[]", "boolean", "double", "ID", "START_ID", "END_ID", "LABEL", "TYPE"}


def imported(name: str, text: str) -> list[dict[str, object]]:
    """The rows of a file as ``neo4j-admin database import full --multiline-fields=true`` understands them."""
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns = [re.fullmatch(r"(\w*)(?::([\w\[\]]+))?", head).groups("") for head in header]
    assert len(set(header)) == len(header)
    assert {type_ for _, type_ in columns} <= _TYPES
    found = []
    for row in rows:
        assert len(row) == len(columns), f"{name}: a row of {len(row)} cells"
        # An empty cell is no property.
        values = zip(columns, row, strict=True)
        found.append({type_ if type_.isupper() else key: _value(type_, cell) for (key, type_), cell in values if cell})
    return found


def _value(type_: str, cell: str) -> object:
    if type_ in {"string[]", "LABEL"}:
        return cell.split(";")
    if type_ == "boolean":
        return cell == "true"
    return float(cell) if type_ == "double" else cell


@BOTH
def test_neo4j_imports_it(store: EmbeddedStore, tmp_path: Path) -> None:
    write_export(store, "neo4j", tmp_path / "folder")
    write_export(store, "neo4j", tmp_path / "both.zip")
    texts = {path.name: path.read_bytes().decode() for path in sorted((tmp_path / "folder").iterdir())}
    with zipfile.ZipFile(tmp_path / "both.zip") as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == texts
    assert list(texts) == ["nodes.csv", "relationships.csv"]
    nodes, relationships = (imported(name, text) for name, text in texts.items())
    ids = [node["ID"] for node in nodes]
    assert len(ids) == len(set(ids)) == len(read_nodes(store))
    assert all(re.fullmatch(r"[A-Za-z]+", label) for node in nodes for label in node["LABEL"])
    told = {local_name(edge.claim): edge for edge in read_edges(store)}
    assert {each["claim"] for each in relationships} == told.keys()
    for each in relationships:
        edge = told[str(each["claim"])]
        assert {each["START_ID"], each["END_ID"]} <= set(ids)
        assert re.fullmatch(r"[A-Z_]+", str(each["TYPE"]))
        assert (each["quote"], each["confidence"]) == (edge.quote, edge.confidence)
        assert (
            each["fact"] == edge.is_fact == (not str(each["TYPE"]).startswith(("NEGATED", "PLANNED", "POSS", "HIST")))
        )


def test_neo4j_lists_part_where_they_should(hostile_store: EmbeddedStore, tmp_path: Path) -> None:
    write_export(hostile_store, "neo4j", tmp_path)
    (claim,) = imported("relationships.csv", (tmp_path / "relationships.csv").read_bytes().decode())
    assert (claim["product"], claim["via"]) == (["+1", "<b>"], ['a, "b"'])


def test_neo4j_knows_the_other_names(small_store: EmbeddedStore, tmp_path: Path) -> None:
    write_export(small_store, "neo4j", tmp_path)
    nodes = {node["ID"]: node for node in imported("nodes.csv", (tmp_path / "nodes.csv").read_text("utf-8"))}
    amkor = nodes["entity/amkor"]
    assert (amkor["name"], amkor["aliases"], amkor["LABEL"]) == (
        "Amkor Technology",
        ["Amkor"],
        ["Organisation", "OSAT"],
    )
    assert nodes["technology/cowos-l"]["LABEL"] == ["PackagingTechnology"]
