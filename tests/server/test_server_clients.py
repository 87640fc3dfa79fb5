"""Clients that others wrote, unchanged, and the README's examples."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from served import AMKOR, Server
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = "SELECT DISTINCT ?c { ?c sp:outsourcesTo entity:amkor } ORDER BY ?c"
OUTSOURCES = URIRef("https://w3id.org/semipack/ontology#outsourcesTo")
# SPARQLWrapper uses what rdflib is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
EXAMPLES = re.findall(r"^curl (?:.*\\\n)*.*", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_every_way(server: Server, method: str, way: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setQuery(CUSTOMERS)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["c"]["value"].rpartition("/")[2] for row in rows] == ["nvidia", "samsung", "tsmc"]


@pytest.mark.parametrize("form", [XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(server: Server, form: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery(CUSTOMERS)
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    text = found.toxml() if form == XML else found.decode()
    assert "entity/tsmc" in text


@pytest.mark.parametrize("form", [RDFXML, TURTLE, JSONLD, N3])
def test_sparqlwrapper_reads_graphs(server: Server, form: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery("CONSTRUCT { ?c sp:outsourcesTo ?p } WHERE { ?c sp:outsourcesTo ?p }")
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert (None, OUTSOURCES, URIRef(AMKOR)) in graph


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_graph_as_its_own(server: Server, method: str) -> None:
    store = SPARQLStore(f"{server.url}/sparql", method=method, returnFormat="json")
    graph = Graph(store)
    assert len(set(graph.subjects(OUTSOURCES, URIRef(AMKOR)))) == 3
    assert (
        graph.value(URIRef(AMKOR), URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")).value == "Amkor Technology"
    )
    rows = graph.query("SELECT DISTINCT ?c { ?c <" + OUTSOURCES + "> <" + AMKOR + "> }")
    assert len(list(rows)) == 3


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_examples_of_the_readme_run(server: Server, example: str, tmp_path: Path) -> None:
    command = example.replace("http://127.0.0.1:8000", server.url).replace("curl ", "curl -sS --fail-with-body ", 1)
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert any(name in done.stdout.casefold() for name in ("amkor", "tsmc"))


def test_the_readme_has_examples() -> None:
    assert len(EXAMPLES) >= 4
