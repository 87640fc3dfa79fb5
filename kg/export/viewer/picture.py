"""What the viewer shows, as frozen rows: read from a store or made by hand, independent of both RDF and HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import MentionKind, Modality, Polarity, RemarkKind


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """Words of a document that a claim rests on.

    Attributes:
        text: the words, unchanged.
        document: id of the document.
        pointer: JSON pointer of the field they stand in; empty for a text file.
        cell: ``table/row/column`` for a table cell, else empty.
    """

    text: str
    document: str
    pointer: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """Something that claims are about.

    Attributes:
        id: unique name, stable between builds (``entity/amkor``).
        label: preferred name.
        kind: organisation, technology or place.
        aliases: further names.
        roles: names of roles (``OSAT``), the first one decides colour and shape.
        known: whether the ontology's registry lists it.
    """

    id: str
    label: str
    kind: MentionKind = MentionKind.ORGANISATION
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one place of one document says about two entities; ``confidence`` runs from 0 to 1."""

    id: str
    subject: str
    relation: str
    object: str
    document: str
    quotes: tuple[QuoteRow, ...]
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """A figure that one document gives for one entity.

    Attributes:
        metric: the metric's label ("capital expenditure").
        value: in base units (dollars, percent, wafers a month).
        earlier: whether the text says that another figure replaced it.
    """

    id: str
    subject: str
    metric: str
    value: float
    unit: str
    document: str
    quotes: tuple[QuoteRow, ...]
    period: str = ""
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """Where one document says that an entity stands, or what it says was not found about it.

    Attributes:
        topic: the field in which it stands, or what was not found; may be empty for a standing.
        rank: ``first`` ...; empty for a gap.
        scope: what a standing is limited to.
        others: entities that it is compared with, or that a gap concerns too.
    """

    id: str
    subject: str
    kind: RemarkKind
    document: str
    quotes: tuple[QuoteRow, ...]
    topic: str = ""
    rank: str = ""
    scope: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document; every field but ``id`` may be empty."""

    id: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation of the ontology: its name, how it reads in either direction, and whether direction matters."""

    name: str
    label: str
    inverse_label: str
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that organisations play (``OSAT``) and how it is called."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Claims, observations or remarks that cannot all hold; ``kind`` is one of the ontology's, as ``polarity``."""

    id: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChokepointRow:
    """An entity that many depend on; ``why`` says in a few words how many."""

    entity: str
    why: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that one page shows."""

    entities: tuple[EntityRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    observations: tuple[ObservationRow, ...] = ()
    remarks: tuple[RemarkRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    relations: tuple[RelationRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    chokepoints: tuple[ChokepointRow, ...] = ()
