"""How the server starts, ends and speaks: standard input and output, HTTP, and what it says where it cannot."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from talking import RUNAWAY, command, talking

from kg.cli import main
from kg.server.mcp import TOOLS

pytestmark = pytest.mark.alone

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}


@contextmanager
def started(store: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The server with pipes on all sides."""
    how = command(store, *options)
    pipe = subprocess.PIPE
    with subprocess.Popen([how.command, *how.args], stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def send(process: subprocess.Popen[str], *messages: dict[str, object]) -> None:
    assert process.stdin
    process.stdin.write("".join(json.dumps(each) + "\n" for each in messages))
    process.stdin.flush()


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes that it has started, and theirs."""
    found = [process.pid]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            found += map(int, task.read_text("ascii").split())
    return found[1:]


def gone(pids: list[int], *, any_: bool = False, seconds: float = 5) -> bool:
    """Whether all processes, or any of them, end in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        there = [Path(f"/proc/{pid}").exists() for pid in pids]
        if not (all(there) if any_ else any(there)):
            return True
        time.sleep(0.02)
    return False


def test_an_older_client_is_answered_and_only_answers_come_out(store: Path) -> None:
    with started(store, "--timeout", "20") as process:
        asked = {"name": "evidence", "arguments": {"subject": "TSMC", "object": "Amkor"}}
        send(process, INITIALIZE, {"jsonrpc": "2.0", "method": "notifications/initialized"})
        assert process.stdout and process.stderr
        assert json.loads(process.stdout.readline())["result"]["protocolVersion"] == "2025-06-18"
        send(process, {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked})
        answer = json.loads(process.stdout.readline())
        assert answer["result"]["structuredContent"]["claims"]
        workers = children(process)
        send(process, {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": runaway(3)})
        time.sleep(0.3)
        assert not gone(workers, any_=True, seconds=0.1)
        send(process, {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 3}})
        assert gone(workers, any_=True), "the query goes on though it was cancelled"
        send(process, {"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": runaway(4)})
        time.sleep(0.3)
        workers = children(process)
        assert process.stdin
        process.stdin.close()
        assert process.wait(10) == 0
        assert all(json.loads(line)["jsonrpc"] == "2.0" for line in process.stdout)
        assert process.stderr.read() == ""
    assert gone(workers), "a worker outlives the server"


def runaway(number: int) -> dict[str, object]:
    return {"name": "sparql", "arguments": {"query": RUNAWAY % number}}


def test_ctrl_c_ends_it_though_nobody_closes_its_input(store: Path) -> None:
    with started(store, "--workers", "2") as process:
        send(process, INITIALIZE)
        assert process.stdout and process.stdout.readline()
        workers = children(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr and process.stderr.read() == ""
    assert gone(workers)


def test_it_serves_over_http(store: Path) -> None:
    with started(store, "--http", "127.0.0.1:0", "--workers", "2") as process:
        assert process.stderr
        said = process.stderr.readline().split()
        url = said[-1]
        assert said[0] == "Serving" and url.startswith("http://127.0.0.1:") and url.endswith("/mcp")
        strange = httpx.post(url, json=INITIALIZE, headers={"Host": "evil.example", "Accept": "application/json"})
        assert strange.status_code == 421
        with talking(url) as assistant:
            value, text = assistant.answer("evidence", subject="TSMC", object="Amkor", relation="outsourcesTo")
            assert len(value["claims"]) == 1 and "profile.md" in text
            assert "did you mean" in assistant.refusal("entity", name="Amkr")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_store_that_is_not_there_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["mcp", "--store", str(tmp_path / "none")])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (1, "")
    assert told.err.startswith("Error: ") and told.err.count("\n") == 1 and "kg build" in told.err


@pytest.mark.parametrize("address", ["8001", "localhost", "localhost:", ":80", "localhost:70000", "localhost:x"])
def test_an_address_that_is_none_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["mcp", "--http", address])
    assert ended.value.code == 2
    assert "write --http 127.0.0.1:8001" in capsys.readouterr().err


@pytest.mark.parametrize(("there", "version"), [(False, ""), (True, "1.30.0")])
def test_without_the_sdk_it_says_how_to_install_it(
    there: bool, version: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.cli.mcp.find_spec", lambda name: object() if there or name != "mcp" else None)
    monkeypatch.setattr("kg.cli.mcp.version", lambda _: version)
    with pytest.raises(SystemExit) as ended:
        main(["mcp"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "kg mcp needs mcp" in said and "pip install 'semipack[mcp]'" in said


def test_help_needs_no_sdk() -> None:
    code = "import sys; sys.modules['mcp'] = None; from kg.cli import main; main(['mcp', '--help'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ.copy()
    )
    assert done.returncode == 0 and "model context protocol" in done.stdout


def test_the_documentation_lists_the_tools_with_their_arguments() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "mcp.md").read_text("utf-8")
    rows = [row.split("|") for row in text.splitlines() if row.startswith("| `")]
    assert [row[1].strip().strip("`") for row in rows] == list(TOOLS)
    filters = {"polarity", "modality", "min_confidence", "since", "limit", "offset"}
    limits = {"relation", "without", "modality", "min_confidence", "since", "until", "source"}
    for row, tool in zip(rows, TOOLS.values(), strict=True):
        named = set(re.findall(r"`(\w+)`", row[3]))
        named |= (filters if "filters" in row[3] else set()) | (limits if "and limits" in row[3] else set())
        assert {field.name for field in tool.fields} | set(tool.more) == named, tool.name
