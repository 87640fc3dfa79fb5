"""What a document offers for every claim that a pair of its organisations may make."""

import math
from collections.abc import Sequence

from kg.extract.assemble import Assembler
from kg.extract.mentions import Names
from kg.extract.pairs.features import features
from kg.extract.pairs.judge import Evidence, gather
from kg.extract.pairs.linear import LinearModel
from kg.extract.pairs.vocabulary import SUBJECT_RIGHT
from kg.extract.pairs.windows import Pair, WindowMaker, pairs
from kg.model import Claim, Document, Mention
from kg.ontology import Ontology


class PairScorer:
    """Scores the pairs of documents; make one and use it for many.

    Args:
        ontology: which roles fit which relation.
        model: the linear model.
    """

    def __init__(self, ontology: Ontology, model: LinearModel) -> None:
        self.vocabulary = model.vocabulary
        self._model = model
        self._fits = ontology.wordings.fits
        self._assembler = Assembler(ontology)
        self._windows = WindowMaker(ontology)

    def evidence(self, document: Document, names: Names, ruled: Sequence[Claim]) -> Evidence:
        """The places of a document that may state each triple with their scores, beside the rules' claims."""
        found = [pair for window in self._windows.windows(document, names) for pair in pairs(window)]
        scores = self._model.scores([features(pair, self._assembler) for pair in found])
        scored = [(pair, self._allowed(pair, row.tolist())) for pair, row in zip(found, scores, strict=True)]
        return Evidence(gather(scored, self.vocabulary), self.vocabulary.affirmed(ruled))

    def _allowed(self, pair: Pair, scores: Sequence[float]) -> list[float]:
        """The scores, minus infinity where the roles of the two do not fit the relation."""
        left, right = pair.ends
        return [
            score if self._fit(relation, *((right, left) if side == SUBJECT_RIGHT else (left, right))) else -math.inf
            for (relation, side), score in zip(self.vocabulary.classes, scores, strict=True)
        ]

    def _fit(self, relation: str, subject: Mention, obj: Mention) -> bool:
        fit = self._fits.get(relation)
        if fit is None:
            return True
        one, other = self._assembler.roles(subject), self._assembler.roles(obj)
        if fit.subject.allows(one) and fit.object.allows(other):
            return True
        return relation in self.vocabulary.symmetric and fit.subject.allows(other) and fit.object.allows(one)
