"""CSV, GraphML, claims, and the table of exporters."""

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from small_graph import small_world

from kg.claims import read_lines
from kg.errors import ExportError
from kg.export import EXPORTERS, atomic, exporter, write_export
from kg.export.tables import CLAIM_COLUMNS
from kg.model import Claim
from kg.query import to_networkx
from kg.store import EmbeddedStore


def rows_of(store: EmbeddedStore, name: str) -> list[dict[str, str]]:
    out = io.BytesIO()
    EXPORTERS[name].write(store, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))


def test_claims_as_rows(small_store: EmbeddedStore) -> None:
    rows = rows_of(small_store, "csv")
    assert len(rows) == 23
    assert tuple(rows[0]) == CLAIM_COLUMNS
    (row,) = (row for row in rows if row["product"])
    assert row["subject"], row["object"] == ("TSMC", "Amkor Technology")
    assert (row["subject_key"], row["object_key"], row["technology"]) == ("tsmc", "amkor", "CoWoS")
    assert (row["confidence"], row["date"], row["via"]) == ("0.9", "2026-02-10", "")


def test_figures_as_rows(small_store: EmbeddedStore) -> None:
    rows = rows_of(small_store, "figures")
    assert [(row["organisation"], row["metric"], row["value"]) for row in rows][:2] == [
        ("Amkor Technology", "capex", "7000000000"),
        ("Amkor Technology", "capex", "8500000000"),
    ]


def test_no_cell_is_a_formula(hostile_store: EmbeddedStore) -> None:
    (row,) = rows_of(hostile_store, "csv")
    assert row["subject"] == "'=HYPERLINK(1)"
    assert row["quote"] == '\'@cmd, "a"\r\n\x00\x1b\u2028</node>'
    assert row["product"] == "'+1; <b>"


@pytest.mark.parametrize("which", ["small", "hostile"])
def test_graphml_reads_back(small_store: EmbeddedStore, hostile_store: EmbeddedStore, which: str) -> None:
    store = small_store if which == "small" else hostile_store
    out = io.BytesIO()
    EXPORTERS["graphml"].write(store, out)
    again = nx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)
    graph = to_networkx(store)
    assert set(again.nodes) == set(graph.nodes)
    assert {(a, b, key) for a, b, key in again.edges(keys=True)} == {
        (a, b, key) for a, b, key in graph.edges(keys=True)
    }
    for a, b, key, data in graph.edges(keys=True, data=True):
        found = again.get_edge_data(a, b, key)
        assert (found["relation"], found["confidence"], found["fact"]) == (
            data["relation"],
            data["confidence"],
            data["fact"],
        )
    second = io.BytesIO()
    EXPORTERS["graphml"].write(store, second)
    assert second.getvalue() == out.getvalue()


def test_claims_come_back_out_of_the_graph(small_store: EmbeddedStore) -> None:
    out = io.BytesIO()
    EXPORTERS["claims"].write(small_store, out)
    lines = out.getvalue().decode().splitlines()
    world = small_world()
    found = {item.id: item for item in read_lines(lines)}
    assert set(found) == {item.id for item in (*world.claims, *world.observations, *world.remarks)}
    for item in world.claims:
        again = found[item.id]
        assert isinstance(again, Claim)
        assert (again.subject.surface, again.object.name) == (item.subject.surface, item.object.name)
        assert (again.quotes, again.qualifiers, again.modality) == (item.quotes, item.qualifiers, item.modality)
    assert {item.id for item in found.values() if getattr(item, "earlier", False)} == {
        item.id for item in world.observations if item.earlier
    }
    records = [json.loads(line) for line in lines]
    assert [record["doc"] for record in records] == sorted(record["doc"] for record in records)
    assert {"NVDA"} in [set(record["subject_aliases"]) for record in records]


def test_an_unknown_export_is_told_with_the_known() -> None:
    with pytest.raises(
        ExportError, match="use one of turtle, trig, nquads, jsonld, graphml, gexf, neo4j, csv, figures, remarks"
    ):
        exporter("pdf")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    with atomic(path) as out:
        out.write(b"one")
    with pytest.raises(RuntimeError), atomic(path) as out:
        out.write(b"two")
        raise RuntimeError
    assert path.read_bytes() == b"one"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_told(small_store: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="cannot be written"):
        write_export(small_store, "csv", tmp_path / "file" / "below")
    with pytest.raises(ExportError, match="cannot be written"):
        write_export(small_store, "csv", tmp_path)


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_exporter_is_described(name: str) -> None:
    made = exporter(name)
    assert made.suffix.startswith(".")
    assert "/" in made.media_type
    assert made.about
