"""What the service does when it is asked too much."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from served import RUNAWAY, Server

pytestmark = pytest.mark.alone

QUICK = "ASK { entity:tsmc sp:outsourcesTo entity:amkor }"


def timed(server: Server, query: str) -> tuple[int, float, str]:
    started = time.monotonic()
    with httpx.Client(timeout=30) as client:
        answer = client.get(server.url + "/sparql", params={"query": query})
    return answer.status_code, time.monotonic() - started, answer.text


def test_runaway_queries_are_stopped_while_quick_ones_are_answered(narrow: Server) -> None:
    before = narrow.get("/metrics").text
    with ThreadPoolExecutor(12) as threads:
        runaways = [threads.submit(timed, narrow, RUNAWAY % number) for number in range(10)]
        time.sleep(1.1)
        quick = [timed(narrow, QUICK) for _ in range(20)]
        stopped = [each.result() for each in runaways]
    assert {status for status, _, _ in stopped} == {503, 504}
    assert max(seconds for _, seconds, _ in stopped) < 1.5 + 2
    assert any("Stopped after 1.5 s" in text for _, _, text in stopped)
    assert {status for status, _, _ in quick} <= {200, 503}
    assert sum(status == 200 for status, _, _ in quick) >= 10
    for _ in range(50):
        if narrow.get("/health").json()["workers"] == 2:
            break
        time.sleep(0.1)
    assert timed(narrow, QUICK)[0] == 200
    assert "kg_killed_total 0\n" in before
    assert "kg_killed_total 0\n" not in narrow.get("/metrics").text


def test_when_all_is_taken_the_client_is_told_when_to_come_back(narrow: Server) -> None:
    def status(number: int) -> httpx.Response:
        with httpx.Client(timeout=30) as client:
            return client.get(narrow.url + "/sparql", params={"query": RUNAWAY % f"full-{number}"})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(status, range(8)))
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)


def test_an_answer_over_the_limit_is_refused_whole(narrow: Server) -> None:
    for query in ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"):
        answer = narrow.ask(query, "*/*")
        assert answer.status_code == 413
        assert answer.text.startswith("The answer is larger than 0.0625 MB")


def test_a_request_over_the_limit_is_refused(narrow: Server) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    big = b"ASK {} #" + b"x" * 1_100_000
    assert narrow.client.post(narrow.url + "/sparql", content=big, headers=headers).status_code == 413
    parts = (b"ASK {} #" + b"x" * 300_000 for _ in range(5))
    assert narrow.client.post(narrow.url + "/sparql", content=parts, headers=headers).status_code == 413


def test_a_query_that_eats_memory_ends_alone(narrow: Server) -> None:
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?i"
    status, _, text = timed(narrow, hungry)
    assert status in {504, 507}, text
    assert timed(narrow, QUICK)[0] == 200


def test_a_query_ends_with_its_client(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        query = httpx.QueryParams(query=RUNAWAY % "left")
        connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        time.sleep(0.3)
        assert server.get("/health").json()["running"] == 1
    for _ in range(40):
        if server.get("/health").json()["running"] == 0:
            break
        time.sleep(0.05)
    assert server.get("/health").json()["running"] == 0
