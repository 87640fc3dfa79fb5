"""Observations: figures that a text gives for an organisation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.assemble import Assembler
from kg.extract.clauses import clause_start
from kg.extract.context import Subject
from kg.extract.gazetteer import fold
from kg.extract.numbers import Number, is_base, is_growth, numbers, period_near, with_unit
from kg.extract.stance import stance
from kg.model import Mention, MentionKind, Modality, Polarity
from kg.ontology import Figure, Ontology

_NEAR = 90
_REACH = 120
_NONE = "none"
_OWN = re.compile(r"\s?(?:\(|at |with |has |: ?)?[~≈\\]*")
_PUBLISHER = frozenset({"Publisher"})
_POSSESSED = re.compile(
    r"(?:'s|') (?:[\w-]+ ){0,2}?(?=market share|share|revenue|sales|capex|capital|market cap|"
    r"backlog)(?:market (?=share))?"
)
_CLAUSE = re.compile(r"[;|]|, (?:and|while|but|up from|down from|which)\b|\. ")


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure, what it measures and whose it is."""

    subject: Mention
    metric: str
    number: Number
    period: str
    polarity: Polarity
    modality: Modality
    reasons: tuple[str, ...]
    confidence: float
    earlier: bool


class FigureMatcher:
    """Finds figures whose neighbourhood names a metric of the ontology."""

    def __init__(self, ontology: Ontology, assembler: Assembler) -> None:
        self._assembler = assembler
        self._figures = ontology.wordings.figures
        self._cues = ontology.wordings.cues
        self._markets = ontology.wordings.names["markets"]

    def find(
        self, text: str, start: int, end: int, mentions: Sequence[Mention], about: Subject | None, heading: str = ""
    ) -> Iterator[Seen]:
        """The figures in ``text[start:end]``, offsets in the block.

        Args:
            text: the block's text.
            start: where the sentence begins.
            end: where it ends.
            mentions: the sentence's mentions, pronouns among them.
            about: whose figure it is where the sentence names nobody.
            heading: words that stand over the sentence: a table's header and row, a label.
        """
        sentence = with_unit(fold(text[start:end]), fold(heading))
        organisations = [
            m for m in mentions if m.kind is MentionKind.ORGANISATION and self._assembler.roles(m) != _PUBLISHER
        ]
        for number in numbers(sentence):
            figure = self._metric(sentence, number, fold(heading))
            if figure is None or figure.metric == _NONE:
                continue
            subject = _owner(sentence, start, number, organisations, figure) or self._subject(
                sentence, start, number, organisations, about
            )
            if subject is not None:
                yield self._seen(subject, figure, number, sentence, heading)

    def _seen(self, subject: Mention, figure: Figure, number: Number, sentence: str, heading: str) -> Seen:
        begin = clause_start(sentence, number.start)
        before = sentence[max(begin, number.start - _REACH) : number.start]
        read = stance(self._cues, sentence[max(0, number.start - _REACH) : number.end + 20])
        period = period_near(sentence, number) or period_near(fold(heading), Number(10**6, 10**6, 0, "", ""))
        return Seen(
            subject=subject,
            metric=figure.metric,
            number=number,
            period=period,
            polarity=stance(self._cues, before).polarity,
            modality=read.modality,
            reasons=(f"“{self._word(figure, sentence, heading)}” near the figure", *read.reasons),
            confidence=0.85 if period else 0.75,
            earlier=bool(self._cues.replaced.search(sentence[max(0, number.start - 30) : number.start])),
        )

    def _word(self, figure: Figure, sentence: str, heading: str) -> str:
        match = figure.words.search(sentence) or figure.words.search(fold(heading))
        return match[0].strip() if match else figure.metric

    def _metric(self, sentence: str, number: Number, heading: str) -> Figure | None:
        """The metric whose words stand nearest to the figure; the order of the ontology decides between equals."""
        if is_growth(sentence, number) or is_base(sentence, number):
            return None
        best: tuple[float, int, Figure] | None = None
        for rank, figure in enumerate(self._figures):
            if not self._takes(figure, number):
                continue
            around = sentence[max(0, number.start - _NEAR) : number.end + _NEAR]
            if figure.unless and figure.unless.search(around):
                continue
            distance = _distance(figure.words, sentence, number)
            if distance is None and heading and figure.words.search(heading):
                distance = _NEAR - 1.0
            if distance is not None and (best is None or (distance, rank) < best[:2]):
                best = (distance, rank, figure)
        return best[2] if best else None

    def _takes(self, figure: Figure, number: Number) -> bool:
        return number.kind in figure.units or f"{number.kind}:{number.unit.split('/')[0]}" in figure.units

    def _subject(
        self, sentence: str, offset: int, number: Number, organisations: Sequence[Mention], about: Subject | None
    ) -> Mention | None:
        """Whose figure: a "by X" behind it, else an organisation before it in its sentence, else the context's."""
        for mention in organisations:
            gap = sentence[number.end : max(number.end, mention.start - offset)]
            if mention.start - offset >= number.end and re.fullmatch(r"[^.;,]{0,60}?\bby ", gap):
                return mention
        before = [m for m in organisations if m.end - offset <= number.start]
        if before and _OWN.fullmatch(sentence[before[-1].end - offset : number.start]):
            return before[-1]
        market = self._markets.search(sentence)
        if before and market and market.start() < before[0].start - offset:
            return None
        if before:
            return _possessor(sentence, offset, before)
        if market:
            return None
        return about.mention if about else (organisations[0] if organisations else None)


def _owner(
    sentence: str, offset: int, number: Number, organisations: Sequence[Mention], figure: Figure
) -> Mention | None:
    """The organisation to whose name the metric's word is bound ("Nvidia's market share ... from 95%")."""
    for mention in reversed([m for m in organisations if m.end - offset <= number.start]):
        own = _POSSESSED.match(sentence, mention.end - offset)
        if own and figure.words.match(sentence, own.end()):
            return mention
    return None


def _possessor(sentence: str, offset: int, before: Sequence[Mention]) -> Mention:
    """The sentence's first organisation before the figure, unless a later clause names its own."""
    cuts = [m.end() for m in _CLAUSE.finditer(sentence, 0, before[-1].start - offset)]
    if cuts:
        later = [m for m in before if m.start - offset >= cuts[-1]]
        return later[0] if later else before[-1]
    return before[0]


def _distance(words: re.Pattern[str], sentence: str, number: Number) -> float | None:
    best: float | None = None
    for match in words.finditer(sentence):
        if match.start() < number.end and number.start < match.end():
            return 0.0
        gap = number.start - match.end() if match.end() <= number.start else (match.start() - number.end) * 1.2
        if gap <= _NEAR and (best is None or gap < best):
            best = gap
    return best
