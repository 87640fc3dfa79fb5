"""What can be read by an address: ``semipack://entity/KEY`` and the like, as the text that a tool would give."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from kg.server.mcp import calls, tell
from kg.server.mcp.source import Source
from kg.server.refusal import Refusal
from kg.terms import ROOT

SCHEME = "semipack://"
OVERVIEW = f"{SCHEME}overview"
_PAGE = {"limit": 50, "offset": 0}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of resource.

    Attributes:
        name: the part of the address that tells the kind.
        about: what it gives.
        read: works out the value for a key.
        tell: the lines of the text.
    """

    name: str
    about: str
    read: Callable[[Source, str], Awaitable[dict[str, Any]]]
    tell: Callable[[Mapping[str, Any]], Any]


async def _claim(source: Source, key: str) -> dict[str, Any]:
    return await calls.claim(source, {"id": key})


async def _document(source: Source, key: str) -> dict[str, Any]:
    return await calls.document(source, {"id": key, **_PAGE})


def _entity(kind: str) -> Callable[[Source, str], Awaitable[dict[str, Any]]]:
    async def read(source: Source, key: str) -> dict[str, Any]:
        return await calls.entity(source, {"name": f"{ROOT}{kind}/{key}"})

    return read


_ALL = (
    Kind("entity", "An organisation with its connections and figures.", _entity("entity"), tell.entity),
    Kind("technology", "A packaging technology.", _entity("technology"), tell.entity),
    Kind("place", "A place.", _entity("place"), tell.entity),
    Kind("claim", "A claim or figure with all its quotes.", _claim, tell.claim),
    Kind("document", "A document with what was read in it.", _document, tell.document),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
"""By name."""


async def read(source: Source, uri: str) -> str:
    """The text of a resource.

    Raises:
        Refusal: there is no such resource.
    """
    if uri == OVERVIEW:
        return tell.as_text(tell.overview, await calls.overview(source, {}))
    kind, _, key = uri.removeprefix(SCHEME).partition("/")
    if not uri.startswith(SCHEME) or kind not in KINDS or not key:
        shown = ", ".join(f"{SCHEME}{name}/…" for name in KINDS)
        raise Refusal(404, f"There is no such resource; there are {OVERVIEW}, {shown}")
    return tell.as_text(KINDS[kind].tell, await KINDS[kind].read(source, unquote(key)))
