"""The decision on a claim of a whole document: all places that speak for it, and what else was found there."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.extract.pairs.linear import malformed
from kg.extract.pairs.vocabulary import SUBJECT_RIGHT, Triple, Vocabulary
from kg.extract.pairs.windows import ABOUT, BEFORE, HEAD, ROW, SENTENCE, Pair

FLOOR = -4.5
_LOWEST = -6.0
_PARTS = (SENTENCE, ROW, BEFORE, ABOUT, HEAD)
_FIXED = 17
"""Features of a row before those that tell its relation and part."""


@dataclass(frozen=True, slots=True)
class Place:
    """A pair that may state a triple, with the linear model's score."""

    score: float
    pair: Pair
    turned: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document offers for and against its triples.

    Attributes:
        places: triple → where it may be stated, the highest score first.
        rules: triple → the confidence and the extractor of the rules' best claim.
    """

    places: Mapping[Triple, Sequence[Place]]
    rules: Mapping[Triple, tuple[float, str]] = field(default_factory=dict)


def gather(scored: Iterable[tuple[Pair, Sequence[float]]], vocabulary: Vocabulary) -> dict[Triple, list[Place]]:
    """Group the scored pairs by what they would say; a score of minus infinity rules a class out."""
    places: dict[Triple, list[Place]] = defaultdict(list)
    for pair, scores in scored:
        left, right = pair.window.keys[pair.left], pair.window.keys[pair.right]
        for (relation, side), score in zip(vocabulary.classes, scores, strict=True):
            turned = side == SUBJECT_RIGHT
            ends = (right, left) if turned else (left, right)
            if math.isfinite(score):
                places[vocabulary.triple(relation, *ends)].append(Place(float(score), pair, turned))
    return {said: sorted(found, key=lambda p: -p.score) for said, found in places.items()}


class Rows:
    """Features of a document's triples, for the judge."""

    def __init__(self, evidence: Evidence, vocabulary: Vocabulary) -> None:
        self._evidence = evidence
        self._relations = vocabulary.relations
        self._symmetric = vocabulary.symmetric
        self._best = {t: p[0].score for t, p in evidence.places.items()}
        self._by_pair: dict[frozenset[str], list[Triple]] = defaultdict(list)
        for said in self._best:
            self._by_pair[frozenset(said[1:])].append(said)
        self._ruled: dict[frozenset[str], set[str]] = defaultdict(set)
        self._counts: Counter[tuple[str, ...]] = Counter()
        for relation, subject, obj in evidence.rules:
            self._ruled[frozenset((subject, obj))].add(relation)
            self._counts.update([(relation,), (relation, "s", subject), (relation, "o", obj)])
        self._tops = self._top_two()

    def triples(self) -> list[Triple]:
        """What is worth a decision: every triple above the floor and all that the rules found."""
        return sorted({t for t, score in self._best.items() if score > FLOOR} | set(self._evidence.rules))

    def undecided(self, said: Triple) -> bool:
        """Whether the rules affirm nothing of the triple's two ends.

        Where they do, what is learned beside it is mostly a misreading: of customers that also seem to compete.
        """
        return not self._ruled.get(frozenset(said[1:]))

    def row(self, said: Triple) -> list[float]:
        """The features of one triple."""
        relation, subject, obj = said
        places = self._evidence.places.get(said, ())
        scores = [p.score for p in places] or [_LOWEST]
        among = self._by_pair.get(frozenset((subject, obj)), [])
        other = max((self._best[t] for t in among if t != said), default=_LOWEST)
        back = (relation, obj, subject)
        reverse = _LOWEST if relation in self._symmetric else self._best.get(back, _LOWEST)
        confidence, extractor = self._evidence.rules.get(said, (0.0, ""))
        ruled = float(bool(extractor))
        same = self._counts[relation, "s", subject] + self._counts[relation, "o", obj] - 2 * ruled
        crossed = self._counts[relation, "s", obj] + self._counts[relation, "o", subject]
        part, organisations = _place(places)
        return [
            scores[0],
            scores[1] if len(scores) > 1 else _LOWEST,
            _any_of(scores),
            other,
            reverse,
            scores[0] - other,
            math.log1p(len(places)),
            confidence,
            float(extractor == "prose"),
            float(extractor == "structure"),
            ruled,
            float(bool(self._ruled.get(frozenset((subject, obj)), set()) - {relation})),
            math.log1p(self._counts[(relation,)]),
            math.log1p(same),
            math.log1p(crossed),
            self._sibling(said),
            organisations,
            *(float(relation == r) for r in self._relations),
            *(float(part == p) for p in _PARTS),
        ]

    def _top_two(self) -> Mapping[tuple[str, str, str], list[tuple[float, Triple]]]:
        """The two best triples of each relation with a given subject or object."""
        tops: dict[tuple[str, str, str], list[tuple[float, Triple]]] = defaultdict(list)
        for said, score in self._best.items():
            for side, key in (("s", said[1]), ("o", said[2])):
                tops[said[0], side, key].append((score, said))
        return {key: sorted(rows, reverse=True)[:2] for key, rows in tops.items()}

    def _sibling(self, said: Triple) -> float:
        """The best score of another triple of the relation that shares an end."""
        rows = [*self._tops.get((said[0], "s", said[1]), []), *self._tops.get((said[0], "o", said[2]), [])]
        return max((score for score, other in rows if other != said), default=_LOWEST)


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic regression over the rows.

    Attributes:
        mean: of each feature.
        scale: of each feature.
        weights: one for each feature.
        bias: added to the sum.
    """

    mean: Sequence[float]
    scale: Sequence[float]
    weights: Sequence[float]
    bias: float

    def probability(self, row: Sequence[float]) -> float:
        """How probable it is that the triple is a claim of the document."""
        terms = zip(row, self.mean, self.scale, self.weights, strict=True)
        total = self.bias + sum((x - m) / s * w for x, m, s, w in terms)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        record = {"mean": self.mean, "scale": self.scale, "weights": self.weights, "bias": self.bias}
        path.write_text(json.dumps(record, indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path, vocabulary: Vocabulary) -> "Judge":
        """Read it from JSON.

        Raises:
            OntologyError: the file is missing or malformed, or was made for other relations.
        """
        try:
            record = json.loads(path.read_text("utf-8"))
            mean, scale, weights = ([float(v) for v in record[name]] for name in ("mean", "scale", "weights"))
            judge = cls(mean, scale, weights, float(record["bias"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise malformed(path, str(error)) from error
        width = _FIXED + len(vocabulary.relations) + len(_PARTS)
        if any(len(values) != width for values in (mean, scale, weights)):
            raise malformed(path, f"it should hold {width} weights, as many means and as many scales")
        if not all(map(math.isfinite, (*mean, *scale, *weights, judge.bias))) or min(scale) <= 0:
            raise malformed(path, "its weights are no numbers or a scale is not above 0")
        return judge


def _place(places: Sequence[Place]) -> tuple[str, float]:
    """In which part the best place's left end stands, and how many organisations its sentence names."""
    if not places:
        return "", 0.0
    window = places[0].pair.window
    named = set(window.keys[window.first :]) - {""}
    return window.tokens[places[0].pair.left].part, float(len(named))


def _any_of(scores: Sequence[float]) -> float:
    """Log odds that at least one of several independent places states it."""
    silent = sum(math.log1p(math.exp(s)) if s < 0 else s + math.log1p(math.exp(-s)) for s in scores)
    said = min(max(1.0 - math.exp(-silent), 1e-6), 1.0 - 1e-6)
    return math.log(said / (1.0 - said))
