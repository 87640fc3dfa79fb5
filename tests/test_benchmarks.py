"""The measuring programs run, on small sizes, and what they make up has the shape of the real thing."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store import EmbeddedStore, OpenStore, Store, StoreBuilder, open_store, select

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
TRIPLES = 20_000
CLASSES = ("sp:Document", "sp:Claim", "sp:Statement", "sp:Observation", "oa:SpecificResource", "sp:Conflict")
SELECTORS = ("oa:TextQuoteSelector", "oa:TextPositionSelector")


# Some documents have them, others do not.
_WHERE_KNOWN = {"http://purl.org/dc/terms/publisher", "http://purl.org/dc/terms/source"}


def run(program: str, *arguments: str | Path) -> str:
    """What a program prints."""
    command = [sys.executable, str(BENCHMARKS / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("benchmarks") / "graph.nq"
    told = run("graph.py", path, "--triples", str(TRIPLES))
    count = int(re.search(r"triples=(\d+)", told).group(1))
    assert TRIPLES * 0.8 < count < TRIPLES * 1.5
    assert len(path.read_text("utf-8").splitlines()) == count
    return path


@pytest.fixture(scope="module")
def made_up(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenStore:
    folder = tmp_path_factory.mktemp("made-up") / "store"
    with StoreBuilder(folder) as builder, graph.open("rb") as file:
        builder.store.load(file)
    return open_store(folder)


def properties(store: Store, kind: str) -> tuple[set[str], set[str]]:
    """The properties that things of a class may have, and those that each has."""
    rows = select(
        store,
        f"SELECT ?p (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a {kind} ; ?p ?o }} }} GROUP BY ?p ORDER BY DESC(?n)",
    )
    return {row["p"] for row in rows}, {row["p"] for row in rows if row["n"] == rows[0]["n"]}


@pytest.mark.parametrize("kind", [*CLASSES, *SELECTORS])
def test_a_graph_that_is_made_up_has_the_real_shape(made_up: OpenStore, small_store: EmbeddedStore, kind: str) -> None:
    may, must = properties(small_store, kind)
    found, _ = properties(made_up, kind)
    assert must - _WHERE_KNOWN <= found
    assert found <= may | _WHERE_KNOWN


def test_a_graph_that_is_made_up_is_the_same_each_time(graph: Path, tmp_path: Path) -> None:
    run("graph.py", tmp_path / "again.nq", "--triples", str(TRIPLES))
    assert (tmp_path / "again.nq").read_bytes() == graph.read_bytes()


def test_a_few_organisations_are_in_much(made_up: OpenStore) -> None:
    rows = select(
        made_up, "SELECT ?e (COUNT(*) AS ?n) { GRAPH ?g { ?s rdf:subject ?e } } GROUP BY ?e ORDER BY DESC(?n)"
    )
    counts = [int(row["n"]) for row in rows]
    assert counts[0] > 5 * counts[len(counts) // 2]


def test_the_store_is_measured(graph: Path) -> None:
    told = run("store.py", "--graph", graph, "--rounds", "1", "--no-validate")
    assert "of bulk_load's speed" in told
    assert len(re.findall(r"^\| .+ \| \d+ \| [\d.]+ \|", told, re.MULTILINE)) >= 10
    assert "rdflib ÷ kg:" in told


def test_the_service_is_put_under_load(graph: Path) -> None:
    told = run("load.py", "--graph", graph, "--clients", "4", "--seconds", "2", "--timeout", "1.5", "--runaways", "3")
    assert re.search(r"4 clients for 2 s: [\d,]+ × 200; p50", told)
    assert "3 runaway queries" in told
    assert "came" not in told


def test_the_answers_are_timed(made_up: OpenStore) -> None:
    told = run("answers.py", "--store", str(made_up.path), "--rounds", "1")
    assert len(re.findall(r"^kg .+: [\d.]+ s \([\d.]+ s of the processor", told, re.MULTILINE)) == 13
    assert "betweenness from a sample of" in told


MANIFEST = """
@prefix : <#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
<> a mf:Manifest ; mf:entries ( :good :graphs :wrong :well-formed :ill-formed ) .
:good a mf:QueryEvaluationTest ; mf:result <good.srx> ; mf:action [ qt:query <good.rq> ; qt:data <a.ttl> ] .
:graphs a mf:QueryEvaluationTest ; mf:result <graphs.tsv> ;
  mf:action [ qt:query <graphs.rq> ; qt:data <a.ttl> ; qt:graphData <b.ttl> ] .
:wrong a mf:QueryEvaluationTest ; mf:result <graphs.tsv> ; mf:action [ qt:query <good.rq> ; qt:data <a.ttl> ] .
:well-formed a mf:PositiveSyntaxTest11 ; mf:action <good.rq> .
:ill-formed a mf:NegativeSyntaxTest11 ; mf:action <bad.rq> .
"""
PROTOCOL = """
@prefix : <#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix ht: <http://www.w3.org/2011/http#> .
@prefix hts: <http://www.w3.org/2011/http-statusCodes#> .
<> a mf:Manifest ; mf:entries ( :query_yes ) .
:query_yes a mf:ProtocolTest ; mf:action [ ht:requests ( [
  ht:methodName "GET" ; ht:absolutePath "/sparql/?query=ASK%20%7B%7D" ;
  ht:resp [ mf:expectedStatus hts:StatusCode2xx ; mf:expectedFormat "boolean" ; mf:expectedBoolean true ] ] ) ] .
"""
ROWS = """<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="o"/></head><results>
<result><binding name="o"><literal datatype="http://www.w3.org/2001/XMLSchema#double">1.0e0</literal></binding></result>
<result><binding name="o"><bnode>x</bnode></binding></result></results></sparql>"""


def test_conformance_is_measured(tmp_path: Path) -> None:
    files = {
        "manifest-all.ttl": "",
        "own/manifest.ttl": MANIFEST,
        "own/a.ttl": "<urn:a> <urn:p> 1e0, _:b .",
        "own/b.ttl": "<urn:b> <urn:p> 'b' .",
        "own/good.rq": "SELECT ?o { ?s <urn:p> ?o }",
        "own/good.srx": ROWS,
        "own/graphs.rq": "SELECT ?s { GRAPH <b.ttl> { ?s <urn:p> 'b' } }",
        "own/graphs.tsv": "?s\n<urn:b>\n",
        "own/bad.rq": "SELECT { nonsense }",
        "protocol/manifest.ttl": PROTOCOL,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    told = run("conformance.py", tmp_path)
    assert "| evaluation | 2 of 3 | 2 of 3 |" in told
    assert "| protocol, query | 1 of 1 |" in told
    assert "| syntax | 2 of 2 | 2 of 2 |" in told
    assert "own/wrong: another answer" in told
