"""What is wrong is told in the answer in a sentence, what runs away is stopped, and nothing is changed."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from mcp import MCPError
from talking import RUNAWAY, Conversation

pytestmark = pytest.mark.alone

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("search", {}, "q is missing"),
    ("search", {"q": "   "}, "q is missing"),
    ("search", {"q": None}, "q is missing"),
    ("search", {"q": "x" * 501}, "q is longer than 500 characters"),
    ("search", {"q": "a", "kind": "person"}, "use one of organisation, technology, place"),
    ("search", {"q": "a", "limit": 51}, "limit is '51'; give a whole number from 1 to 50"),
    ("search", {"q": "a", "limit": "many"}, "limit is 'many'"),
    ("search", {"q": "a", "limit": 2.5}, "limit is '2.5'"),
    ("search", {"q": "a", "limit": True}, "limit must be a text or a number"),
    ("search", {"q": {"a": "b"}}, "q must be a text or a number"),
    ("search", {"q": "a", "sort": "up"}, "There is no parameter 'sort'"),
    ("neighbours", {"name": "Amkor", "relation": "marries"}, "There is no relation 'marries'"),
    ("neighbours", {"name": "Amkor", "modality": [1]}, "modality must be a text or a list of texts"),
    ("neighbours", {"name": "Amkor", "modality": ["sure"]}, "modality is 'sure'"),
    ("neighbours", {"name": "Amkor", "since": "yesterday"}, "since is 'yesterday' and no date"),
    ("neighbours", {"name": "Amkor", "min_confidence": 2}, "give a number from 0 to 1"),
    ("evidence", {}, "Give subject, or object, or both"),
    ("evidence", {"subject": "Amkr"}, 'did you mean "Amkor Technology"?'),
    ("evidence", {"subject": "Nobody at all"}, "use the tool search"),
    ("entity", {"name": "Nobody at all"}, "Nothing in the store is named 'Nobody at all'"),
    ("entity", {"name": "https://w3id.org/semipack/entity/nobody"}, "The store has no organisation"),
    ("entity", {"name": "https://w3id.org/semipack/entity/a b"}, "is no IRI"),
    ("claim", {"id": "0000"}, "The store has no claim and no figure '0000'"),
    ("claim", {"id": "../../x"}, "no claim and no figure '../../x'"),
    ("document", {"id": "profile.md"}, "the tool documents lists"),
    ("path", {"from": "Amkor"}, "to is missing"),
    ("path", {"from": "Amkor", "to": "TSMC", "max": 100}, "max is '100'"),
    ("query", {"query": "packages"}, "There is no named query 'packages'"),
    ("query", {"query": "packages-for"}, "needs a value for entity"),
    ("query", {"query": "packages-for", "parameters": {"entity": "NVIDIA", "colour": "red"}}, "no parameter 'colour'"),
    ("query", {"query": "packages-for", "parameters": {"entity": "NVIDIA", "confidence": 7}}, "is no confidence"),
    ("query", {"query": "packages-for", "parameters": {"entity": ["NVIDIA"]}}, "entity must be a text or a number"),
    ("query", {"query": "packages-for", "parameters": {"name": "NVIDIA"}}, "called name"),
    ("query", {"query": "packages-for", "parameters": "NVIDIA"}, "parameters must be an object"),
    ("sparql", {}, "query is missing"),
    ("sparql", {"query": 7}, "query is missing"),
    ("sparql", {"query": "ASK {} #" + "x" * 20_000}, "query is longer"),
    ("sparql", {"query": "SELECT {"}, "does not parse at line 1"),
    ("sparql", {"query": "ASK {}", "limit": 501}, "limit is '501'"),
    ("sparql", {"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}, "queries only read"),
    ("sparql", {"query": "DROP ALL"}, "queries only read"),
    ("sparql", {"query": "LOAD <file:///etc/passwd>"}, "queries only read"),
    ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE"),
]


@pytest.mark.parametrize(("tool", "arguments", "told"), WRONG)
def test_a_wrong_call_is_told_in_one_line(
    assistant: Conversation, tool: str, arguments: dict[str, Any], told: str
) -> None:
    said = assistant.refusal(tool, **arguments)
    assert told in said
    assert "\n" not in said and "Traceback" not in said
    assert "/api/" not in said and "`kg " not in said


def test_what_cannot_be_called_is_an_error_of_the_protocol(assistant: Conversation) -> None:
    with pytest.raises(MCPError, match="There is no tool 'delete'; there is search"):
        assistant.ask("delete")
    for uri in ("semipack://entity/nobody", "semipack://secret/x", "file:///etc/passwd", "semipack://claim/"):
        with pytest.raises(MCPError, match="no "):
            assistant.do(lambda client, uri=uri: client.read_resource(uri))
    with pytest.raises(MCPError, match="needs a question"):
        assistant.do(lambda client: client.get_prompt("answer-with-evidence", {"question": " "}))


def test_a_runaway_query_is_stopped_while_others_are_answered(assistant: Conversation) -> None:
    with ThreadPoolExecutor() as pool:
        started = time.monotonic()
        running = [pool.submit(assistant.refusal, "sparql", query=RUNAWAY % number) for number in range(2)]
        time.sleep(0.5)
        assert assistant.answer("search", q="amk")[0]["results"]
        assert not any(each.done() for each in running)
        assert all("Stopped after 1.5 s" in each.result() for each in running)
        assert time.monotonic() - started < 1.5 + 2
    assert assistant.answer("evidence", subject="TSMC", object="Amkor")[0]["claims"]
