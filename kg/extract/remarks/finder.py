"""From a sentence to its remarks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, Implementation

from kg.extract.assemble import Assembler
from kg.extract.context import Subject, naming, quote
from kg.extract.gazetteer import fold
from kg.extract.mask import Masked, mask
from kg.extract.mentions import Names, name_key
from kg.extract.remarks.gaps import GapMatcher
from kg.extract.remarks.said import Said, Sentence
from kg.extract.remarks.standings import StandingMatcher
from kg.model import Block, Document, Mention, MentionKind, Modality, Polarity, Quote, Remark
from kg.ontology import Ontology

_LONG_QUOTE = 420
_MOST_QUOTES = 20
_UNKNOWN = 0.08
_HEDGED = 0.05
_PUBLISHER = frozenset({"Publisher"})


Kept = tuple[Said, tuple[Quote, ...]]
"""What a sentence gave, with its evidence."""


class RemarkFinder:
    """Finds remarks; make one and use it for many documents."""

    def __init__(self, ontology: Ontology, assembler: Assembler) -> None:
        words = ontology.wordings.remarks
        self._assembler = assembler
        self._standings = StandingMatcher(words.standings, ontology.wordings.cues)
        self._gaps = GapMatcher(words.gaps)
        self._of_standings, self._of_gaps = _automaton(words.standings.triggers), _automaton(words.gaps.triggers)

    def find(
        self,
        document: Document,
        number: int,
        span: tuple[int, int],
        mentions: Sequence[Mention],
        about: Subject | None,
        names: Names,
        earlier: list[Kept],
    ) -> Iterator[Remark]:
        """The remarks of a sentence.

        Args:
            document: the document.
            number: number of the sentence's block.
            span: where the sentence begins and ends in it.
            mentions: the sentence's mentions, pronouns among them.
            about: whom it is about where it names nobody.
            names: the document's names.
            earlier: what the block's sentences before gave; what this one gives is added.
        """
        block = document.blocks[number]
        words = f" {fold(block.text[slice(*span)])} "
        ranked, missed = (bool(each.find_matches_as_indexes(words)) for each in (self._of_standings, self._of_gaps))
        if not ranked and not missed:
            return
        named = [m for m in mentions if m.kind is not MentionKind.TECHNOLOGY]
        masked = mask(block.text, *span, named)
        context = about.mention if about else None
        sentence = Sentence(
            block,
            span[0],
            masked,
            mentions,
            context,
            _versus(block, names) if ranked else [],
            [said for said, _ in earlier],
        )
        standings = self._standings.find(sentence) if ranked else ()
        gaps = self._gaps.find(sentence) if missed else ()
        for said in _once([*standings, *gaps]):
            evidence = self._evidence(document, number, span, masked, said, about)
            if said.implied:
                evidence += next((quotes[:1] for before, quotes in earlier if before.subjects == said.subjects), ())
            earlier.append((said, evidence))
            yield from self._remarks(document, said, evidence)

    def _evidence(
        self,
        document: Document,
        number: int,
        span: tuple[int, int],
        masked: Masked,
        said: Said,
        about: Subject | None,
    ) -> tuple[Quote, ...]:
        place = masked.span(*said.words) if span[1] - span[0] > _LONG_QUOTE else span
        quotes = (quote(document, number, *place),)
        if said.implied and about and 0 <= about.block != number and about.mention in said.subjects:
            return (*quotes, naming(document, about.block, about.mention))
        return quotes

    def _remarks(self, document: Document, said: Said, evidence: tuple[Quote, ...]) -> Iterator[Remark]:
        words = " ".join(document.fields[evidence[0].pointer][evidence[0].start : evidence[0].end].split())
        for subject in said.subjects:
            if self._assembler.roles(subject) == _PUBLISHER:
                continue
            others = tuple({name_key(m): m for m in said.others if name_key(m) != name_key(subject)}.values())
            confidence, reasons = said.confidence, [f"says “{_shown(words)}”"]
            if said.implied:
                reasons.append("whom it is about is taken from the context")
            if not subject.key:
                confidence -= _UNKNOWN
                reasons.append(f"{subject.name} is in no registry")
            if said.stance.modality is not Modality.ASSERTED or said.stance.polarity is Polarity.NEGATED:
                confidence -= _HEDGED
            if not others and said.others:
                continue
            yield Remark(
                document=document.id,
                doc=document.name,
                subject=subject,
                kind=said.kind,
                topic=said.topic,
                rank=said.rank,
                scope=said.scope,
                others=others,
                polarity=said.stance.polarity,
                modality=said.stance.modality,
                confidence=round(confidence, 2),
                reasons=(*reasons, *said.stance.reasons),
                quotes=evidence,
                extractor="remarks",
            )


def _automaton(words: frozenset[str]) -> AhoCorasick:
    return AhoCorasick(sorted(words), implementation=Implementation.ContiguousNFA)


def remarks_once(remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks with repetitions merged, in order of first appearance; up to 20 places are quoted."""
    kept: dict[tuple[object, ...], Remark] = {}
    for remark in remarks:
        said = (remark.kind, remark.topic, remark.rank, remark.scope, remark.polarity, remark.modality)
        key = (name_key(remark.subject), *said)
        known = kept.get(key)
        kept[key] = remark if known is None else _joined(known, remark)
    return list(kept.values())


def _joined(first: Remark, second: Remark) -> Remark:
    better, other = (second, first) if second.confidence > first.confidence else (first, second)
    quotes = tuple(dict.fromkeys((*better.quotes, *other.quotes)))[:_MOST_QUOTES]
    others = {name_key(m): m for m in (*better.others, *other.others)}
    return replace(better, quotes=quotes, others=tuple(others.values()))


def _versus(block: Block, names: Names) -> list[Mention]:
    header = block.cell.header if block.cell else ""
    return [m for m in names.search(header) if m.kind is MentionKind.ORGANISATION] if header else []


def _once(found: Sequence[Said]) -> list[Said]:
    """Without those that say again of the same organisations what a wording before said."""
    kept: dict[tuple[object, ...], Said] = {}
    for said in found:
        kept.setdefault((said.kind, said.topic, said.rank, said.scope, tuple(map(name_key, said.subjects))), said)
    return list(kept.values())


_SHOWN = 120


def _shown(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN // 2].rstrip()} … {words[-_SHOWN // 2 :].lstrip()}"
