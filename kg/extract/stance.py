"""Polarity and modality of a claim, from the words in its clause."""

from dataclasses import dataclass

from kg.model import Modality, Polarity
from kg.ontology import Cues


@dataclass(frozen=True, slots=True)
class Stance:
    """How something is said, and the words that say so."""

    polarity: Polarity
    modality: Modality
    reasons: tuple[str, ...] = ()


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
