"""Gaps: what a sentence says was searched and not found, or is not made public."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.remarks.said import Said, Sentence
from kg.extract.stance import Stance
from kg.model import Mention, MentionKind, Modality, Polarity, RemarkKind
from kg.ontology.macros import BOUNDARY
from kg.ontology.remarks import GapWords

_CONFIDENCE, _LESS = 0.8, 0.7
_BEFORE = 60
_FAR = 400
_LISTED = re.compile(r"(?:'s|')?\s?(?:[,/&+]|,? (?:and|or|as well as))\s?(?:and |or )?")
_POSSESSED = re.compile(r"'s|'")
_STATED = Stance(Polarity.AFFIRMED, Modality.ASSERTED)


class GapMatcher:
    """Finds gaps in masked sentences."""

    def __init__(self, words: GapWords) -> None:
        self._words = words

    def find(self, sentence: Sentence) -> Iterator[Said]:
        """The gaps of a sentence; a topic that several wordings find comes once."""
        known: set[str] = set()
        text = sentence.masked.text
        if not any(pattern.search(text) for _, pattern in self._words.facts):
            return
        for pattern in self._words.withheld:
            for match in pattern.finditer(text):
                withheld_by = sentence.masked.group(*match.span("S"))
                for topic, _ in self._topics(text, match.span("N"), match.span()):
                    known.add(topic)
                    yield _gap(topic, withheld_by, (), match.span())
        for pattern in self._words.gaps:
            for match in pattern.finditer(text):
                for said in self._gaps(sentence, match):
                    if said.topic not in known:
                        known.add(said.topic)
                        yield said

    def _gaps(self, sentence: Sentence, match: re.Match[str]) -> Iterator[Said]:
        text = sentence.masked.text
        end = match.end()
        begin = match.start("N") if "N" in match.re.groupindex else _begin(text, match.start())
        topics = self._topics(text, (begin, end), (begin, end))
        if not topics:
            # "On the backlog of BESI no figures were found."
            begin = _begin(text, match.start())
            topics = self._topics(text, (begin, match.start()), (begin, end))
        if not topics:
            return
        first = max(begin, min(place for _, place in topics) - _BEFORE)
        subjects: Sequence[Mention]
        others: Sequence[Mention]
        subjects, others = self._named(sentence, first, match.end())
        span = (min(begin, match.start()), match.end())
        implied = not subjects
        if implied:
            subjects, others = self._implied(sentence)
        for topic, _ in topics if subjects else ():
            yield _gap(topic, subjects, others, span, implied=implied)

    def _topics(self, text: str, span: tuple[int, int], whole: tuple[int, int]) -> list[tuple[str, int]]:
        """What is missing, with the place of its words."""
        figures = self._words.figures.search(text, *whole) is not None
        found = []
        for topic, pattern in self._words.facts:
            match = pattern.search(text, *span)
            if match and (figures or topic not in self._words.needs_figures):
                found.append((topic, match.start()))
        return found

    def _named(self, sentence: Sentence, start: int, end: int) -> tuple[list[Mention], list[Mention]]:
        """Whom a gap is about: the first organisations named; and whom it concerns besides: those behind "for"."""
        masked = sentence.masked
        subjects: list[Mention] = []
        others: list[Mention] = []
        group, last = subjects, start
        for place in range(start, end):
            mention = masked.mentions.get(masked.text[place])
            if mention is None or mention.kind is not MentionKind.ORGANISATION:
                continue
            if subjects and not _LISTED.fullmatch(masked.text, last, place):
                beside = self._words.beside.search(masked.text, last, place)
                group = others if beside or not _POSSESSED.match(masked.text, place + 1) else subjects
            group.append(mention)
            last = place + 1
        return subjects, others

    def _implied(self, sentence: Sentence) -> tuple[Sequence[Mention], Sequence[Mention]]:
        """Whom a gap is about that names nobody: those of the gap before it, else whom the place is about."""
        before = [said for said in sentence.earlier if said.kind is RemarkKind.GAP]
        if self._words.again.search(sentence.masked.text):
            return (before[-1].subjects, before[-1].others) if before else ([], [])
        return ([sentence.context], []) if sentence.context else ([], [])


def _begin(text: str, position: int) -> int:
    """Where the clause around a position begins, not too far before it; the "and" of a list opens none."""
    return max(*(text.rfind(sign, 0, position) + 1 for sign in (";", BOUNDARY)), position - _FAR)


def _gap(
    topic: str, subjects: Sequence[Mention], others: Sequence[Mention], words: tuple[int, int], *, implied: bool = False
) -> Said:
    return Said(
        kind=RemarkKind.GAP,
        subjects=tuple(subjects),
        topic=topic,
        stance=_STATED,
        confidence=_LESS if implied else _CONFIDENCE,
        words=words,
        others=tuple(others),
        implied=implied,
    )
