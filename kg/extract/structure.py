"""Claims from a document's structure: names in lists, tables and labelled lines under telling headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.assemble import Assembler, Found
from kg.extract.context import Subject
from kg.extract.gazetteer import fold
from kg.extract.mentions import Names, section_names
from kg.extract.stance import Stance, stance
from kg.model import Block, BlockKind, Mention, MentionKind
from kg.ontology import Ontology, Section
from kg.ontology.wording import SUPPLY

_LABEL = re.compile(r"^([^:.;]{2,60}?)(?::|\s[—–]\s)\s?")
_HEAD_SEPARATOR = re.compile(r"\s?(?:[,/&+]|and|or)?\s?(?:and|or)?\s?")
_AFTER_HEAD = re.compile(r"\s?(?:[—–:(,.;-]|$|is\b|itself\b|group\b)")
_TAG_START = re.compile(r"\s?(?:\([^()]*\)\s?)?(?:[—–:(,|-]|\bis\b|\bas\b)\s?(?:\[|\*)?")
_FAR = 60
_TAG = 70


@dataclass(frozen=True, slots=True)
class Placed:
    """Something that structure says: what was found, and the blocks whose text says it.

    Attributes:
        found: the relation and its ends.
        evidence: what to quote of the block itself: offsets.
        support: numbers of further blocks that carry a part of it, such as the title that names the subject.
    """

    found: Found
    evidence: tuple[int, int]
    support: tuple[int, ...] = ()


class StructureMatcher:
    """Finds names that stand under headings, labels and table headers which the ontology knows."""

    def __init__(self, ontology: Ontology, assembler: Assembler) -> None:
        self._ontology = ontology
        self._assembler = assembler
        self._sections = ontology.wordings.sections
        self._cues = ontology.wordings.cues
        self._lists = ontology.wordings.names

    def find(self, block: Block, mentions: Sequence[Mention], names: Names, about: Subject | None) -> Iterator[Placed]:
        """What a block's place says about the names in it."""
        if block.cell is not None:
            yield from self._cell(block, mentions, names, about)
        elif about is not None:
            yield from self._headed(block, mentions, about)
        if about is not None and block.cell is None:
            yield from self._labelled(block, mentions, about)
            yield from self._tagged(block, mentions, about)

    def _headed(self, block: Block, mentions: Sequence[Mention], about: Subject) -> Iterator[Placed]:
        """A list item, or a sub-heading, under a heading or behind a lead-in."""
        if block.kind not in (BlockKind.ITEM, BlockKind.HEADING):
            return
        for text in self._introductions(block):
            for section in self._matching(text, "heading", about):
                yield from self._placed(section, text, block, self._heads(block, mentions, section), about)
                return

    def _introductions(self, block: Block) -> list[str]:
        near = [block.lead_in] if block.lead_in and len(block.lead_in) < 160 else []
        return [*near, *reversed(block.headings)]

    def _labelled(self, block: Block, mentions: Sequence[Mention], about: Subject) -> Iterator[Placed]:
        """A line such as "Customers: A, B and C"."""
        label = _LABEL.match(block.text)
        if label is None:
            return
        for section in self._matching(label[1], "label", about):
            inside = _run(block.text, [m for m in mentions if m.start >= label.end()], self._kind(section))
            yield from self._placed(section, label[1], block, inside, about)
            return

    def _tagged(self, block: Block, mentions: Sequence[Mention], about: Subject) -> Iterator[Placed]:
        """A list item that says of the name it begins with what that is to the subject ("X — competitor in test")."""
        if block.kind is not BlockKind.ITEM:
            return
        head = _run(block.text, mentions, MentionKind.ORGANISATION, from_start=True)
        start = _TAG_START.match(block.text, head[-1].end) if head else None
        if start is None:
            return
        tag = block.text[start.end() : start.end() + _TAG]
        others = [
            m.start - start.end() for m in mentions if m.kind is MentionKind.ORGANISATION and m.start >= start.end()
        ]
        for section in self._matching(tag, "tag", about):
            cue = section.pattern.search(fold(tag))
            if cue is None or not any(cue.start() <= position < cue.end() for position in others):
                yield from self._placed(section, tag, block, head, about)

    def _cell(self, block: Block, mentions: Sequence[Mention], names: Names, about: Subject | None) -> Iterator[Placed]:
        cell = block.cell
        if cell is None:
            return
        row = [m for m in names.search(cell.row_header) if m.kind is MentionKind.ORGANISATION]
        versus = [m for m in names.search(cell.header) if m.kind is MentionKind.ORGANISATION]
        if cell.column == 0:
            yield from self._first_column(block, mentions, about)
            return
        owner = Subject(row[0], -1, True) if row else about
        for section in self._matching(cell.header, "versus", None):
            if row and versus:
                yield self._place(section, cell.header, block, row, versus, ())
            return
        if row and about is not None:
            for section in self._matching(block.text[:_TAG], "tag", about):
                yield self._place(section, block.text, block, [about.mention], row, _support(about))
        if owner is None:
            return
        for text, place in ((cell.header, "column"), (cell.row_header, "row")):
            for section in self._matching(text, place, owner):
                found = [m for m in mentions if m.kind is self._kind(section)]
                owners = row if row and place == "column" else [owner.mention]
                yield self._place(section, text, block, owners, found, _support(owner))
                return

    def _first_column(self, block: Block, mentions: Sequence[Mention], about: Subject | None) -> Iterator[Placed]:
        cell = block.cell
        if about is None or cell is None:
            return
        for text, place in ((cell.header, "column"), *((h, "heading") for h in reversed(block.headings))):
            for section in self._matching(text, place, about):
                kind = self._kind(section)
                found = [m for m in mentions if m.kind is kind]
                if kind is MentionKind.ORGANISATION and not found:
                    found = section_names(block, mentions, self._lists)
                yield from self._placed(section, text, block, found, about)
                return

    def _placed(
        self, section: Section, text: str, block: Block, heads: Sequence[Mention], about: Subject
    ) -> Iterator[Placed]:
        if heads:
            yield self._place(section, text, block, [about.mention], heads, _support(about))

    def _place(
        self,
        section: Section,
        text: str,
        block: Block,
        about: Sequence[Mention],
        heads: Sequence[Mention],
        support: tuple[int, ...],
    ) -> Placed:
        subjects, objects = (about, heads) if section.subject else (heads, about)
        found = Found(
            relation=section.relation,
            subjects=subjects,
            objects=objects,
            stance=self._stance(text, block, heads),
            confidence=section.confidence,
            reason=f"named under “{text.strip()[:80]}”",
            implied=False,
            words=f"{fold(text)} {fold(block.text)}",
        )
        return Placed(found, (0, len(block.text)), support)

    def _stance(self, text: str, block: Block, heads: Sequence[Mention]) -> Stance:
        """Negation from the heading or tag alone, modality from the words behind the name too."""
        own = stance(self._cues, fold(text))
        behind = max((m.end for m in heads), default=0)
        wider = stance(self._cues, f"{fold(text)} {fold(block.text[behind : behind + _TAG])}")
        return replace(own, modality=wider.modality, reasons=tuple(dict.fromkeys((*own.reasons, *wider.reasons))))

    def _matching(self, text: str, place: str, about: Subject | None) -> Iterator[Section]:
        low = fold(text)
        for section in self._sections:
            if place not in section.places or not section.pattern.search(low):
                continue
            if section.unless and section.unless.search(low):
                continue
            if about is None or self._assembler.fits(about.mention, section.about_roles):
                yield section
                return

    def _kind(self, section: Section) -> MentionKind:
        if section.relation == SUPPLY:
            return MentionKind.ORGANISATION
        return self._ontology.relations[section.relation].object_kind

    def _heads(self, block: Block, mentions: Sequence[Mention], section: Section) -> list[Mention]:
        """The names that a list item begins with."""
        kind = self._kind(section)
        head = _run(block.text, mentions, kind, from_start=True)
        if not head and kind is MentionKind.ORGANISATION:
            return section_names(block, mentions, self._lists)
        return head if head and (_AFTER_HEAD.match(block.text, head[-1].end) or len(block.text) < _FAR) else []


def _support(subject: Subject) -> tuple[int, ...]:
    return (subject.block,) if subject.block >= 0 else ()


def _run(text: str, mentions: Sequence[Mention], kind: MentionKind, *, from_start: bool = False) -> list[Mention]:
    """The mentions of a kind that stand in one list: at the text's start, or from the first one on."""
    run: list[Mention] = []
    position = 0
    for mention in (m for m in mentions if m.kind is kind):
        between = re.sub(r"\([^()]*\)", "", text[position : mention.start])
        limit = 3 if from_start and not run else _FAR
        if len(between.strip()) > limit or (run and re.search(r"[.;]\s", between)):
            break
        if from_start and run and not _HEAD_SEPARATOR.fullmatch(between.replace("(", "").replace(")", "")):
            break
        run.append(mention)
        position = mention.end
    return run
