"""The extractors in their order, run over one document."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.assemble import Assembler
from kg.extract.check import fault_of
from kg.extract.context import Reader, Subject, naming, pronouns, quote
from kg.extract.figures import FigureMatcher, Seen
from kg.extract.gazetteer import fold
from kg.extract.kinship import namesakes
from kg.extract.links import LinkMatcher
from kg.extract.mask import mask
from kg.extract.mentions import MentionFinder, Names
from kg.extract.pairs import PairExtractor
from kg.extract.prose import ProseMatcher
from kg.extract.qualifiers import qualifiers
from kg.extract.remarks import Kept, RemarkFinder, remarks_once
from kg.extract.repeats import repeated_once
from kg.extract.sentences import is_question, sentence_spans
from kg.extract.structure import Placed, StructureMatcher
from kg.extract.unlisted import MODEL
from kg.model import Block, BlockKind, Claim, Document, Mention, MentionKind, Observation, Quote, Remark
from kg.ontology import Ontology

_LONG_QUOTE = 420
_MODEL = Path(__file__).parent / "pairs" / "model"
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document gave.

    Attributes:
        claims: in reading order, without repetitions.
        observations: likewise.
        remarks: likewise.
        refused: what the check held back, a line each.
    """

    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[str, ...]


class Extractor:
    """Extracts claims from documents; make one and use it for many.

    Args:
        ontology: what relations there are and how they are said.
        learned: whether the learned decision on pairs adds to the rules.
        unlisted: file of the learned decision on names that no registry lists; None for none.

    Raises:
        OntologyError: the model of the learned decision is malformed or made for other relations.
    """

    def __init__(self, ontology: Ontology, *, learned: bool = True, unlisted: Path | None = MODEL) -> None:
        self._ontology = ontology
        self._finder = MentionFinder(ontology, unlisted)
        self._lists = ontology.wordings.names
        self._publishers = frozenset(e.key for e in ontology.organisations.values() if set(e.roles) == {"Publisher"})
        self._assembler = Assembler(ontology)
        self._prose = ProseMatcher(ontology, self._assembler)
        self._structure = StructureMatcher(ontology, self._assembler)
        self._links = LinkMatcher(ontology, self._assembler)
        self._figures = FigureMatcher(ontology, self._assembler)
        self._remarks = RemarkFinder(ontology, self._assembler)
        self._pairs = PairExtractor.load(ontology, _MODEL) if learned else None

    def extract(self, document: Document) -> Extraction:
        """Everything that the document says in the ontology's terms; every quote stands in it word for word."""
        claims: dict[tuple[str, int, int], list[Claim]] = {}
        observations: list[Observation] = []
        remarks: list[Remark] = []
        refused: list[str] = []
        names = self._finder.find(document)
        for item in self._items(document, names):
            fault = fault_of(item, document, self._ontology)
            if fault:
                refused.append(f"{document.name}: {item.subject.surface}: {fault}")
            elif isinstance(item, Claim):
                said = item.quotes[0]
                claims.setdefault((said.pointer, said.start, said.end), []).append(item)
            elif isinstance(item, Observation):
                observations.append(item)
            else:
                remarks.append(item)
        once = [claim for said_there in claims.values() for claim in self._assembler.merged(said_there)]
        decided = self._pairs.extract(document, names, tuple(once)) if self._pairs else once
        once = []
        for claim in decided:
            # The rules' claims were checked above.
            fault = fault_of(claim, document, self._ontology) if claim.extractor == "pairs" else ""
            if fault:
                refused.append(f"{document.name}: {claim.subject.surface}: {fault}")
            else:
                once.append(claim)
        precise, figures = self._assembler.most_precise(once), repeated_once(observations)
        return Extraction(tuple(precise), tuple(figures), tuple(remarks_once(remarks)), tuple(refused))

    def _items(self, document: Document, names: Names) -> Iterator[Claim | Observation | Remark]:
        reader = Reader(document, names.blocks, self._publishers)
        parents = _known_organisations(names)
        links = self._links.find(document, names)
        for number, block in enumerate(document.blocks):
            reader.enter(number)
            if self._lists["unread"].match(_label_and_text(block)):
                continue
            mentions = names.blocks[number]
            placed = [*links.get(number, ()), *self._structure.find(block, mentions, names, reader.section)]
            yield from self._from_structure(document, number, mentions, placed)
            yield from self._from_names(document, number, mentions, parents)
            starts = [mention.start for mention in mentions]
            said: list[Kept] = []
            for start, end in sentence_spans(block.text):
                near = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
                antecedent = _row_subject(block, names) or reader.antecedent
                speaker = reader.section
                if _FIRST_PERSON.search(block.text, start, end):
                    antecedent = reader.speaker
                inside = pronouns(block.text, (start, end), near, self._lists["pronouns"], antecedent, reader.speaker)
                if not is_question(block.text, start, end):
                    yield from self._from_sentence(document, number, start, end, inside, antecedent)
                    yield from self._remarks.find(document, number, (start, end), inside, antecedent, names, said)
                yield from self._figures_of(
                    document, number, start, end, inside, _row_subject(block, names) or speaker or antecedent
                )
                reader.heard(number, inside, self._lists["others"])

    def _from_structure(
        self, document: Document, number: int, mentions: Sequence[Mention], places: Iterable[Placed]
    ) -> Iterator[Claim]:
        block = document.blocks[number]
        found: list[Claim] = []
        for placed in places:
            quotes = self._quotes(document, number, placed)
            details = qualifiers(block.text, 0, len(block.text), mentions, [])
            found += self._assembler.claims(document, placed.found, quotes, "structure", _plain(details))
        yield from self._assembler.merged(found)

    def _from_names(
        self, document: Document, number: int, mentions: Sequence[Mention], parents: dict[str, Mention]
    ) -> Iterator[Claim]:
        for found in namesakes(mentions, parents):
            evidence = quote(document, number, found.subjects[0].start, found.subjects[0].end)
            yield from self._assembler.claims(document, found, (evidence,), "names", {})

    def _quotes(self, document: Document, number: int, placed: Placed) -> tuple[Quote, ...]:
        main = quote(document, number, *placed.evidence)
        support = [s for s in placed.support if s != number]
        return (main, *(quote(document, s, 0, len(document.blocks[s].text)) for s in support))

    def _from_sentence(
        self,
        document: Document,
        number: int,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        antecedent: Subject | None,
    ) -> Iterator[Claim]:
        if not any(m.kind is MentionKind.ORGANISATION for m in mentions) and antecedent is None:
            return
        block = document.blocks[number]
        masked = mask(block.text, start, end, list(mentions))
        fallback = antecedent.mention if antecedent else None
        found: list[Claim] = []
        for hit, first, last in self._prose.find(block, masked, fallback):
            span = masked.span(first, last) if end - start > _LONG_QUOTE else (start, end)
            quotes = [quote(document, number, *span)]
            if hit.implied and antecedent and 0 <= antecedent.block != number:
                quotes.append(naming(document, antecedent.block, antecedent.mention))
            clause = masked.clause(first, last)
            details = qualifiers(block.text, *clause, mentions, [*hit.subjects, *hit.objects])
            found += self._assembler.claims(document, hit, tuple(quotes), "prose", details)
        yield from self._assembler.merged(found)

    def _figures_of(
        self,
        document: Document,
        number: int,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        antecedent: Subject | None,
    ) -> Iterator[Observation]:
        block = document.blocks[number]
        for seen in self._figures.find(block.text, start, end, mentions, antecedent, _over(block)):
            yield _observation(document, seen, quote(document, number, start, end))


def _known_organisations(names: Names) -> dict[str, Mention]:
    known = (m for row in names.blocks for m in row if m.kind is MentionKind.ORGANISATION and m.key)
    return {m.surface: m for m in known}


def _observation(document: Document, seen: Seen, evidence: Quote) -> Observation:
    return Observation(
        document=document.id,
        doc=document.name,
        subject=seen.subject,
        metric=seen.metric,
        value=seen.number.value,
        unit=seen.number.unit,
        period=seen.period,
        polarity=seen.polarity,
        modality=seen.modality,
        confidence=seen.confidence,
        reasons=seen.reasons,
        quotes=(evidence,),
        extractor="figures",
        earlier=seen.earlier,
    )


def _row_subject(block: Block, names: Names) -> Subject | None:
    """In a table's body, whom the row is about."""
    if block.cell is None or block.cell.column == 0:
        return None
    row = [m for m in names.search(block.cell.row_header) if m.kind is MentionKind.ORGANISATION]
    return Subject(row[0], -1, True) if row else None


def _label_and_text(block: Block) -> str:
    """A block's text in lower case, in a table's body behind the first cell of its row."""
    return fold(f"{block.cell.row_header} | {block.text}" if block.cell and block.cell.column else block.text)


def _over(block: Block) -> str:
    """The words that stand over a block and say what its figures measure."""
    if block.cell is not None:
        return f"{block.cell.header} | {block.cell.row_header}"
    return block.lead_in if block.kind is BlockKind.ITEM else ""


def _plain(details: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Only the qualifiers that a list item or cell can carry for each of its names."""
    return {name: values for name, values in details.items() if name in ("product", "technology", "quantity", "period")}
