"""The learned extractor: how probable the rules' claims are, and claims that they did not find, from pairs of names."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from kg.extract.assemble import Assembler, Found
from kg.extract.clauses import clause_end, clause_start
from kg.extract.context import naming, quote
from kg.extract.mask import Masked, mask
from kg.extract.mentions import Names, name_key
from kg.extract.pairs.judge import Judge, Place, Rows
from kg.extract.pairs.linear import LinearModel
from kg.extract.pairs.scoring import PairScorer
from kg.extract.pairs.vocabulary import Triple
from kg.extract.pairs.windows import SENTENCE, Pair
from kg.extract.qualifiers import qualifiers
from kg.extract.sentences import is_question
from kg.extract.stance import stance
from kg.model import Claim, Document, Mention, Polarity, Quote
from kg.ontology import Ontology

THRESHOLD = 0.45
DOUBT = 0.3
"""The least probability of a claim that only pairs give, and of one that a rule gives (docs/model.md tells what others
would do). Rules may stand on less: on text like that which they were written for they know better."""

LINEAR_FILE, JUDGE_FILE = "pairs.npz", "judge.json"
"""What a folder holds that a trained model is written to."""


class PairExtractor:
    """Decides on pairs of organisations; make one and use it for many documents.

    Args:
        ontology: the relations and how they are denied or hedged.
        scorer: the linear model's side.
        judge: the decision on a whole document's evidence.
        threshold: the least probability of a claim.
    """

    def __init__(self, ontology: Ontology, scorer: PairScorer, judge: Judge, *, threshold: float = THRESHOLD) -> None:
        self._cues = ontology.wordings.cues
        self._assembler = Assembler(ontology)
        self._scorer = scorer
        self._judge = judge
        self._threshold = threshold

    @classmethod
    def load(cls, ontology: Ontology, folder: Path, *, threshold: float = THRESHOLD) -> "PairExtractor":
        """The extractor with the two models of a folder.

        Raises:
            OntologyError: a file is missing or malformed, or made for relations that the ontology does not declare.
        """
        model = LinearModel.load(folder / LINEAR_FILE, ontology)
        judge = Judge.load(folder / JUDGE_FILE, model.vocabulary)
        return cls(ontology, PairScorer(ontology, model), judge, threshold=threshold)

    def extract(self, document: Document, names: Names, ruled: Sequence[Claim]) -> Iterator[Claim]:
        """The rules' claims as probable as the whole evidence makes them, then those that only pairs give.

        What is too improbable is left out. Denials and facts stay as the rules give them. Of pairs of
        which the rules affirm something, and of what a rule found denied, nothing is added.

        Args:
            document: the document.
            names: its names.
            ruled: the claims that the rules found in it.
        """
        vocabulary = self._scorer.vocabulary
        evidence = self._scorer.evidence(document, names, ruled)
        rows = Rows(evidence, vocabulary)
        for claim in ruled:
            said = vocabulary.said_by(claim)
            if said not in evidence.rules or claim.polarity is not Polarity.AFFIRMED:
                yield claim
                continue
            probability = self._judge.probability(rows.row(said))
            if probability >= DOUBT:
                yield replace(claim, confidence=_bounded(probability))
        denied = {vocabulary.said_by(c) for c in ruled if c.polarity is Polarity.NEGATED}
        citations = _Citations(document, names)
        for said in rows.triples():
            if said in denied or not rows.undecided(said):
                continue
            probability = self._judge.probability(rows.row(said))
            if probability >= self._threshold:
                yield from self._claims(citations, said, evidence.places[said][0], probability)

    def _claims(self, citations: "_Citations", said: Triple, place: Place, probability: float) -> Iterator[Claim]:
        """The claim of a triple's best place; none where the place asks or denies."""
        pair, document = place.pair, citations.document
        window = pair.window
        text = document.blocks[window.number].text
        masked = citations.masked(pair)
        first, last = _stretch(pair, masked)
        clause = masked.text[clause_start(masked.text, first) : clause_end(masked.text, last)]
        how = stance(self._cues, masked.text[clause_start(masked.text, first) : last + 1], clause)
        if stance(self._cues, clause).polarity is Polarity.NEGATED or is_question(text, window.start, window.end):
            return
        left, right = pair.ends
        subject, obj = (right, left) if place.turned else (left, right)
        details = qualifiers(text, *masked.clause(first, last), citations.mentions(pair), _inside(pair))
        reason = f"learned from the words around both names; probability {probability:.2f}"
        found = Found(said[0], [subject], [obj], how, probability, reason)
        for claim in self._assembler.claims(document, found, citations.quotes(pair), "pairs", details):
            yield replace(claim, confidence=_bounded(probability))


class _Citations:
    """Where a document shows what its pairs say."""

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self._names = names

    def mentions(self, pair: Pair) -> list[Mention]:
        """The mentions of the pair's sentence, pronouns left out."""
        window = pair.window
        row = self._names.blocks[window.number]
        return row[bisect_left(row, window.start, key=_start) : bisect_left(row, window.end, key=_start)]

    def masked(self, pair: Pair) -> Masked:
        """The pair's sentence with its names masked."""
        window = pair.window
        return mask(self.document.blocks[window.number].text, window.start, window.end, self.mentions(pair))

    def quotes(self, pair: Pair) -> tuple[Quote, ...]:
        """The sentence, and where the left name stands outside it, the nearest place above that names it."""
        window = pair.window
        main = quote(self.document, window.number, window.start, window.end)
        left = pair.ends[0]
        if window.tokens[pair.left].part == SENTENCE or left.surface in main.text:
            return (main,)
        places = self._places.get(name_key(left), ())
        above = bisect_right(places, (window.number, window.start), key=lambda p: (p[0], p[1].start))
        if not above:
            return (main,)
        return (main, naming(self.document, *places[above - 1]))

    @cached_property
    def _places(self) -> Mapping[str, Sequence[tuple[int, Mention]]]:
        """Each name's places in reading order, as block and mention."""
        places: dict[str, list[tuple[int, Mention]]] = {}
        for number, row in enumerate(self._names.blocks):
            for mention in row:
                places.setdefault(name_key(mention), []).append((number, mention))
        return places


def _bounded(probability: float) -> float:
    return round(min(0.99, max(0.05, probability)), 2)


def _start(mention: Mention) -> int:
    return mention.start


def _inside(pair: Pair) -> list[Mention]:
    """Those of the two that stand in the sentence, with the block's offsets."""
    window = pair.window
    ends = [m for i, m in zip((pair.left, pair.right), pair.ends, strict=True) if window.tokens[i].part == SENTENCE]
    return [replace(m, start=m.start + window.start, end=m.end + window.start) for m in ends]


def _stretch(pair: Pair, masked: Masked) -> tuple[int, int]:
    """From where to where in the masked sentence the two, or the one that is in it, stand."""
    starts = [mention.start for mention in _inside(pair)]
    return bisect_left(masked.offsets, min(starts)), bisect_left(masked.offsets, max(starts))
