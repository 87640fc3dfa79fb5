"""The SPARQL 1.1 Protocol, over HTTP."""

import csv
import io
import json

import httpx
import pyoxigraph as ox
import pytest
from served import AMKOR, Server

CUSTOMERS = "SELECT DISTINCT ?c { ?c sp:outsourcesTo entity:amkor } ORDER BY ?c"
CONSTRUCT = "CONSTRUCT { ?c sp:outsourcesTo entity:amkor } WHERE { ?c sp:outsourcesTo entity:amkor }"
ROW_FORMS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
FORM = "application/x-www-form-urlencoded"


def customers(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["c"]["value"].rpartition("/")[2] for row in answer.json()["results"]["bindings"]]


def post(server: Server, body: str | bytes, media: str, path: str = "/sparql", **headers: str) -> httpx.Response:
    given = {"Accept": "application/json", **headers, **({"Content-Type": media} if media else {})}
    return server.client.post(server.url + path, content=body, headers=given)


def test_a_query_comes_in_three_ways(server: Server) -> None:
    expected = ["nvidia", "samsung", "tsmc"]
    assert customers(server.ask(CUSTOMERS)) == expected
    assert customers(server.client.post(server.url + "/sparql", data={"query": CUSTOMERS})) == expected
    assert customers(post(server, CUSTOMERS, "application/sparql-query")) == expected
    assert customers(post(server, CUSTOMERS, "application/sparql-query; charset=UTF-8")) == expected


@pytest.mark.parametrize("media", ROW_FORMS)
def test_rows_come_in_each_form(server: Server, media: str) -> None:
    answer = server.ask(CUSTOMERS, media)
    assert answer.headers["content-type"].partition(";")[0] == media
    assert "Accept" in answer.headers["vary"]
    found = ox.parse_query_results(answer.content, ROW_FORMS[media])
    assert [row["c"].value.rpartition("/")[2] for row in found] == ["nvidia", "samsung", "tsmc"]
    verdict = server.ask("ASK { entity:tsmc sp:outsourcesTo entity:amkor }", media)
    assert bool(ox.parse_query_results(verdict.content, ROW_FORMS[media])) is True


def test_rows_come_as_csv(server: Server) -> None:
    answer = server.ask(CUSTOMERS, "text/csv")
    assert [row[0].rpartition("/")[2] for row in csv.reader(io.StringIO(answer.text))] == [
        "c",
        "nvidia",
        "samsung",
        "tsmc",
    ]
    assert server.ask("ASK {}", "text/csv").text.strip() == "true"


@pytest.mark.parametrize("media", GRAPH_FORMS)
def test_triples_come_in_each_form(server: Server, media: str) -> None:
    answer = server.ask(CONSTRUCT, media)
    assert answer.headers["content-type"].partition(";")[0] == media
    found = {(quad.subject.value, quad.object.value) for quad in ox.parse(answer.content, GRAPH_FORMS[media])}
    assert len(found) == 3
    assert {object_ for _, object_ in found} == {AMKOR}


def test_a_format_may_stand_in_the_address(server: Server) -> None:
    assert server.ask(CUSTOMERS, "text/html", format="csv").headers["content-type"].startswith("text/csv")


def test_what_cannot_be_had_is_told(server: Server) -> None:
    rows, graph = server.ask(CUSTOMERS, "image/png"), server.ask(CONSTRUCT, "image/png")
    assert (rows.status_code, graph.status_code) == (406, 406)
    assert "text/csv" in rows.text
    assert "text/turtle" in graph.text


def test_graphs_are_chosen_by_the_request(server: Server) -> None:
    rows = server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?c sp:outsourcesTo entity:amkor } }").json()
    first, *others = [row["g"]["value"] for row in rows["results"]["bindings"]]
    assert others
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a sp:Claim }"

    def number(**given: object) -> int:
        answer = server.client.get(server.url + "/sparql", params={"query": count, **given})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    assert number(**{"default-graph-uri": first}) < number(**{"default-graph-uri": [first, *others]}) < number() + 1
    assert number(**{"named-graph-uri": first}) == 0
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    answer = server.ask(named, **{"named-graph-uri": first}).json()
    assert [row["g"]["value"] for row in answer["results"]["bindings"]] == [first]
    assert server.ask(f"SELECT ?g FROM <{first}> {{ GRAPH ?g {{ ?s ?p ?o }} }}").json()["results"]["bindings"] == []
    by_post = post(server, count, "application/sparql-query", f"/sparql?named-graph-uri={first}")
    assert by_post.json()["results"]["bindings"][0]["n"]["value"] == "0"


BAD = (
    ("GET", "/sparql?query=SELECT", None, "", 400),
    ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, "", 400),
    ("GET", "/sparql?default-graph-uri=urn:a", None, "", 400),
    ("GET", "/sparql?query=%FF", None, "", 400),
    ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=no%20iri", None, "", 400),
    ("GET", "/sparql?update=CLEAR%20ALL", None, "", 400),
    ("POST", "/sparql", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
    ("POST", "/sparql", b"", FORM, 400),
    ("POST", "/sparql", b"ASK {}", "", 415),
    ("POST", "/sparql", b"ASK {}", "text/plain", 415),
    ("POST", "/sparql", b"query=ASK%20%7B%7D", "multipart/form-data; boundary=x", 415),
    ("POST", "/sparql", "ASK {}".encode("utf-16"), "application/sparql-query", 400),
    ("POST", "/sparql", b"ASK {}", "application/sparql-query; charset=latin-1", 415),
    ("POST", "/sparql", b"ASK { nonsense }", "application/sparql-query", 400),
    ("POST", "/sparql", b"SELECT * { SERVICE <http://localhost/> {} }", "application/sparql-query", 403),
    ("POST", "/sparql", b"SELECT * { SERVICE <http://localhost/> { ?s ?p } }", "application/sparql-query", 400),
    ("POST", "/sparql", b"SELECT (<urn:f>(1) AS ?a) {}", "application/sparql-query", 422),
    ("POST", "/sparql", b"CLEAR ALL", "application/sparql-query", 400),
    ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update", 403),
    ("POST", "/sparql", b"update=CLEAR+ALL", FORM, 403),
    ("PUT", "/sparql", b"ASK {}", "application/sparql-query", 405),
)


def test_relative_names_are_resolved_against_the_address(server: Server) -> None:
    query = "SELECT (STR(<thing>) AS ?a) (STR(<#part>) AS ?b) {}"
    for answer in (server.ask(query), post(server, query, "application/sparql-query", "/sparql?format=json")):
        (row,) = answer.json()["results"]["bindings"]
        assert row["a"]["value"] == f"{server.url}/thing"
        assert row["b"]["value"] == f"{server.url}/sparql#part"
    own = server.ask("BASE <http://x/> SELECT (STR(<thing>) AS ?a) {}").json()["results"]["bindings"]
    assert own[0]["a"]["value"] == "http://x/thing"


@pytest.mark.parametrize(("method", "path", "body", "media", "status"), BAD)
def test_a_wrong_request_gets_its_status_and_a_sentence(
    server: Server, method: str, path: str, body: bytes | None, media: str, status: int
) -> None:
    headers = {"Content-Type": media} if media else {}
    answer = server.client.request(method, server.url + path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.strip()
    assert "Traceback" not in answer.text


def test_an_error_of_syntax_tells_its_place(server: Server) -> None:
    assert "line 1, column" in server.ask("SELECT ?x { ?x sp:outsourcesTo }").text


def test_without_a_query_the_service_describes_itself(server: Server) -> None:
    answer = server.get("/sparql", "text/turtle")
    text = {
        (q.predicate.value.rpartition("#")[2], q.object.value) for q in ox.parse(answer.content, ox.RdfFormat.TURTLE)
    }
    assert ("endpoint", f"{server.url}/sparql") in text
    assert any(name == "supportedLanguage" for name, _ in text)
    page = server.get("/sparql", "text/html")
    assert "<form" in page.text
    assert server.get("/sparql", "application/ld+json").json()


def test_an_answer_that_still_holds_is_not_sent_again(server: Server) -> None:
    first = server.ask(CUSTOMERS)
    tag = first.headers["etag"]
    headers = {"Accept": "application/sparql-results+json", "If-None-Match": f'"other", {tag}'}
    again = server.client.get(server.url + "/sparql", params={"query": CUSTOMERS}, headers=headers)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert server.ask(CUSTOMERS, "text/csv").headers["etag"] != tag
    assert server.ask(CUSTOMERS + " LIMIT 1").headers["etag"] != tag
    assert "etag" not in server.ask("SELECT (NOW() AS ?now) {}").headers


def test_head_and_options(server: Server) -> None:
    whole = server.ask(CUSTOMERS)
    head = server.client.head(
        server.url + "/sparql", params={"query": CUSTOMERS}, headers={"Accept": "application/sparql-results+json"}
    )
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "etag", "vary"):
        assert head.headers[name] == whole.headers[name]
    options = server.client.options(server.url + "/sparql")
    assert options.status_code == 204
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(options.headers["allow"].split(", "))
    assert server.client.options(server.url + "/nothing").status_code == 404


def test_pages_of_other_origins_may_ask(server: Server) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    before = server.client.options(
        server.url + "/sparql", headers={**asked, "Access-Control-Request-Headers": "content-type"}
    )
    assert before.headers["access-control-allow-origin"] == "*"
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    for answer in (server.ask(CUSTOMERS), server.ask("nonsense"), server.get("/api/v1/nothing")):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


def test_answers_are_packed_for_those_who_take_it(server: Server) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 200"
    packed = server.client.get(server.url + "/sparql", params={"query": query}, headers={"Accept-Encoding": "gzip"})
    plain = server.client.get(server.url + "/sparql", params={"query": query}, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert json.loads(packed.text).keys() == json.loads(plain.text).keys()
    assert "Accept-Encoding" in packed.headers["vary"]


def test_graphs_are_listed_and_read(server: Server) -> None:
    listed = server.get("/graphs", "application/n-triples")
    names = [
        q.object.value for q in ox.parse(listed.content, ox.RdfFormat.N_TRIPLES) if "namedGraph" in str(q.predicate)
    ]
    assert "https://w3id.org/semipack/graph/entities" in names
    assert len([name for name in names if "/document/" in name]) == 4
    one = server.get("/graphs", "text/turtle", graph=names[0])
    assert list(ox.parse(one.content, ox.RdfFormat.TURTLE))
    whole = server.get("/graphs", "application/n-triples", graph="default")
    lines = whole.text.splitlines()
    assert len(lines) == len(set(lines)) > len(one.text.splitlines())
    assert server.client.get(server.url + "/graphs?default").status_code == 200
    assert server.get("/graphs", graph="urn:nothing").status_code == 404
    assert server.get("/graphs", graph="no iri").status_code == 400
    assert server.client.put(server.url + "/graphs?default", content=b"").status_code == 405
