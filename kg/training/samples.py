"""Training samples: pairs of organisations with what is known of each class."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.evaluate.gold import GoldClaim
from kg.extract.assemble import Assembler
from kg.extract.mentions import Names
from kg.extract.pairs.features import features
from kg.extract.pairs.vocabulary import SUBJECT_LEFT, SUBJECT_RIGHT, Vocabulary
from kg.extract.pairs.windows import NEARNESS, Pair, Window, WindowMaker, pairs
from kg.model import Document, Mention

ARGUABLE = 0.3
"""The weight of a claim about which careful readers could differ."""


@dataclass(slots=True)
class Sample:
    """A pair with its features.

    Attributes:
        features: hashes, each once.
        left: key of the left one in the annotations, empty where there are none.
        right: key of the right one.
        part: how near to its sentence the left one stands, 0 inside it.
        labels: number of a class → (1 where the pair states it else 0, weight); a class that is missing is (0, 1.0).
        pair: the pair, where it stands in a document.
    """

    features: list[int]
    left: str = ""
    right: str = ""
    part: int = 0
    labels: dict[int, tuple[int, float]] = field(default_factory=dict)
    pair: Pair | None = None


class Sampler:
    """Makes samples of documents."""

    def __init__(self, windows: WindowMaker, assembler: Assembler, vocabulary: Vocabulary) -> None:
        self._windows = windows
        self._assembler = assembler
        self._vocabulary = vocabulary
        self._numbers = {pair_class: number for number, pair_class in enumerate(vocabulary.classes)}

    def samples(
        self, document: Document, names: Names, claims: Iterable[GoldClaim], key: Callable[[Mention], str]
    ) -> list[Sample]:
        """The pairs of a document, labelled with its claims.

        Args:
            document: the document.
            names: its names.
            claims: what the annotators found in it, of the vocabulary's relations alone.
            key: a mention's key in the annotations.
        """
        made: list[Sample] = []
        for window in self._windows.windows(document, names):
            for pair in pairs(window):
                left, right = map(key, pair.ends)
                if left != right:
                    part = NEARNESS[window.tokens[pair.left].part]
                    made.append(Sample(features(pair, self._assembler), left, right, part, pair=pair))
        self._label(document, claims, made)
        return made

    def _label(self, document: Document, claims: Iterable[GoldClaim], samples: Sequence[Sample]) -> None:
        """The nearest place of a pair inside a claim's quote states the claim; its other places are unknown.

        A denied claim counts as stated: that it is denied is for the cue words to tell.
        """
        at: dict[frozenset[str], list[Sample]] = defaultdict(list)
        for sample in samples:
            at[frozenset((sample.left, sample.right))].append(sample)
        for claim in claims:
            relation, subject, obj, _ = claim.key
            weight = ARGUABLE if claim.arguable else 1.0
            candidates = at.get(frozenset((subject, obj)), [])
            spans = _spans(document, claim.quote)
            quoted = [s for s in candidates if s.pair and _overlaps(document, s.pair.window, spans)] or candidates
            nearest = min((s.part for s in quoted), default=0)
            stating = {id(s) for s in quoted if s.part == nearest}
            for sample in candidates:
                forth = relation in self._vocabulary.symmetric or sample.left == subject
                number = self._numbers[relation, SUBJECT_LEFT if forth else SUBJECT_RIGHT]
                known = sample.labels.get(number, (0, 0.0))
                sample.labels[number] = (1, weight) if id(sample) in stating and weight > known[1] else known


def _spans(document: Document, quote: str) -> list[tuple[str, int, int]]:
    """Where a quote stands, as field, start and end."""
    found = []
    for pointer, text in document.fields.items():
        at = text.find(quote) if quote else -1
        while at >= 0:
            found.append((pointer, at, at + len(quote)))
            at = text.find(quote, at + 1)
    return found


def _overlaps(document: Document, window: Window, spans: Iterable[tuple[str, int, int]]) -> bool:
    block = document.blocks[window.number]
    start, end = block.source_span(window.start, window.end)
    return any(pointer == block.pointer and a < end and start < b for pointer, a, b in spans)
