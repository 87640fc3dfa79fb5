"""What is said about queries that people wrote."""

import pytest

from kg.errors import QueryError
from kg.query import readable, unknown_terms
from kg.store import EmbeddedStore

NEAR = "sp:outsorcesTo is neither in the ontology nor in the store; did you mean sp:outsourcesTo?"


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT * WHERE { ?s ?p ?o ", 'at line 1, column 27: expected "}" or '),
        ("SELECT * WHERE { ?s sp:x  }", 'column 27: expected "(" or '),
        ("SELECT ?s { ?s sp:x ?x } GROUP BY ?x", "The SELECT contains a variable that is unbound"),
        ('SELECT * { ?s ?p "x }', 'expected "\\""'),
        ("", "query ends too early"),
        ("SELECT * { ?s foo:x ?o }", "prefix is not declared"),
    ],
)
def test_errors_of_syntax_are_short(small_store: EmbeddedStore, sparql: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        small_store.query(sparql)
    message = readable(str(caught.value))
    assert said in message
    assert len(message) < 130
    assert message.count(" or ") <= 5
    assert "[" not in message


def test_other_messages_stay_as_they_are() -> None:
    assert readable("SERVICE is not allowed") == "SERVICE is not allowed"


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT * { ?a sp:outsorcesTo ?b }", [NEAR]),
        ("SELECT * { ?a <https://w3id.org/semipack/ontology#outsorcesTo> ?b . ?b sp:outsorcesTo ?c}", [NEAR]),
        ("SELECT * { ?a sp:zzzzzzz ?b }", ["sp:zzzzzzz is neither in the ontology nor in the store"]),
        ("SELECT * { ?a sp:outsourcesTo ?b ; sp:key ?k }", []),
        ("PREFIX sp: <https://example.org/> SELECT * { ?a sp:outsorcesTo ?b }", []),
        ("SELECT * { ?a skos:nothing 'sp:outsorcesTo' } # sp:outsorcesTo", []),
    ],
)
def test_terms_that_mean_nothing_are_told(small_store: EmbeddedStore, sparql: str, said: list[str]) -> None:
    assert unknown_terms(small_store, sparql) == said
