"""The nouns of semipack: documents and their blocks, mentions, claims, observations, remarks, entities.

All are frozen values. Offsets count characters (Unicode code points), ends are exclusive. Nothing here knows RDF.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

_PRONOUN_STARTS = frozenset({"it", "its", "the", "we", "our", "they", "their"})


class Polarity(StrEnum):
    """Whether a claim says that something holds or that it does not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How a claim is said; where two fit, the first of historical, planned, possible, reported applies."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PLANNED = "planned"
    POSSIBLE = "possible"
    HISTORICAL = "historical"


class RemarkKind(StrEnum):
    """What a remark says of an organisation."""

    STANDING = "standing"
    GAP = "gap"


class BlockKind(StrEnum):
    """What a block is on its page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


class MentionKind(StrEnum):
    """What a mention names."""

    ORGANISATION = "organisation"
    TECHNOLOGY = "technology"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Cell:
    """A block's place in a table.

    Attributes:
        table: the table's number in its document, from 0.
        row: the row's number among the body rows, from 0.
        column: the column's number, from 0.
        header: the text of the column's header, empty where there is none.
        row_header: the text of the row's first cell.
    """

    table: int
    row: int
    column: int
    header: str
    row_header: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text: a paragraph, a heading, a list item or a table cell, free of markup.

    Attributes:
        kind: what it is.
        text: its text without markup; inner line breaks are single spaces.
        runs: pairs (offset in ``text``, offset in the source field), ascending, one for the start of each stretch that
            is copied from the source without a gap; the first pair's first number is 0.
        pointer: the JSON pointer (RFC 6901) of the field it comes from; empty for a text file.
        headings: texts of the headings it stands under, outermost first, its own excluded.
        lead_in: for a list item, the line that introduces the list; else empty.
        level: for a heading its depth, from 1; for a list item its nesting, from 1; else 0.
        cell: for a table cell its place in the table.
    """

    kind: BlockKind
    text: str
    runs: tuple[tuple[int, int], ...]
    pointer: str = ""
    headings: tuple[str, ...] = ()
    lead_in: str = ""
    level: int = 0
    cell: Cell | None = None

    def source_offset(self, offset: int) -> int:
        """The offset in the source field of the character at ``offset`` of ``text``."""
        start, source = self.runs[bisect_right(self.runs, offset, key=lambda run: run[0]) - 1]
        return source + offset - start

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source field that holds ``text[start:end]`` (not empty), markup between included."""
        return self.source_offset(start), self.source_offset(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; empty strings where it is silent.

    Attributes:
        title: its title.
        date: its date of publication as ISO 8601 (``2026-06-24``, ``2026-06`` or ``2026``).
        publisher: who published it.
        url: its web address, http or https.
        language: its language as a BCP 47 tag.
    """

    title: str = ""
    date: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document: a text file, or one record of a JSON file.

    Attributes:
        name: the file's name; for a record among several of one file, ``name#pointer`` (``news.jsonl#/3``).
        sha256: hex digest of the file's bytes (of the whole file, also for a record).
        fields: JSON pointer → decoded text that blocks and quotes index into; a text file has the one key ``""``.
        blocks: its blocks in reading order.
        metadata: what it says of itself.
        media_type: ``text/plain``, ``text/markdown`` or ``application/json``.
    """

    name: str
    sha256: str
    fields: Mapping[str, str]
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    media_type: str = "text/plain"

    @property
    def id(self) -> str:
        """16 hex digits that name this document by its name and content."""
        return digest(self.name, self.sha256)


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a document, word for word: ``document.fields[pointer][start:end] == text``.

    Attributes:
        text: the words.
        start: offset of the first character in the field.
        end: offset behind the last character.
        pointer: the field's JSON pointer; empty for a text file.
        cell: ``(table, row, column)`` for a quote from a table cell.
    """

    text: str
    start: int
    end: int
    pointer: str = ""
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, before anyone decides whom it means.

    Attributes:
        kind: what is named.
        surface: the name as it stands there.
        name: the name to resolve it by: the registry's label where the text's name is known, else the name in full.
        key: the registry's key (last segment of its IRI) where the name is known, else empty.
        start: offset in its block.
        end: offset behind its last character in its block.
    """

    kind: MentionKind
    surface: str
    name: str
    key: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_pronoun(self) -> bool:
        """Whether the text only points at what is meant ("its", "the company")."""
        return self.surface.split(" ", 1)[0].casefold() in _PRONOUN_STARTS


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place of one document says about two things.

    Attributes:
        document: the document's id.
        doc: the document's file name, for people.
        subject: who or what.
        relation: local name of the ontology's property.
        object: whom or what.
        polarity: affirmed or negated.
        modality: how it is said.
        confidence: 0 to 1.
        reasons: why it was extracted and what raised or lowered its confidence, a phrase each.
        qualifiers: ``product``, ``technology``, ``via``, ``quantity``, ``period`` → values as the text gives them.
        quotes: the evidence, the strongest first; never empty.
        extractor: name of the extractor.
    """

    document: str
    doc: str
    subject: Mention
    relation: str
    object: Mention
    polarity: Polarity
    modality: Modality
    confidence: float
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]
    extractor: str
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """16 hex digits that name this claim by its content."""
        quote = self.quotes[0]
        place = f"{quote.pointer}:{quote.start}:{quote.end}"
        return digest(self.document, place, self.subject.name, self.relation, self.object.name, self.polarity)


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure that one place of one document gives for one organisation.

    Attributes:
        document: the document's id.
        doc: the document's file name, for people.
        subject: whose figure.
        metric: local name of the ontology's metric (``capex``, ``revenue`` ...).
        value: in base units (8.5 billion dollars = 8500000000).
        unit: ``USD``, ``TWD`` ..., ``percent``, ``wafers``, ``wafers/month``, ``people`` ...
        period: as the text gives it (``2026``, ``2026-Q1``, ``2022–2023``), empty where it gives none.
        polarity: affirmed or negated.
        modality: how it is said.
        confidence: 0 to 1.
        reasons: as for a claim.
        quotes: as for a claim.
        extractor: name of the extractor.
        earlier: true where the text itself says that this figure was replaced ("up from $7 billion").
    """

    document: str
    doc: str
    subject: Mention
    metric: str
    value: float
    unit: str
    period: str
    polarity: Polarity
    modality: Modality
    confidence: float
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]
    extractor: str
    earlier: bool = False

    @property
    def id(self) -> str:
        """16 hex digits that name this observation by its content."""
        quote = self.quotes[0]
        place = f"{quote.pointer}:{quote.start}:{quote.end}"
        return digest(self.document, place, self.subject.name, self.metric, repr(self.value), self.unit, self.period)


@dataclass(frozen=True, slots=True)
class Remark:
    """What one place of one document says of an organisation beside claims and figures.

    A standing is a rank in a field ("the world's largest OSAT"); a gap is what was searched and not found.

    Attributes:
        document: the document's id.
        doc: the document's file name, for people.
        subject: whom it is about.
        kind: standing or gap.
        topic: for a standing its field in the ontology's words (``OSAT``, ``Thermocompression bonding``), empty where
            the text names none; for a gap what was not found (``backlog``, ``lead time``).
        rank: for a standing ``first``, ``only``, ``leading``, ``larger`` ...; for a gap empty.
        scope: what a standing is limited to (``United States``, ``world``, ``by revenue``), in the order of
            :func:`scope_order`.
        others: with whom it is compared ("larger than Amkor"), or whom a gap concerns too ("backlog for ASE").
        polarity: affirmed or negated; that a gap is there is affirmed.
        modality: how it is said.
        confidence: 0 to 1.
        reasons: as for a claim.
        quotes: as for a claim.
        extractor: name of the extractor.
    """

    document: str
    doc: str
    subject: Mention
    kind: RemarkKind
    topic: str
    rank: str
    scope: tuple[str, ...]
    others: tuple[Mention, ...]
    polarity: Polarity
    modality: Modality
    confidence: float
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]
    extractor: str

    @property
    def id(self) -> str:
        """16 hex digits that name this remark by its content; the others are no part of it."""
        quote = self.quotes[0]
        place = f"{quote.pointer}:{quote.start}:{quote.end}"
        said = (self.kind, self.topic, self.rank, *self.scope, self.polarity)
        return digest(self.document, place, "remark", self.subject.name, *said)


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that claims are about, after resolution.

    Attributes:
        key: last segment of its IRI, unique among its kind.
        kind: what it is.
        label: its preferred name.
        aliases: further names, sorted.
        roles: local names of ontology classes (``OSAT``, ``Foundry`` ...), sorted; for organisations.
        known: whether the registry or a scheme of the ontology lists it.
    """

    key: str
    kind: MentionKind
    label: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    known: bool = True


def scope_order(limits: Iterable[str]) -> tuple[str, ...]:
    """The limits of a standing, each once, measures ("by revenue") last."""
    return tuple(sorted(set(limits), key=lambda limit: (limit.startswith("by "), limit)))


def digest(*parts: str) -> str:
    """16 hex digits over the parts; parts are kept apart, so ("ab", "c") and ("a", "bc") differ."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
