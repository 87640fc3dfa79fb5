"""The paths of the service and what answers each: pages, graphs, linked data, the JSON interface, and its own state."""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.server.api import OPERATIONS, Operation, parse
from kg.server.graphs import DEFAULT, graph_name
from kg.server.html import page
from kg.server.linked import KIND_PATHS
from kg.server.metrics import MEDIA
from kg.server.openapi import description
from kg.server.protocol import sparql
from kg.server.refusal import Refusal
from kg.server.respond import respond
from kg.server.service import base_of, service_of
from kg.server.yasgui import yasgui_file, yasgui_page

API = "/api/v1"
_LONGEST = 500
Endpoint = Callable[[Request], Awaitable[Response]]


def routes() -> list[Route]:
    """All routes; their names are what the metrics count them under."""
    return [
        Route("/", _front, name="front"),
        Route("/explore", _explore, name="explore"),
        Route("/documents", _documents, name="documents"),
        Route("/query", _query, name="query"),
        Route("/query/yasgui", yasgui_page, name="yasgui"),
        Route("/assets/yasgui/{name}", yasgui_file, name="yasgui-file"),
        Route("/answers", _plain_page("answers"), name="answers"),
        Route("/answers/{name}", _answer, name="answer"),
        Route("/brief/{kind}/{key}", _brief, name="brief"),
        Route("/impact/{kind}/{key}", _impact, name="impact"),
        Route("/about", _plain_page("about"), name="about"),
        Route("/sparql", sparql, methods=["GET", "POST"], name="sparql"),
        Route("/graphs", _graphs, name="graphs"),
        Route("/ontology", _linked("ontology"), name="ontology"),
        *(Route(f"/{kind}/{{key:path}}", _linked(kind), name=kind) for kind in KIND_PATHS),
        Route("/api", _api_page, name="api"),
        Route("/api/openapi.json", _openapi, name="openapi"),
        *(Route(API + each.path, _operation(each), name=f"api-{each.name}") for each in OPERATIONS.values()),
        Route("/health", _health, name="health"),
        Route("/metrics", _metrics, name="metrics"),
        Route("/favicon.ico", _no_icon, name="icon"),
    ]


async def _front(request: Request) -> Response:
    arguments = {"q": request.query_params.get("q", "")[:200], "base": base_of(request)}
    return await service_of(request).answer(request, "front", arguments)


def _plain_page(job: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await service_of(request).answer(request, job, {"base": base_of(request)})

    return endpoint


async def _documents(request: Request) -> Response:
    given = request.query_params
    offset = given.get("offset", "0")
    arguments = {
        "q": given.get("q", "")[:_LONGEST],
        "order": given.get("order", ""),
        "offset": int(offset) if offset.isascii() and offset.isdigit() and len(offset) < 8 else 0,
        "base": base_of(request),
    }
    return await service_of(request).answer(request, "documents", arguments)


async def _query(request: Request) -> Response:
    """The named queries and SPARQL as forms, with the answer where something is asked."""
    given = dict(request.query_params)
    name, query = given.pop("name", ""), given.pop("query", "")
    offered = service_of(request).yasgui is not None
    arguments = {"name": name, "query": query, "given": given, "base": base_of(request), "yasgui": offered}
    return await service_of(request).answer(request, "query", arguments)


async def _answer(request: Request) -> Response:
    given = request.query_params.multi_items()
    arguments = {"name": request.path_params["name"], "given": given, "base": base_of(request), "api": API}
    return await service_of(request).answer(request, "answer", arguments)


async def _brief(request: Request) -> Response:
    return await service_of(request).answer(request, "brief", {"key": request.path_params["key"]})


async def _impact(request: Request) -> Response:
    """A short address of an answer, beside that of the entity's page."""
    asked = urlencode({"what": request.path_params["key"]})
    return RedirectResponse(f"{base_of(request)}/answers/impact?{asked}", 303)


async def _explore(request: Request) -> Response:
    return await service_of(request).answer(request, "explore", {"base": base_of(request), "api": API})


async def _graphs(request: Request) -> Response:
    """The list of graphs, or the graph that ``graph`` or ``default`` names."""
    given = request.query_params
    negotiated = {"accept": request.headers.get("accept", ""), "format": given.get("format", "")}
    named = [value for name, value in given.multi_items() if name == "graph"]
    if len(named) + ("default" in given) > 1:
        raise Refusal(400, "Several graphs are named; name one")
    if "default" in given or named:
        name = DEFAULT if "default" in given else named[0]
        arguments = {"graph": name if name == DEFAULT else graph_name(name), **negotiated}
        return await service_of(request).answer(request, "graph", arguments)
    address = str(request.url.replace(query="", fragment=""))
    return await service_of(request).answer(request, "graphs", {"address": address, **negotiated})


def _linked(kind: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        arguments = {
            "kind": kind,
            "key": request.path_params.get("key", ""),
            "base": base_of(request),
            "accept": request.headers.get("accept", ""),
            "format": request.query_params.get("format", ""),
        }
        return await service_of(request).answer(request, "resource", arguments)

    return endpoint


def _operation(operation: Operation) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        given = [*request.path_params.items(), *request.query_params.multi_items()]
        values = parse(operation.fields, given, free=operation.free)
        return await service_of(request).answer(request, "api", {"operation": operation.name, "values": values})

    return endpoint


async def _api_page(request: Request) -> Response:
    base = base_of(request)
    return respond(page("api", base=base, api=API, operations=list(OPERATIONS.values())))


async def _openapi(request: Request) -> Response:
    return Response(json.dumps(description(base_of(request) + API)), media_type="application/json")


async def _health(request: Request) -> Response:
    """Whether the service answers, of which version of the store."""
    service = service_of(request)
    documents, pool = await service.documents(), service.pool
    value = {
        "status": "ok" if pool.workers else "starting",
        "version": service.version(),
        "documents": documents,
        "workers": pool.workers,
        "running": pool.running,
        "queued": pool.queued,
    }
    return JSONResponse(value, 200 if pool.workers else 503, {"Cache-Control": "no-store"})


async def _metrics(request: Request) -> Response:
    service = service_of(request)
    return Response(service.metrics.text(service.pool, service.version()), media_type=MEDIA)


async def _no_icon(request: Request) -> Response:  # noqa: ARG001 - every endpoint takes the request
    return RedirectResponse("data:,", 302)


def allowed(path: str, found: list[Route]) -> str:
    """The methods that a path takes, for the Allow header; empty where there is nothing."""
    methods: set[str] = set()
    for route in found:
        if route.path_regex.match(path):
            methods |= route.methods or set()
    return ", ".join(sorted({*methods, "OPTIONS"})) if methods else ""
