"""A ``kg serve`` in a process of its own, a client that keeps its connection, and what the service's processes take."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

REPOSITORY = Path(__file__).resolve().parent.parent
JSON = "application/sparql-results+json"
_STARTING_SECONDS = 120
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service answered; the content type is without its parameters."""

    status: int
    media: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Client:
    """One client of a service, with one connection."""

    def __init__(self, url: str, timeout: float = 120) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)

    def ask(self, path: str, body: bytes | None = None, method: str = "", **headers: str) -> Reply:
        """One request; names of headers have underscores for hyphens. A connection that was closed is opened anew."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for tries_left in reversed(range(_TRIES)):
            try:
                self._connection.request(method or ("GET" if body is None else "POST"), path, body, named)
                found = self._connection.getresponse()
                media = (found.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
                return Reply(found.status, media, found.read())
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self._connection.close()
                if not tries_left:
                    raise
        raise AssertionError("unreachable")

    def query(self, sparql: str, accept: str = JSON, **parameters: str) -> Reply:
        """A query by GET."""
        return self.ask("/sparql?" + urlencode({"query": sparql, **parameters}), Accept=accept)

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True, slots=True)
class Server:
    """A running service."""

    url: str
    process: subprocess.Popen[bytes]

    def client(self) -> Client:
        return Client(self.url)

    def memory(self) -> float:
        """MiB that all its processes take; what they share is counted once."""
        return sum(proportional(pid) for pid in descendants(self.process.pid)) / 1024


@contextmanager
def serving(store: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """``kg serve`` on a free port; ended as Ctrl-C ends it."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stderr=log, cwd=REPOSITORY, env={**os.environ, **(environment or {})})
        try:
            yield Server(_url(process, log.fileno()), process)
            process.send_signal(signal.SIGINT)
            process.wait(15)
        finally:
            process.kill()
            process.wait()


def _url(process: subprocess.Popen[bytes], log: int) -> str:
    """Where it serves, once it says so."""
    for _ in range(_STARTING_SECONDS * 20):
        said = os.pread(log, 10_000, 0).decode("utf-8", "replace")
        # In front of it may stand how far a large store is prepared.
        for line in said.splitlines(keepends=True):
            if line.startswith("Serving ") and line.endswith("\n"):
                return line.rsplit(" (Ctrl-C", 1)[0].rsplit(" ", 1)[-1].rstrip("/")
        if process.poll() is not None:
            sys.exit(f"kg serve does not start: {said.strip()}")
        time.sleep(0.05)
    sys.exit("kg serve does not start in time")


def descendants(root: int) -> list[int]:
    """The process and all that it and its children have started."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            children[parent].append(int(folder.name))
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def proportional(pid: int) -> float:
    """KiB that a process takes, its share of what it has in common with others; 0 where it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)
