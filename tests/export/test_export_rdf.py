"""RDF exports: the same bytes every time, the same triples for every parser."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, Literal, URIRef
from rdflib.compare import isomorphic
from small_graph import fill

from kg.export import EXPORTERS
from kg.graph import Quad
from kg.store import EmbeddedStore
from kg.terms import CLAIM, DERIVED_GRAPH, ENTITY, ONTOLOGY_GRAPH, SP

# The parsers of rdflib warn of their own inner classes.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

RDF_FORMS = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}
GRAPH = URIRef("https://example.org/g")


def exported(store: EmbeddedStore, name: str) -> bytes:
    out = io.BytesIO()
    EXPORTERS[name].write(store, out)
    return out.getvalue()


def without_ontology(store: EmbeddedStore) -> set[ox.Quad]:
    return {quad for quad in store.quads() if quad.graph_name != ox.NamedNode(str(ONTOLOGY_GRAPH))}


def stated(store: EmbeddedStore) -> set[ox.Quad]:
    """What files without graphs hold: not what follows from the facts."""
    derived = ox.NamedNode(str(DERIVED_GRAPH))
    return {quad for quad in without_ontology(store) if quad.graph_name != derived}


@pytest.mark.parametrize("name", RDF_FORMS)
def test_the_same_graph_gives_the_same_bytes(small_store: EmbeddedStore, tmp_path: Path, name: str) -> None:
    again = fill(EmbeddedStore(tmp_path))
    assert exported(small_store, name) == exported(again, name)


@pytest.mark.parametrize("name", RDF_FORMS)
def test_loading_an_export_gives_the_export_again(small_store: EmbeddedStore, name: str) -> None:
    data = exported(small_store, name)
    again = EmbeddedStore()
    again.load(io.BytesIO(data), RDF_FORMS[name][0])
    assert exported(again, name) == data


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_named_graphs_survive(small_store: EmbeddedStore, name: str) -> None:
    again = EmbeddedStore()
    again.load(io.BytesIO(exported(small_store, name)), RDF_FORMS[name][0])
    assert set(again.quads()) == without_ontology(small_store)


@pytest.mark.parametrize("name", ["turtle", "jsonld"])
def test_rdflib_reads_the_same_triples(small_store: EmbeddedStore, name: str) -> None:
    expected = rdflib.Graph()
    for quad in stated(small_store):
        expected.parse(data=f"{quad.triple} .", format="nt")
    assert isomorphic(rdflib.Graph().parse(data=exported(small_store, name), format=RDF_FORMS[name][1]), expected)


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_rdflib_reads_the_same_quads(small_store: EmbeddedStore, name: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=exported(small_store, name), format=RDF_FORMS[name][1])
    assert len(list(dataset.quads())) == len(without_ontology(small_store))


@pytest.mark.parametrize(
    ("program", "name", "form"),
    [
        ("rapper", "turtle", "turtle"),
        ("rapper", "trig", "trig"),
        ("serdi", "turtle", "turtle"),
        ("serdi", "trig", "trig"),
        ("serdi", "nquads", "nquads"),
    ],
)
def test_independent_programs_read_it(
    small_store: EmbeddedStore, tmp_path: Path, program: str, name: str, form: str
) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    path = tmp_path / "export"
    path.write_bytes(exported(small_store, name))
    command = [program, "-q", "-i", form, path] if program == "rapper" else [program, "-i", form, "-o", "nquads", path]
    result = subprocess.run(command, capture_output=True, check=True)
    expected = stated(small_store) if name in {"turtle", "jsonld"} else without_ontology(small_store)
    statements = {quad.triple for quad in expected} if name == "turtle" else expected
    found = {line for line in result.stdout.splitlines() if line}
    # rapper writes triples whatever it reads.
    assert len(found) == len({quad.triple for quad in expected} if program == "rapper" else statements)


def test_turtle_reads_well(small_store: EmbeddedStore) -> None:
    text = exported(small_store, "turtle").decode()
    assert text.startswith("@prefix sp: <https://w3id.org/semipack/ontology#> .\n")
    assert "entity:besi a sp:Organisation, sp:ToolMaker ;\n" in text
    assert "    sp:suppliesToolTo entity:amkor, entity:tsmc .\n" in text
    assert "    sp:confidence 0.9 ;\n" in text
    assert (
        text.index("entity:amd a")
        < text.index(" a sp:Document")
        < text.index(" a sp:Claim")
        < text.index("a sp:Conflict")
    )


def test_the_ontology_is_left_out(small_store: EmbeddedStore) -> None:
    for name in RDF_FORMS:
        assert b"SymmetricProperty" not in exported(small_store, name)


def test_jsonld_is_one_object_with_sorted_nodes(small_store: EmbeddedStore) -> None:
    document = json.loads(exported(small_store, "jsonld"))
    names = [node["@id"] for node in document["@graph"]]
    assert names == sorted(names)
    besi = next(node for node in document["@graph"] if node["@id"] == "entity:besi")
    assert besi["@type"] == ["sp:Organisation", "sp:ToolMaker"]
    assert besi["skos:prefLabel"] == ["BESI"]


# Everything that UTF-8 can hold; the store takes no other text.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
LITERALS = st.one_of(
    TEXTS.map(lambda text: Literal(text)),
    TEXTS.map(lambda text: Literal(text, lang="zh-tw")),
    st.integers(-(10**9), 10**9).map(lambda number: Literal(str(number), datatype=XSD.integer)),
    st.sampled_from(["0.9", "1", "-0.25", "8500000000"]).map(lambda text: Literal(text, datatype=XSD.decimal)),
    st.booleans().map(lambda value: Literal(str(value).lower(), datatype=XSD.boolean)),
)
NAMES = st.from_regex(r"[ab0_.~:/?&()',;=@!$*+-]{0,10}(#[ab0_./-]{0,3})?", fullmatch=True).map(
    lambda text: URIRef(CLAIM + text)
)
QUADS = st.lists(
    st.tuples(NAMES, st.sampled_from([RDF.type, SP.exact, SP["a.b"], ENTITY[""]]), st.one_of(NAMES, LITERALS))
).map(lambda triples: [(*triple, GRAPH) for triple in triples])


@settings(max_examples=150, deadline=None)
@given(QUADS)
def test_any_text_and_name_survives(quads: list[Quad]) -> None:
    # A class is always an IRI; JSON-LD's @type could hold nothing else.
    quads = [quad for quad in quads if quad[1] != RDF.type or isinstance(quad[2], URIRef)]
    store = EmbeddedStore()
    store.add(quads)
    for name, (form, _) in RDF_FORMS.items():
        again = EmbeddedStore()
        again.load(io.BytesIO(exported(store, name)), form)
        assert {quad.triple for quad in again.quads()} == {quad.triple for quad in store.quads()}
