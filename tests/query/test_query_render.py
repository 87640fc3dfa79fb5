"""Answers as text."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
import rdflib
from rdflib import Literal, URIRef

from kg.errors import QueryError
from kg.query import FORMATS, align, labels_of, render, shorten, visible
from kg.store import EmbeddedStore
from kg.terms import ENTITY, SP

FACTS = "SELECT DISTINCT ?a ?b ?nothing WHERE { ?a sp:suppliesToolTo ?b } ORDER BY ?a ?b"
GRAPH = "CONSTRUCT { ?a sp:suppliesToolTo ?b } WHERE { ?a sp:suppliesToolTo ?b }"


def rendered(store: EmbeddedStore, query: str, format_: str) -> str:
    return render(store.query(query), format_, store).decode()


def test_a_table_shows_labels_and_counts(small_store: EmbeddedStore) -> None:
    assert rendered(small_store, FACTS, "table") == (
        "a      b                 nothing\n"
        "─────  ────────────────  ───────\n"
        "ASMPT  TSMC\n"
        "BESI   Amkor Technology\n"
        "BESI   TSMC\n"
        "(3 rows)\n"
    )


def test_an_empty_table_says_so(small_store: EmbeddedStore) -> None:
    assert rendered(small_store, "SELECT ?x WHERE { ?x sp:none ?y }", "table") == "x\n─\n(0 rows)\n"


def test_verdicts_are_words(small_store: EmbeddedStore) -> None:
    assert rendered(small_store, "ASK { entity:tsmc a sp:Foundry }", "table") == "yes\n"
    assert rendered(small_store, "ASK { entity:tsmc a sp:OSAT }", "csv") == "false\n"
    assert json.loads(rendered(small_store, "ASK { entity:tsmc a sp:OSAT }", "json"))["boolean"] is False


def test_rows_in_the_standard_forms(small_store: EmbeddedStore) -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(small_store, FACTS, "csv"))))
    assert [row["b"] for row in rows] == [str(ENTITY.tsmc), str(ENTITY.amkor), str(ENTITY.tsmc)]
    bindings = json.loads(rendered(small_store, FACTS, "json"))["results"]["bindings"]
    assert bindings[0]["a"] == {"type": "uri", "value": str(ENTITY.asmpt)}
    results = ET.fromstring(rendered(small_store, FACTS, "xml"))
    assert len(results.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 3
    assert rendered(small_store, FACTS, "tsv").splitlines()[1].startswith(f"<{ENTITY.asmpt}>\t")


def test_rows_with_names_for_spreadsheets(small_store: EmbeddedStore) -> None:
    query = 'SELECT ("a, \\"b\\"\\tc\\nd" AS ?text) ?b (sp:none AS ?term) ?nothing { BIND(entity:amkor AS ?b) }'
    comma = render(small_store.query(query), "csv", small_store, names=True).decode()
    assert comma == 'text,b,term,nothing\r\n"a, ""b"" c d",Amkor Technology,sp:none,\r\n'
    tab = render(small_store.query(query), "tsv", small_store, names=True).decode()
    assert tab.splitlines()[0] == "text\tb\tterm\tnothing"
    assert tab.splitlines()[1].split("\t")[1:] == ["Amkor Technology", "sp:none", ""]
    assert render(small_store.query("ASK { }"), "csv", small_store, names=True) == b"true\n"


# The parser of JSON-LD warns of itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("format_", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("json", "json-ld"), ("xml", "xml")])
def test_triples_in_the_standard_forms(small_store: EmbeddedStore, format_: str, parser: str) -> None:
    graph = rdflib.Graph().parse(data=rendered(small_store, GRAPH, format_), format=parser)
    assert set(graph) == {
        (ENTITY.asmpt, SP.suppliesToolTo, ENTITY.tsmc),
        (ENTITY.besi, SP.suppliesToolTo, ENTITY.tsmc),
        (ENTITY.besi, SP.suppliesToolTo, ENTITY.amkor),
    }


def test_triples_as_a_table(small_store: EmbeddedStore) -> None:
    assert "BESI     supplies tools to  TSMC" in rendered(small_store, GRAPH, "table")


@pytest.mark.parametrize(
    ("query", "format_", "told"),
    [
        (FACTS, "ttl", "use CONSTRUCT or DESCRIBE"),
        (GRAPH, "csv", "use --format ttl"),
        (FACTS, "yaml", "There is no format 'yaml'"),
        ("ASK { }", "nt", "use CONSTRUCT"),
    ],
)
def test_forms_that_do_not_fit_are_refused(small_store: EmbeddedStore, query: str, format_: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        rendered(small_store, query, format_)


def test_hostile_names_cannot_steer_a_terminal() -> None:
    node, graph = URIRef("https://example.org/n"), URIRef("https://example.org/g")
    store = EmbeddedStore()
    store.add([(node, rdflib.SKOS.prefLabel, Literal("red\x1b[31m\u202e\nline"), graph)])
    table = rendered(store, "SELECT ?x WHERE { ?x skos:prefLabel ?y }", "table")
    assert "red\ufffd[31m\ufffd line" in table
    assert visible("\x1b]0;x\x07") == "\ufffd]0;x\ufffd"


def test_wide_characters_keep_columns_straight() -> None:
    table = align(["name", "many"], [["日月光", "1"], ["ASE", "22"]], numeric=[False, True])
    assert table.splitlines()[2:4] == ["日月光     1", "ASE       22"]


def test_long_cells_are_cut_and_large_numbers_grouped(small_store: EmbeddedStore) -> None:
    assert len(align(["x"], [["y" * 500]]).splitlines()[2]) == 100
    table = rendered(small_store, "SELECT (2026 AS ?year) (8500000000 AS ?value) (-12345.5 AS ?z) {}", "table")
    assert table.splitlines()[2].split() == ["2026", "8,500,000,000", "-12,345.5"]


def test_labels_are_english_or_plain(small_store: EmbeddedStore) -> None:
    found = labels_of(small_store, [str(ENTITY.amkor), str(SP.capex), str(SP.nothing)])
    assert found == {str(ENTITY.amkor): "Amkor Technology", str(SP.capex): "capital expenditure"}


def test_iris_are_shortened() -> None:
    assert shorten(str(ENTITY.amkor)) == "entity:amkor"
    assert shorten("https://example.org/") == "https://example.org/"


def test_the_formats_are_told() -> None:
    assert FORMATS == ("table", "csv", "tsv", "json", "xml", "ttl", "nt")
