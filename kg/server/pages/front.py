"""The first page: what the store holds, a search, and where to begin."""

from collections.abc import Mapping
from typing import Any

from kg.server.api import OPERATIONS
from kg.server.html import page
from kg.server.reply import Reply
from kg.server.session import Session
from kg.server.view.preparing import view_of

_SHOWN = 30


def front(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The first page, with what a search finds where one is asked for."""
    wanted = arguments["q"].strip()
    found = []
    if wanted:
        found = OPERATIONS["search"].read(session, {"q": wanted, "kind": None, "limit": _SHOWN})["results"]
    shown = {"q": wanted, "found": found, "totals": view_of(session).facets["totals"]}
    return page("front", base=arguments["base"], version=session.version, **shown)
