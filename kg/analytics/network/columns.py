"""The columns of a network, and what is found in them."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from kg.model import MentionKind, Modality, Polarity
from kg.query import Found
from kg.terms import CLAIM, STATEMENT, local_name

Integers = NDArray[np.integer[Any]]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

KINDS = tuple(MentionKind)
MODALITIES = tuple(Modality)
POLARITIES = tuple(Polarity)


class Strings(Sequence[str]):
    """Many texts in one array of bytes, so that they lie in a file and are read one by one."""

    def __init__(self, data: Bytes, ends: Integers) -> None:
        self.data, self.ends = data, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Strings":
        """The texts, packed."""
        parts = [text.encode("utf-8", "replace") for text in texts]
        ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
        return cls(np.frombuffer(b"".join(parts), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        start = int(self.ends[index - 1]) if index else 0
        return self.data[start : int(self.ends[index])].tobytes().decode("utf-8")

    def position(self, text: str) -> int | None:
        """Where the text stands, of texts that are in order; None where it does not."""
        place = bisect_left(self, text)
        return place if place < len(self) and self[place] == text else None


@dataclass(frozen=True, slots=True)
class Dependence:
    """What the ontology says of a relation.

    Attributes:
        label: how people read it.
        inverse: how they read it backwards.
        dependent: the end that depends on the other, ``subject`` or ``object``; ``neither`` for a tie without
            dependence, empty where the relation is no tie, as rivalry.
        whole: the end that is a whole of which the other is a part; empty where neither is.
        symmetric: whether it reads the same both ways.
    """

    label: str
    inverse: str
    dependent: str
    whole: str
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Network:
    """A store's entities, statements, claims and documents, by number.

    Statements are in the order of subject, relation and object; claims in that of their statements; entities in that
    of their IRIs. Numbers of kinds, modalities and polarities are places in :data:`KINDS`, :data:`MODALITIES` and
    :data:`POLARITIES`.

    Attributes:
        version: the store's version.
        relations: local names of the relations, by number → what the ontology says of them.
        roles: local names of classes, by number.
        role_labels: how people read them.
        iris: IRI of each entity.
        labels: its preferred name.
        kinds: what it is.
        main_roles: the first of its roles by name, -1 where it has none.
        role_pairs: pairs of an entity and one of its roles, in order.
        names: each name of an entity, in the order of their hashes.
        name_hashes: of each name, in order; see :mod:`kg.analytics.network.names`.
        name_entities: whose name it is.
        name_ranks: how well it names it.
        wider: pairs of entities: a place and one around it, a technology and one that it is a kind of.
        subjects: entity at each statement's subject.
        relation_of: its relation.
        objects: entity at its object.
        statement_ids: the last segment of its IRI as a number.
        claim_ends: number behind the last claim of each statement.
        claim_statements: statement of each claim.
        polarities: its polarity.
        modalities: how it is said.
        confidences: how sure it is, 0 to 1.
        documents: its document.
        claim_ids: the last segment of its IRI as a number.
        technology_uses: pairs of a claim and a technology that qualifies it.
        via: pairs of a claim and the organisation in between.
        document_iris: IRI of each document.
        document_names: its file name.
        document_dates: its date, or empty.
    """

    version: str
    relations: Mapping[str, Dependence]
    roles: tuple[str, ...]
    role_labels: tuple[str, ...]
    iris: Strings
    labels: Strings
    kinds: Bytes
    main_roles: Integers
    role_pairs: Integers
    names: Strings
    name_hashes: NDArray[np.uint64]
    name_entities: Integers
    name_ranks: Bytes
    wider: Integers
    subjects: Integers
    relation_of: Bytes
    objects: Integers
    statement_ids: NDArray[np.uint64]
    claim_ends: Integers
    claim_statements: Integers
    polarities: Bytes
    modalities: Bytes
    confidences: Floats
    documents: Integers
    claim_ids: NDArray[np.uint64]
    technology_uses: Integers
    via: Integers
    document_iris: Strings
    document_names: Strings
    document_dates: Strings

    @property
    def relation_names(self) -> tuple[str, ...]:
        """Local names of the relations, by number."""
        return tuple(self.relations)

    def entity(self, iri: str) -> int | None:
        """The number of an entity; None where the store has none of that IRI."""
        return self.iris.position(iri)

    def found(self, entity: int) -> Found:
        """An entity as it is told."""
        iri = self.iris[entity]
        return Found(iri, unquote(local_name(iri)), self.labels[entity], KINDS[self.kinds[entity]])

    def roles_of(self, entity: int) -> frozenset[int]:
        """The numbers of an entity's roles."""
        start, end = np.searchsorted(self.role_pairs[:, 0], [entity, entity + 1])
        return frozenset(self.role_pairs[start:end, 1].tolist())

    def statement_iri(self, statement: int) -> str:
        """The IRI of a statement."""
        return f"{STATEMENT}{int(self.statement_ids[statement]):016x}"

    def claim_iri(self, claim: int) -> str:
        """The IRI of a claim."""
        return f"{CLAIM}{int(self.claim_ids[claim]):016x}"

    def claims_of(self, statement: int) -> range:
        """The numbers of a statement's claims."""
        return range(int(self.claim_ends[statement - 1]) if statement else 0, int(self.claim_ends[statement]))

    def narrower(self, entity: int) -> Integers:
        """All places in a place, or kinds of a technology, in order and without itself."""
        found, edge = np.array([entity]), np.array([entity])
        while len(edge):
            inner = np.unique(self.wider[np.isin(self.wider[:, 1], edge), 0])
            edge = np.setdiff1d(inner, found)
            found = np.union1d(found, edge)
        return np.setdiff1d(found, [entity])

    def broader(self, entity: int) -> Integers:
        """All places around a place, or technologies that a technology is a kind of, in order."""
        found, edge = np.array([], dtype=np.int64), np.array([entity])
        while len(edge):
            outer = np.unique(self.wider[np.isin(self.wider[:, 0], edge), 1])
            edge = np.setdiff1d(outer, found)
            found = np.union1d(found, edge)
        return found
