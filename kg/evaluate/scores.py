"""Counts, and the measures made of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ORGANISATION_RELATIONS = (
    "outsourcesTo",
    "suppliesToolTo",
    "suppliesTo",
    "competesWith",
    "partnersWith",
    "subsidiaryOf",
)
ATTRIBUTES = ("offersTechnology", "hasSiteIn")
RELATIONS = ORGANISATION_RELATIONS + ATTRIBUTES
OBSERVATION = "observation"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "organisation relations": ORGANISATION_RELATIONS,
    "core three": ("outsourcesTo", "suppliesToolTo", "competesWith"),
    "facts": ATTRIBUTES,
    "observations": (OBSERVATION,),
}
"""What is summed up under one heading."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many claims of a kind are right.

    Attributes:
        right: found and annotated.
        false: found and not annotated.
        missed: annotated and not found.
    """

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        """Both together."""
        return Score(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1; 1 where nothing was found."""
        found = self.right + self.false
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found, 0 to 1; 1 where nothing is annotated."""
        annotated = self.right + self.missed
        return self.right / annotated if annotated else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_json(self) -> dict[str, float]:
        """The measures to three decimals, and the counts."""
        measures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"tp": self.right, "fp": self.false, "fn": self.missed}
        return {name: round(value, 3) for name, value in measures.items()} | counts


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: "Share") -> "Share":
        """Both together."""
        return Share(self.part + other.part, self.whole + other.whole)

    def rounded(self, digits: int) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return round(self.part / self.whole, digits) if self.whole else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good extracted claims are.

    Attributes:
        documents: number of annotated documents.
        scores: relation, or ``observation``, → its counts.
        modality: of the claims that are right, those whose modality is right too.
        grounding: of all claims and figures, those whose quote stands in the document word for word.
        errors: what is false or missed, a line each, sorted.
    """

    documents: int
    scores: Mapping[str, Score]
    modality: Share
    grounding: Share
    errors: tuple[str, ...]

    @classmethod
    def total(cls, parts: Iterable["Evaluation"]) -> "Evaluation":
        """Several evaluations as one: counts are added, measures follow from the sums."""
        parts = list(parts)
        names = dict.fromkeys(name for part in parts for name in part.scores)
        return cls(
            documents=sum(part.documents for part in parts),
            scores={name: sum((part.score(name) for part in parts), Score()) for name in names},
            modality=sum((part.modality for part in parts), Share()),
            grounding=sum((part.grounding for part in parts), Share()),
            errors=tuple(sorted(error for part in parts for error in part.errors)),
        )

    def score(self, *names: str) -> Score:
        """The counts of some relations together."""
        return sum((self.scores.get(name, Score()) for name in names), Score())

    def group(self, name: str) -> Score:
        """The counts of one of ``GROUPS``."""
        return self.score(*GROUPS[name])

    def as_json(self) -> dict[str, Any]:
        """Everything but the errors, as JSON would have it."""
        return {
            "documents": self.documents,
            **{name: self.group(name).as_json() for name in GROUPS},
            "per relation": {name: self.score(name).as_json() for name in RELATIONS},
            "modality accuracy": self.modality.rounded(3),
            "grounding": self.grounding.rounded(4),
        }

    def lines(self) -> Iterator[str]:
        """A table for people: the groups, each relation, and the two shares."""
        for name in GROUPS:
            score = self.group(name)
            counts = f"{score.right} right, {score.false} false, {score.missed} missed"
            yield f"{name:24} {_measures(score)}   ({counts})"
        for name in RELATIONS:
            score = self.score(name)
            yield f"  {name:22} {_measures(score)}   ({score.right}/{score.false}/{score.missed})"
        yield f"modality accuracy {self.modality.rounded(3)}   grounding {self.grounding.rounded(4)}"


def _measures(score: Score) -> str:
    """The three measures, rounded as in the JSON so that the two never differ."""
    rounded = (round(value, 3) for value in (score.precision, score.recall, score.f1))
    return "  ".join(f"{name} {value:.3f}" for name, value in zip(("P", "R", "F1"), rounded, strict=True))
