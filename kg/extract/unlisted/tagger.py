"""Decides which names of a document are organisations, from how they are written and from all their places."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from kg.extract.gazetteer import Hit
from kg.extract.unlisted.candidates import Place, candidates, marks, small_words
from kg.extract.unlisted.features import Counts, counted, hashed, placed, whole, written
from kg.extract.unlisted.model import NameModel
from kg.extract.unlisted.spans import Span
from kg.model import Block

MODEL = Path(__file__).parent.parent / "pairs" / "model" / "names.npz"
"""The model that is shipped."""
THRESHOLD = 0.9
"""The least log odds of an organisation, chosen so that four of five names are right: docs/model.md tells how."""
PLACES = 4
"""Of so many places of a candidate, its first, the surroundings count."""
HOPELESS = -2.8
"""The log odds before its surroundings, below which its surroundings are not looked at."""

_KEPT = 20_000


class Tagger:
    """Finds organisations that no registry lists; make one and use it for many documents.

    Args:
        model: the weights.
        given: expression for people's given names.
    """

    def __init__(self, model: NameModel, given: re.Pattern[str]) -> None:
        self._weights: dict[int, float] = dict(
            zip(model.hashes.tolist(), model.weights.astype(float).tolist(), strict=True)
        )
        self._bias = float(model.bias[0])
        self._ordinary = frozenset(model.ordinary.tolist())
        self._given = given
        self._written = lru_cache(_KEPT)(self._weight_of_writing)
        self._whole = lru_cache(_KEPT)(self._weight_of_counts)

    def organisations(self, blocks: Sequence[Block], known: Sequence[Sequence[Hit]]) -> list[str]:
        """The names that are organisations, the most certain first; each has a place that no better one overlaps.

        Args:
            blocks: the document's blocks.
            known: the registry's names in each of them.
        """
        small = frozenset(small_words(block.text for block in blocks))
        near = [marks(hits) for hits in known]
        rated: list[tuple[float, str, list[Place]]] = []
        for name, places in candidates(blocks, known).items():
            spans = [place.span for place in places]
            score = self._bias + self._written(spans[0].words, spans[0].links)
            if score >= HOPELESS - 1:
                score += self._whole(counted(spans, small))
            if score >= HOPELESS:
                score += self._sum(
                    feature
                    for place in places[:PLACES]
                    for feature in placed(blocks[place.number], place.span, *near[place.number])
                )
                if score >= THRESHOLD:
                    rated.append((score, name, places))
        return _apart(sorted(rated, key=lambda row: (-row[0], row[1])))

    def _weight_of_writing(self, words: tuple[str, ...], links: tuple[str, ...]) -> float:
        return self._sum(written(Span(0, 0, words, links, "", ""), self._ordinary, self._given))

    def _weight_of_counts(self, counts: Counts) -> float:
        return self._sum(whole(counts))

    def _sum(self, features: Iterable[str]) -> float:
        weights = self._weights
        return sum((weights.get(hashed(feature), 0.0) for feature in dict.fromkeys(features)), 0.0)


def _apart(rated: Iterable[tuple[float, str, list[Place]]]) -> list[str]:
    """The names of which one place at least is clear of those rated higher."""
    taken: dict[int, list[Span]] = {}
    found: list[str] = []
    for _, name, places in rated:
        if any(all(p.span.end <= s.start or s.end <= p.span.start for s in taken.get(p.number, ())) for p in places):
            found.append(name)
            for place in places:
                taken.setdefault(place.number, []).append(place.span)
    return found
