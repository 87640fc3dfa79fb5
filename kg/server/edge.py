"""What happens to every request before and after its route: leave for other origins, counting, logging."""

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.routes import allowed
from kg.server.service import Service

# Any page may read, none with its visitor's cookies.
_ANY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Content-Encoding",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_ABANDONED = 499


class Edge:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, service: Service, routes: list[Route]) -> None:
        self._app = app
        self._service = service
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        told = {"status": _ABANDONED, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _ANY_ORIGIN.items():
                    headers.setdefault(name, value)
                headers.setdefault("X-Content-Type-Options", "nosniff")
            elif message["type"] == "http.response.body":
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            if scope["method"] == "OPTIONS":
                await self._options(scope)(scope, receive, sending)
            else:
                await self._app(scope, receive, sending)
        finally:
            self._count(scope, told, time.perf_counter() - started)

    def _options(self, scope: Scope) -> Response:
        """What a path takes, and what pages of other origins may send it."""
        allow = allowed(scope["path"].removeprefix(scope.get("root_path", "")) or "/", self._routes)
        if not allow:
            return PlainTextResponse("There is nothing here; see /api for what there is\n", 404)
        return Response(status_code=204, headers={"Allow": allow, "Access-Control-Allow-Methods": allow, **_PREFLIGHT})

    def _count(self, scope: Scope, told: dict[str, int], seconds: float) -> None:
        route = _route_name(scope, self._routes)
        self._service.metrics.add(route, _method(scope), told["status"], seconds)
        if self._service.access_log:
            _log(scope, route, told, seconds)


def _route_name(scope: Scope, routes: list[Route]) -> str:
    endpoint = scope.get("endpoint")
    return next((route.name for route in routes if route.endpoint is endpoint), "none") if endpoint else "none"


def _method(scope: Scope) -> str:
    """The method, if it is one that a route knows; others would fill the metrics with whatever clients invent."""
    return scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "OPTIONS"} else "other"


def _log(scope: Scope, route: str, told: dict[str, int], seconds: float) -> None:
    """One line of JSON on standard error."""
    headers = Headers(scope=scope)
    line: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": (scope.get("client") or ("",))[0],
        "method": scope["method"],
        "path": scope["path"],
        "query": scope.get("query_string", b"").decode("ascii", "replace")[:2000],
        "route": route,
        "status": told["status"],
        "bytes": told["bytes"],
        "ms": round(seconds * 1000, 2),
        "worker_ms": round(scope.get("worker_seconds", 0.0) * 1000, 2),
        "agent": headers.get("user-agent", "")[:200],
    }
    sys.stderr.write(json.dumps(line) + "\n")
    sys.stderr.flush()
