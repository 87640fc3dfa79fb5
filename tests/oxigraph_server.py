"""Oxigraph's own server, from its package, on a free port."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.settings import Endpoint
from kg.store import RemoteStore


def program() -> str:
    """The server's program; the test is skipped where it is not installed."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found is None:
        pytest.skip("the package oxigraph, which brings the server, is not installed; see the group dev")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*options: str, how: str = "serve") -> Iterator[Endpoint]:
    """A server over a store in memory."""
    port = free_port()
    command = [program(), how, "--bind", f"127.0.0.1:{port}", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(400):
            assert process.poll() is None, "the server has ended"
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.025)
        yield Endpoint(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def cleared(endpoint: Endpoint) -> Endpoint:
    """The server with nothing in it."""
    with RemoteStore(endpoint, {}) as store:
        store.write("DROP ALL")
    return endpoint
