"""No query leaves the store or changes it."""

import socket
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, RefusedQueryError
from kg.store import EmbeddedStore
from kg.store.guard import (
    _UPDATES,
    _first_verb,
    _is_harmless,
    _readings,
    _words,
    check_query,
    check_update,
    names_graphs,
    tokens,
)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE{SERVICE<http://127.0.0.1/>{?s ?p ?o}}",
        "SELECT * WHERE { SERVICE?where { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * WHERE { SERVICE:x { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICESILENT<http://127.0.0.1/> { ?s ?p ?o } }",
        r"SELECT * WHERE { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        r"SELECT * WHERE { \U00000053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { ?a ?b 'x' # '\n SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { ?a ?b '''it's''' . SERVICE <http://127.0.0.1/> { ?s ?p ?o } # '''\n }",
        r"""SELECT * WHERE { ?a ?b "\"" . SERVICE <http://127.0.0.1/> { ?s ?p "x" } }""",
        r"SELECT * WHERE { ?s ?p ex:a.b\'.service ?v { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p _:b.SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { FILTER(1 < 2) SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { { SELECT * WHERE { OPTIONAL { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } } } }",
    ],
)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        check_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:a> <a:a> }",
        "PREFIX a: <b:c> DELETE WHERE { ?s ?p ?o }",
        "BASE <a:b> # SELECT\n LOAD <file:///etc/passwd>",
        "clear all",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(query: str) -> None:
    with pytest.raises(QueryError, match="queries only read"):
        check_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service sp:service 'SERVICE <x>' } # SERVICE",
        "SELECT * WHERE { ?s <http://example.org/service> ?o }",
        "SELECT * WHERE { ?s ?p '''\nSERVICE\n''' }",
        "SELECT * WHERE { ?s a sp:Service ; sp:providesServiceTo ?o . ?o sp:x-service tech:service. ?a ?b ?c }",
        "ASK { ?insert sp:delete 'LOAD' }",
    ],
)
def test_the_words_are_free_elsewhere(query: str) -> None:
    check_query(query)
    EmbeddedStore().query(query)


def test_from_reads_no_file_and_no_address() -> None:
    answer = EmbeddedStore().query("SELECT * FROM <file:///etc/passwd> FROM <http://127.0.0.1:9/> WHERE { ?s ?p ?o }")
    assert list(answer) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * {" + "{" * 10_000 + "}" * 10_000 + "}", "10001 levels deep"),
        ("SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }", "levels deep"),
        ("SELECT * { FILTER(" + "!" * 10_000 + "true) }", "operators"),
        ("SELECT * { FILTER(" + "?x || " * 10_000 + "1) }", "operators"),
        ("SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 10_000 + "}", "groups"),
        ("SELECT * { " + "BIND(1 AS ?x) " * 10_000 + "}", "keywords"),
    ],
)
def test_what_would_crash_the_engine_is_refused(query: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        check_query(query)


def test_long_lists_of_values_are_welcome() -> None:
    values = " ".join(f"(<https://example.org/{number}> 'a' 1.5 true sp:x)" for number in range(900))
    query = f"SELECT * WHERE {{ VALUES (?a ?b ?c ?d ?e) {{ {values} }} }}"
    assert len(list(EmbeddedStore().query(query))) == 900


_PIECES = r"""
# < > { } . ; ' " \ \' ex:a\' ex:a. ex: : _:b. ?v ?s 1. true @en ^^ ( ) FILTER(1<2) OPTIONAL %41
"""
PIECES = st.lists(st.sampled_from([" ", "\n", "?s ?p ?o", "{ ?s ?p ?o }", "'''", *_PIECES.split()]), max_size=5).map(
    "".join
)
CALLS = st.sampled_from(["SERVICE <http://127.0.0.1:9/>", "SERVICE:x", "service?v", "SERVICE ex:x", "\\u0053ERVICE :x"])


@settings(max_examples=1000, deadline=None)
@given(PIECES, CALLS, PIECES)
def test_what_the_guard_lets_through_calls_nobody(before: str, call: str, behind: str) -> None:
    prologue = "PREFIX ex: <http://127.0.0.1:9/> PREFIX : <http://127.0.0.1:9/>"
    query = f"{prologue} SELECT * WHERE {{ VALUES ?v {{ :x }} {before}{call}{{ ?s ?p ?o }}{behind} }}"
    try:
        check_query(query)
    except QueryError:
        return
    # Port 9 is one that the engine refuses to call: it would answer with an OSError.
    with suppress(SyntaxError):
        list(ox.Store().query(query))


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/>",
        "load silent <http://127.0.0.1:9/> into graph <urn:g>",
        "CLEAR ALL;LOAD<file:///etc/hosts>",
        "PREFIX : <http://127.0.0.1:9/> CLEAR ALL ; \\u004COAD :x",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_updates_that_would_read_elsewhere_are_refused(update: str) -> None:
    with pytest.raises(QueryError, match="not allowed"):
        check_update(update)


_WORDS = ("service", "insert", "add", "with", "load", "from", "from:a", "?a", "<urn:a>", "'x'", "#", r"\u0053ervice")
TEXTS = st.lists(st.sampled_from([*_WORDS, *"([{}])!+*/", *(f"{word} " * 101 for word in "([{!+")]), max_size=30).map(
    " ".join
)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_a_glance_lets_nothing_through_that_a_close_look_refuses(text: str) -> None:
    if _is_harmless(text):
        list(_readings(text, update=False))
        assert _first_verb(_words(list(tokens(text)))) not in _UPDATES
    if not names_graphs(text):
        assert "from" not in _words(list(tokens(text)))


@pytest.mark.parametrize(
    ("query", "well_formed"),
    [
        ("ASK { SERVICE %s { ?s ?p ?o } }", True),
        ("ASK { ?a ?b ?c . SERVICE SILENT %s { ?s ?p ?o } }", True),
        ("ASK { service ?where { ?s ?p ?o } VALUES ?where { %s } }", True),
        ("ASK { SERVICE # SILENT\n %s { SELECT * { ?s ?p 'SERVICE' } } }", True),
        ("ASK { SERVICE { ?s ?p ?o } } # %s", False),
        ("ASK { SERVICE %s { ?s ?p } }", False),
        ("ASK { SERVICE %s { nonsense } }", False),
        # What cannot be told apart for certain counts as refused.
        (r"ASK { SERVICE %s { } \u005Cu0053ERVICE %s { } }", True),
        (r"ASK { SERVICE %s { \u005CU00000053ERVICE %s { } } }", True),
    ],
)
def test_a_call_is_told_from_a_mistake_without_making_it(query: str, well_formed: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"<http://127.0.0.1:{listener.getsockname()[1]}/>"
        with pytest.raises(QueryError) as raised:
            check_query(query.replace("%s", address))
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert (raised.type is RefusedQueryError) is well_formed, raised.value


@pytest.mark.parametrize(
    ("update", "well_formed"),
    [
        ("LOAD <urn:a>", True),
        ("LOAD SILENT <urn:a> INTO GRAPH <urn:b> ; CLEAR ALL", True),
        ("CLEAR ALL ; load <urn:a> ; INSERT DATA { <urn:a> <urn:b> 'into' }", True),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <urn:a> { ?s ?p ?o } }", True),
        ("LOAD <urn:a> INTO <urn:b>", False),
        ("LOAD 'a'", False),
        ("LOAD <urn:a> CLEAR ALL", False),
        ("INSERT { ?s ?p } WHERE { SERVICE <urn:a> { ?s ?p ?o } }", False),
    ],
)
def test_a_load_is_told_from_a_mistake(update: str, well_formed: bool) -> None:
    with pytest.raises(QueryError) as raised:
        check_update(update)
    assert (raised.type is RefusedQueryError) is well_formed, raised.value


LOADS = st.sampled_from(["LOAD <http://127.0.0.1:9/>", "load:x", "LOAD ex:x", "\\u004COAD :x", "LOAD SILENT ex:x"])


@settings(max_examples=500, deadline=None)
@given(PIECES, LOADS, PIECES)
def test_what_the_guard_lets_through_loads_nothing(before: str, call: str, behind: str) -> None:
    prologue = "PREFIX ex: <http://127.0.0.1:9/> PREFIX : <http://127.0.0.1:9/>"
    update = f"{prologue} CLEAR SILENT GRAPH ex:a{before} ; {call} {behind}"
    try:
        check_update(update)
    except QueryError:
        return
    with suppress(SyntaxError):
        ox.Store().update(update)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("ASK from named <urn:g> { ?s ?p ?o }", True),
        ("SELECT*FROM<urn:g>{?s ?p ?o}", True),
        ("SELECT ?from { ?from from:x 'FROM' } # FROM <urn:g>", False),
    ],
)
def test_from_is_seen(query: str, named: bool) -> None:
    assert names_graphs(query) is named
