"""From what the service says to responses, refusals included; each part of the service has its own form for these."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.server.forms import HTML
from kg.server.html import page
from kg.server.negotiate import Form, choose
from kg.server.refusal import Refusal
from kg.server.reply import Reply
from kg.server.service import base_of

_PROBLEM = "application/problem+json"
_TEXT = Form("txt", "text/plain", ("*/*",))


def respond(reply: Reply) -> Response:
    """A reply that was made in this process."""
    return Response(reply.body, reply.status, reply.headers, reply.media)


async def refused(request: Request, error: Exception) -> Response:
    """The answer to a request that was refused: a problem in JSON below ``/api``, else text, or a page in a browser."""
    if isinstance(error, HTTPException):
        error = Refusal(error.status_code, _told(request, error), error.headers)
    if not isinstance(error, Refusal):
        error = Refusal(500, "The service failed on this request; its log says why")
    path = request.url.path
    if path.startswith("/api"):
        return _problem(error)
    if path != "/sparql" and _prefers_pages(request):
        return _page(request, error)
    return PlainTextResponse(error.text.rstrip() + "\n", error.status, error.headers)


def _told(request: Request, error: HTTPException) -> str:
    if error.status_code == 404:
        return f"There is nothing at {request.url.path}; see /api for what there is"
    if error.status_code == 405:
        return f"{request.method} is not allowed here; use {(error.headers or {}).get('Allow', 'GET')}"
    return str(error.detail)


def _problem(error: Refusal) -> Response:
    value = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": error.text.rstrip(),
    }
    return JSONResponse(value, error.status, error.headers, _PROBLEM)


def _page(request: Request, error: Refusal) -> Response:
    title = HTTPStatus(error.status).phrase
    reply = page("error", status=error.status, shown=error.status, base=base_of(request), title=title, text=error.text)
    return Response(reply.body, reply.status, {**reply.headers, **error.headers}, reply.media)


def _prefers_pages(request: Request) -> bool:
    try:
        return choose(request.headers.get("accept", ""), (_TEXT, HTML)) is HTML
    except Refusal:
        return False
