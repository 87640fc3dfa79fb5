"""Claims as edges between named things: what tables, network graphs and pictures are made of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.query.render import labels_of
from kg.store import Store, select
from kg.terms import local_name

_CLAIMS = """
SELECT DISTINCT ?claim ?statement ?subject ?relation ?object ?polarity ?modality ?confidence
  ?source ?document ?date ?url ?quote ?pointer ?start ?end WHERE {
  ?claim sp:statement ?statement ;
    sp:polarity ?polarity ;
    sp:modality ?modality ;
    sp:confidence ?confidence ;
    sp:mainEvidence ?evidence ;
    prov:wasDerivedFrom ?source .
  ?statement rdf:subject ?subject ;
    rdf:predicate ?relation ;
    rdf:object ?object .
  ?evidence sp:exact ?quote ;
    oa:hasSelector ?position .
  ?position oa:start ?start ;
    oa:end ?end .
  ?source sp:fileName ?document .
  OPTIONAL { ?position sp:pointer ?pointer }
  OPTIONAL { ?source dcterms:date ?date }
  OPTIONAL { ?source dcterms:source ?url }
}
"""
_QUALIFIERS = """
SELECT DISTINCT ?claim ?name ?value (IF(ISIRI(?value), ?value, "") AS ?iri) WHERE {
  VALUES ?name { sp:product sp:technology sp:via sp:quantity sp:period }
  ?claim a sp:Claim ; ?name ?value .
}
"""
_NODES = """
SELECT DISTINCT ?iri ?class ?known WHERE {
  { ?statement rdf:subject ?iri } UNION { ?statement rdf:object ?iri } UNION { ?figure sp:observedEntity ?iri }
  ?iri a ?class .
  OPTIONAL { ?iri sp:known ?known }
}
"""
_NO_ROLES = {
    "Organisation": "organisation",
    "PackagingTechnology": "technology",
    "Place": "place",
    "Concept": "",
}


@dataclass(frozen=True, slots=True)
class Node:
    """Something that claims or figures are about.

    Attributes:
        iri: its IRI.
        key: last segment of the IRI.
        label: its preferred name.
        kind: ``organisation``, ``technology`` or ``place``.
        roles: local names of its further classes, sorted.
        known: whether the registry or a scheme lists it.
    """

    iri: str
    key: str
    label: str
    kind: str
    roles: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """One claim between two nodes.

    Attributes:
        claim: the claim's IRI.
        statement: the IRI that claims about the same subject, relation and object share.
        subject: IRI.
        relation: local name.
        object: IRI.
        polarity: ``affirmed`` or ``negated``.
        modality: ``asserted`` ...
        confidence: 0 to 1.
        quote: the strongest evidence, word for word.
        source: the document's IRI.
        document: the document's file name.
        date: the document's date, or empty.
        url: the document's web address, or empty.
        pointer: the field of a JSON record that holds the quote, or empty.
        start: the quote's offset in the file or field.
        end: the offset behind it.
        qualifiers: ``product``, ``technology``, ``via``, ``quantity``, ``period`` → values, sorted.
    """

    claim: str
    statement: str
    subject: str
    relation: str
    object: str
    polarity: str
    modality: str
    confidence: float
    quote: str
    source: str
    document: str
    date: str
    url: str
    pointer: str
    start: int
    end: int
    qualifiers: Mapping[str, tuple[str, ...]]

    @property
    def is_fact(self) -> bool:
        """Whether the claim supports a plain triple: affirmed, and asserted or reported."""
        return self.polarity == "affirmed" and self.modality in {"asserted", "reported"}

    @property
    def marks(self) -> tuple[str, ...]:
        """What sets the claim apart from a fact: ``negated``, ``planned``, ``possible``, ``historical``."""
        negated = ("negated",) if self.polarity == "negated" else ()
        return (*negated, self.modality) if self.modality not in {"asserted", "reported"} else negated


def read_edges(store: Store) -> list[Edge]:
    """All claims, by document, place in the text and statement."""
    qualifiers = _read_qualifiers(store)
    edges = [_edge(row, qualifiers.get(row["claim"], {})) for row in select(store, _CLAIMS)]
    return sorted(edges, key=lambda edge: (edge.document, edge.pointer, edge.start, edge.statement, edge.claim))


def read_nodes(store: Store) -> list[Node]:
    """All things that claims or figures are about, by IRI."""
    classes: dict[str, set[str]] = defaultdict(set)
    unknown = set()
    for row in select(store, _NODES):
        classes[row["iri"]].add(local_name(row["class"]))
        if row["known"] == "false":
            unknown.add(row["iri"])
    labels = labels_of(store, classes)
    return [_node(iri, classes[iri], labels, known=iri not in unknown) for iri in sorted(classes)]


def _node(iri: str, classes: set[str], labels: Mapping[str, str], *, known: bool) -> Node:
    key = local_name(iri)
    kinds = [_NO_ROLES[name] for name in sorted(classes) if _NO_ROLES.get(name)]
    roles = tuple(sorted(classes - _NO_ROLES.keys()))
    return Node(iri, key, labels.get(iri, key), kinds[0] if kinds else "organisation", roles, known)


def _read_qualifiers(store: Store) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = select(store, _QUALIFIERS)
    labels = labels_of(store, {row["iri"] for row in rows if row["iri"]})
    for row in rows:
        found[row["claim"]][local_name(row["name"])].append(labels.get(row["iri"], row["value"]))
    return {
        claim: {name: tuple(sorted(values)) for name, values in sorted(by_name.items())}
        for claim, by_name in found.items()
    }


def _edge(row: Mapping[str, str], qualifiers: Mapping[str, tuple[str, ...]]) -> Edge:
    return Edge(
        claim=row["claim"],
        statement=row["statement"],
        subject=row["subject"],
        relation=local_name(row["relation"]),
        object=row["object"],
        polarity=local_name(row["polarity"]),
        modality=local_name(row["modality"]),
        confidence=float(row["confidence"]),
        quote=row["quote"],
        source=row["source"],
        document=row["document"],
        date=row["date"],
        url=row["url"],
        pointer=row["pointer"],
        start=int(row["start"]),
        end=int(row["end"]),
        qualifiers=qualifiers,
    )
