"""The brief on an entity, as the command line writes it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from kg.analytics import Scope
from kg.analytics.network import entity_named
from kg.export.brief import brief as gathered
from kg.export.brief import page as written
from kg.model import Modality
from kg.server.forms import HTML
from kg.server.html import POLICY
from kg.server.reply import Reply
from kg.server.session import Session


def brief_page(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The brief on the entity that ``key`` names, however claims are said.

    Raises:
        UnknownEntityError: there is none.
    """
    scope = Scope(modalities=frozenset(Modality))
    text = written(gathered(session.store, entity_named(session.store, unquote(arguments["key"])), scope))
    headers = {"Vary": "Accept-Encoding", "Content-Security-Policy": POLICY}
    return Reply(text.encode("utf-8", "replace"), HTML.content_type, headers)
