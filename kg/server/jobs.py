"""What a worker can be asked to do."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from kg.server.answers import sparql
from kg.server.api import OPERATIONS
from kg.server.api.references import ways
from kg.server.explorer import explore
from kg.server.forms import JSON
from kg.server.graphs import graph, graph_list
from kg.server.linked import resource
from kg.server.pages.about import about_page
from kg.server.pages.answers import answer_page, answers_page
from kg.server.pages.brief import brief_page
from kg.server.pages.documents import documents_page
from kg.server.pages.front import front
from kg.server.pages.query import query_page
from kg.server.refusal import Refusal
from kg.server.reply import Reply
from kg.server.session import Session
from kg.server.updates import update
from kg.server.view.preparing import view_of
from kg.store import select

_COUNT = "SELECT (COUNT(DISTINCT ?document) AS ?count) { ?document a sp:Document }"


def warm(session: Session, arguments: Mapping[str, Any]) -> Reply:  # noqa: ARG001 - every job takes both
    """Nothing, but from the newest version of the store, with what answers will need read already."""
    ways(session)
    # It may still be in the making.
    with suppress(Refusal):
        view_of(session)
    return Reply(b"", JSON.media)


def count(session: Session, arguments: Mapping[str, Any]) -> Reply:  # noqa: ARG001 - every job takes both
    """The number of documents."""
    return Reply(select(session.store, _COUNT)[0]["count"].encode(), JSON.media)


def api(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The JSON value of an operation."""
    value = OPERATIONS[arguments["operation"]].value(session, arguments["values"])
    return Reply(json.dumps(value, ensure_ascii=False).encode(), JSON.media, {"Vary": "Accept-Encoding"})


JOBS: Mapping[str, Callable[[Session, Mapping[str, Any]], Reply]] = {
    "warm": warm,
    "count": count,
    "sparql": sparql,
    "update": update,
    "graph": graph,
    "graphs": graph_list,
    "resource": resource,
    "front": front,
    "explore": explore,
    "documents": documents_page,
    "query": query_page,
    "answers": answers_page,
    "answer": answer_page,
    "about": about_page,
    "brief": brief_page,
    "api": api,
}
"""By name; each takes the open store and arguments that came as JSON."""
