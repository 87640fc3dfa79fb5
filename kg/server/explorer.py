"""The explorer's page, whose script asks this service for what the first picture lacks."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from kg.export.viewer.page import html
from kg.server.forms import HTML
from kg.server.reply import Reply
from kg.server.session import Session
from kg.server.view.preparing import first_of

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')


def explore(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The page with the first picture in it.

    Args:
        session: the open store.
        arguments: ``base``, the path under which the service lives, and ``api``, that of its JSON interface below it.
    """
    base = arguments["base"]
    first = first_of(session)
    live = {"base": base, "api": base + arguments["api"], "later": first["later"]}
    text = session.kept(f"explorer {base}", lambda _: html({**first, "live": live}))
    policy = _POLICY.search(text)
    headers = {"Vary": "Accept-Encoding"}
    if policy:
        # Said by the service as well, where nothing can come in front of it.
        headers["Content-Security-Policy"] = f"{unescape(policy[1])}; frame-ancestors 'none'"
    return Reply(text.encode("utf-8", "replace"), HTML.content_type, headers)
