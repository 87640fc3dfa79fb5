"""SPARQL Update, in a worker, where the service is writable."""

from collections.abc import Mapping
from typing import Any

from kg.server.forms import JSON
from kg.server.reply import Reply
from kg.server.session import Session
from kg.store import open_for_writing


def update(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """Makes the changes of a request, wholly or not at all.

    Raises:
        QueryError: the request does not parse, or would reach outside the store.
        StoreError: another process writes the store.
    """
    with open_for_writing(session.place) as store:
        store.update(arguments["update"], base=arguments["base"])
    session.refresh(at_once=True)
    return Reply(b"", JSON.media, status=204)
