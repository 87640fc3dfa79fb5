"""A store as rdflib has it."""

from collections.abc import Iterator

import pytest
from rdflib import RDF, Dataset, Graph, URIRef

from kg.errors import StoreError
from kg.query.rdf import to_rdflib
from kg.store import EmbeddedStore, rdf_quads
from kg.terms import DERIVED_GRAPH, ENTITIES_GRAPH, ENTITY, SP

# rdflib 7.6 warns of what it does itself.
pytestmark = pytest.mark.filterwarnings(r"ignore:Dataset\.(default_context|contexts|default_union):DeprecationWarning")


@pytest.fixture
def dataset(small_store: EmbeddedStore) -> Iterator[Dataset]:
    yield to_rdflib(small_store)


def test_rdflib_sees_every_quad_and_every_graph(dataset: Dataset, small_store: EmbeddedStore) -> None:
    quads = set(rdf_quads(small_store))
    assert {(s, p, o, g) for s, p, o, g in dataset.quads()} == quads
    assert {graph.identifier for graph in dataset.graphs()} >= {quad[3] for quad in quads}
    assert len(dataset) == len({quad[:3] for quad in quads})
    entities = dataset.graph(ENTITIES_GRAPH)
    assert set(entities) == {quad[:3] for quad in quads if quad[3] == ENTITIES_GRAPH}
    assert len(entities) == len(set(entities))
    assert set(dataset.subjects(RDF.type, SP.Claim)) == {q[0] for q in quads if q[1:3] == (RDF.type, SP.Claim)}
    assert (ENTITY.amkor, None, URIRef("no iri")) not in dataset


def test_rdflib_passes_queries_on(dataset: Dataset) -> None:
    rows = list(dataset.query("SELECT DISTINCT ?c { ?c sp:outsourcesTo entity:amkor } ORDER BY ?c"))
    assert [str(row.c) for row in rows] == [str(ENTITY.nvidia), str(ENTITY.samsung), str(ENTITY.tsmc)]
    assert bool(dataset.query("ASK { ?c a sp:Claim }"))
    one = dataset.graph(DERIVED_GRAPH)
    assert not bool(one.query("ASK { ?c a sp:Claim }"))
    built = dataset.query("CONSTRUCT { ?c a sp:Claim } WHERE { ?c a sp:Claim }").graph
    assert isinstance(built, Graph)
    assert len(built) == 23
    assert next(iter(dataset.query("SELECT ?nothing ?c { ?c a sp:Claim } LIMIT 1")))[0] is None


def test_rdflib_writes_it_elsewhere(dataset: Dataset) -> None:
    text = dataset.serialize(format="nquads")
    again = Dataset()
    again.parse(data=text, format="nquads")
    assert len(list(again.quads())) == len(list(dataset.quads()))
    assert "sp:Claim" in dataset.graph(next(iter(dataset.subjects(RDF.type, SP.Document)))).serialize(format="turtle")


def test_rdflib_does_not_write_here(dataset: Dataset) -> None:
    with pytest.raises(StoreError, match="only read through rdflib"):
        dataset.add((ENTITY.a, RDF.type, SP.Organisation))
    with pytest.raises(StoreError, match="only read through rdflib"):
        dataset.update("INSERT DATA { entity:a a sp:Organisation }")
