"""Files of a corpus over HTTP: retries, refusals, silence."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from kg.training.annotations import Origin, read_annotations
from kg.training.corpora import rebuild
from kg.training.sources import SILENCES, Source, UnavailableError, Web

REPOSITORY = "some-one/their.notes"
NOTE = Origin(REPOSITORY, "c" * 40, "notes/a b#1.md", "")
RAW = f"/{REPOSITORY}/{'c' * 40}/notes/a%20b%231.md"

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, list[Answer]]], str]]:
    """Starts a server that gives the answers to each path in turn, the last one again and again; gives its address."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    servers: list[ThreadingHTTPServer] = []

    def start(answers: dict[str, list[Answer]]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                left = answers.get(self.path, [(404, {}, b"")])
                code, headers, body = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(code)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_files_come_by_path_and_by_blob(serve: Callable[[dict[str, list[Answer]]], str]) -> None:
    api = f"/repos/{REPOSITORY}/git/blobs/{'b' * 40}"
    address = serve({RAW: [(429, {"Retry-After": "0"}, b""), (200, {}, b"note")], api: [(200, {}, b"record")]})
    source = Web(address, address, 0)
    assert source(NOTE) == b"note"
    assert source(Origin(REPOSITORY, "c" * 40, "", "b" * 40)) == b"record"
    with pytest.raises(UnavailableError, match="gone"):
        source(Origin(REPOSITORY, "c" * 40, "other.md", ""))


def test_a_corpus_comes_over_http(serve: Callable[[dict[str, list[Answer]]], str], tmp_path: Path) -> None:
    stretch = {"start": 2, "end": 4, "sha256": sha256(b"te\n").hexdigest()}
    named = {"repository": REPOSITORY, "commit": "c" * 40, "path": "notes/a b#1.md"}
    lines = [{"id": f"a{n}", "entities": [], "claims": [], **named, **stretch} for n in (1, 2)]
    lines[1]["path"] = "gone.md"
    path = tmp_path / "annotations.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    source = Web(serve({RAW: [(200, {}, b"note")]}), pause=0)
    found = rebuild(read_annotations(path), tmp_path / "out", source)
    assert [e.id for e in found.had] == ["a1"]
    assert [(e.id, reason) for e, reason in found.lacking] == [("a2", "it is gone (HTTP 404)")]
    assert (tmp_path / "out" / "docs" / "a1.md").read_bytes() == b"te\n"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, {}, b""), "HTTP 500"),
        ((429, {"Retry-After": "soon"}, b""), "run the command again in an hour"),
        ((200, {}, b"x" * 99), "larger than"),
        ((200, {"Transfer-Encoding": "chunked"}, b"no chunk"), "cannot be reached"),
    ],
    ids=["broken", "busy", "large", "no HTTP"],
)
def test_faults_of_a_server_are_told(
    serve: Callable[[dict[str, list[Answer]]], str], monkeypatch: pytest.MonkeyPatch, answer: Answer, reason: str
) -> None:
    monkeypatch.setattr("kg.training.sources.LARGEST", 90)
    source = Web(serve({RAW: [answer]}), pause=0)
    with pytest.raises(UnavailableError, match=reason):
        source(NOTE)


def test_a_host_that_never_answers_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def silent(request: Any, timeout: float) -> None:
        asked.append(request.full_url)
        raise TimeoutError(timeout)

    monkeypatch.setattr("kg.training.sources.urlopen", silent)
    source: Source = Web()
    for _ in range(SILENCES + 2):
        with pytest.raises(UnavailableError, match="cannot be reached"):
            source(NOTE)
    assert len(asked) == SILENCES
    assert asked[0] == f"https://raw.githubusercontent.com{RAW}"
