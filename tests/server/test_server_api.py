"""The JSON interface, and its description."""

import json
from typing import Any

import pytest
from served import Server

from kg.query import catalogue
from kg.server.api import OPERATIONS
from kg.server.openapi import description


def api(server: Server, path: str, **parameters: str) -> Any:
    answer = server.get(f"/api/v1{path}", **parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


@pytest.mark.parametrize(
    ("q", "best"),
    [
        ("amkor", "amkor"),
        ("AMK", "amkor"),
        ("nvda", "nvidia"),
        ("micro dev", "amd"),
        ("Electr", "samsung"),
        ("Amkro", "amkor"),
    ],
)
def test_search_completes_names_and_aliases(server: Server, q: str, best: str) -> None:
    assert api(server, "/search", q=q)["results"][0]["key"] == best


def test_search_keeps_to_a_kind_and_a_number(server: Server) -> None:
    assert {each["kind"] for each in api(server, "/search", q="co", kind="technology")["results"]} == {"technology"}
    assert len(api(server, "/search", q="a", limit="2")["results"]) == 2
    assert api(server, "/search", q="qqqqqqq")["results"] == []


def test_an_entity_tells_what_it_is(server: Server) -> None:
    amkor = api(server, "/entities/organisation/amkor")
    assert (amkor["label"], amkor["aliases"], amkor["known"]) == ("Amkor Technology", ["Amkor"], True)
    assert {each["name"] for each in amkor["relations"]} >= {"outsourcesTo", "competesWith", "hasSiteIn"}
    assert {each["period"] for each in amkor["figures"]} == {"2026"}
    assert api(server, "/entities/technology/cowos-l")["part_of"][0]["key"] == "cowos"
    assert api(server, "/entities/place/incheon")["part_of"][0]["key"] == "south-korea"
    assert api(server, "/entities/organisation/packwell-labs")["known"] is False


def test_neighbours_are_grouped_and_narrowed(server: Server) -> None:
    def keys(**given: str) -> list[str]:
        found = api(server, "/entities/organisation/amkor/neighbours", **given)["neighbours"]
        return sorted(each["neighbour"]["key"] for each in found)

    assert len(keys()) == len(keys(limit="1000"))
    assert keys(relation="competesWith") == ["ase", "jcet"]
    assert "tsmc" in keys(relation="outsources to", min_confidence="0.8")
    assert "samsung" not in keys(relation="outsourcesTo", min_confidence="0.95")
    assert keys(relation="outsourcesTo", since="2027") == []
    assert set(keys(polarity="negated")) < set(keys())
    assert len(keys(limit="2", offset="1")) == 2
    both = api(server, "/entities/organisation/amkor/neighbours", relation="competesWith")["neighbours"]
    assert {each["direction"] for each in both} == {"both"}
    assert all(each["quote"] and each["document"]["name"] for each in both)


def test_evidence_is_found_from_either_end(server: Server) -> None:
    found = api(server, "/evidence", subject="tsmc", relation="outsourcesTo", object="Amkor")
    assert found["total"] == len(found["claims"]) >= 1
    assert found["claims"][0]["quote"].startswith("TSMC")
    assert api(server, "/evidence", subject="TSMC")["total"] > found["total"]
    turned = [
        api(server, "/evidence", subject=a, object=b, relation="competesWith")
        for a, b in (("amkor", "ase"), ("ase", "amkor"))
    ]
    assert turned[0]["claims"] == turned[1]["claims"] != []
    assert api(server, "/evidence", object=found["object"]["iri"], limit="1", offset="1")["claims"]


def test_a_claim_and_a_figure_tell_what_they_rest_on(server: Server) -> None:
    listed = api(server, "/evidence", subject="tsmc", relation="outsourcesTo", object="amkor")["claims"][0]
    claim = api(server, f"/claims/{listed['id']}")
    assert claim["qualifiers"]["product"] == ["Rubin"]
    assert claim["reasons"] == ["named in one sentence"]
    (quote,) = claim["quotes"]
    assert quote["end"] - quote["start"] == len(quote["text"])
    figure = api(server, "/entities/organisation/tsmc")["figures"][0]
    assert api(server, f"/observations/{figure['id']}")["value"] == figure["value"]


def test_paths_are_the_best_chains_in_any_direction_or_of_dependence(server: Server) -> None:
    found = api(server, "/path", **{"from": "BESI", "to": "NVIDIA"})
    assert (found["from"]["key"], found["to"]["key"], found["length"]) == ("besi", "nvidia", 2)
    assert all(hop["evidence"][0]["quote"] for chain in found["paths"] for hop in chain["hops"])
    assert depending(server, "BESI", "NVIDIA")["misses"][0]["limit"] == "reverse"
    assert depending(server, "NVIDIA", "BESI")["length"] == 2
    assert depending(server, "AMD", "Amkor")["misses"][0]["limit"] == "modality"
    assert depending(server, "AMD", "Amkor", modality="planned,asserted")["length"] == 1
    assert api(server, "/path", **{"from": "besi", "to": "nvidia", "relations": "suppliesToolTo"})["length"] is None
    assert api(server, "/path", **{"from": "besi", "to": "nvidia", "max": "1"})["paths"] == []
    assert api(server, "/path", **{"from": "amkor", "to": "jcet", "relations": "competesWith"})["length"] == 1


def depending(server: Server, start: str, end: str, **limits: str) -> Any:
    return api(server, "/path", **{"from": start, "to": end, "direction": "dependence", **limits})


def test_an_impact_and_chokepoints_have_quotes(server: Server) -> None:
    impact = api(server, "/impact", what="besi", levels="2")
    assert {hit["entity"]["key"] for hit in impact["levels"][0]["hits"]} == {"tsmc", "amkor"}
    assert all(hit["chain"][0]["evidence"][0]["quote"] for level in impact["levels"] for hit in level["hits"])
    rule = api(server, "/impact", what="South Korea", event="export-rule")
    assert [seller["supplier"]["key"] for seller in rule["sellers"]] == ["besi"]
    chokepoints = api(server, "/chokepoints", most="2", kind="organisation", relation="suppliesToolTo")
    assert [each["entity"]["key"] for each in chokepoints["ranks"]] == ["besi", "asmpt"]
    assert chokepoints["single"][0]["provider"]["key"] == "besi"


def test_documents_are_listed_and_told(server: Server) -> None:
    listed = api(server, "/documents", q="PROFILE")
    assert [each["name"] for each in listed["documents"]] == ["profile.md"]
    document = api(server, f"/documents/{listed['documents'][0]['id']}", limit="3")
    assert document["date"] == "2026-02-10"
    assert len(document["claims"]) == 3 < document["total"] == document["number_of_claims"]
    assert len(document["figures"]) == document["number_of_figures"]


def test_facets_count(server: Server) -> None:
    facets = api(server, "/facets")
    assert facets["totals"]["documents"] == 4
    assert facets["relations"][0]["name"] == "outsourcesTo"
    assert {each["name"] for each in facets["polarities"]} == {"affirmed", "negated"}
    assert facets["years"] == [{"name": "2026", "count": 3}]


def test_named_queries_run(server: Server) -> None:
    assert [each["name"] for each in api(server, "/queries")["queries"]] == list(catalogue())
    found = api(server, "/queries/packages-for", entity="nvidia", since="2026-03")
    assert {row["provider"]["label"] for row in found["rows"]} == {"TSMC"}
    assert isinstance(found["rows"][0]["confidence"], float)
    for name, query in catalogue().items():
        if not [each for each in query.parameters if each.default is None]:
            assert api(server, f"/queries/{name}")["columns"]


WRONG = (
    ("/search", 400, "q is missing"),
    ("/search?q=a&limit=0", 400, "from 1 to 100"),
    ("/search?q=a&limit=many", 400, "whole number"),
    ("/search?q=a&q=b", 400, "twice"),
    ("/search?q=a&limmit=2", 400, "did you mean limit?"),
    ("/search?q=" + "a" * 600, 400, "longer than"),
    ("/entities/organisation/nobody", 404, "no organisation"),
    ("/entities/person/amkor", 400, "use one of organisation"),
    ("/entities/organisation/amkor/neighbours?polarity=maybe", 400, "affirmed, negated"),
    ("/entities/organisation/amkor/neighbours?modality=asserted,wild", 400, "wild"),
    ("/entities/organisation/amkor/neighbours?min_confidence=nan", 400, "from 0 to 1"),
    ("/entities/organisation/amkor/neighbours?since=yesterday", 400, "no date"),
    ("/entities/organisation/amkor/neighbours?relation=eats", 400, "no relation 'eats'"),
    ("/evidence", 400, "subject, or object"),
    ("/evidence?subject=Nobody", 404, "Nothing in the store"),
    ("/evidence?subject=https://w3id.org/semipack/x%20y", 400, "no IRI"),
    ("/path?from=amkor", 400, "to is missing"),
    ("/path?from=amkor&to=amkor", 400, "are the same"),
    ("/impact?what=nowhere-land", 404, "Nothing in the store is named"),
    ("/impact?what=amkor&event=export-rule", 400, "Amkor Technology is no place"),
    ("/chokepoints?kind=person", 400, "use one of organisation"),
    ("/chokepoints?relation=outsourceTo", 400, "did you mean outsourcesTo"),
    ("/claims/nothing", 404, "no claim"),
    ("/claims/a%3E", 404, "no id"),
    ("/documents/nothing", 404, "no document"),
    ("/queries/nothing", 404, "no named query"),
    ("/queries/packages-for", 400, "needs a value for entity"),
    ("/queries/packages-for?entity=nvidia&colour=red", 400, "no parameter 'colour'"),
    ("/nothing", 404, "nothing at"),
)


@pytest.mark.parametrize(("path", "status", "told"), WRONG)
def test_what_is_wrong_is_told_as_a_problem(server: Server, path: str, status: int, told: str) -> None:
    answer = server.client.get(f"{server.url}/api/v1{path}")
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert told in problem["detail"]


@pytest.mark.parametrize(
    "value", ['" } UNION { ?s ?p ?o } #', "amkor> . ?s ?p ?o . <x", "\\u0022 }", "') || true || ('"]
)
def test_values_cannot_change_a_query(server: Server, value: str) -> None:
    for path, name in (
        ("/search", "q"),
        ("/documents", "q"),
        ("/evidence", "subject"),
        ("/queries/packages-for", "entity"),
    ):
        answer = server.get(f"/api/v1{path}", **{name: value})
        assert answer.status_code in {200, 400, 404}, answer.text
        found = answer.json()
        assert not (found.get("results") or found.get("documents") or found.get("claims") or found.get("rows"))


def test_the_description_covers_every_operation(server: Server) -> None:
    told = server.get("/api/openapi.json").json()
    assert told == json.loads(json.dumps(description("/api/v1")))
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {each.path for each in OPERATIONS.values()}
    assert server.picture().status_code == 200
    page = server.get("/api", "text/html").text
    assert all(f"/api/v1{each.path}" in page for each in OPERATIONS.values())
    for operation in OPERATIONS.values():
        if operation.example and "amkor" in operation.example:
            assert server.client.get(f"{server.url}/api/v1{operation.example}").status_code == 200


def test_answers_are_as_described(server: Server) -> None:
    assert server.picture().status_code == 200
    told = description("/api/v1")
    claim = api(server, "/evidence", subject="tsmc")["claims"][0]
    figure = api(server, "/entities/organisation/tsmc")["figures"][0]
    document = api(server, "/documents")["documents"][0]
    paths = {
        "search": "/search?q=am",
        "entity": "/entities/organisation/tsmc",
        "neighbours": "/entities/organisation/tsmc/neighbours",
        "claim": f"/claims/{claim['id']}",
        "observation": f"/observations/{figure['id']}",
        "evidence": "/evidence?subject=tsmc",
        "path": "/path?from=besi&to=jcet",
        "impact": "/impact?what=besi",
        "chokepoints": "/chokepoints?most=3",
        "conflicts": "/conflicts?revisions=yes",
        "timeline": "/timeline?entity=amkor",
        "compare": "/compare?first=amkor&second=ase",
        "unknowns": "/unknowns?first=amkor&today=2028-01-01",
        "documents": "/documents",
        "document": f"/documents/{document['id']}",
        "facets": "/facets",
        "view-overview": "/view/overview",
        "view-around": "/view/around?entity=entity/tsmc",
        "view-path": "/view/path?from=besi&to=jcet",
        "view-evidence": "/view/evidence?subject=tsmc",
        "queries": "/queries",
        "query": "/queries/packages-for?entity=nvidia",
    }
    assert paths.keys() == OPERATIONS.keys()
    for name, path in paths.items():
        responses = told["paths"][OPERATIONS[name].path]["get"]["responses"]
        schema = responses["200"]["content"]["application/json"]["schema"]
        conforms(server.client.get(f"{server.url}/api/v1{path}").json(), schema, told["components"]["schemas"], name)


def conforms(value: Any, schema: dict[str, Any], named: dict[str, Any], where: str) -> None:
    """Checks a value against the part of JSON Schema that the description uses, and that nothing is left untold."""
    flat = flattened(schema, named)
    types = flat.get("type", [])
    types = [types] if isinstance(types, str) else types
    python = {"object": dict, "array": list, "string": str, "integer": int, "number": int | float, "boolean": bool}
    if flat.get("oneOf"):
        if value is not None:
            conforms(value, flat["oneOf"][0], named, where)
        return
    assert (value is None and "null" in types) or any(isinstance(value, python[t]) for t in types if t != "null"), where
    if "enum" in flat:
        assert value in flat["enum"], where
    if isinstance(value, dict) and "properties" in flat:
        assert set(flat["required"]) == set(flat["properties"]) == set(value), where
        for key, inner in value.items():
            conforms(inner, flat["properties"][key], named, f"{where}.{key}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            conforms(inner, flat["items"], named, f"{where}[{number}]")


def flattened(schema: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return flattened(named[schema["$ref"].rpartition("/")[2]], named)
    if "allOf" not in schema:
        return schema
    parts = [flattened(part, named) for part in schema["allOf"]]
    return {
        "type": "object",
        "required": [name for part in parts for name in part["required"]],
        "properties": {name: inner for part in parts for name, inner in part["properties"].items()},
    }
