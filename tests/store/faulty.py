"""A server of HTTP that answers as a test scripts it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kg.settings import Endpoint

JSON = "application/sparql-results+json"
MARKS = (
    '{"head":{"vars":["key","value"]},"results":{"bindings":['
    '{"key":{"type":"uri","value":"https://w3id.org/semipack/ontology#storeVersion"},'
    '"value":{"type":"literal","value":"v1"}},'
    '{"key":{"type":"uri","value":"https://w3id.org/semipack/ontology#storeFormat"},'
    '"value":{"type":"literal","value":"2"}}]}}'
)


@dataclass
class Answer:
    """What to answer once; a status of 0 breaks the connection, of -1 in the midst of the body."""

    status: int = 200
    body: str = MARKS
    media: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Faulty:
    """A running server.

    Attributes:
        endpoint: its address.
        script: what it answers, one after the other; the last one again and again.
        asked: path, headers and body of each request so far.
    """

    endpoint: Endpoint
    script: list[Answer]
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)


@contextmanager
def answering(*script: Answer) -> Iterator[Faulty]:
    """A server that answers so."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
            faulty.asked.append((self.path, dict(self.headers), body))
            answer = faulty.script.pop(0) if len(faulty.script) > 1 else faulty.script[0]
            if answer.status == 0:
                self.close_connection = True
                return
            data = answer.body.encode("utf-8")
            self.send_response(abs(answer.status) if answer.status != -1 else 200)
            for name, value in {
                "Content-Type": answer.media,
                "Content-Length": str(len(data)),
                **answer.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.status == -1:
                self.wfile.write(data[: len(data) // 2])
                self.close_connection = True
                return
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    faulty = Faulty(Endpoint(f"http://127.0.0.1:{server.server_address[1]}"), list(script))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield faulty
    finally:
        server.shutdown()
        server.server_close()
