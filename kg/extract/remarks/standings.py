"""Standings: ranks that a sentence gives an organisation in a field, or beside another organisation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from kg.extract.mask import Masked
from kg.extract.mentions import name_key
from kg.extract.remarks.said import Said, Sentence
from kg.extract.stance import Stance, stance
from kg.model import BlockKind, Mention, MentionKind, Modality, RemarkKind, scope_order
from kg.ontology import Cues
from kg.ontology.remarks import Phrase, StandingWords

_REACH = 200
_FULL, _IMPLIED = 0.85, 0.75
_LONGEST_SCOPE = 60
_MEASURED = 60
_LABELLED = frozenset({BlockKind.CELL, BlockKind.ITEM})
_GOES_ON = re.compile(r"\s?(?:is|are|was|were|has|have|had|will|remains?|:)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A ranked phrase of a sentence: its match, where it ends, its rank, field and scope."""

    match: re.Match[str]
    end: int
    rank: str
    topic: str
    scope: tuple[str, ...]


class StandingMatcher:
    """Finds standings in masked sentences."""

    def __init__(self, words: StandingWords, cues: Cues) -> None:
        self._words = words
        self._cues = cues

    def find(self, sentence: Sentence) -> Iterator[Said]:
        """The standings of a sentence; none of an "it" or "its" that may mean one of several."""
        text = sentence.masked.text
        others = (
            said
            for each in self._words.other
            for m in each.pattern.finditer(text)
            for said in self._other(sentence, each, m)
        )
        for said in chain(self._phrases(sentence), others, self._comparisons(sentence)):
            if not any(_is_vague(subject, sentence.mentions) for subject in said.subjects):
                yield said

    def _phrases(self, sentence: Sentence) -> Iterator[Said]:
        """Standings by ranked phrases ("the world's largest OSAT"); one joined to another is about the same one."""
        last: tuple[int, Said] | None = None
        for number, match in enumerate(self._words.phrase.finditer(sentence.masked.text)):
            # "By revenue, X is the largest": a measure may stand before the first one.
            ranked = self._ranked(sentence, match, max(0, match.start() - _MEASURED) if number == 0 else match.start())
            if ranked is None:
                continue
            said = self._bound(sentence, ranked)
            if said is None and last and self._words.joined.fullmatch(sentence.masked.text, last[0], match.start()):
                said = replace(self._said(sentence, ranked, match.start(), last[1].subjects), implied=last[1].implied)
            if said is not None:
                last = match.end("H"), said
                yield said

    def _ranked(self, sentence: Sentence, match: re.Match[str], measured: int) -> _Ranked | None:
        words, text = self._words, sentence.masked.text
        rank = next(name for name, pattern in words.ranks if pattern.fullmatch(text, *match.span("R")))
        end = _cut(words.rest_ends, text, *match.span("T"))
        if words.not_alone.search(text, max(0, match.start() - 40), match.start()) or words.unless.search(
            text, match.start(), end
        ):
            return None
        if rank in words.needs_article and not words.article.search(text, *match.span("P")):
            return None
        if words.of_one.match(text, match.end("H")):
            return None
        topic = self._topic(sentence, (match.start("R"), match.end("H"))) or self._field(sentence, match.end("H"), end)
        scope = self._scope(sentence, (match.start(), end))
        measures = [limit for limit in self._scope(sentence, (measured, match.start())) if limit.startswith("by ")]
        scope = scope_order([*scope, *measures])
        if rank == "only":
            alone = self._alone(sentence, match)
            return _Ranked(match, end, rank, topic, alone) if topic and alone is not None else None
        return _Ranked(match, end, rank, topic, scope) if topic else None

    def _alone(self, sentence: Sentence, match: re.Match[str]) -> tuple[str, ...] | None:
        """What somebody is alone in, in the text's words where the ontology has none; None where it cannot be told.

        "The only foundry for advanced AI chips" is not the only foundry.
        """
        text, words = sentence.masked.text, self._words
        end = _cut(words.only_ends, text, *match.span("T"))
        scope = self._scope(sentence, (match.start(), end))
        rest = text[match.end("H") : end].strip()
        if scope or not rest:
            return scope
        if words.field_starts.match(rest) and not rest.startswith("for"):
            return None
        return (rest[:_LONGEST_SCOPE].strip(),)

    def _bound(self, sentence: Sentence, ranked: _Ranked) -> Said | None:
        """The standing with the organisation that stands before or behind the phrase, or that its place is about."""
        text, start = sentence.masked.text, ranked.match.start()
        named = self._words.after.match(text, ranked.end)
        if named and named["B"] and ranked.end > ranked.match.end("H"):
            named = None
        behind = sentence.masked.group(named.end(), named.end() + 1) if named else []
        if named and named["I"]:
            return self._said(sentence, ranked, start, behind)
        for pattern in self._words.before:
            before = pattern.search(text, max(0, start - _REACH), start)
            if before:
                return self._said(sentence, ranked, before.start(), _one(sentence.masked, before.span("S")))
        if behind:
            return self._said(sentence, ranked, start, behind)
        return self._placed(sentence, ranked)

    def _placed(self, sentence: Sentence, ranked: _Ranked) -> Said | None:
        """The standing of whom the place is about: a phrase that opens a cell, an item or a profile."""
        text, start = sentence.masked.text, ranked.match.start()
        if sentence.context is None or text[:start].strip(" \"'*") or _GOES_ON.match(text, ranked.end):
            return None
        kind, cell = sentence.block.kind, sentence.block.cell
        opens = kind in _LABELLED if cell is None else cell.column > 0
        if not opens and not (kind is BlockKind.PARAGRAPH and not sentence.start and ranked.match["P"]):
            return None
        said = self._said(sentence, ranked, start, (sentence.context,))
        return replace(said, confidence=_IMPLIED, implied=True)

    def _said(self, sentence: Sentence, ranked: _Ranked, begin: int, subjects: Sequence[Mention]) -> Said:
        read = self._stance(sentence.masked.text, begin, ranked.match.end("H"), ranked.match.start("R"))
        return Said(
            kind=RemarkKind.STANDING,
            subjects=tuple(subjects),
            topic=ranked.topic,
            stance=read,
            confidence=_FULL,
            words=(begin, ranked.end),
            rank=ranked.rank,
            scope=ranked.scope,
        )

    def _other(self, sentence: Sentence, phrase: Phrase, match: re.Match[str]) -> Iterator[Said]:
        text, span = sentence.masked.text, match.span("F")
        end = _cut(self._words.rest_ends, text, *span)
        topic = self._first(sentence, (span[0], _cut(self._words.field_ends, text, span[0], end)))
        if not topic or self._words.unless.search(text, match.end("S"), end):
            return
        front = match.span("P") if "P" in match.re.groupindex else (span[0], span[0])
        scope = self._scope(sentence, (front[0], end))
        yield Said(
            kind=RemarkKind.STANDING,
            subjects=tuple(_one(sentence.masked, match.span("S"))),
            topic=topic,
            stance=self._stance(text, match.start(), span[0], span[0]),
            confidence=phrase.confidence,
            words=(match.start(), end),
            rank=phrase.rank,
            scope=scope,
        )

    def _comparisons(self, sentence: Sentence) -> Iterator[Said]:
        text = sentence.masked.text
        for pattern in self._words.compared:
            for match in pattern.finditer(text):
                subjects, others = (sentence.masked.group(*match.span(slot)) for slot in ("S", "O"))
                yield self._compared(sentence, match, subjects, others)
        if sentence.block.cell is None or not sentence.versus:
            return
        for pattern in self._words.cells:
            found = pattern.match(text)
            if found:
                named = sentence.masked.group(*found.span("S")) if "S" in pattern.groupindex else []
                context = [sentence.context] if sentence.context else []
                said = self._compared(sentence, found, named or context, sentence.versus)
                yield said if named else replace(said, confidence=_IMPLIED, implied=True)
                return

    def _compared(
        self, sentence: Sentence, match: re.Match[str], subjects: Sequence[Mention], others: Sequence[Mention]
    ) -> Said:
        text = sentence.masked.text
        rank = "smaller" if match["R"] == "smaller" else "larger"
        return Said(
            kind=RemarkKind.STANDING,
            subjects=tuple(subjects),
            topic="",
            stance=self._stance(text, match.start(), match.end("R"), match.start("R")),
            confidence=_FULL,
            words=match.span(),
            rank=rank,
            scope=self._scope(sentence, match.span()),
            others=tuple(others),
        )

    def _stance(self, text: str, begin: int, end: int, rank: int) -> Stance:
        """How the words between name and rank say it."""
        read = stance(self._cues, text[begin:end])
        over = self._words.over.search(text, begin, rank)
        if over and read.modality in (Modality.ASSERTED, Modality.REPORTED):
            return Stance(read.polarity, Modality.HISTORICAL, (*read.reasons, f"historical by “{over[0]}”"))
        return read

    def _field(self, sentence: Sentence, start: int, end: int) -> str:
        """The field that the rest of a phrase names, if it begins as such a rest does ("maker of die bonders")."""
        text = sentence.masked.text
        if not self._words.field_starts.match(text, start, end):
            return ""
        return self._first(sentence, (start, _cut(self._words.field_ends, text, start, end)))

    def _topic(self, sentence: Sentence, span: tuple[int, int]) -> str:
        """The field that a ranked phrase names: the first listed; a technology where it holds the field's words."""
        found = self._fields(sentence, span)
        listed = next((each for each in found if each[3] < len(self._words.fields)), None)
        for first, last, topic, number in found:
            if number == len(self._words.fields) and (not listed or (first <= listed[0] and listed[1] <= last)):
                return topic if not listed or last - first > listed[1] - listed[0] else listed[2]
        return listed[2] if listed else ""

    def _first(self, sentence: Sentence, span: tuple[int, int]) -> str:
        """The field that a stretch names first; of those that begin there the one with the most words."""
        found = [(first, first - last, number, topic) for first, last, topic, number in self._fields(sentence, span)]
        return min(found)[3] if found else ""

    def _fields(self, sentence: Sentence, span: tuple[int, int]) -> list[tuple[int, int, str, int]]:
        """Fields and technologies in a stretch: offsets in the block, topic, and place in the list of fields."""
        masked, fields = sentence.masked, self._words.fields
        found = [
            (*masked.span(*match.span()), name, number)
            for number, (name, pattern) in enumerate(fields)
            for match in pattern.finditer(masked.text, *span)
        ]
        first, last = masked.span(*span) if span[0] < span[1] else (0, 0)
        technologies = [m for m in sentence.mentions if m.kind is MentionKind.TECHNOLOGY]
        return found + [
            (m.start, m.end, m.name, len(fields)) for m in technologies if first <= m.start and m.end <= last
        ]

    def _scope(self, sentence: Sentence, span: tuple[int, int]) -> tuple[str, ...]:
        """What a standing is limited to: places and the ontology's other limits."""
        places = {m.name for m in sentence.masked.group(*span) if m.kind is MentionKind.PLACE}
        others = [name for name, pattern in self._words.scopes if pattern.search(sentence.masked.text, *span)]
        return scope_order([*places, *others])


def _cut(ends: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where a stretch ends that stops at certain words, white space before them left out."""
    found = ends.search(text, start, end)
    last = found.start() if found else end
    return start + len(text[start:last].rstrip())


def _one(masked: Masked, span: tuple[int, int]) -> list[Mention]:
    """The one organisation of a group whose standing is told: the first of "A/B", the last of a list."""
    group = [m for m in masked.group(*span) if m.kind is MentionKind.ORGANISATION]
    return group[:1] if "/" in masked.text[slice(*span)] else group[-1:]


def _is_vague(subject: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a pronoun stands behind several organisations and so may mean any of them."""
    named = {name_key(m) for m in mentions if m.kind is MentionKind.ORGANISATION and m.end <= subject.start}
    return subject.is_pronoun and len(named) > 1
