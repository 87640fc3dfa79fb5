"""Starting, ending, writing, and what the service tells of itself."""

import asyncio
import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from served import Server, build, serving
from small_graph import small_world

from kg.cli import main
from kg.server.frames import Channel, frame
from kg.server.limits import Limits
from kg.server.metrics import Metrics
from kg.server.pool import Pool


def test_health_tells_version_and_documents(server: Server) -> None:
    health = server.get("/health").json()
    assert (health["status"], health["documents"], health["workers"]) == ("ok", 4, 2)
    assert health["version"]


def test_metrics_count_by_route_and_status(server: Server) -> None:
    server.ask("ASK {}")
    server.ask("nonsense")
    answer = server.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for begin in (
        'kg_requests_total{route="sparql",method="GET",status="200"} ',
        'kg_requests_total{route="sparql",method="GET",status="400"} ',
        'kg_request_seconds_bucket{route="sparql",le="+Inf"} ',
        "kg_workers 2",
        "kg_running 0",
        "kg_queued 0",
        'kg_store_info{version="',
    ):
        assert any(line.startswith(begin) for line in lines), begin
    assert all(line.startswith("# ") or len(line.rsplit(" ", 1)) == 2 for line in lines)


def test_a_histogram_adds_up(tmp_path: Path) -> None:
    metrics = Metrics()
    for seconds in (0.0005, 0.001, 0.3, 100.0):
        metrics.add('a"b', "GET", 200, seconds)
    text = metrics.text(Pool(tmp_path, Limits()), "1")
    assert 'kg_request_seconds_bucket{route="a\\"b",le="0.001"} 2' in text
    assert 'kg_request_seconds_bucket{route="a\\"b",le="60"} 3' in text
    assert 'kg_request_seconds_bucket{route="a\\"b",le="+Inf"} 4' in text
    assert 'kg_request_seconds_count{route="a\\"b"} 4' in text


def test_the_access_log_is_lines_of_json(own: Server) -> None:
    own.ask("ASK {}")
    own.get('/nothing%0A{"route": "made up"}')
    # A line is written when the answer is out.
    for _ in range(100):
        lines = [json.loads(line) for line in own.log.read_text("utf-8").splitlines()[1:]]
        if lines and lines[-1]["route"] == "none":
            break
        time.sleep(0.02)
    assert [(line["route"], line["status"]) for line in lines[-2:]] == [("sparql", 200), ("none", 404)]
    assert lines[-2]["ms"] >= lines[-2]["worker_ms"] > 0


def test_who_has_the_token_may_update(own: Server) -> None:
    def update(text: str, token: str = "") -> tuple[int, str]:
        headers = {"Content-Type": "application/sparql-update"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        answer = own.client.post(own.url + "/sparql", content=text, headers=headers)
        return answer.status_code, answer.text

    insert = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"
    ask = "ASK { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"
    assert update(insert)[0] == 401
    assert update(insert, "guess")[0] == 403
    assert own.ask(ask).json()["boolean"] is False
    assert update(insert, "open sesame") == (204, "")
    assert own.ask(ask).json()["boolean"] is True
    assert update("INSERT DATO", "open sesame")[0] == 400
    assert update("LOAD <http://localhost/>", "open sesame")[0] == 403
    assert update("CLEAR ALL ; LOAD <file:///etc/hosts>", "open sesame")[0] == 403
    assert own.ask(ask).json()["boolean"] is True


def test_a_new_version_is_served_at_once(own: Server) -> None:
    query = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a sp:Document }"
    before = own.ask(query)
    build(own.store, small_world())
    after = [own.ask(query) for _ in range(4)]
    numbers = [each.json()["results"]["bindings"][0]["n"]["value"] for each in (before, *after)]
    assert numbers == ["4", "3", "3", "3", "3"]
    assert after[0].headers["etag"] != before.headers["etag"]
    assert own.get("/health").json()["documents"] == 3


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_worker_that_is_killed_is_replaced(own: Server) -> None:
    workers = _workers(own.process.pid)
    for _ in range(200):
        # Beside the two, one for a while works out the view of a new version.
        if len(workers) == 2:
            break
        time.sleep(0.05)
        workers = _workers(own.process.pid)
    assert len(workers) == 2
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    statuses = [own.ask("ASK {}").status_code for _ in range(6)]
    assert statuses[-1] == 200, statuses


def test_the_system_may_end_it(built: Path) -> None:
    with serving(built, "--workers", "2") as running:
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(10) == 0
        with pytest.raises(httpx.ConnectError):
            running.ask("ASK {}")
    assert len(running.log.read_text("utf-8").splitlines()) == 1


def test_what_keeps_it_from_starting_is_one_line(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        cases = {
            ("--store", str(built), "--port", port): (2, f"Port {port} of 127.0.0.1 cannot be used"),
            ("--store", str(tmp_path / "none"), "--port", "0"): (1, "No store at"),
            ("--store", str(built), "--workers", "1"): (2, "--workers 2"),
            ("--store", str(built), "--timeout", "0"): (2, "positive"),
            ("--store", str(built), "--host", "no.such.host.invalid", "--port", "0"): (2, "give another --host"),
            ("--store", str(built), "--writable", "--token-env", "NOT_SET"): (2, "needs a token; set NOT_SET"),
        }
        for options, (code, told) in cases.items():
            with pytest.raises(SystemExit) as stopped:
                main(["serve", *options])
            said = capsys.readouterr().err
            assert stopped.value.code == code, said
            assert told in said
            assert len(said.strip().splitlines()) == 1, said


def _workers(pid: int) -> list[int]:
    children = _descendants(pid)
    return [each for each in children if "forkserver" in _command(each) and _parent(each) in children]


def _descendants(pid: int) -> set[int]:
    found = {pid}
    while True:
        more = {
            int(each.name)
            for each in Path("/proc").iterdir()
            if each.name.isdigit() and _parent(int(each.name)) in found
        }
        if more <= found:
            return found - {pid}
        found |= more


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8")
    except OSError:
        return ""


def test_an_answer_that_comes_as_the_wait_for_it_ends_is_not_lost() -> None:
    async def wait_twice() -> tuple[object, bytes]:
        channel = Channel()
        waiting = asyncio.create_task(channel.next())
        await asyncio.sleep(0)
        channel.data_received(frame({"status": 200}, b"here"))
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        return await asyncio.wait_for(channel.next(), 5)

    # In a thread of its own: a browser that other tests have opened has its event loop in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(wait_twice())).result() == ({"status": 200}, b"here")
