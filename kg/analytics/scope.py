"""Which claims an answer may rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.model import Modality
from kg.query.similar import offer
from kg.query.values import TYPES
from kg.store import Store, select
from kg.terms import local_name

FIRM = frozenset({Modality.ASSERTED, Modality.REPORTED})
"""What is said to be so now."""

_ALL = "all"
# Later than any month and day: a date that is only a year reaches to its end.
_LATEST = "-99-99"
_NAMES = "SELECT DISTINCT ?name WHERE { ?document sp:fileName ?name }"


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits of an answer; polarity is none of them, since each answer knows which it needs.

    Attributes:
        relations: local names; only these count, all where empty.
        without: local names that do not count.
        modalities: how a claim may be said.
        least: the smallest confidence, from 0 to 1.
        since: the earliest date of a document (``2026``, ``2026-03`` or ``2026-03-09``), or empty.
        until: the latest, or empty; a month or year counts whole.
        documents: file names; only these count, all where empty.
    """

    relations: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    modalities: frozenset[Modality] = FIRM
    least: float = 0.0
    since: str = ""
    until: str = ""
    documents: frozenset[str] = frozenset()

    @property
    def is_dated(self) -> bool:
        """Whether it limits the date, so that documents without one are left out."""
        return bool(self.since or self.until)

    def takes_relation(self, name: str) -> bool:
        """Whether claims with the relation of that local name count."""
        return (not self.relations or name in self.relations) and name not in self.without

    def takes_document(self, name: str, date: str) -> bool:
        """Whether claims of the document with that file name and date (empty where it has none) count."""
        return (not self.documents or name in self.documents) and self.takes_date(date)

    def takes_date(self, date: str) -> bool:
        """Whether a date lies within the limits for sure: one that is only a year does where all of the year does."""
        if not self.is_dated:
            return True
        if not date or date < self.since:
            return False
        return not self.until or (date + _LATEST[len(date) - len("2026") :])[: len(self.until)] <= self.until

    def takes(self, modality: Modality, confidence: float) -> bool:
        """Whether a claim that is said so, and so sure, counts."""
        return modality in self.modalities and confidence >= self.least


def read_scope(
    store: Store,
    *,
    relations: Iterable[str] = (),
    without: Iterable[str] = (),
    modalities: Iterable[str] = (),
    least: float = 0.0,
    since: str = "",
    until: str = "",
    sources: Sequence[str] = (),
) -> Scope:
    """The scope that a user's words mean, each checked against the store.

    Args:
        store: the store.
        relations: local names or labels of relations.
        without: the same, of those that do not count.
        modalities: names, or ``all``; none mean asserted and reported.
        least: the smallest confidence.
        since: the earliest date of a document, or empty.
        until: the latest date, or empty.
        sources: names of files; one that holds many records stands for all of them.

    Raises:
        QueryError: a word means nothing; the message offers what it may have meant.
    """
    if not 0 <= least <= 1:
        raise QueryError(f"{least} is no confidence; give a number from 0 to 1, such as 0.75")
    wanted, unwanted = (frozenset(_relation(store, name) for name in names) for names in (relations, without))
    if both := sorted(wanted & unwanted):
        raise QueryError(f"{', '.join(both)} cannot be both asked for and left out; give it once")
    begin, end = (TYPES["date"](text, store).value for text in (since, until))
    if end and begin[: len(end)] > end:
        raise QueryError(f"No date is since {since} and until {until}; give the earlier one as since")
    return Scope(
        relations=wanted,
        without=unwanted,
        modalities=_modalities(modalities),
        least=least,
        since=begin,
        until=end,
        documents=_documents(store, sources),
    )


def _relation(store: Store, name: str) -> str:
    return local_name(TYPES["relation"](name, store).value)


def _modalities(names: Iterable[str]) -> frozenset[Modality]:
    wanted = [name.casefold() for name in names]
    if _ALL in wanted:
        return frozenset(Modality)
    known = [str(each) for each in Modality]
    for name in wanted:
        if name not in known:
            otherwise = f"use {', '.join(known)} or {_ALL}"
            raise QueryError(f"There is no modality {name!r}; {offer(name, known, otherwise)}")
    return frozenset(Modality(name) for name in wanted) or FIRM


def _documents(store: Store, sources: Sequence[str]) -> frozenset[str]:
    if not sources:
        return frozenset()
    names = {row["name"] for row in select(store, _NAMES)}
    found: set[str] = set()
    for source in sources:
        fitting = {name for name in names if name == source or name.startswith(f"{source}#")}
        if not fitting:
            cure = offer(source, names, "`kg documents` lists them")
            raise QueryError(f"No document is named {source!r}; {cure}")
        found |= fitting
    return frozenset(found)
