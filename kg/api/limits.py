"""The limits that most questions take, as keyword arguments."""

from collections.abc import Iterable
from typing import TypedDict

from kg.analytics import Scope, read_scope
from kg.store import Store


class Limits(TypedDict, total=False):
    """Keyword arguments that say which claims count; any may be left out.

    Attributes:
        relations: names of relations, one or many; only these count.
        without: names of relations, one or many; these do not.
        modalities: ``asserted``, ``reported``, ``planned``, ``possible``, ``historical``, one or many, or ``all``.
        min_confidence: the smallest confidence, from 0 to 1.
        since: the earliest date of a document (``2026``, ``2026-03`` or ``2026-03-09``); undated ones do not count.
        until: the latest; a month or year counts whole.
        documents: file names, one or many; only what these say counts.
    """

    relations: str | Iterable[str]
    without: str | Iterable[str]
    modalities: str | Iterable[str]
    min_confidence: float
    since: str
    until: str
    documents: str | Iterable[str]


def scope_of(store: Store, limits: Limits, *, modalities: str | Iterable[str] = ()) -> Scope:
    """The limits as the store understands them; ``modalities`` holds where they say nothing of it.

    Raises:
        QueryError: a name means nothing in the store.
    """
    return read_scope(
        store,
        relations=many(limits.get("relations", ())),
        without=many(limits.get("without", ())),
        modalities=many(limits.get("modalities", modalities)),
        least=limits.get("min_confidence", 0.0),
        since=limits.get("since", ""),
        until=limits.get("until", ""),
        sources=many(limits.get("documents", ())),
    )


def many(names: str | Iterable[str]) -> tuple[str, ...]:
    """One name or several, as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)
