"""What a store gives back."""

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import XSD, Literal, URIRef
from small_graph import SmallLinker, fill, small_ontology, small_world

from kg.errors import QueryError, StoreError
from kg.graph import Quad, conflict_quads, document_quads, entity_quads, used_entities
from kg.store import EmbeddedStore, Solutions, Triples, Verdict, check_names, plain, rdf_quads, select
from kg.terms import DERIVED_GRAPH, ONTOLOGY_GRAPH

ONE, TWO = URIRef("https://example.org/one"), URIRef("https://example.org/two")
S, P = URIRef("https://example.org/s"), URIRef("https://example.org/p")


@pytest.fixture
def store() -> EmbeddedStore:
    store = EmbeddedStore()
    store.add([(S, P, Literal("a"), ONE), (S, P, Literal("b", lang="en"), TWO)])
    return store


def test_queries_see_all_graphs_as_one(store: EmbeddedStore) -> None:
    rows = select(store, "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o")
    assert rows == [{"o": "a"}, {"o": "b"}]


def test_each_kind_of_query_has_its_kind_of_answer(store: EmbeddedStore) -> None:
    solutions = store.query("SELECT ?s ?nothing WHERE { ?s ?p 'a' }")
    assert isinstance(solutions, Solutions)
    assert solutions.columns == ("s", "nothing")
    assert list(solutions) == [(ox.NamedNode(str(S)), None)]
    verdict = store.query("ASK { ?s ?p 'c' }")
    assert isinstance(verdict, Verdict)
    assert not verdict
    triples = store.query("CONSTRUCT WHERE { ?s ?p 'a' }")
    assert isinstance(triples, Triples)
    assert list(triples) == [ox.Triple(ox.NamedNode(str(S)), ox.NamedNode(str(P)), ox.Literal("a"))]
    assert isinstance(store.query("DESCRIBE <https://example.org/s>"), Triples)


def test_select_takes_only_select(store: EmbeddedStore) -> None:
    with pytest.raises(TypeError):
        select(store, "ASK { ?s ?p ?o }")


def test_the_projects_prefixes_need_no_declaration(store: EmbeddedStore) -> None:
    assert select(store, "SELECT ?x WHERE { ?x a sp:Claim ; prov:wasDerivedFrom ?d }") == []


def test_types_and_languages_survive() -> None:
    store = EmbeddedStore()
    given = [Literal("0.9", datatype=XSD.decimal), Literal("x", lang="de"), Literal("7", datatype=XSD.integer), TWO]
    store.add((S, P, term, ONE) for term in given)
    assert {str(quad.object) for quad in store.quads(str(ONE))} == {term.n3() for term in given} - {"0.9", "7"} | {
        f'"0.9"^^<{XSD.decimal}>',
        f'"7"^^<{XSD.integer}>',
    }


def test_an_iri_that_is_none_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(StoreError, match="no valid IRI"):
        store.add([(URIRef("not an iri"), P, S, ONE)])
    with pytest.raises(StoreError, match="no valid IRI"):
        check_names([(S, P, URIRef("<"), ONE)])
    check_names([(S, P, Literal("not an iri"), ONE)])


def test_a_dump_can_be_loaded_again() -> None:
    store = fill(EmbeddedStore())
    out = io.BytesIO()
    store.dump(out)
    again = EmbeddedStore()
    again.load(io.BytesIO(out.getvalue()))
    assert set(again.quads()) == set(store.quads())


def test_a_broken_file_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(StoreError, match="cannot be loaded"):
        store.load(io.BytesIO(b"<a> <b>"))


def test_a_closed_store_says_so(store: EmbeddedStore) -> None:
    with store:
        pass
    with pytest.raises(StoreError, match="is closed"):
        store.query("ASK {}")


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path), pytest.raises(StoreError, match="Another process is writing"):
        EmbeddedStore(tmp_path)


def test_a_store_for_reading_is_not_written(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as writer:
        writer.add([(S, P, TWO, ONE)])
        writer.flush()
    with EmbeddedStore(tmp_path, read_only=True) as reader, EmbeddedStore(tmp_path, read_only=True) as second:
        assert len(list(reader.quads())) == len(list(second.quads())) == 1
        with pytest.raises(StoreError, match="only open for reading"):
            reader.add([(S, P, S, ONE)])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?x WHERE { ?x  ", "line 1, column"),
        ("SELECT ?x WHERE {\n ?x nope:a ?y }", "line 2, column 11: this prefix is not declared"),
        ("", "ends too early"),
        ("SELECT (COUNT(?x) AS ?n) ?y WHERE { ?x ?p ?y }", "does not parse"),
    ],
)
def test_a_broken_query_is_told_in_one_line(store: EmbeddedStore, query: str, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.query(query)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_rdflib_gets_back_the_quads_it_gave() -> None:
    quads: list[Quad] = []
    store = fill(EmbeddedStore())
    world, linker, ontology = small_world(), SmallLinker(), small_ontology()
    for document in world.documents:
        remarks = world.remarks_of(document)
        quads += document_quads(document, *world.of(document), linker, ontology, remarks=remarks)
    quads += entity_quads(used_entities(world.claims, world.observations, linker, remarks=world.remarks), ontology)
    dates = {document.id: document.metadata.date for document in world.documents}
    quads += conflict_quads(world.claims, world.observations, linker, ontology, dates=dates)
    apart = {ONTOLOGY_GRAPH, DERIVED_GRAPH}
    assert {quad for quad in rdf_quads(store) if quad[3] not in apart} == set(quads)


def test_rdflib_takes_no_blank_nodes(store: EmbeddedStore) -> None:
    store.load(io.BytesIO(b"_:a <https://example.org/p> <https://example.org/s> <https://example.org/g> ."))
    with pytest.raises(StoreError, match="is no IRI"):
        list(rdf_quads(store))


def test_a_query_chooses_its_graphs(small_store: EmbeddedStore) -> None:
    documents = [row["d"] for row in select(small_store, "SELECT ?d { ?d a sp:Document } ORDER BY ?d")]
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) %s { ?c a sp:Claim }"
    whole = select(small_store, count % "")[0]["n"]
    one = select(small_store, count % f"FROM <{documents[0]}>")[0]["n"]
    assert 0 < int(one) < int(whole)
    assert select(small_store, count % f"FROM NAMED <{documents[0]}>")[0]["n"] == "0"

    def ask(query: str, **graphs: list[str]) -> list[str]:
        answer = small_store.query(query, **graphs)
        assert isinstance(answer, Solutions)
        return [plain(row[0]) for row in answer]

    assert ask(count % f"FROM <{documents[1]}>", default_graphs=[documents[0]]) == [one]
    assert ask(count % "", default_graphs=documents) == [whole]
    assert ask(count % "", named_graphs=documents) == ["0"]
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?c a sp:Claim } }"
    assert ask(graphs, named_graphs=[documents[0]]) == [documents[0]]
    assert ask(graphs, default_graphs=[documents[0]]) == []
    with pytest.raises(QueryError, match="cannot be answered"):
        ask(graphs, default_graphs=["no iri"])


def test_rows_are_written_while_they_are_worked_out(small_store: EmbeddedStore) -> None:
    out = io.BytesIO()
    answer = small_store.query("SELECT ?c { ?c a sp:Claim }")
    assert isinstance(answer, Solutions)
    answer.write(out, ox.QueryResultsFormat.CSV)
    verdict = small_store.query("ASK {}")
    assert isinstance(verdict, Verdict)
    verdict.write(out, ox.QueryResultsFormat.CSV)
    assert out.getvalue().startswith(b"c\r\nhttps://")
    assert out.getvalue().endswith(b"true")
