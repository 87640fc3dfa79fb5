"""A worker: a process of its own that answers one request after the other, and may be killed at any moment."""

import os
import resource
import signal
import socket
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import EvaluationError, KgError, QueryError, RefusedQueryError, StoreError, UnknownEntityError
from kg.query import readable
from kg.server.frames import frame, take
from kg.server.jobs import JOBS
from kg.server.limits import Limits
from kg.server.refusal import Refusal
from kg.server.reply import packed, too_large
from kg.server.session import Session
from kg.settings import place_of

READY = "ready"
OUT_OF_MEMORY = 86
"""Exit code of a worker that has used up its memory."""
# Should the service be gone, the system ends the worker so much later than the service would have.
_GRACE = 5.0


def work(connection: socket.socket, path: str, limits: Limits) -> None:
    """Answers what comes over ``connection`` until the other side closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Not handled in Python, which a running query would keep from it: the system itself ends the process.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    try:
        session = Session(place_of(path), limits)
    except KgError as error:
        connection.sendall(frame({"failed": str(error)}))
        return
    _limit_memory(limits)
    # The service may end while this starts.
    with suppress(ConnectionError):
        connection.sendall(frame({READY: session.version}))
        while (request := take(connection)) is not None:
            signal.setitimer(signal.ITIMER_REAL, limits.timeout + _GRACE)
            connection.sendall(_answered(session, request))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answered(session: Session, request: Mapping[str, Any]) -> bytes:
    started = time.perf_counter()
    try:
        session.refresh()
        reply = JOBS[request["job"]](session, request["arguments"])
        if len(reply.body) > session.limits.max_result_bytes:
            raise too_large(session.limits.max_result_bytes)
        if request.get("gzip"):
            reply = packed(reply)
    except MemoryError:
        # What is left of the process is not to be trusted.
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        refusal = _refusal(error)
        return frame({"status": refusal.status, "refused": refusal.text, "headers": refusal.headers})
    head = {
        "status": reply.status,
        "media": reply.media,
        "headers": reply.headers,
        "version": session.version,
        "seconds": time.perf_counter() - started,
    }
    return frame(head, reply.body)


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, UnknownEntityError):
        return Refusal(404, str(error))
    if isinstance(error, QueryError):
        return Refusal(_status(error), readable(str(error)))
    if isinstance(error, StoreError):
        return Refusal(503, str(error), {"Retry-After": "5"})
    if isinstance(error, KgError):
        return Refusal(400, str(error))
    traceback.print_exception(error, file=sys.stderr)
    return Refusal(500, "The service failed on this request; its log says why")


def _status(error: QueryError) -> int:
    """400 tells a client that its query does not parse, so what parses must have another status."""
    return 403 if isinstance(error, RefusedQueryError) else 422 if isinstance(error, EvaluationError) else 400


def _limit_memory(limits: Limits) -> None:
    """Bounds the process's address space: what it has now, which is mostly reserved and not used, and so much more."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
