"""Finding the registry's names in a text, in one pass for all of them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.model import Mention, MentionKind
from kg.ontology import Entry

_SHORT = 4


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry: its words, whose it is, and how strictly its letters' case is compared."""

    text: str
    entry: Entry
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at ``start:end`` of a text."""

    start: int
    end: int
    name: Name


class Gazetteer:
    """All names of many entries, found together (Aho and Corasick, 1975)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        names = [name for entry in entries for name in _names_of(entry)]
        self._by_form: dict[str, list[Name]] = {}
        for name in names:
            self._by_form.setdefault(fold(name.text), []).append(name)
        self._forms = sorted(self._by_form)
        self._automaton = AhoCorasick(
            self._forms, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def hits(self, text: str) -> list[Hit]:
        """Every name that stands in the text as whole words and in fitting case; longer names win over others."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(fold(text), overlapping=True):
            if not stands_alone(text, start, end):
                continue
            surface = text[start:end]
            name = next((n for n in self._by_form[self._forms[index]] if case_fits(surface, n)), None)
            if name is not None:
                found.append(Hit(start, end, name))
        return longest(found)


def _names_of(entry: Entry) -> list[Name]:
    certain = {entry.label, *entry.aliases} - set(entry.ambiguous)
    return [Name(text, entry) for text in sorted(certain)] + [Name(text, entry, True) for text in entry.ambiguous]


_ALIKE = str.maketrans(
    {**dict.fromkeys("’‘ʼ", "'"), **dict.fromkeys("‐‑–", "-"), **dict.fromkeys("\u00a0\u2009\u202f", " ")}
)


def fold(text: str) -> str:
    """Lower case, dashes and apostrophes made alike, each character one character."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.translate(_ALIKE)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the stretch."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def case_fits(surface: str, name: Name) -> bool:
    """Whether a surface may be this name, judged by its capitals.

    A technology's short name (TCB, SiP) is compared exactly, its longer names freely. An organisation or place needs a
    capital ("apple" is a fruit), unless its own name is written in capitals throughout and is no ticker-like short word
    ("tsmc", "nvidia" in hasty notes).
    """
    if surface == name.text:
        return True
    if name.ambiguous:
        return False
    if name.entry.kind is MentionKind.TECHNOLOGY:
        return len(surface) > _SHORT
    if surface[:1].isupper() or (surface[:1].isdigit() and not surface.islower()):
        return len(surface) > 2
    capitals = sum(c.isupper() for c in name.entry.label)
    return name.text == name.entry.label and capitals > 1 and len(surface) > 2


def longest(hits: list[Hit]) -> list[Hit]:
    """Hits without overlaps, in order: of two that overlap the longer stays, of equal ones the earlier."""
    taken: list[Hit] = []
    starts: list[int] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        place = bisect_left(starts, hit.start)
        free_before = place == 0 or taken[place - 1].end <= hit.start
        if free_before and (place == len(taken) or hit.end <= taken[place].start):
            taken.insert(place, hit)
            starts.insert(place, hit.start)
    return taken


def mention_of(hit: Hit, text: str) -> Mention:
    """The mention behind a hit."""
    entry = hit.name.entry
    return Mention(entry.kind, text[hit.start : hit.end], entry.label, entry.key, hit.start, hit.end)


def demonym_entries(places: Mapping[str, Entry]) -> list[Entry]:
    """The countries under their adjectives ("Taiwanese"), for wordings such as "Taiwanese headquarters"."""
    return [
        Entry(place.key, place.kind, place.label, aliases=tuple(d for d in place.demonyms if not re.search(r"\s", d)))
        for place in places.values()
        if place.demonyms
    ]
