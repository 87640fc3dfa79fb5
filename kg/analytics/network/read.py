"""A network out of a store, by one scan for each column."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.analytics.network.columns import KINDS, MODALITIES, POLARITIES, Dependence, Integers, Network, Strings
from kg.analytics.network.scans import Progress, Scans
from kg.errors import StoreError
from kg.graph.base import kind_of
from kg.model import MentionKind, Modality, Polarity
from kg.ontology import schema_and_shapes
from kg.ontology.schema import relations_of
from kg.query.lookup import NAME_PROPERTIES
from kg.settings import Settings
from kg.store import Store, select
from kg.terms import CLAIM, SP, STATEMENT, local_name

_CLASSES = {
    MentionKind.ORGANISATION: SP.Organisation,
    MentionKind.TECHNOLOGY: SP.PackagingTechnology,
    MentionKind.PLACE: SP.Place,
}
_CLAIMS = "SELECT ?claim ?statement ?graph { GRAPH ?graph { ?claim sp:statement ?statement } }"
_CONFIDENCES = "SELECT ?claim ?value { GRAPH ?graph { ?claim sp:confidence ?value } }"
_SAID = "SELECT ?claim { GRAPH ?graph { ?claim sp:%s sp:%s } }"
_END = "SELECT DISTINCT ?statement ?end { ?statement rdf:%s ?end }"
_OF_RELATION = "SELECT DISTINCT ?statement { ?statement rdf:predicate %s }"
_QUALIFIER = "SELECT ?claim ?value { GRAPH ?graph { ?claim sp:%s ?value } }"
_DOCUMENTS = "SELECT DISTINCT ?document ?name { ?document sp:fileName ?name }"
_DATES = "SELECT DISTINCT ?document ?date { ?document dcterms:date ?date }"
_MEMBERS = "SELECT DISTINCT ?iri { ?iri a %s }"
_ROLES = """SELECT DISTINCT ?role ?label {
  ?role rdfs:subClassOf ?class ; rdfs:label ?label . FILTER(?class IN (sp:Organisation, sp:Place))
} ORDER BY ?role DESC(?label)"""
_NAMED = "SELECT DISTINCT ?iri ?name { ?iri %s ?name }"
_LABELS = 'SELECT DISTINCT ?iri ?label { ?iri skos:prefLabel ?label FILTER(LANG(?label) IN ("", "en")) }'
_AROUND = ("sp:within", "skos:broader")
_WIDER = "SELECT DISTINCT ?inner ?outer { ?inner %s ?outer }"
_RELATIONS = """
SELECT DISTINCT ?relation ?label ?inverse ?symmetric ?dependent ?whole WHERE {
  ?relation a sp:Relation ; rdfs:label ?label .
  OPTIONAL { { ?relation owl:inverseOf ?back } UNION { ?back owl:inverseOf ?relation } ?back rdfs:label ?inverse }
  OPTIONAL { ?relation sp:dependentEnd ?dependent }
  OPTIONAL { ?relation sp:wholeEnd ?whole }
  BIND(EXISTS { ?relation a owl:SymmetricProperty } AS ?symmetric)
} ORDER BY ?relation
"""
_ID_LENGTH = 16
_Names = tuple[Strings, NDArray[np.uint64], Integers, NDArray[np.uint8]]
_FIRM = (Modality.ASSERTED, Polarity.AFFIRMED)


def read_network(store: Store, progress: Progress) -> Network:
    """All that a store holds as columns; about two minutes of one core, shared among all, for each million claims.

    Raises:
        StoreError: the store holds names that are not its own.
    """
    relations = _relations(store)
    roles = {local_name(row["role"]): row["label"] for row in select(store, _ROLES)}
    with Scans(store, _queries(relations, roles), progress) as scans:
        return _network(store.version, scans, relations, roles)


def _queries(relations: Iterable[str], roles: Iterable[str]) -> dict[str, str]:
    """The scans by name, the longest first."""
    modalities = [each for each in MODALITIES if each not in _FIRM]
    return {
        "claims": _CLAIMS,
        "subjects": _END % "subject",
        "objects": _END % "object",
        "confidences": _CONFIDENCES,
        **{f"relation {name}": _OF_RELATION % ox.NamedNode(SP[name]) for name in relations},
        **{f"said {each}": _SAID % ("modality", each) for each in modalities},
        f"said {Polarity.NEGATED}": _SAID % ("polarity", Polarity.NEGATED),
        **{f"names {name}": _NAMED % path for name, path in NAME_PROPERTIES.items()},
        "labels": _LABELS,
        **{f"kind {kind}": _MEMBERS % ox.NamedNode(name) for kind, name in _CLASSES.items()},
        **{f"role {name}": _MEMBERS % ox.NamedNode(SP[name]) for name in roles},
        **{f"wider {name}": _WIDER % name for name in _AROUND},
        **{f"qualifier {name}": _QUALIFIER % name for name in ("technology", "via")},
        "documents": _DOCUMENTS,
        "dates": _DATES,
    }


def _network(version: str, scans: Scans, relations: Mapping[str, Dependence], roles: Mapping[str, str]) -> Network:
    dates = dict(scans.pairs("dates"))
    documents = {iri: (name, dates.get(iri, "")) for iri, name in sorted(scans.pairs("documents"))}
    claims = _Claims(scans, documents)
    ends = _Ends()
    subjects, objects = ends.read(scans.pairs("subjects")), ends.read(scans.pairs("objects"))
    statements = _joined(subjects, _predicates(scans, relations), objects)
    members, having = _members(scans, roles)
    wider = sorted({pair for name in _AROUND for pair in scans.pairs(f"wider {name}")})
    order = _Entities([*ends.iris, *members, *(iri for pair in wider for iri in pair)])
    names = _names(scans, order, members)
    columns = _assembled(statements, claims, order.numbers(ends.iris))
    columns |= _qualifiers(scans, columns["claim_ids"], order, names)
    return Network(
        version=version,
        relations=relations,
        roles=tuple(roles),
        role_labels=tuple(roles.values()),
        iris=Strings.of(order.iris),
        labels=Strings.of(_labels(scans, order.iris)),
        kinds=np.array([KINDS.index(members[i][0] if i in members else kind_of(i)) for i in order.iris], np.uint8),
        main_roles=np.array([members[i][1] if i in members else -1 for i in order.iris], np.int16),
        role_pairs=_role_pairs(order, having),
        names=names[0],
        name_hashes=names[1],
        name_entities=names[2],
        name_ranks=names[3],
        wider=np.array([order.numbers(pair) for pair in wider], np.int32).reshape(-1, 2),
        document_iris=Strings.of(documents),
        document_names=Strings.of(name for name, _ in documents.values()),
        document_dates=Strings.of(date for _, date in documents.values()),
        **columns,
    )


def name_hash(name: str) -> int:
    """A number for a name as it is looked up: letter case and the width of spaces do not count."""
    text = " ".join(name.split()).casefold()
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


class _Claims:
    """Claims in the order of their ids, with what is said of each."""

    def __init__(self, scans: Scans, documents: Iterable[str]) -> None:
        numbers = {iri: number for number, iri in enumerate(documents)}
        claims, statements, places = [], [], []
        for claim, statement, graph in scans.rows("claims"):
            if _is_ours(claim, CLAIM) and _is_ours(statement, STATEMENT) and graph in numbers:
                claims.append(claim[-_ID_LENGTH:])
                statements.append(statement[-_ID_LENGTH:])
                places.append(numbers[graph])
        ids = _ids(claims)
        order = np.argsort(ids, kind="stable")
        self.ids = ids[order]
        self.statements = _ids(statements)[order]
        self.documents = np.array(places, np.int32)[order]
        self.modalities = np.full(len(ids), MODALITIES.index(Modality.ASSERTED), np.uint8)
        for modality in set(MODALITIES).difference(_FIRM):
            self.modalities[self._those(scans.column(f"said {modality}"))] = MODALITIES.index(modality)
        self.polarities = np.full(len(ids), POLARITIES.index(Polarity.AFFIRMED), np.uint8)
        self.polarities[self._those(scans.column(f"said {Polarity.NEGATED}"))] = POLARITIES.index(Polarity.NEGATED)
        self.confidences = self._sure(scans.pairs("confidences"))

    def _sure(self, rows: Iterable[tuple[str, str]]) -> NDArray[np.float32]:
        claims, sure = [], []
        for claim, value in rows:
            if _is_ours(claim, CLAIM):
                claims.append(claim[-_ID_LENGTH:])
                sure.append(value)
        places, there = _places(self.ids, _ids(claims))
        found = np.zeros(len(self.ids), np.float32)
        found[places] = np.array(sure, dtype=np.float32)[there]
        return found

    def _those(self, iris: Iterable[str]) -> Integers:
        return _places(self.ids, _ids([iri[-_ID_LENGTH:] for iri in iris if _is_ours(iri, CLAIM)]))[0]


class _Ends:
    """The entities at the ends of statements, numbered as they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def iris(self) -> list[str]:
        """Their IRIs by number."""
        return list(self._numbers)

    def read(self, rows: Iterable[tuple[str, str]]) -> tuple[NDArray[np.uint64], Integers]:
        """Ids of statements in order, and the number of the entity at one end, from pairs of both."""
        statements, entities = [], []
        for statement, end in rows:
            if _is_ours(statement, STATEMENT):
                statements.append(statement[-_ID_LENGTH:])
                entities.append(self._numbers.setdefault(end, len(self._numbers)))
        ids, first = np.unique(_ids(statements), return_index=True)
        return ids, np.array(entities, np.int32)[first]


class _Entities:
    """Entities in the order of their IRIs."""

    def __init__(self, iris: Iterable[str]) -> None:
        self.iris = sorted(set(iris))
        self._numbers = {iri: number for number, iri in enumerate(self.iris)}

    def number(self, iri: str) -> int | None:
        """The number of one; None where it is none of them."""
        return self._numbers.get(iri)

    def numbers(self, iris: Iterable[str]) -> Integers:
        """The numbers of some."""
        return np.array([self._numbers[iri] for iri in iris], np.int32)


def _is_ours(iri: str, namespace: str) -> bool:
    return len(iri) == len(namespace) + _ID_LENGTH and iri.startswith(namespace)


def _ids(texts: list[str]) -> NDArray[np.uint64]:
    """Ids of 16 hex digits as numbers.

    Raises:
        StoreError: one is none.
    """
    try:
        return np.frombuffer(bytes.fromhex("".join(texts)), dtype=">u8").astype(np.uint64)
    except ValueError as error:
        raise StoreError("The store holds claims whose names are not kg's; build it again with `kg build`") from error


def _places(sorted_ids: NDArray[np.uint64], ids: NDArray[np.uint64]) -> tuple[Integers, Integers]:
    """Where ids stand in an ordered array, and which of them do; those that do not are left out."""
    if not len(sorted_ids):
        return np.array([], np.int64), np.array([], np.int64)
    places = np.minimum(np.searchsorted(sorted_ids, ids), len(sorted_ids) - 1)
    there = np.flatnonzero(sorted_ids[places] == ids)
    return places[there], there


def _predicates(scans: Scans, relations: Iterable[str]) -> tuple[NDArray[np.uint64], Integers]:
    """Ids of statements in order, and the numbers of their relations."""
    ids, numbers = [_ids([])], [np.array([], np.uint8)]
    for number, name in enumerate(relations):
        rows = scans.column(f"relation {name}")
        found = _ids([iri[-_ID_LENGTH:] for iri in rows if _is_ours(iri, STATEMENT)])
        ids.append(found)
        numbers.append(np.full(len(found), number, np.uint8))
    every, first = np.unique(np.concatenate(ids), return_index=True)
    return every, np.concatenate(numbers)[first]


def _joined(*columns: tuple[NDArray[np.uint64], Integers]) -> tuple[NDArray[np.uint64], list[Integers]]:
    """The ids that all columns have, and their values."""
    ids = columns[0][0]
    for other, _ in columns[1:]:
        ids = np.intersect1d(ids, other, assume_unique=True)
    return ids, [values[_places(own, ids)[0]] for own, values in columns]


def _assembled(
    statements: tuple[NDArray[np.uint64], list[Integers]], claims: _Claims, entities: Integers
) -> dict[str, Any]:
    """Statements and claims in their order, by the names of the network's columns."""
    ids, (subjects, relations, objects) = statements
    if len(entities):
        subjects, objects = entities[subjects], entities[objects]
    # Conflicts may name statements that no document makes any more.
    known = _places(ids, claims.statements)
    used = np.zeros(len(ids), bool)
    used[known[0]] = True
    order = np.lexsort((objects, relations, subjects))
    order = order[used[order]]
    place = np.full(len(ids), -1, np.int64)
    place[order] = np.arange(len(order))
    owners = place[known[0]]
    by_statement = np.lexsort((claims.ids[known[1]], owners))
    kept = known[1][by_statement]
    return {
        "subjects": subjects[order].astype(np.int32),
        "relation_of": relations[order].astype(np.uint8),
        "objects": objects[order].astype(np.int32),
        "statement_ids": ids[order],
        "claim_ends": np.cumsum(np.bincount(owners, minlength=len(order))).astype(np.int64),
        "claim_statements": owners[by_statement].astype(np.int32),
        "polarities": claims.polarities[kept],
        "modalities": claims.modalities[kept],
        "confidences": claims.confidences[kept],
        "documents": claims.documents[kept],
        "claim_ids": claims.ids[kept],
    }


def _relations(store: Store) -> dict[str, Dependence]:
    """Each relation of the store's ontology; what it lacks of dependence, as an older one does, by the files."""
    rows = {local_name(row["relation"]): row for row in select(store, _RELATIONS)}
    if not any(row["dependent"] for row in rows.values()):
        graph, _ = schema_and_shapes(Settings.from_environment().ontology)
        for name, relation in relations_of(graph).items():
            if name in rows:
                rows[name] |= {"dependent": relation.dependent, "whole": relation.whole}
    return {
        name: Dependence(
            row["label"], row["inverse"], row["dependent"], row["whole"], symmetric=row["symmetric"] == "true"
        )
        for name, row in sorted(rows.items())
    }


def _members(scans: Scans, roles: Iterable[str]) -> tuple[dict[str, tuple[MentionKind, int]], list[tuple[str, int]]]:
    """IRI of each entity → what it is and the number of its main role; and pairs of an entity and each of its roles."""
    found = {iri: (kind, -1) for kind in _CLASSES for iri in scans.column(f"kind {kind}")}
    having = []
    for number, role in enumerate(roles):
        for iri in scans.column(f"role {role}"):
            if iri in found:
                having.append((iri, number))
                kind, main = found[iri]
                found[iri] = kind, number if main < 0 else main
    return found, having


def _role_pairs(order: _Entities, having: Iterable[tuple[str, int]]) -> Integers:
    rows = sorted((number, role) for iri, role in having if (number := order.number(iri)) is not None)
    return np.array(rows, np.int32).reshape(-1, 2)


def _labels(scans: Scans, iris: Iterable[str]) -> Iterator[str]:
    labels: dict[str, str] = {}
    for iri, label in scans.pairs("labels"):
        labels[iri] = min(label, labels.get(iri, label))
    return (labels.get(iri) or local_name(iri) for iri in iris)


def _names(scans: Scans, order: _Entities, members: Mapping[str, object]) -> _Names:
    """All names and their hashes in order, the entity that each names, and how well."""
    rows = set()
    for rank, way in enumerate(NAME_PROPERTIES):
        for iri, name in scans.pairs(f"names {way}"):
            number = order.number(iri)
            if number is not None and iri in members:
                rows.add((name_hash(name), number, rank, name))
    hashes, entities, ranks, texts = zip(*sorted(rows), strict=True) if rows else ((), (), (), ())
    return Strings.of(texts), np.array(hashes, np.uint64), np.array(entities, np.int32), np.array(ranks, np.uint8)


def _qualifiers(
    scans: Scans,
    claim_ids: NDArray[np.uint64],
    order: _Entities,
    names: _Names,
) -> dict[str, Integers]:
    """Pairs of a claim's number and an entity that qualifies it."""
    by_id = np.argsort(claim_ids, kind="stable")
    technologies: dict[int, int] = {}
    for hash_, entity in zip(names[1].tolist(), names[2].tolist(), strict=True):
        if kind_of(order.iris[entity]) is MentionKind.TECHNOLOGY:
            technologies.setdefault(hash_, entity)

    def pairs(name: str, number: Callable[[str], int | None]) -> Integers:
        found: dict[str, set[int]] = defaultdict(set)
        for claim, value in scans.pairs(f"qualifier {name}"):
            entity = number(value)
            if entity is not None and _is_ours(claim, CLAIM):
                found[claim[-_ID_LENGTH:]].add(entity)
        ids = [claim for claim, entities in found.items() for _ in entities]
        values = np.array([entity for entities in found.values() for entity in sorted(entities)], np.int32)
        places, there = _places(claim_ids[by_id], _ids(ids))
        rows = np.column_stack((by_id[places], values[there])).astype(np.int32)
        return rows[np.lexsort((rows[:, 1], rows[:, 0]))]

    return {
        "technology_uses": pairs("technology", lambda text: technologies.get(name_hash(text))),
        "via": pairs("via", order.number),
    }
