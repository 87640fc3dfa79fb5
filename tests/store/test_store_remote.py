"""What is special about a store on a server: faults of the network, logins, other writers, other servers, builds."""

import socket
import time
from pathlib import Path

import pytest
from faulty import Answer, answering
from oxigraph_server import cleared, free_port, running
from rdflib import Literal, URIRef
from small_graph import fill

from kg.errors import QueryError, StoreError, UsageError
from kg.graph import Quad
from kg.settings import Endpoint, Settings, place_of
from kg.store import (
    Change,
    EmbeddedStore,
    Push,
    RemoteStore,
    check_target,
    http,
    open_for_writing,
    open_store,
    push,
    pushing,
    select,
)
from kg.store.endpoint import addresses_of
from kg.terms import ENTITIES_GRAPH

X = URIRef("https://example.org/x")
ROOT = "https://w3id.org/semipack/"
YES = '{"head":{},"boolean":true}'


def quad(text: str, graph: URIRef = X) -> Quad:
    return X, X, Literal(text), graph


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """No waiting, but a note of how long it would have been."""
    waits: list[float] = []
    monkeypatch.setattr(http, "sleep", waits.append)
    return waits


@pytest.fixture
def endpoint(server: Endpoint) -> Endpoint:
    """The server with nothing in it."""
    return cleared(server)


def load(endpoint: Endpoint, source: EmbeddedStore) -> Push:
    with RemoteStore(endpoint, {}) as target:
        return push(source, target, "rules", lambda *_: None)


class TestFaults:
    """What passes is waited out, the rest is told in one line."""

    @pytest.mark.parametrize("status", [0, 429, 502, 503, 504])
    def test_what_passes_is_tried_again(self, quick: list[float], status: int) -> None:
        with answering(
            Answer(status, "later", "text/plain"), Answer(status, "later", "text/plain"), Answer()
        ) as faulty:
            with open_store(faulty.endpoint) as store:
                assert store.version == "v1"
            assert len(faulty.asked) == 3
        assert len(quick) == 2
        assert 0.1 < quick[0] < quick[1] < 1

    def test_the_server_says_how_long_to_wait(self, quick: list[float]) -> None:
        with answering(Answer(503, headers={"Retry-After": "7"}), Answer()) as faulty, open_store(faulty.endpoint):
            assert quick == [7]

    def test_what_stays_is_told(self, quick: list[float]) -> None:
        with (
            answering(Answer(503)) as faulty,
            pytest.raises(StoreError, match=r"not to be had \(503\); try again later"),
        ):
            open_store(faulty.endpoint)
        with answering(Answer(0)) as faulty, pytest.raises(StoreError, match="broke off the connection"):
            open_store(faulty.endpoint)
        assert len(quick) == 10
        assert sum(quick) > 10

    def test_a_connection_that_was_left_open_too_long_is_opened_again(self, quick: list[float]) -> None:
        with answering(Answer(), Answer(0), Answer()) as faulty:
            store = RemoteStore(faulty.endpoint, {})
            store.refresh()
            store.close()
        assert quick == []

    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            (Answer(401, "", "text/plain"), r"refuses the login \(401\); set KG_STORE_USER and KG_STORE_PASSWORD"),
            (Answer(403, "", "text/plain"), r"refuses the login \(403\)"),
            (Answer(404, "", "text/html"), r"is no SPARQL endpoint \(404\); give the endpoint's own address"),
            (Answer(301, "", headers={"Location": "https://a.b/"}), r"has moved \(301\)"),
            (Answer(200, "<html>", "text/html"), "answers with a web page"),
            (Answer(200, "a", "text/plain"), "answers with text/plain, not as SPARQL does"),
        ],
    )
    def test_a_server_that_is_none_is_told(self, answer: Answer, told: str) -> None:
        with answering(answer) as faulty, pytest.raises(StoreError, match=told) as caught:
            open_store(faulty.endpoint)
        assert "\n" not in str(caught.value)

    def test_an_answer_that_breaks_off_is_no_answer(self) -> None:
        with answering(Answer(-1)) as faulty, pytest.raises(QueryError, match="cannot be answered"):
            open_store(faulty.endpoint)
        rows = '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}, error'
        with answering(Answer(), Answer(body=YES), Answer(body=rows)) as faulty, open_store(faulty.endpoint) as store:
            assert store.version == "v1"
            with pytest.raises(QueryError, match="cannot be answered"):
                select(store, "SELECT ?a {}")

    def test_what_the_server_says_of_a_query_is_told(self) -> None:
        wrong = Answer(400, "no such\nfunction", "text/plain")
        with answering(Answer(), Answer(body=YES), wrong) as faulty, open_store(faulty.endpoint) as store:
            assert store.path is None
            with pytest.raises(QueryError, match="cannot be answered: no such function"):
                store.query("SELECT ?a {}")

    @pytest.mark.parametrize("status", [403, 404, 405, 501])
    def test_a_store_that_may_not_be_written_is_told(self, status: int) -> None:
        with answering(Answer(), Answer(status, "")) as faulty, open_for_writing(faulty.endpoint) as store:
            assert store.version == "v1"
            with pytest.raises(StoreError, match=rf"/update refuses updates \({status}\)"):
                store.apply(Change(insert=(quad("a"),)))

    def test_nobody_there_is_told_at_once(self) -> None:
        started = time.monotonic()
        with pytest.raises(StoreError, match=r"cannot be reached .*; check the address"):
            open_store(Endpoint(f"http://127.0.0.1:{free_port()}"))
        assert time.monotonic() - started < 2

    def test_silence_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KG_STORE_TIMEOUT", "0.2")
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            place = Endpoint(f"http://127.0.0.1:{silent.getsockname()[1]}")
            with pytest.raises(StoreError, match=r"gives no answer within 0\.2 s; .* raise KG_STORE_TIMEOUT"):
                open_store(place)


class TestLogin:
    """Sent along, and never shown."""

    @pytest.mark.parametrize(
        ("environment", "sent"),
        [
            ({"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "s3cret"}, "Basic YW5uOnMzY3JldA=="),
            ({"KG_STORE_TOKEN": "t0ken", "KG_STORE_USER": "ann"}, "Bearer t0ken"),
            ({}, None),
        ],
    )
    def test_it_comes_from_the_environment(self, environment: dict[str, str], sent: str | None) -> None:
        with answering(Answer()) as faulty, RemoteStore(faulty.endpoint, environment):
            assert faulty.asked[0][1].get("Authorization") == sent

    def test_it_is_never_told(self) -> None:
        environment = {"KG_STORE_TOKEN": "t0ken\r\nX: y"}
        with pytest.raises(UsageError) as caught:
            RemoteStore(Endpoint("http://127.0.0.1:1"), environment)
        assert "t0ken" not in str(caught.value)
        with pytest.raises(UsageError, match="A login does not belong into the address") as caught:
            place_of("http://ann:s3cret@localhost/")
        assert "s3cret" not in str(caught.value)

    def test_a_malformed_time_is_told(self) -> None:
        with pytest.raises(UsageError, match="KG_STORE_TIMEOUT"):
            RemoteStore(Endpoint("http://127.0.0.1:1"), {"KG_STORE_TIMEOUT": "soon"})


@pytest.mark.parametrize(
    ("url", "query", "update", "graphs"),
    [
        ("http://a:7878", "http://a:7878/query", "http://a:7878/update", "http://a:7878/store"),
        ("http://a:7878/", "http://a:7878/query", "http://a:7878/update", "http://a:7878/store"),
        ("https://a/b/query", "https://a/b/query", "https://a/b/update", "https://a/b/store"),
        ("https://a/sparql", "https://a/sparql", "https://a/sparql", ""),
    ],
)
def test_the_services_of_a_store(url: str, query: str, update: str, graphs: str) -> None:
    found = addresses_of(Endpoint(url), {})
    assert (found.query, found.update, found.graphs) == (query, update, graphs)
    own = {f"KG_STORE_{name}_URL": f"http://x/{name}" for name in ("QUERY", "UPDATE", "GRAPHS")}
    told = addresses_of(Endpoint(url), own)
    assert (told.query, told.update, told.graphs) == ("http://x/QUERY", "http://x/UPDATE", "http://x/GRAPHS")


def test_a_service_that_is_none_is_refused() -> None:
    for value, told in (("localhost/query", "is no web address"), ("http://ann:s3cret@a/", "login does not belong")):
        with pytest.raises(UsageError, match=told) as caught:
            addresses_of(Endpoint("http://a"), {"KG_STORE_QUERY_URL": value})
        assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("text", ["http://", "http://[a", "http://a b", "http://a:b", "http://a/?q", "http://ä/"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="address"):
        place_of(text)


def test_a_place_is_a_folder_or_an_address() -> None:
    assert place_of("kg-store") == Path("kg-store")
    assert place_of("HTTP://localhost:7878") == Endpoint("HTTP://localhost:7878")
    assert Settings.from_environment({"KG_STORE": "http://localhost"}).store == Endpoint("http://localhost")


class TestWriters:
    """Two who write at once do not spoil each other's work."""

    def test_the_second_one_is_told_and_changes_nothing(self, endpoint: Endpoint) -> None:
        load(endpoint, EmbeddedStore())
        with open_for_writing(endpoint) as one, open_for_writing(endpoint) as two:
            one.apply(Change(insert=(quad("one"),)))
            for change in (Change(insert=(quad("two"),)), Change(delete=(quad("one"),)), Change(drop=(str(X),))):
                with pytest.raises(StoreError, match=r"Somebody else has changed the store .*; run this again"):
                    two.apply(change)
            assert [each.object.value for each in one.quads()] == ["one"]  # type: ignore[union-attr]
            one.apply(Change(insert=(quad("three"),)))

    def test_a_change_that_reaches_the_server_twice_is_made_once(
        self, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load(endpoint, EmbeddedStore())
        once = RemoteStore._update
        monkeypatch.setattr(RemoteStore, "_update", lambda self, text: (once(self, text), once(self, text)))
        with open_for_writing(endpoint) as store:
            store.apply(Change(insert=(quad("a"),)))
            store.apply(Change(drop=(str(X),), insert=(quad("b"),)))
            assert [each.object.value for each in store.quads()] == ["b"]  # type: ignore[union-attr]


class TestBuilding:
    """Loading a store, again and again."""

    def test_only_what_has_changed_is_loaded(self, endpoint: Endpoint) -> None:
        source = fill(EmbeddedStore())
        graphs = len(select(source, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
        assert load(endpoint, source) == Push(graphs, 0, 0)
        with open_store(endpoint) as store:
            first = store.version
        assert load(endpoint, source) == Push(0, graphs, 0)
        source.add([quad("new", ENTITIES_GRAPH)])
        assert load(endpoint, source) == Push(1, graphs - 1, 0)
        with open_for_writing(endpoint) as store:
            assert store.version != first
            store.apply(Change(delete=(quad("new", ENTITIES_GRAPH),), insert=(quad("by hand", URIRef(f"{ROOT}g")),)))
        assert load(endpoint, source) == Push(1, graphs - 1, 1)
        with open_store(endpoint) as store:
            assert set(store.quads()) == set(source.quads())

    def test_an_interrupted_build_is_taken_up(self, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
        source = fill(EmbeddedStore())
        monkeypatch.setattr(pushing, "_BATCH", 1)

        def stop(_what: str, done: int, _total: int) -> None:
            if done == 3:
                raise KeyboardInterrupt

        with RemoteStore(endpoint, {}) as target, pytest.raises(KeyboardInterrupt):
            push(source, target, "", stop)
        with pytest.raises(StoreError, match="is not built to its end"):
            open_store(endpoint)
        done = load(endpoint, source)
        assert done.present == 3
        with open_store(endpoint) as store:
            assert set(store.quads()) == set(source.quads())

    def test_a_rebuild_under_way_keeps_writers_out_and_lets_readers_in(self, endpoint: Endpoint) -> None:
        source = fill(EmbeddedStore())
        load(endpoint, source)
        seen = []

        def look(*_: object) -> None:
            with open_store(endpoint) as store:
                seen.append(len(list(store.quads())))
            with pytest.raises(StoreError, match="is being built, or a build of it was interrupted"):
                open_for_writing(endpoint)

        with RemoteStore(endpoint, {}) as target:
            push(source, target, "", look)
        assert seen == [len(list(source.quads()))]

    def test_the_later_of_two_builds_goes_on(self, endpoint: Endpoint) -> None:
        source = fill(EmbeddedStore())
        with RemoteStore(endpoint, {}) as target, pytest.raises(StoreError, match=r"Another build .* began meanwhile"):
            push(source, target, "", lambda *_: load(endpoint, source) and None)
        with open_store(endpoint) as store:
            assert set(store.quads()) == set(source.quads())

    def test_what_is_not_ours_is_left_alone(self, endpoint: Endpoint) -> None:
        with RemoteStore(endpoint, {}) as other:
            other.write("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }")
            with pytest.raises(StoreError, match="is no store of kg; give the address of an empty one"):
                check_target(other)
            other.write("DROP ALL")
            check_target(other)
        load(endpoint, EmbeddedStore())
        with RemoteStore(endpoint, {}) as other:
            other.write("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }")
        assert load(endpoint, fill(EmbeddedStore())).dropped == 0
        with open_store(endpoint) as store:
            assert len(list(store.quads("urn:g"))) == 1

    def test_a_store_of_another_format_is_told(self, endpoint: Endpoint) -> None:
        load(endpoint, EmbeddedStore())
        with RemoteStore(endpoint, {}) as store:
            store.write(
                "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p '99' } } "
                "WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRENDS(STR(?p), 'storeFormat')) }"
            )
        with pytest.raises(StoreError, match="has format 99, this version reads 2; build it again"):
            open_store(endpoint)

    def test_where_there_is_no_bulk_load_updates_do(self, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KG_STORE_GRAPHS_URL", f"{endpoint}/nothing")
        source = fill(EmbeddedStore())
        with RemoteStore(endpoint) as target:
            push(source, target, "", lambda *_: None)
            assert set(target.quads()) == set(source.quads())


def test_servers_unite_their_graphs_in_their_own_ways(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    source = fill(EmbeddedStore())
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a sp:Claim . GRAPH ?g { ?c sp:polarity ?p } }"
    with running("--union-default-graph") as always:
        load(always, source)
        with open_store(always) as store:
            assert select(store, count) == [{"n": "23"}]
            assert isinstance(store, RemoteStore)
            assert store._united() == []
    load(endpoint, source)
    with open_store(endpoint) as store:
        assert select(store, count) == [{"n": "23"}]
    # A server that knows no such parameter is told the graphs one by one.
    monkeypatch.setattr("kg.store.remote._UNITE", ("unknown", ""))
    with open_store(endpoint) as store:
        assert select(store, count) == [{"n": "23"}]
        assert isinstance(store, RemoteStore)
        assert len(store._united()) > 10
