"""The pages for people, as any client gets them; a browser tries them in ``tests/viewer``."""

import html
import re

import pytest
from served import EVIL, EVIL_KEY, Server

from kg.query import catalogue
from kg.server.api import OPERATIONS
from kg.server.pages.answers import offered
from kg.server.pages.told import told

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TOOLS = ("/explore", "/documents", "/query", "/answers", "/api", "/about")


def read(server: Server, path: str, status: int = 200) -> str:
    answer = server.client.get(server.url + path, headers={"Accept": BROWSER})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def test_every_page_leads_to_all_others(server: Server) -> None:
    for path in ("/", *TOOLS[1:], "/entity/amkor", "/query?name=packages-for&entity=nvidia"):
        page = read(server, path)
        assert all(f'href="{tool}"' in page for tool in TOOLS), path


def test_the_explorer_comes_with_its_first_picture_and_may_ask_only_here(server: Server) -> None:
    assert server.picture().status_code == 200
    answer = server.client.get(server.url + "/explore", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self'" in policy and "'unsafe-inline'" not in policy and "frame-ancestors 'none'" in policy
    assert '"live":{"api":"/api/v1","base":"","later":["figures"]}' in answer.text
    assert "entity/amkor" in answer.text
    again = server.client.get(server.url + "/explore", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_documents_are_ordered_filtered_and_told(server: Server) -> None:
    names = re.compile(r'<td><a href="/document/\w+"><bdi>([^<]*)')
    assert names.findall(read(server, "/documents"))[0] == "About report.txt"
    assert names.findall(read(server, "/documents?order=name"))[-1] == "About report.txt"
    assert names.findall(read(server, "/documents?q=PROFILE")) == ["About profile.md"]
    assert "No document fits" in read(server, "/documents?q=qqqqqq")
    assert 'href="/entity/amkor"' in read(server, "/documents?q=profile")
    assert "1 to" not in read(server, "/documents?offset=nonsense")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_each_named_query_has_a_form_and_an_answer(server: Server, name: str) -> None:
    page = read(server, f"/query?name={name}")
    query = catalogue()[name]
    assert all(f'name="{each.name}"' in page for each in query.parameters)
    needs = [each.name for each in query.parameters if each.default is None]
    assert ("Answer" in re.findall(r'aria-label="([^"]*)"', page)) is (not needs)


def test_a_named_query_answers_with_links_downloads_and_its_sparql(server: Server) -> None:
    page = read(server, "/query?name=packages-for&entity=nvidia&since=&confidence=")
    assert '<a href="/entity/tsmc" title="https://w3id.org/semipack/entity/tsmc">TSMC</a>' in page
    assert "/explore#entity=entity%2F" in page
    for name, media in (("csv", "text/csv"), ("tsv", "text/tab-separated-values"), ("json", "sparql-results+json")):
        address = html.unescape(re.findall(rf'href="(/sparql\?[^"]*format={name})"', page)[0])
        assert media in server.client.get(server.url + address).headers["content-type"]
    assert "rdf:subject &lt;https://w3id.org/semipack/entity/nvidia&gt;" in page


def test_sparql_is_answered_as_a_table_a_word_or_a_graph(server: Server) -> None:
    def ask(query: str, status: int = 200) -> str:
        answer = server.get("/query", BROWSER, query=query)
        assert answer.status_code == status
        return answer.text

    assert ">TSMC</a>" in ask("SELECT ?c { ?c sp:outsourcesTo entity:amkor }")
    assert ">yes</td>" in ask("ASK { entity:tsmc sp:outsourcesTo entity:amkor }")
    graph = ask("CONSTRUCT { ?c sp:outsourcesTo entity:amkor } WHERE { ?c sp:outsourcesTo entity:amkor }")
    assert "format=ttl" in graph and "format=csv" not in graph
    assert "line 2" in ask("SELECT *\n{ nonsense }", 400)
    assert "the first; the files hold all" in ask("SELECT * { ?s ?p ?o }")
    assert 'role="alert"' in ask("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", 400)


def test_each_answer_has_a_page(server: Server) -> None:
    listed = read(server, "/answers")
    for each in offered():
        assert f'href="/answers/{each.operation.name}"' in listed
        given = {
            field.name: {"to": "nvidia", "second": "ase"}.get(field.name, "amkor")
            for field in each.operation.fields
            if field.required
        }
        answer = server.get(f"/answers/{each.operation.name}", BROWSER, **given)
        assert answer.status_code == 200, each.operation.name
        assert "The same as JSON" in answer.text
    assert "Nothing in the store" in read(server, "/answers/path?from=nobody&to=amkor", 404)
    assert read(server, "/answers/nonsense", 404)
    assert server.client.get(server.url + "/impact/entity/amkor").headers["location"] == "/answers/impact?what=amkor"


def test_an_answer_reads_as_sentences_with_quotes(server: Server) -> None:
    page = read(server, "/answers/path?from=besi&to=jcet")
    assert re.search(r"<bdi>BESI</bdi></a>\s+<bdi>supplies tools to</bdi>\s+<a[^>]*><bdi>Amkor Technology", page)
    assert "BESI affirmed asserted suppliesToolTo Amkor." in page
    assert re.search(r"<h2[^>]*>BESI → Amkor Technology", page)
    assert re.search(r"— [a-z]+\.(?:txt|md)[^<]*\(<a href=\"/claim/[0-9a-f]{16}\">", page)
    assert 'href="/claim/' in page


def test_what_is_told_of_a_value() -> None:
    amkor = {"iri": "https://w3id.org/semipack/entity/amkor", "label": "Amkor", "key": "amkor", "kind": "organisation"}
    block = told(
        {"about": amkor, "reads": "packages for", "for": {**amkor, "label": "NVIDIA"}, "share": 0.5, "none": []}
    )
    assert [each.text for each in block.line] == ["Amkor", "packages for", "NVIDIA", "0.5"]
    assert block.line[0].path == "/entity/amkor"
    quotes = told(
        {"evidence": [{"claim": "ab12", "quote": f"said {number}", "document": "a.txt"} for number in range(5)]}
    )
    assert [each.text for each in quotes.quotes + quotes.further] == [f"said {number}" for number in range(5)]
    assert len(quotes.further) == 3
    assert told([{"x": number} for number in range(60)]).left == 20
    assert told({"value": 8.5e9}).line[0].text == "8,500,000,000"


def test_the_page_about_the_words_tells_every_relation(server: Server) -> None:
    page = read(server, "/about")
    facets = server.get("/api/v1/facets").json()
    assert all(f'href="/ontology#{each["name"]}"' in page for each in (*facets["relations"], *facets["roles"]))
    assert "<svg" in page and "outsources to" in page and "The passage says that it does not hold." in page


def test_an_entity_shows_figures_disputes_and_what_is_new(server: Server) -> None:
    page = read(server, "/entity/amkor")
    assert "Sources disagree" in page
    assert "Latest first" in page
    assert '<svg class="bar"' in page
    assert 'href="/explore#entity=entity/amkor"' in page
    assert 'href="/brief/entity/amkor"' in page
    brief = server.client.get(server.url + "/brief/entity/besi")
    assert "BESI" in brief.text and "default-src 'none'" in brief.headers["content-security-policy"]


def test_hostile_texts_stay_texts_on_every_page(server: Server) -> None:
    paths = (
        f"/?q={EVIL}",
        f"/entity/{EVIL_KEY}",
        f"/documents?q={EVIL}",
        f"/query?name=packages-for&entity={EVIL}",
        f"/query?query={EVIL}",
        "/query?query=SELECT * { ?s skos:prefLabel ?l FILTER(CONTAINS(?l, 'onerror')) }",
        f"/answers/timeline?entity={EVIL_KEY}",
        f"/answers/path?from={EVIL}&to=amkor",
        f"/brief/entity/{EVIL_KEY}",
        "/explore",
    )
    assert server.picture().status_code == 200
    for path in paths:
        page = server.client.get(server.url + path, headers={"Accept": BROWSER})
        assert page.status_code in {200, 400, 404}, path
        assert "<img" not in page.text, path
        assert 'href="javascript:' not in page.text, path


def test_the_view_answers_in_the_rows_of_the_page(server: Server) -> None:
    first = server.picture().json()
    assert {row["id"] for row in first["entities"]} >= {"entity/amkor", "technology/cowos-l", "place/incheon"}
    assert len(first["claims"]) == server.get("/api/v1/facets").json()["totals"]["claims"]
    assert first["conflicts"]
    near = server.get("/api/v1/view/around", entity="entity/amkor", limit="2").json()
    assert len(near["entities"]) == 3
    assert near["more"]["entity/amkor"] == near["total"] - 2
    rest = server.get("/api/v1/view/around", entity="amkor", limit="100", offset="2").json()
    assert not {row["id"] for row in rest["entities"]} & {row["id"] for row in near["entities"]} - {"entity/amkor"}
    assert "entity/amkor" not in {key for key, left in rest["more"].items() if left}
    firm = server.get("/api/v1/view/around", entity="amkor", relation="competesWith", polarity="affirmed").json()
    assert {row["id"] for row in firm["entities"]} == {"entity/amkor", "entity/ase", "entity/jcet"}
    path = server.get("/api/v1/view/path", **{"from": "besi", "to": "jcet", "without": "competesWith"}).json()
    assert path["paths"] == []
    path = server.get("/api/v1/view/path", **{"from": "besi", "to": "jcet"}).json()
    assert path["paths"][0] == [
        "entity/besi suppliesToolTo entity/amkor affirmed",
        "entity/amkor competesWith entity/jcet affirmed",
    ]
    line = {"subject": "entity/ase", "relation": "competesWith", "object": "entity/amkor"}
    both = [server.get("/api/v1/view/evidence", **line).json()["claims"]]
    both.append(server.get("/api/v1/view/evidence", **{**line, "subject": "amkor", "object": "ase"}).json()["claims"])
    assert both[0] == both[1] != []
    assert all(row["quotes"] for row in both[0])
    every = server.get("/api/v1/view/evidence", subject="amkor", limit="5", offset="2").json()
    assert len(every["claims"]) == 5 < every["total"]
    bare = [row["id"] for row in every["claims"][:3]]
    named = server.get("/api/v1/view/evidence", claims=",".join(id_.partition("/")[2] for id_ in [*bare, "claim/none"]))
    assert [row["id"] for row in named.json()["claims"]] == sorted(bare)
    assert all(row["quotes"] for row in named.json()["claims"])


def test_the_view_refuses_what_makes_no_sense(server: Server) -> None:
    for path, status, words in (
        ("/view/around", 400, "entity is missing"),
        ("/view/around?entity=nobody", 404, "Nothing in the store"),
        ("/view/around?entity=amkor&relation=eats", 400, "no relation 'eats'"),
        ("/view/evidence?subject=amkor&object=ase", 400, "together"),
        ("/view/evidence", 400, "Give a subject"),
        ("/view/path?from=amkor", 400, "to is missing"),
    ):
        answer = server.client.get(f"{server.url}/api/v1{path}")
        assert (answer.status_code, words in answer.json()["detail"]) == (status, True), answer.text
    assert "view-around" in OPERATIONS
