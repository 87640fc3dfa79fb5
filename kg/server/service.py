"""What the routes share: the pool, the store's version, and the way from a request to a worker's answer and back."""

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import StoreError
from kg.server.limits import Limits
from kg.server.metrics import Metrics
from kg.server.negotiate import parse_accept
from kg.server.pool import Pool
from kg.server.process import Answer
from kg.server.refusal import Refusal
from kg.server.session import Mark, mark_of
from kg.settings import Endpoint, Place
from kg.store.layout import read_manifest

# Queries that are answered sooner are not worth watching whether their client is still there.
_WATCH_AFTER = 0.5
_CLIENT_GONE = 499
_ETAG = re.compile(r'(?:W/)?"[^"]*"|\*')


@dataclass(slots=True)
class Service:
    """One running service.

    Attributes:
        path: where the store is.
        limits: what it takes on.
        token: what a client must show to change the store; empty where nobody may.
        access_log: whether each request is logged.
        yasgui: folder of that editor's files; None where it is not offered.
        pool: the workers.
        metrics: what was asked and answered.
    """

    path: Place
    limits: Limits
    token: str = ""
    access_log: bool = False
    yasgui: Path | None = None
    pool: Pool = field(init=False)
    metrics: Metrics = field(default_factory=Metrics)
    _mark: Mark | None = None
    _version: str = ""
    _documents: tuple[str, int | None] = ("", None)

    def __post_init__(self) -> None:
        self.pool = Pool(self.path, self.limits)

    def version(self) -> str:
        """The store's version, by a look at its manifest; of a store on a server, as its workers last found it."""
        if isinstance(self.path, Endpoint):
            return self.pool.version
        mark = mark_of(self.path)
        if mark is not None and mark != self._mark:
            try:
                self._version, self._mark = read_manifest(self.path).tag, mark
            except StoreError:
                return self._version
        return self._version

    async def documents(self) -> int | None:
        """The number of documents; None while there is too much to do to find out."""
        version = self.version()
        if self._documents[0] != version or self._documents[1] is None:
            try:
                answer = await self.pool.run("count", {})
            except Refusal:
                return None
            self._documents = answer.version, int(answer.body)
        return self._documents[1]

    async def answer(
        self, request: Request, job: str, arguments: Mapping[str, Any], *, cacheable: bool = True
    ) -> Response:
        """A worker's answer to a job as a response, with an ETag by which the client may ask whether it still holds.

        Raises:
            Refusal: as for :meth:`kg.server.pool.Pool.run`.
        """
        cacheable = cacheable and request.method in {"GET", "HEAD"}
        packing = takes_gzip(request.headers.get("accept-encoding", ""))
        name = json.dumps([job, arguments, packing], sort_keys=True)
        if cacheable:
            tag = _etag(self.version(), name)
            if _matches(request.headers.get("if-none-match", ""), tag):
                return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept, Accept-Encoding", **_CACHING})
        found = await self._while_client_waits(request, job, arguments, packing=packing)
        if found is None:
            return Response(status_code=_CLIENT_GONE)
        headers = {"X-Content-Type-Options": "nosniff", **found.headers}
        if cacheable:
            headers |= {"ETag": _etag(found.version, name), **_CACHING}
        elif request.method != "POST":
            headers["Cache-Control"] = "no-store"
        request.scope["worker_seconds"] = found.seconds
        media = found.media if found.body or found.status == 200 else None
        return Response(found.body, found.status, headers, media)

    async def _while_client_waits(
        self, request: Request, job: str, arguments: Mapping[str, Any], *, packing: bool
    ) -> Answer | None:
        """The worker's answer; None where the client has gone, in which case the worker is stopped."""
        with _Watch(request) as watch:
            try:
                return await self.pool.run(job, arguments, gzip=packing)
            except asyncio.CancelledError:
                if watch.gone:
                    return None
                raise


class _Watch:
    """Cancels the task in which it is made once the client of a request that takes a while has gone.

    Attributes:
        gone: whether it has.
    """

    def __init__(self, request: Request) -> None:
        self.gone = False
        self._request = request
        self._watched = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None
        self._start = asyncio.get_running_loop().call_later(_WATCH_AFTER, self._look)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._start.cancel()
        if self._watching is not None:
            self._watching.cancel()
        if self.gone and self._watched is not None:
            self._watched.uncancel()

    def _look(self) -> None:
        self._watching = asyncio.create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if self._watched is not None:
            self._watched.cancel()


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    found = request.app.state.service
    if not isinstance(found, Service):
        raise TypeError("the application has no service")
    return found


def base_of(request: Request) -> str:
    """The path under which the service lives, where something in front of it gives one."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def takes_gzip(accept: str) -> bool:
    """Whether an Accept-Encoding header takes gzip."""
    found = {each.media.partition("/")[2]: each.quality for each in parse_accept(_as_media(accept))} if accept else {}
    return found.get("gzip", found.get("*", 0.0)) > 0


def _as_media(accept: str) -> str:
    """Encodings written as media types, so that one reading serves both."""
    return ",".join(f"encoding/{part.strip()}" for part in accept.split(","))


_CACHING = {"Cache-Control": "no-cache"}


def _etag(version: str, name: str) -> str:
    return f'W/"{hashlib.blake2b(f"{version} {name}".encode(), digest_size=12).hexdigest()}"'


def _matches(header: str, tag: str) -> bool:
    wanted = tag.removeprefix("W/")
    return any(each == "*" or each.removeprefix("W/") == wanted for each in _ETAG.findall(header))
