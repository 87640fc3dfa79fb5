"""Clauses of a masked sentence."""

import re

from kg.ontology.macros import BOUNDARY

_CLAUSE_START = re.compile(rf"[;{BOUNDARY}]|(?<=\w): |, (?:and|which|who|as) ")
_CLAUSE_END = re.compile(rf"[;{BOUNDARY}]")


def clause_start(text: str, position: int) -> int:
    """Where the clause around ``position`` of a masked sentence begins."""
    start = 0
    for match in _CLAUSE_START.finditer(text, 0, position):
        start = match.end()
    return start


def clause_end(text: str, position: int) -> int:
    """Where the clause around ``position`` of a masked sentence ends."""
    match = _CLAUSE_END.search(text, position)
    return match.start() if match else len(text)
