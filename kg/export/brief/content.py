"""What a brief holds, as frozen values: sentences, and the quotes that each rests on."""

from dataclasses import dataclass

from kg.model import Modality, Polarity
from kg.query import Found


@dataclass(frozen=True, slots=True)
class Said:
    """A claim or figure that a note's quote supports: its id, 16 hex digits, and how it is said."""

    claim: str
    polarity: Polarity
    modality: Modality
    confidence: float


@dataclass(frozen=True, slots=True)
class Note:
    """A quote with its origin.

    Attributes:
        number: from 1, in the order in which the text refers to them.
        quote: the words, unchanged.
        document: the document's file name.
        title: its title, or empty.
        publisher: who published it, or empty.
        date: its date, or empty.
        url: its web address, http or https, or empty.
        said: what rests on these words, by id.
    """

    number: int
    quote: str
    document: str
    title: str
    publisher: str
    date: str
    url: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One of those whom a sentence names.

    Attributes:
        entity: who or what.
        detail: product, and via whom, as the strongest claim has it; or empty.
        modality: how it is said.
        notes: numbers of the notes, the strongest first.
        more: number of further claims that say the same.
    """

    entity: Found
    detail: str
    modality: Modality
    notes: tuple[int, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Claims that read the same.

    Attributes:
        lead: the first words ("ASE provides services to").
        items: whom they name, those with most claims first.
        left_out: number of further ones for which there is no room.
    """

    lead: str
    items: tuple[Item, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a heading."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of the entity.

    Attributes:
        metric: as people call it.
        period: as the text gives it, or empty.
        value: in base units.
        unit: ``USD``, ``percent`` ...
        modality: how it is said.
        polarity: whether it is said or denied.
        replaced: whether another figure replaces it.
        notes: numbers of the notes.
    """

    metric: str
    period: str
    value: float
    unit: str
    modality: Modality
    polarity: Polarity
    replaced: bool
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Something told in a line, with the numbers of its notes; what was found nowhere has none."""

    words: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What cannot all hold: of which kind the conflict is, and its sides."""

    kind: str
    sides: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the picture: its label, its role's name, and how people call that role."""

    label: str
    role: str
    reads: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the picture.

    Attributes:
        subject: number of the node that it begins at, from 0.
        object: number of the node that it ends at.
        relation: local name.
        reads: how people read the relation.
        symmetric: whether it has no direction.
        modality: how the firmest of its claims is said.
        polarity: whether these affirm or deny it.
    """

    subject: int
    object: int
    relation: str
    reads: str
    symmetric: bool
    modality: Modality
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Ego:
    """The entity, as the first node, among those that claims join it with, and how many had no room."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a brief tells.

    Attributes:
        entity: whom it is about.
        roles: what it is, as people say it.
        aliases: its further names.
        as_of: date of the newest document that counts, or empty where none has a date.
        documents: number of documents that count.
        undated: how many of them have no date.
        claims: number of claims that it rests on.
        figures: number of figures.
        limits: what the limits leave, a phrase each; empty where there are none.
        sections: what the claims say.
        amounts: the figures; of many, those of the latest periods.
        amounts_left_out: number of further ones.
        standings: the places that documents give it among others.
        disagreements: what is contradicted.
        unknown: what documents searched and did not find, then what nothing was found about here.
        ego: the picture's content.
        notes: the quotes.
    """

    entity: Found
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    as_of: str
    documents: int
    undated: int
    claims: int
    figures: int
    limits: tuple[str, ...]
    sections: tuple[Section, ...]
    amounts: tuple[Amount, ...]
    amounts_left_out: int
    standings: tuple[Told, ...]
    disagreements: tuple[Disagreement, ...]
    unknown: tuple[Told, ...]
    ego: Ego
    notes: tuple[Note, ...]
