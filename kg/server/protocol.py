"""``/sparql``: the SPARQL 1.1 Protocol."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from kg.server.body import as_text, read_body
from kg.server.description import description
from kg.server.refusal import Refusal
from kg.server.service import Service, service_of

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
# What such a query answers changes though the store does not.
_UNSTABLE = re.compile(r"\b(now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
_MOST_PARAMETERS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks.

    Attributes:
        query: the texts of queries.
        update: the texts of updates.
        default_graphs: IRIs of the graphs that make up the default graph.
        named_graphs: IRIs of the named graphs.
        using: whether graphs are named for an update.
        format: short name of a form, by which people override the Accept header.
        empty: whether the request asks nothing at all.
    """

    query: tuple[str, ...] = ()
    update: tuple[str, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    using: bool = False
    format: str = ""
    empty: bool = field(default=False)


async def sparql(request: Request) -> Response:
    """Answers a query, or makes an update where that is allowed; without either it describes the service."""
    service = service_of(request)
    asked = await _asked(request, service)
    if asked.update:
        return await _update(request, service, asked)
    if not asked.query and asked.empty and request.method != "POST":
        return description(request, asked.format)
    if len(asked.query) != 1:
        told = "There are several queries; send one" if asked.query else "There is no query; give query=…"
        raise Refusal(400, told)
    arguments = {
        "query": asked.query[0],
        "default_graphs": asked.default_graphs,
        "named_graphs": asked.named_graphs,
        "base": _address(request),
        "accept": request.headers.get("accept", ""),
        "format": asked.format,
    }
    return await service.answer(request, "sparql", arguments, cacheable=not _UNSTABLE.search(asked.query[0]))


async def _asked(request: Request, service: Service) -> Asked:
    """What the request asks, whichever of the protocol's ways it takes.

    Raises:
        Refusal: its media type, size or encoding is not allowed, or an update comes by GET.
    """
    pairs = _pairs(request.scope.get("query_string", b""))
    if request.method != "POST":
        asked = _from_pairs(pairs)
        if asked.update:
            raise Refusal(400, "An update cannot come by GET; use POST")
        return asked
    media, charset = _media_type(request)
    if media not in {_FORM, _QUERY, _UPDATE}:
        told = f"{media!r} is not understood here" if media else "The request has no media type"
        raise Refusal(415, f"{told}; send {_QUERY}, {_UPDATE} or {_FORM}")
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise Refusal(415, f"The charset {charset!r} is not understood; send UTF-8")
    data = await read_body(request, service.limits.max_request_bytes)
    if media == _FORM:
        return _from_pairs([*(pair for pair in pairs if pair[0] not in {"query", "update"}), *_pairs(data)])
    name = "query" if media == _QUERY else "update"
    return _from_pairs([*(pair for pair in pairs if pair[0] not in {"query", "update"}), (name, as_text(data))])


def _pairs(data: bytes) -> list[tuple[str, str]]:
    """The parameters of a form or an address.

    Raises:
        Refusal: they are not UTF-8, or too many.
    """
    text = as_text(data)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise Refusal(400, "The request's parameters are not UTF-8; send them as UTF-8") from None
    except ValueError:
        raise Refusal(400, f"The request has more than {_MOST_PARAMETERS} parameters") from None


def _from_pairs(pairs: Sequence[tuple[str, str]]) -> Asked:
    def given(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    return Asked(
        query=given("query"),
        update=given("update"),
        default_graphs=given("default-graph-uri"),
        named_graphs=given("named-graph-uri"),
        using=bool(given("using-graph-uri") or given("using-named-graph-uri")),
        format=(given("format") or ("",))[-1],
        empty=all(name == "format" for name, _ in pairs),
    )


def _media_type(request: Request) -> tuple[str, str]:
    """Media type and charset of the body, in small letters."""
    media, *parameters = (part.strip() for part in request.headers.get("content-type", "").casefold().split(";"))
    named = dict(part.partition("=")[::2] for part in parameters)
    return media, named.get("charset", "").strip().strip('"')


def _address(request: Request) -> str:
    """What relative IRIs are resolved against where a query has no BASE: where it was sent."""
    return str(request.url.replace(query="", fragment=""))


async def _update(request: Request, service: Service, asked: Asked) -> Response:
    """Makes an update.

    Raises:
        Refusal: this service, or this client, may not change the store, or the update is refused.
    """
    if not service.token:
        raise Refusal(403, "This service is read-only; start it with --writable, or use `kg add`")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer":
        raise Refusal(401, "An update needs a token: Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})
    if not hmac.compare_digest(token.strip().encode(), service.token.encode()):
        raise Refusal(403, "The token is wrong")
    if asked.query or len(asked.update) != 1:
        raise Refusal(400, "Send one update and no query")
    if asked.using:
        raise Refusal(400, "using-graph-uri is not taken; write USING into the update")
    arguments = {"update": asked.update[0], "base": _address(request)}
    return await service.answer(request, "update", arguments, cacheable=False)
