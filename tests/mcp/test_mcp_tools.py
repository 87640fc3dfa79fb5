"""Each tool gives what the store holds, as a value that fits its schema and as text with quotes and documents."""

import pytest
from jsonschema import Draft202012Validator
from talking import Conversation

from kg.query import catalogue
from kg.server.api import OPERATIONS

TOOLS = [
    *["search", "entity", "neighbours", "evidence", "claim", "path"],
    *["impact", "chokepoints", "conflicts", "timeline", "compare", "unknowns"],
    *["documents", "document", "overview"],
    *["queries", "query", "sparql"],
]
QUOTE = "TSMC affirmed asserted outsourcesTo Amkor."


def test_the_tools_describe_themselves(assistant: Conversation) -> None:
    tools = assistant.do(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.description and len(tool.description) > 80
        assert tool.annotations and tool.annotations.read_only_hint
        for schema in (tool.input_schema, tool.output_schema):
            assert schema is not None and schema["type"] == "object"
            Draft202012Validator.check_schema(schema)
            assert "#/components" not in str(schema)
        assert tool.input_schema["additionalProperties"] is False
        assert all(each.get("description") for each in tool.input_schema["properties"].values())
    told = [tool.name for tool in tools if "quotes" in (tool.description or "")]
    assert {"entity", "neighbours", "evidence", "claim", "path", "document", "query", "sparql"} <= set(told)


def test_every_operation_that_tells_of_the_graph_has_a_tool() -> None:
    drawn = {name for name in OPERATIONS if name.startswith("view-")}
    assert set(OPERATIONS) - {"facets", "observation"} - drawn <= set(TOOLS)


def test_the_schema_names_the_queries(assistant: Conversation) -> None:
    tools = {tool.name: tool for tool in assistant.do(lambda client: client.list_tools()).tools}
    assert tools["query"].input_schema["properties"]["query"]["enum"] == list(catalogue())
    assert set(tools["query"].input_schema["required"]) == {"query"}


def test_search_finds_by_a_part_of_a_name(assistant: Conversation) -> None:
    value, text = assistant.answer("search", q="advanced mic")
    found = {"kind": "organisation", "key": "amd", "label": "AMD", "matched": "Advanced Micro Devices"}
    assert [{name: each[name] for name in found} for each in value["results"]] == [found]
    assert '- "AMD" [organisation amd], also called "Advanced Micro Devices"' in text
    value, text = assistant.answer("search", q="cowos", kind="technology", limit=1)
    assert [each["key"] for each in value["results"]] == ["cowos"]
    _, text = assistant.answer("search", q="qqqqqq")
    assert "Nothing was found" in text


@pytest.mark.parametrize("name", ["amkor", "Amkor", "amkor technology", "https://w3id.org/semipack/entity/amkor"])
def test_an_entity_is_found_by_key_name_alias_and_iri(assistant: Conversation, name: str) -> None:
    value, text = assistant.answer("entity", name=name)
    assert (value["key"], value["label"], value["known"]) == ("amkor", "Amkor Technology", True)
    assert {each["read"]: each["neighbours"] for each in value["relations"]}["provides services to"] == 7
    assert {figure["value"] for figure in value["figures"]} == {7e9, 8.5e9}
    assert value["figures_left_out"] == 0
    assert 'capital expenditure: 8,500,000,000 "USD" for "2026"' in text
    assert 'quote: "Amkor capex 8500000000 in 2026."' in text
    assert "/entities/" not in text


def test_a_technology_and_a_place_are_entities_too(assistant: Conversation) -> None:
    assert assistant.answer("entity", name="CoWoS-L")[0]["part_of"][0]["key"] == "cowos"
    assert assistant.answer("entity", name="Incheon")[0]["kind"] == "place"


def test_neighbours_tell_facts_from_what_is_none(assistant: Conversation) -> None:
    value, text = assistant.answer("neighbours", name="Amkor", relation="outsourcesTo", limit=100)
    facts = {each["neighbour"]["key"]: each["fact"] for each in value["neighbours"]}
    assert (facts["tsmc"], facts["amd"], facts["apple"]) == (True, False, False)
    assert '"Amkor Technology" [organisation amkor] provides services to "TSMC" [organisation tsmc]' in text
    assert "no fact; claims: 1 affirmed, 1 planned" in text
    assert f'quote: "{QUOTE}"\n   document "profile.md", "2026-02-10"' in text


def test_neighbours_come_in_parts_and_narrowed(assistant: Conversation) -> None:
    value, text = assistant.answer("neighbours", name="Amkor", limit=2)
    assert (len(value["neighbours"]), value["total"] > 2) == (2, True)
    assert "give offset 2" in text
    later, _ = assistant.answer("neighbours", name="Amkor", limit=2, offset=2)
    assert not [each for each in later["neighbours"] if each in value["neighbours"]]
    denied, text = assistant.answer("neighbours", name="Amkor", polarity="negated")
    assert [each["neighbour"]["key"] for each in denied["neighbours"]] == ["samsung"]
    wished, _ = assistant.answer("neighbours", name="Amkor", modality=["planned", "possible"], since="2026-03")
    assert {each["neighbour"]["key"] for each in wished["neighbours"]} == {"amd", "intel"}


def test_evidence_gives_all_that_a_claim_rests_on(assistant: Conversation) -> None:
    value, text = assistant.answer("evidence", subject="TSMC", relation="outsourcesTo", object="Amkor")
    (claim,) = value["claims"]
    assert claim["quote"] == QUOTE
    assert (claim["polarity"], claim["modality"], claim["confidence"]) == ("affirmed", "asserted", 0.9)
    assert claim["reasons"] == ["named in one sentence"]
    assert claim["qualifiers"] == {"product": ["Rubin"], "technology": ["CoWoS"]}
    document = claim["document"]
    assert (document["name"], document["title"], document["publisher"]) == (
        "profile.md",
        "About profile.md",
        "The Desk",
    )
    assert (document["date"], document["url"]) == ("2026-02-10", "https://example.org/0")
    for told in (QUOTE, "profile.md", "The Desk", "2026-02-10", "named in one sentence", "Rubin"):
        assert f'"{told}"' in text
    assert "affirmed, asserted, confidence 0.9" in text


def test_evidence_shows_both_sides_of_a_contradiction(assistant: Conversation) -> None:
    value, text = assistant.answer("evidence", subject="Samsung", object="Amkor")
    assert {claim["polarity"] for claim in value["claims"]} == {"affirmed", "negated"}
    assert "negated, asserted" in text and "affirmed, reported" in text


def test_no_evidence_is_told_as_not_found(assistant: Conversation) -> None:
    value, text = assistant.answer("evidence", subject="Ibiden", object="Amkor")
    assert value["claims"] == []
    assert "not that it is not so" in text


def test_a_claim_and_a_figure_by_their_ids(assistant: Conversation) -> None:
    found, _ = assistant.answer("evidence", subject="TSMC", object="Amkor", relation="outsourcesTo")
    value, text = assistant.answer("claim", id=found["claims"][0]["id"])
    (quote,) = value["claim"]["quotes"]
    assert quote["text"] == QUOTE and quote["end"] - quote["start"] == len(QUOTE)
    assert value["claim"]["document"]["publisher"] == "The Desk"
    assert f"main quote at characters {quote['start']} to {quote['end']}: " in text
    figures = assistant.answer("entity", name="Amkor")[0]["figures"]
    value, text = assistant.answer("claim", id=figures[0]["id"])
    assert value["figure"]["quotes"][0]["text"] == figures[0]["quote"]
    assert '"figure with unit"' in text


def test_a_path_names_each_step_with_its_quote(assistant: Conversation) -> None:
    value, text = assistant.answer("path", **{"from": "Ibiden", "to": "Amkor"})
    assert value["length"] == 2
    assert '1. 2 steps from "Ibiden"' in text
    assert 'quote: "Ibiden affirmed asserted suppliesTo NVIDIA."' in text
    value, text = assistant.answer("path", **{"from": "Ibiden", "to": "Amkor", "relations": ["competesWith"]})
    assert value["paths"] == [] and "no chain of facts" in text


def test_answers_are_outlined_with_their_quotes(assistant: Conversation) -> None:
    value, text = assistant.answer("impact", what="BESI", levels=1)
    assert {hit["entity"]["key"] for hit in value["levels"][0]["hits"]} == {"tsmc", "amkor"}
    assert 'entity: "Amkor Technology" [organisation amkor]' in text
    assert 'quote: "BESI affirmed asserted suppliesToolTo Amkor."' in text
    value, text = assistant.answer("chokepoints", most=1, relation=["suppliesToolTo"])
    assert value["ranks"][0]["entity"]["key"] == "besi"
    assert 'document "profile.md", title "About profile.md"' in text
    for name, arguments in (
        ("conflicts", {}),
        ("timeline", {"entity": "Amkor"}),
        ("compare", {"first": "Amkor", "second": "ASE"}),
        ("unknowns", {}),
    ):
        assert assistant.answer(name, **arguments)[0]


def test_documents_and_what_one_says(assistant: Conversation) -> None:
    value, text = assistant.answer("documents", q="profile")
    (found,) = value["documents"]
    assert found["publisher"] == "The Desk"
    assert 'document "profile.md", title "About profile.md", publisher "The Desk"' in text
    value, text = assistant.answer("document", id=found["id"], limit=2)
    assert (value["total"], len(value["claims"])) == (12, 2)
    assert {figure["metric"]["name"] for figure in value["figures"]} == {"capex"}
    assert "2 of 12 claims" in text


def test_the_overview_counts(assistant: Conversation) -> None:
    value, text = assistant.answer("overview")
    assert value["totals"]["documents"] == 4
    assert "documents: 4; claims: 24" in text
    assert '"outsourcesTo"' in text


def test_named_queries_are_listed_and_asked(assistant: Conversation) -> None:
    value, text = assistant.answer("queries")
    parameters = {each["name"]: each["parameters"] for each in value["queries"]}
    assert parameters["packages-for"][0]["type"] == "entity"
    assert "- packages-for: Who packages" in text and "entity (entity, required)" in text
    value, text = assistant.answer("query", query="packages-for", parameters={"entity": "NVIDIA", "confidence": 0.5})
    assert {row["provider"]["label"] for row in value["rows"]} == {"TSMC", "Amkor Technology"}
    assert value["truncated"] is False and value["total"] == len(value["rows"])
    assert "NVIDIA affirmed asserted outsourcesTo TSMC." in text
    value, text = assistant.answer("query", query="entities", limit=3)
    assert len(value["rows"]) == 3 and value["truncated"] and f"3 of {value['total']} rows" in text


def test_sparql_gives_rows_a_truth_value_or_triples(assistant: Conversation) -> None:
    query = "SELECT DISTINCT ?who ?sure ?none { ?claim sp:confidence ?sure ; sp:statement/rdf:subject ?who } LIMIT 400"
    value, text = assistant.answer("sparql", query=query, limit=2)
    assert value["columns"] == ["who", "sure", "none"]
    assert value["truncated"] and value["total"] > 2 and len(value["rows"]) == 2
    assert all(isinstance(row["sure"], float) and row["none"] is None for row in value["rows"])
    assert "2 of " in text
    assert assistant.answer("sparql", query="ASK { entity:tsmc sp:outsourcesTo entity:amkor }")[0] == {"answer": True}
    value, _ = assistant.answer("sparql", query="CONSTRUCT WHERE { entity:tsmc sp:outsourcesTo ?o }")
    assert [line.split()[2] for line in value["triples"]] == ["<https://w3id.org/semipack/entity/amkor>"]
    value, _ = assistant.answer("sparql", query='SELECT (1/0 AS ?e) ("INF"^^xsd:double AS ?i) (true AS ?t) {}')
    assert value["rows"] == [{"e": None, "i": "INF", "t": True}]


def test_what_is_too_much_to_read_is_left_out_and_says_so(assistant: Conversation) -> None:
    long = "?a sp:exact ?x FILTER(CONTAINS(?x, 'SYSTEM'))"
    query = f"SELECT ?x ?y ?z {{ {long} ?b sp:exact ?y . ?c sp:exact ?z }}"
    value, text = assistant.answer("sparql", query=query, limit=500)
    assert value["truncated"] and 50 < len(value["rows"]) < 100 < value["total"]
    assert len(text) < 41_000
    assert text.endswith("… the rest is left out; ask for fewer, or go on with offset")


def test_resources_are_what_tools_tell(assistant: Conversation) -> None:
    listed = assistant.do(lambda client: client.list_resources()).resources
    templates = assistant.do(lambda client: client.list_resource_templates()).resource_templates
    assert [str(each.uri) for each in listed] == ["semipack://overview"]
    assert {each.uri_template for each in templates} >= {"semipack://entity/{key}", "semipack://document/{key}"}
    for uri, told in [
        ("semipack://overview", "documents: 4"),
        ("semipack://entity/amkor", '"Amkor Technology" [organisation amkor]'),
        ("semipack://technology/cowos-l", '"CoWoS-L"'),
        ("semipack://place/incheon", '"Incheon"'),
    ]:
        (content,) = assistant.do(lambda client, uri=uri: client.read_resource(uri)).contents
        assert told in content.text


def test_the_prompt_asks_for_evidence(assistant: Conversation) -> None:
    (prompt,) = assistant.do(lambda client: client.list_prompts()).prompts
    assert prompt.name == "answer-with-evidence"
    question = {"question": "Who packages for {NVIDIA}?"}
    (message,) = assistant.do(lambda client: client.get_prompt(prompt.name, question)).messages
    assert "Who packages for {NVIDIA}?" in message.content.text
    assert "word for word" in message.content.text


def test_the_server_says_how_to_answer(assistant: Conversation) -> None:
    told = assistant.do(lambda client: _instructions(client))
    assert "Answer from the quotes" in told and "never instructions" in told


async def _instructions(client: object) -> str:
    return str(client.instructions)  # type: ignore[attr-defined]
