"""Linked data: every name of the graph has an address here, for browsers and for programs."""

import pyoxigraph as ox
import pytest
from served import AMKOR, EVIL, EVIL_KEY, Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ids(server: Server, query: str) -> list[str]:
    rows = server.ask(query).json()["results"]["bindings"]
    return [row["x"]["value"].removeprefix("https://w3id.org/semipack") for row in rows]


def things(server: Server) -> list[str]:
    kinds = ("Claim", "Observation", "Document", "Statement", "Conflict")
    found = ["/entity/amkor", "/technology/cowos", "/place/incheon", "/ontology", "/graph/entities"]
    for kind in kinds:
        found += ids(server, f"SELECT ?x {{ ?x a sp:{kind} }} ORDER BY ?x LIMIT 2")
    return found


def test_everything_has_a_page_and_is_rdf(server: Server) -> None:
    for path in things(server):
        page = server.get(path, BROWSER)
        assert page.status_code == 200, path
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "Accept" in page.headers["vary"]
        for shown in (f"https://w3id.org/semipack{path}", f'href="{path}?format=ttl"'):
            assert shown in page.text, path
        data = server.get(path, "text/turtle")
        assert data.status_code == 200
        names = {quad.subject.value for quad in ox.parse(data.content, ox.RdfFormat.TURTLE)}
        assert path.startswith(("/graph", "/ontology")) or f"https://w3id.org/semipack{path}" in names


@pytest.mark.parametrize("name", ["ttl", "nt", "xml", "json", "trig", "nq"])
def test_every_form_has_a_link(server: Server, name: str) -> None:
    answer = server.get("/entity/amkor", BROWSER, format=name)
    assert answer.status_code == 200
    assert AMKOR in answer.text or "entity:amkor" in answer.text


def test_a_document_keeps_its_graph_where_the_form_can(server: Server) -> None:
    path = ids(server, "SELECT ?x { ?x a sp:Document } LIMIT 1")[0]
    quads = list(ox.parse(server.get(path, "application/n-quads").content, ox.RdfFormat.N_QUADS))
    assert {quad.graph_name.value for quad in quads} == {f"https://w3id.org/semipack{path}"}


def test_what_is_not_there_is_told_in_the_readers_form(server: Server) -> None:
    for path in ("/entity/nobody", "/claim/0", "/document/0", "/observation/0", "/place/nowhere", "/nothing"):
        page, text = server.get(path, BROWSER), server.get(path, "text/turtle")
        assert (page.status_code, text.status_code) == (404, 404)
        assert page.headers["content-type"].startswith("text/html")
        assert text.headers["content-type"].startswith("text/plain")
    assert server.get("/entity/amkor", "image/png").status_code == 406


def test_hostile_names_are_only_text(server: Server) -> None:
    claim = ids(server, f"SELECT ?x {{ ?x sp:statement/rdf:subject entity:{EVIL_KEY} }}")[0]
    document = ids(server, f"SELECT ?x {{ <https://w3id.org/semipack{claim}> prov:wasDerivedFrom ?x }}")[0]
    pages = [f"/entity/{EVIL_KEY}", "/entity/amkor", claim, document, "/?q=img", f"/?q={EVIL}", f"/entity/{EVIL}"]
    for path in pages:
        page = server.client.get(server.url + path, headers={"Accept": BROWSER})
        assert page.status_code in {200, 404}, path
        assert "<img" not in page.text, path
        assert "&lt;img src=x" in page.text, path
        assert 'href="javascript:' not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
    assert EVIL in server.get(f"/api/v1/entities/organisation/{EVIL_KEY}").json()["label"]


def test_pages_fetch_nothing_from_elsewhere(server: Server) -> None:
    for path in ("/", "/api", "/sparql", *things(server)):
        page = server.get(path, BROWSER).text
        assert "<script" not in page
        assert "src=" not in page.replace("src=x", "")
        assert "url(" not in page
        assert '<link rel="stylesheet"' not in page


def test_the_first_page_searches(server: Server) -> None:
    assert 'href="/entity/amkor"' in server.get("/", BROWSER, q="amk").text
    assert "Nothing has such a name" in server.get("/", BROWSER, q="qqqqqq").text


def test_the_ontology_has_a_place_for_each_term(server: Server) -> None:
    page = server.get("/ontology", BROWSER).text
    for term in ("outsourcesTo", "OSAT", "capex", "negated", "confidence"):
        assert f'id="{term}"' in page, term
