"""Organisations that are of one house, by the registry."""

from urllib.parse import unquote

from rdflib import URIRef

from kg.graph.base import Vocabulary
from kg.terms import local_name


class Families:
    """Who is part of whom, as the registry has it."""

    def __init__(self, ontology: Vocabulary) -> None:
        self._organisations = ontology.organisations

    def are_one(self, one: URIRef, other: URIRef) -> bool:
        """Whether two organisations are the same, or one is part of the other."""
        first, second = (unquote(local_name(each)) for each in (one, other))
        return first == second or second in self._above(first) or first in self._above(second)

    def _above(self, key: str) -> set[str]:
        found: set[str] = set()
        waiting = [key]
        while waiting:
            entry = self._organisations.get(waiting.pop())
            new = set(entry.broader) - found if entry else set()
            found |= new
            waiting += sorted(new)
        return found
