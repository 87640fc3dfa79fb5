"""What every store gives, wherever it is: the same tests over a folder and over a server."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from oxigraph_server import cleared
from planted import claim, figure, quads_of, top
from rdflib import XSD, Literal, URIRef
from small_graph import SmallLinker, fill, small_ontology, small_world

from kg.errors import QueryError, StoreError
from kg.export import EXPORTERS
from kg.graph import Quad, Rules, document_iri, document_quads
from kg.model import Polarity
from kg.ontology import Ontology
from kg.query import ask, catalogue
from kg.resolve import Linker
from kg.settings import Endpoint, Place, Settings
from kg.store import (
    Change,
    EmbeddedStore,
    OpenStore,
    RemoteStore,
    Rulebook,
    Solutions,
    StoreBuilder,
    Triples,
    Verdict,
    list_documents,
    open_for_writing,
    open_store,
    plain,
    planned,
    push,
    select,
    stored_contents,
)
from kg.store.rdf import rdf_quads
from kg.terms import DERIVED_GRAPH

X = "https://example.org/"
ONE, TWO = URIRef(f"{X}one"), URIRef(f"{X}two")
S, P = URIRef(f"{X}s"), URIRef(f"{X}p")


def quad(number: int, graph: URIRef = ONE) -> Quad:
    return S, P, Literal(str(number)), graph


def put(place: Place, source: EmbeddedStore) -> Place:
    """A store at a place that holds what another does."""
    if isinstance(place, Endpoint):
        with RemoteStore(cleared(place)) as target:
            push(source, target, "", lambda *_: None)
    else:
        with StoreBuilder(place) as builder:
            builder.store.take(source.quads())
    return place


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a store may be."""
    if request.param == "folder":
        return tmp_path / "store"
    endpoint: Endpoint = request.getfixturevalue("server")
    return endpoint


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """What changes of documents go by."""
    ontology = Ontology.load(Settings.from_environment({}).ontology)
    return Rulebook(ontology, Linker(ontology), Rules(ontology))


@pytest.fixture(scope="module", params=["folder", "server"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenStore]:
    """The small world; read only, please, and before the tests that write."""
    if request.param == "folder":
        place: Place = tmp_path_factory.mktemp("contract") / "store"
    else:
        place = request.getfixturevalue("server")
    with open_store(put(place, fill(EmbeddedStore()))) as store:
        yield store


class TestReading:
    """Over the small world, against the same in memory."""

    def test_all_quads_are_there_and_no_others(self, filled: OpenStore, small_store: EmbeddedStore) -> None:
        assert set(filled.quads()) == set(small_store.quads())
        assert set(filled.quads(str(DERIVED_GRAPH))) == set(small_store.quads(str(DERIVED_GRAPH)))
        assert list(filled.quads(f"{X}none")) == []
        assert set(rdf_quads(filled)) == set(rdf_quads(small_store))

    def test_a_dump_can_be_loaded_again(self, filled: OpenStore, small_store: EmbeddedStore) -> None:
        out = io.BytesIO()
        filled.dump(out)
        again = EmbeddedStore()
        again.load(io.BytesIO(out.getvalue()))
        assert set(again.quads()) == set(small_store.quads())

    @pytest.mark.parametrize("name", sorted(EXPORTERS.keys() - {"viewer"}))
    def test_exports_are_the_same_to_the_byte(self, filled: OpenStore, small_store: EmbeddedStore, name: str) -> None:
        ours, theirs = io.BytesIO(), io.BytesIO()
        EXPORTERS[name].write(filled, ours)
        EXPORTERS[name].write(small_store, theirs)
        assert ours.getvalue() == theirs.getvalue()

    def test_named_queries_have_the_same_answers(self, filled: OpenStore, small_store: EmbeddedStore) -> None:
        asked = 0
        for name, each in catalogue().items():
            if all(parameter.default is not None for parameter in each.parameters):
                assert sorted(ask(filled, name, {}), key=str) == sorted(ask(small_store, name, {}), key=str), name
                asked += 1
        assert asked > 10

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT ?c { ?c a sp:Claim }",
            "SELECT ?s ?nothing { ?s sp:fileName ?n } ORDER BY ?n",
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?s a sp:Claim }",
            "SELECT DISTINCT ?g { GRAPH ?g { ?c a sp:Claim } }",
            "SELECT ?v (?v * 2 AS ?w) (STRLANG('x', 'en') AS ?l) { ?o sp:value ?v }",
            "PREFIX sp: <https://w3id.org/semipack/ontology#> SELECT ?c { ?c a sp:Conflict }",
            "# entity:\nSELECT ('PREFIX entity: <urn:x>' AS ?t) { entity:amkor a ?any }",
            "SELECT ?n FROM <https://w3id.org/semipack/graph/entities> { ?e skos:prefLabel ?n }",
            "SELECT ?n FROM NAMED <https://w3id.org/semipack/graph/entities> { ?e skos:prefLabel ?n }",
        ],
    )
    def test_rows_are_the_same(self, filled: OpenStore, small_store: EmbeddedStore, query: str) -> None:
        ours, theirs = filled.query(query), small_store.query(query)
        assert isinstance(ours, Solutions)
        assert isinstance(theirs, Solutions)
        assert ours.columns == theirs.columns
        left, right = (sorted(map(str, map(tuple, each))) for each in (ours, theirs))
        counted = "GRAPH ?g" not in query and "COUNT" not in query
        assert (left == right) if counted else (set(left) == set(right))

    def test_each_kind_of_query_has_its_kind_of_answer(self, filled: OpenStore, small_store: EmbeddedStore) -> None:
        yes, no = filled.query("ASK { ?c a sp:Claim }"), filled.query("ASK { ?c a sp:Nothing }")
        assert isinstance(yes, Verdict)
        assert (bool(yes), bool(no)) == (True, False)
        assert yes.serialize(ox.QueryResultsFormat.CSV) == b"true"
        for query in ("CONSTRUCT WHERE { ?c a sp:Claim }", "DESCRIBE entity:amkor"):
            ours, theirs = filled.query(query), small_store.query(query)
            assert isinstance(ours, Triples)
            assert isinstance(theirs, Triples)
            assert set(ours) == set(theirs)

    def test_rows_are_written_in_every_form(self, filled: OpenStore, small_store: EmbeddedStore) -> None:
        query = "SELECT ?e ?n { GRAPH graph:entities { ?e skos:prefLabel ?n } } ORDER BY ?e"
        for form in (ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML):
            ours, theirs = filled.query(query), small_store.query(query)
            assert isinstance(ours, Solutions)
            assert isinstance(theirs, Solutions)
            out = io.BytesIO()
            ours.write(out, form)
            assert out.getvalue() == theirs.serialize(form)

    def test_the_caller_chooses_the_graphs(self, filled: OpenStore) -> None:
        documents = [row["d"] for row in select(filled, "SELECT DISTINCT ?d { ?d a sp:Document } ORDER BY ?d")]
        count = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a sp:Claim }"

        def counted(**graphs: list[str]) -> int:
            answer = filled.query(count, **graphs)
            assert isinstance(answer, Solutions)
            return int(plain(next(iter(answer))[0]))

        assert 0 < counted(default_graphs=documents[:1]) < counted(default_graphs=documents) == counted()
        assert counted(named_graphs=documents) == 0
        with pytest.raises(QueryError, match="cannot be answered"):
            counted(default_graphs=["no iri"])

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("SELECT ?x WHERE { ?x  ", "line 1, column"),
            ("SELECT ?x WHERE {\n ?x nope:a ?y }", "line 2, column 11: this prefix is not declared"),
            ("", "ends too early"),
            ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "This is an update"),
            ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ],
    )
    def test_a_refused_query_is_told_in_the_same_line(
        self, filled: OpenStore, small_store: EmbeddedStore, query: str, told: str
    ) -> None:
        with pytest.raises(QueryError, match=told) as ours:
            filled.query(query)
        with pytest.raises(QueryError) as theirs:
            small_store.query(query)
        assert str(ours.value) == str(theirs.value)

    def test_what_follows_can_be_left_out(self, filled: OpenStore, small_store: EmbeddedStore) -> None:
        derived = set(small_store.quads(str(DERIVED_GRAPH)))
        with filled.stated() as stated:
            assert set(stated.quads()) == set(small_store.quads()) - derived
            assert not bool(stated.query("ASK { GRAPH graph:derived { ?s ?p ?o } }"))

    def test_documents_and_claims_come_back(self, filled: OpenStore, small_store: EmbeddedStore) -> None:
        assert [row.id for row in list_documents(filled)] == [row.id for row in list_documents(small_store)]
        assert [each.items for each in stored_contents(filled)] == [each.items for each in stored_contents(small_store)]

    def test_several_answers_may_be_read_at_once(self, filled: OpenStore) -> None:
        outer = filled.query("SELECT DISTINCT ?c { ?c a sp:Claim } ORDER BY ?c LIMIT 3")
        assert isinstance(outer, Solutions)
        for (node,) in outer:
            assert select(filled, f"SELECT ?s {{ {node} sp:statement ?s }}")
        assert next(iter(filled.query("SELECT ?s { ?s ?p ?o }")))  # type: ignore[arg-type]
        assert len(select(filled, "SELECT DISTINCT ?c { ?c a sp:Claim }")) == 23

    def test_a_closed_store_says_so(self, place: Place) -> None:
        put(place, EmbeddedStore())
        with open_store(place) as store:
            pass
        with pytest.raises(StoreError, match="is closed"):
            store.query("ASK {}")


class TestWriting:
    """Changes, each whole or not at all."""

    def test_a_change_drops_then_deletes_then_inserts(self, place: Place) -> None:
        put(place, EmbeddedStore())
        with open_for_writing(place) as store:
            store.apply(Change(insert=(quad(1), quad(2), quad(3, TWO))))
            store.apply(Change((str(TWO), f"{X}none"), (quad(1), quad(9)), (quad(4, TWO), quad(2))))
        with open_store(place) as store:
            found = {(each.object.value, each.graph_name.value) for each in store.quads()}  # type: ignore[union-attr]
        assert found == {("2", str(ONE)), ("4", str(TWO))}

    def test_every_change_gives_another_version_and_no_change_none(self, place: Place) -> None:
        put(place, EmbeddedStore())
        with open_for_writing(place) as store:
            versions = [store.version]
            store.apply(Change())
            assert store.version == versions[0]
            for number in range(3):
                store.apply(Change(insert=(quad(number),)))
                versions.append(store.version)
        with open_store(place) as reader:
            assert reader.version == versions[-1]
        assert len(set(versions)) == 4

    def test_any_text_goes_in_as_it_is_and_comes_out_again(self, place: Place) -> None:
        texts = ["", "a b", "\\u0041", "\\", '"""', "'", "} } ; DROP ALL #", "\r\n\t", "é 中 🦀", "\x01\x7f", "?x $y"]
        terms = [Literal(text) for text in texts]
        terms += [Literal("x", lang="en"), Literal("0.9", datatype=XSD.decimal), Literal("7", datatype=XSD.integer)]
        quads = tuple((ONE, TWO, term, ONE) for term in terms)
        put(place, EmbeddedStore())
        with open_for_writing(place) as store:
            store.apply(Change(insert=quads))
            assert set(rdf_quads(store)) == set(quads)
            store.apply(Change(delete=quads))
            assert list(store.quads()) == []
            store.add(quads)
            assert set(rdf_quads(store)) == set(quads)

    def test_a_name_that_is_no_iri_is_refused_whole(self, place: Place) -> None:
        put(place, EmbeddedStore())
        bad = (URIRef("no iri> ; DROP ALL"), ONE, ONE, ONE)
        with open_for_writing(place) as store:
            for change in (Change(insert=(quad(1), bad)), Change(drop=("no iri",)), Change(delete=(bad,))):
                with pytest.raises(StoreError, match="no valid IRI"):
                    store.apply(change)
            assert list(store.quads()) == []

    def test_an_update_in_sparql(self, place: Place) -> None:
        put(place, EmbeddedStore())
        with open_for_writing(place) as store:
            before = store.version
            store.update("INSERT DATA { GRAPH <urn:g> { entity:a a sp:Organisation . <b> a sp:Place } }", base=X)
            assert store.version != before
            assert select(store, "SELECT ?s { ?s a sp:Place }") == [{"s": f"{X}b"}]
            with pytest.raises(QueryError, match="line 1, column"):
                store.update("INSERT DATO {}")
            with pytest.raises(QueryError, match="LOAD is not allowed"):
                store.update("LOAD <http://127.0.0.1:1/>")

    def test_documents_come_and_go_like_in_any_store(self, place: Place, book: Rulebook) -> None:
        world, linker, ontology = small_world(), SmallLinker(), small_ontology()
        document = world.documents[0]
        quads = document_quads(document, *world.of(document), linker, ontology)
        put(place, EmbeddedStore())
        with open_for_writing(place) as store:
            store.apply(planned(store, [], quads, book))
            assert [row.id for row in list_documents(store)] == [document.id]
            assert set(rdf_quads(store, document_iri(document.id))) == set(quads)
            store.apply(planned(store, [document_iri(document.id)], [], book))
            assert list(store.quads()) == []

    def test_conflicts_come_and_go_with_their_documents(self, place: Place, book: Rulebook) -> None:
        order = {"quantity": ("80,000 wafers",), "period": ("2026",), "technology": ("CoWoS-L",)}
        says = [
            [
                claim("Samsung", "outsourcesTo", provider, polarity=polarity),
                claim("AMD", "outsourcesTo", provider, qualifiers=order),
                claim("Packwell Labs", "subsidiaryOf", provider),
                claim("Samsung", "outsourcesTo", "TSMC", polarity=polarity),
                figure(provider, "capex", value, "2025"),
                figure("TSMC", "capex", value, "2025"),
                top(provider, "OSAT"),
            ]
            for provider, value, polarity in (("Amkor", 5e9, Polarity.AFFIRMED), ("JCET", 6e9, Polarity.NEGATED))
        ]
        documents = [quads_of((f"{number}.txt", "2026-05", items)) for number, items in enumerate(says)]
        kinds = "SELECT DISTINCT ?kind { ?conflict a sp:Conflict ; sp:kind ?kind ; sp:concerns ?whom } ORDER BY ?kind"
        put(place, EmbeddedStore())
        with open_for_writing(place) as store:
            found = []
            for _, quads in documents:
                store.apply(planned(store, [], quads, book))
                found.append([row["kind"] for row in select(store, kinds)])
            assert found == [[], ["allocation", "parent", "polarity", "superlative", "value"]]
            store.apply(planned(store, [document_iri(documents[0][0])], [], book))
            assert select(store, kinds) == []


def test_where_there_is_no_store_the_cure_is_told(place: Place) -> None:
    if isinstance(place, Endpoint):
        cleared(place)
    both: list[Callable[[Place], object]] = [open_store, open_for_writing]
    for opened in both:
        with pytest.raises(StoreError, match=r"No store at .*; build one with `kg build PATH"):
            opened(place)
