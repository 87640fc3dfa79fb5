"""Claims from a document's structure: names in lists, tables and labelled lines under telling headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.assemble import Assembler, Found
from kg.extract.context import Subject
from kg.extract.gazetteer import fold
from kg.extract.lists import FAR, bracketed, inner, run
from kg.extract.mentions import Names, section_names
from kg.extract.stance import Stance, stance
from kg.model import Block, BlockKind, Mention, MentionKind
from kg.ontology import Ontology, Section
from kg.ontology.wording import SUPPLY

_LABEL = re.compile(r"^([^:.;]{2,60}?)(?::|\s[—–]\s)\s?")
_AFTER_HEAD = re.compile(r"\s?(?:[—–:(,.;-]|$|is\b|itself\b|group\b)")
_TAG_START = re.compile(r"\s?(?:\([^()]*\)\s?)?(?:[—–:(,|-]|\bis\b|\bas\b)\s?(?:\[|\*)?")
# What follows a name that a short item or heading says something of instead of listing it.
_SPOKEN_OF = re.compile(
    r"['’]s?\b|\s(?:has|have|had|is|was|will|would|can|does|did|may|could|advantages?)\b", re.IGNORECASE
)
_FIELD = re.compile(r"(?:^|\s)(\w{2,30}): ")
_TAG = 70
_HEADER = 60


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
            yield from self._recorded(block, names, about)

    def _headed(self, block: Block, mentions: Sequence[Mention], about: Subject) -> Iterator[Placed]:
        """A list item, or a sub-heading, under a heading or behind a lead-in."""
        if block.kind not in (BlockKind.ITEM, BlockKind.HEADING):
            return
        for text in self._introductions(block):
            for section in self._matching(text, "heading", about):
                yield from self._placed(section, text, block, self._heads(block, mentions, section), about)
                return
            if self._excepted(text):
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
            inside = run(block.text, [m for m in mentions if m.start >= label.end()], self._kind(section))
            yield from self._placed(section, label[1], block, inside, about)
            return

    def _tagged(self, block: Block, mentions: Sequence[Mention], about: Subject) -> Iterator[Placed]:
        """A list item that says of the name it begins with what that is to the subject ("X — competitor in test")."""
        if block.kind is not BlockKind.ITEM:
            return
        head = run(block.text, mentions, MentionKind.ORGANISATION, from_start=True)
        if len(head) < len(mentions):
            yield from self._remarked(block, mentions, about, head)
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

    def _recorded(self, block: Block, names: Names, about: Subject) -> Iterator[Placed]:
        """An item made of fields: one names somebody, one says what that is ("company: X type: supplier")."""
        if block.kind is not BlockKind.ITEM:
            return
        fields = list(_FIELD.finditer(block.text))
        if len(fields) < 2 or fields[0].start() > 0:
            return
        ends = [*(field.start() for field in fields[1:]), len(block.text)]
        head = _identified(block.text, fields[0].end(), ends[0], names)
        for field, end in zip(fields[1:], ends[1:], strict=True):
            if head and self._lists["link_kind"].fullmatch(field[1].replace("_", " ")):
                tag = block.text[field.end() : end].strip(" \"'").replace("_", " ")
                for section in self._matching(tag, "tag", about):
                    yield from self._placed(section, tag, block, head, about)

    def _remarked(
        self, block: Block, mentions: Sequence[Mention], owner: Subject, heads: Sequence[Mention] = ()
    ) -> Iterator[Placed]:
        """Names of a list with what each is to somebody in brackets ("X (parent), Y (supplier)")."""
        for mention, tag in bracketed(block.text, mentions):
            if mention in heads:
                continue
            for section in self._matching(tag, "tag", owner):
                yield from self._placed(section, tag, block, [mention], owner)

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
        if owner is not None:
            yield from self._remarked(block, mentions, owner)
            yield from self._beside(block, mentions, owner, row)

    def _beside(
        self, block: Block, mentions: Sequence[Mention], owner: Subject, row: Sequence[Mention]
    ) -> Iterator[Placed]:
        """A cell in a column or row that is headed by a relation."""
        cell = block.cell
        if cell is None:
            return
        for text, place in ((cell.header, "column"), (cell.header, "cell"), (cell.row_header, "row")):
            if len(text) > _HEADER:
                continue
            for section in self._matching(text, place, owner):
                found = [m for m in mentions if m.kind is self._kind(section)]
                owners = row if row and place != "row" else [owner.mention]
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

    def _excepted(self, text: str) -> bool:
        """Whether a heading speaks of a relation in a way that says nothing of those below it ("Target customers")."""
        low = fold(text)
        headed = (s for s in self._sections if "heading" in s.places and s.unless and s.pattern.search(low))
        return any(section.unless is not None and section.unless.search(low) for section in headed)

    def _kind(self, section: Section) -> MentionKind:
        if section.relation == SUPPLY:
            return MentionKind.ORGANISATION
        return self._ontology.relations[section.relation].object_kind

    def _heads(self, block: Block, mentions: Sequence[Mention], section: Section) -> list[Mention]:
        """The names that a list item begins with."""
        kind = self._kind(section)
        head = run(block.text, mentions, kind, from_start=True)
        coined = section_names(block, mentions, self._lists) if not head and kind is MentionKind.ORGANISATION else []
        if coined:
            return coined
        if head and _AFTER_HEAD.match(block.text, head[-1].end):
            return head
        if head:
            return [] if len(block.text) >= FAR or _SPOKEN_OF.match(block.text, head[-1].end) else head
        return inner(block.text, mentions, kind) if block.kind is BlockKind.ITEM else []


def _identified(text: str, start: int, end: int, names: Names) -> list[Mention]:
    """The organisation that a field's whole value names, be it as an identifier ("sk_hynix")."""
    value = text[start:end].strip("\"'").replace("_", " ")
    start = text.index(value[:1] or " ", start) if value else start
    return [
        replace(m, surface=text[start + m.start : start + m.end], start=start + m.start, end=start + m.end)
        for m in names.search(value)
        if m.kind is MentionKind.ORGANISATION and (m.start, m.end) == (0, len(value))
    ]


def _support(subject: Subject) -> tuple[int, ...]:
    return (subject.block,) if subject.block >= 0 else ()
