"""Polarity and modality of a claim, from the words in its clause."""

import re
from dataclasses import dataclass

from kg.model import Modality, Polarity
from kg.ontology import Cues
from kg.ontology.macros import BOUNDARY

_CLAUSE_START = re.compile(rf"[;{BOUNDARY}]|(?<=\w): |, (?:and|which|who|as) ")


@dataclass(frozen=True, slots=True)
class Stance:
    """How something is said, and the words that say so."""

    polarity: Polarity
    modality: Modality
    reasons: tuple[str, ...] = ()


def clause_start(text: str, position: int) -> int:
    """Where the clause around ``position`` of a masked sentence begins."""
    start = 0
    for match in _CLAUSE_START.finditer(text, 0, position):
        start = match.end()
    return start


def clause_end(text: str, position: int) -> int:
    """Where the clause around ``position`` of a masked sentence ends."""
    match = re.compile(rf"[;{BOUNDARY}]").search(text, position)
    return match.start() if match else len(text)


def stance(cues: Cues, scope: str, attribution: str = "") -> Stance:
    """Read the stance off the words of a clause.

    Args:
        cues: the ontology's cue words.
        scope: the masked, lower-case clause up to the end of the claim.
        attribution: the masked sentence, for words of hearsay that may stand behind the claim.
    """
    reasons = []
    polarity = Polarity.AFFIRMED
    negation = cues.negation.search(scope)
    if negation:
        polarity = Polarity.NEGATED
        reasons.append(f"negated by “{negation[0].strip()}”")
    modality = Modality.ASSERTED
    for name, pattern in cues.modalities:
        found = pattern.search(attribution if name == Modality.REPORTED and attribution else scope)
        if found:
            modality = Modality(name)
            reasons.append(f"{name} by “{found[0].strip()}”")
            break
    return Stance(polarity, modality, tuple(reasons))
