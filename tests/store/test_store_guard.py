"""No query leaves the store or changes it."""

import pytest

from kg.errors import QueryError
from kg.store import EmbeddedStore
from kg.store.guard import check_query


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
        "SELECT * WHERE { ?s a sp:Service }",
        "ASK { ?insert sp:delete 'LOAD' }",
    ],
)
def test_the_words_are_free_elsewhere(query: str) -> None:
    check_query(query)
    EmbeddedStore().query(query)


def test_from_reads_no_file_and_no_address() -> None:
    answer = EmbeddedStore().query("SELECT * FROM <file:///etc/passwd> FROM <http://127.0.0.1:9/> WHERE { ?s ?p ?o }")
    assert list(answer) == []
