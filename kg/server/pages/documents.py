"""The list of documents, with what each gave."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np

from kg.server.api.documents import documents
from kg.server.api.references import found_reference
from kg.server.html import page
from kg.server.reply import Reply
from kg.server.session import Session
from kg.server.view.listing import ORDERS
from kg.server.view.preparing import view_of

_AT_ONCE = 50
_ABOUT = 3


def documents_page(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """A part of the list.

    Args:
        session: the open store.
        arguments: ``q``, words of the name or title; ``order``; ``offset``; ``base``.
    """
    order = arguments["order"] if arguments["order"] in ORDERS else "newest"
    values = {"q": arguments["q"], "order": order, "limit": _AT_ONCE, "offset": arguments["offset"]}
    found = documents(session, values)
    about = _about(session, [row["iri"] for row in found["documents"]])
    rows = [{**row, "about": about.get(row["iri"], [])} for row in found["documents"]]
    shown = {**found, "documents": rows, "q": arguments["q"], "order": order, "orders": ORDERS}
    return page("documents", base=arguments["base"], here="/documents", **shown)


def _about(session: Session, sources: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Document → the entities that most of its claims are about."""
    network = view_of(session).index.network
    numbers = {network.document_iris.position(iri): iri for iri in sources}
    wanted = np.array([number for number in numbers if number is not None], np.int64)
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    claims = np.flatnonzero(np.isin(network.documents, wanted))
    statements = network.claim_statements[claims]
    for ends in (network.subjects, network.objects):
        for source, entity in zip(network.documents[claims].tolist(), ends[statements].tolist(), strict=True):
            counts[numbers[source]][entity] += 1
    return {
        iri: [
            found_reference(network.found(entity))
            for entity, _ in sorted(each.items(), key=lambda item: (-item[1], item[0]))[:_ABOUT]
        ]
        for iri, each in counts.items()
    }
