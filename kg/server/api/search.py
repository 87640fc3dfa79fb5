"""Names that begin, or nearly begin, as somebody types."""

import re
from collections.abc import Iterator
from typing import Any

from kg.model import MentionKind
from kg.query import Found, Names
from kg.query.similar import near
from kg.server.api.fields import Values
from kg.server.api.references import found_reference, names
from kg.server.session import Session

_WORD = re.compile(r"\w+")
# Spelling is compared in Python; with more names it would take too long while somebody types.
_MOST_COMPARED = 20_000


def search(session: Session, values: Values) -> dict[str, Any]:
    """The entities whose names fit best: the whole name, its beginning, a word's beginning, then a part of it."""
    wanted = " ".join(values["q"].split()).casefold()
    known = names(session)
    best: dict[str, tuple[tuple[int, int, int, str], Found, str]] = {}
    for name, rank, found in _fitting(known, wanted, values["kind"]):
        key = (_fit(name.casefold(), wanted), rank[0], len(name), name)
        if found.iri not in best or key < best[found.iri][0]:
            best[found.iri] = key, found, name
    if not best:
        best = _spelled_alike(known, wanted, values["kind"])
    ranked = sorted(best.values(), key=lambda each: (each[0], each[1].iri))[: values["limit"]]
    return {"query": values["q"], "results": [{**found_reference(found), "matched": name} for _, found, name in ranked]}


def _fitting(known: Names, wanted: str, kind: str | None) -> Iterator[tuple[str, tuple[int, int], Found]]:
    for name, rank, found in known.entries:
        if wanted in name.casefold() and kind in {None, str(found.kind)}:
            yield name, rank, found


def _fit(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if any(name.startswith(wanted, word.start()) for word in _WORD.finditer(name)) else 3


def _spelled_alike(
    known: Names, wanted: str, kind: str | None
) -> dict[str, tuple[tuple[int, int, int, str], Found, str]]:
    if len(known.entries) > _MOST_COMPARED:
        return {}
    by_name = {name.casefold(): (name, found) for name, _, found in known.entries if kind in {None, str(found.kind)}}
    close = [by_name[text] for text in near(wanted, by_name)]
    return {found.iri: ((4, place, 0, name), found, name) for place, (name, found) in enumerate(close)}


KIND_CHOICES = tuple(str(kind) for kind in MentionKind)
