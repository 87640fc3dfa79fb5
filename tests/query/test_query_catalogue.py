"""Headers, arguments and binding of named queries."""

import pytest

from kg.errors import KgError, QueryError, UnknownEntityError
from kg.query import assign, bind, catalogue, named_query
from kg.query.catalogue import NamedQuery, Parameter, parse_query
from kg.query.values import TYPES
from kg.store import EmbeddedStore, select

QUERY = NamedQuery(
    "try",
    "Try",
    "Tries.",
    (
        Parameter("entity", "entity", "who"),
        Parameter("words", "text", "what", "none"),
        Parameter("least", "integer", "how many", "1"),
    ),
    "SELECT ?x WHERE { ?x sp:key $words . FILTER($least < 5 && ?x = $entity) }",
)


def test_a_header_is_read() -> None:
    text = '# title: T\n# about: A b.\n# param x: entity — who\n# param since: date = "" — from when\nASK { }\n'
    query = parse_query("name", text)
    assert query == NamedQuery(
        "name", "T", "A b.", (Parameter("x", "entity", "who"), Parameter("since", "date", "from when", "")), "ASK { }\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# title: T\nASK { }", "one about line"),
        ("# title: T\n# about: A\n# parameter x\nASK { }", "not understood"),
        ("# title: T\n# about: A\n# param x: colour — which\nASK { }", "type colour"),
    ],
)
def test_a_broken_header_is_told(text: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        parse_query("name", text)


@pytest.mark.parametrize("name", catalogue())
def test_every_query_uses_its_parameters_and_no_others(name: str) -> None:
    query = named_query(name)
    used = {word.rstrip(").,;") for word in query.sparql.replace("(", " ").split() if word.startswith("$")}
    assert {word.split(")")[0] for word in used} == {f"${parameter.name}" for parameter in query.parameters}


def test_arguments_go_in_order_or_by_name() -> None:
    assert assign(QUERY, ["entity=A=B", "least=2"]) == {"entity": "A=B", "least": "2"}
    assert assign(QUERY, ["1 = B", "least=2"]) == {"entity": "1 = B", "least": "2"}
    assert assign(QUERY, ["least=2", "TSMC", "x"]) == {"least": "2", "entity": "TSMC", "words": "x"}
    assert assign(QUERY, []) == {}


@pytest.mark.parametrize("arguments", [["a", "b", "1", "more"], ["a", "entity=b"], ["a", "colour=1"]])
def test_arguments_that_do_not_fit_are_refused(arguments: list[str]) -> None:
    with pytest.raises(QueryError, match=r"^try "):
        assign(QUERY, arguments)


def test_values_become_terms(small_store: EmbeddedStore) -> None:
    bound = bind(QUERY, {"entity": "tsmc", "words": "tsmc"}, small_store)
    assert bound == (
        'SELECT ?x WHERE { ?x sp:key "tsmc" . FILTER("1"^^<http://www.w3.org/2001/XMLSchema#integer> < 5 '
        "&& ?x = <https://w3id.org/semipack/entity/tsmc>) }"
    )
    assert select(small_store, bound) == [{"x": "https://w3id.org/semipack/entity/tsmc"}]


@pytest.mark.parametrize("evil", ['" . ?x ?y ?z } #', '\\" . ?a ?b ?c', "'''", "$entity", "\n}", "\\u0022", "\ud800"])
def test_no_text_changes_the_query(small_store: EmbeddedStore, evil: str) -> None:
    assert select(small_store, bind(QUERY, {"entity": "tsmc", "words": evil}, small_store)) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "try needs a value for entity"),
        ({"entity": "tsmc", "colour": "red"}, "no parameter 'colour'"),
        ({"entity": "tsmc", "least": "many"}, "no whole number"),
        ({"entity": "tsmc", "least": "1) ?x"}, "no whole number"),
    ],
)
def test_values_that_do_not_fit_are_refused(small_store: EmbeddedStore, values: dict[str, str], told: str) -> None:
    with pytest.raises(QueryError, match=told):
        bind(QUERY, values, small_store)


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("date", "June", "no date"),
        ("date", '2026" ', "no date"),
        ("decimal", "NaN", "no number"),
        ("decimal", "a lot", "no number"),
        ("confidence", "2", "from 0 to 1"),
        ("confidence", "-0.1", "from 0 to 1"),
        ("document", "nope.txt", "kg query documents"),
        ("document", "profil.txt", "holds 'profil.txt'; did you mean profile.md|`kg query documents`"),
        ("document", "newz.json", "did you mean news.json"),
        ("relation", "prevents", "use one of .*outsourcesTo"),
        ("relation", "outsorcesTo", "did you mean outsourcesTo"),
        ("metric", "capx", "did you mean capex"),
        ("role", "OSATs", "did you mean OSAT"),
        ("place", "TSMC", "named 'TSMC'"),
        ("technology", "CoWoZ", "did you mean CoWoS"),
    ],
)
def test_wrong_values_are_told_with_the_cure(small_store: EmbeddedStore, kind: str, value: str, told: str) -> None:
    with pytest.raises(KgError, match=told):
        TYPES[kind](value, small_store)


def test_an_unknown_query_is_told_with_close_ones() -> None:
    with pytest.raises(QueryError, match="did you mean rivals"):
        named_query("rival")


def test_an_unknown_query_that_is_near_none_is_told_without_a_guess() -> None:
    with pytest.raises(QueryError, match=r"'SELEC'; `kg queries` lists them$"):
        named_query("SELEC")


def test_an_unknown_entity_is_told_with_close_ones(small_store: EmbeddedStore) -> None:
    with pytest.raises(UnknownEntityError, match="did you mean Amkor Technology"):
        bind(QUERY, {"entity": "Amkro Technolgy"}, small_store)
