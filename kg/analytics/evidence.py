"""The quotes that statements rest on."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox

from kg.analytics.scope import FIRM, Scope
from kg.graph.base import kind_of
from kg.model import Modality, Polarity
from kg.query import Found, labels_of
from kg.store import Store, select
from kg.terms import local_name

# All that is said of a claim stands in its document's graph, so each pattern is met there once.
_CLAIMS = """
SELECT ?statement ?claim ?polarity ?modality ?confidence ?name ?date WHERE {
  VALUES ?statement { %s }
  GRAPH ?source {
    ?claim sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence .
    ?source sp:fileName ?name .
    OPTIONAL { ?source dcterms:date ?date }
  }
}
"""
_DETAILS = """
SELECT ?claim ?statement ?subject ?relation ?object ?turned ?polarity ?modality ?confidence
  ?quote ?name ?title ?publisher ?date ?url WHERE {
  VALUES ?claim { %s }
  GRAPH ?source {
    ?claim sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence ;
      sp:mainEvidence ?evidence .
    ?evidence sp:exact ?quote .
    ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
    ?source sp:fileName ?name .
    OPTIONAL { ?claim sp:reversed ?turned }
    OPTIONAL { ?source dcterms:title ?title }
    OPTIONAL { ?source dcterms:publisher ?publisher }
    OPTIONAL { ?source dcterms:date ?date }
    OPTIONAL { ?source dcterms:source ?url }
  }
}
"""
_QUALIFIERS = """
SELECT DISTINCT ?claim ?name ?value (IF(ISIRI(?value), ?value, "") AS ?iri) WHERE {
  VALUES ?claim { %s }
  ?claim ?name ?value .
  FILTER(?name IN (sp:product, sp:technology, sp:via, sp:quantity, sp:period))
}
"""
_UNDATED = """
SELECT (COUNT(DISTINCT ?document) AS ?count) WHERE {
  ?document a sp:Document . FILTER NOT EXISTS { ?document dcterms:date ?date }
}
"""
_AT_ONCE = 200
_ORDER = tuple(Modality)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim with its best quote.

    Attributes:
        claim: the claim's id, 16 hex digits.
        subject: who or what, as the claim has it.
        relation: local name.
        reads: how people read the relation ("outsources to").
        object: whom or what.
        polarity: ``affirmed`` or ``negated``.
        modality: how it is said.
        confidence: 0 to 1.
        quote: the strongest quote, word for word.
        document: the document's file name.
        title: its title, or empty.
        publisher: who published it, or empty.
        date: its date, or empty.
        url: its web address, or empty.
        qualifiers: ``product``, ``technology``, ``via``, ``quantity``, ``period`` → values, sorted.
    """

    claim: str
    subject: Found
    relation: str
    reads: str
    object: Found
    polarity: Polarity
    modality: Modality
    confidence: float
    quote: str
    document: str
    title: str
    publisher: str
    date: str
    url: str
    qualifiers: Mapping[str, tuple[str, ...]]

    @property
    def is_firm(self) -> bool:
        """Whether it is said to be so now, rather than planned, possible or over."""
        return self.modality in FIRM


def evidence_for(
    store: Store,
    statements: Collection[str],
    scope: Scope,
    *,
    polarity: Polarity | None = Polarity.AFFIRMED,
    most: int | None = None,
) -> dict[str, tuple[Evidence, ...]]:
    """The claims about some statements that the scope takes, strongest first.

    Args:
        store: the store.
        statements: IRIs of statements.
        scope: the limits; its relations are not asked, since the statements have theirs.
        polarity: which claims count; None for both.
        most: how many for each statement; None for all.

    Returns:
        statement → its evidence, in the order of ``statements``; empty for one that has none.
    """
    claims: dict[str, list[dict[str, str]]] = {iri: [] for iri in statements}
    for row in _rows(store, _CLAIMS, list(claims)):
        if _takes(scope, row, polarity):
            claims[row["statement"]].append(row)
    chosen = {iri: sorted(rows, key=_strength)[:most] for iri, rows in claims.items()}
    found = evidence_of(store, [row["claim"] for rows in chosen.values() for row in rows])
    return {iri: tuple(found[row["claim"]] for row in rows if row["claim"] in found) for iri, rows in chosen.items()}


def evidence_of(store: Store, claims: Sequence[str]) -> dict[str, Evidence]:
    """Claim → its evidence, by IRIs of claims, in their order; those that the store lacks are left out."""
    rows: dict[str, dict[str, str]] = {}
    for row in _rows(store, _DETAILS, list(dict.fromkeys(claims))):
        rows.setdefault(row["claim"], row)
    known = labels_of(store, {row[end] for row in rows.values() for end in ("subject", "relation", "object")})
    qualifiers = _qualifiers(store, list(rows))
    return {
        claim: _evidence(rows[claim], known, qualifiers.get(claim, {}))
        for claim in dict.fromkeys(claims)
        if claim in rows
    }


def undated_documents(store: Store) -> int:
    """How many documents have no date, and are left out where the scope limits it."""
    return int(select(store, _UNDATED)[0]["count"])


def _rows(store: Store, query: str, iris: Sequence[str]) -> Iterator[dict[str, str]]:
    for begin in range(0, len(iris), _AT_ONCE):
        nodes = " ".join(str(ox.NamedNode(iri)) for iri in iris[begin : begin + _AT_ONCE])
        yield from select(store, query % nodes)


def _takes(scope: Scope, row: Mapping[str, str], polarity: Polarity | None) -> bool:
    if polarity is not None and local_name(row["polarity"]) != polarity:
        return False
    said = Modality(local_name(row["modality"]))
    return scope.takes(said, float(row["confidence"])) and scope.takes_document(row["name"], row["date"])


def _strength(row: Mapping[str, str]) -> tuple[bool, float, int, tuple[int, ...], str, str]:
    """For sorting, strongest first: what is so now, then the surer, the plainer, the newer."""
    said = Modality(local_name(row["modality"]))
    newest = tuple(-ord(letter) for letter in row["date"])
    return said not in FIRM, -float(row["confidence"]), _ORDER.index(said), newest or (0,), row["name"], row["claim"]


def _qualifiers(store: Store, claims: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    rows = list(_rows(store, _QUALIFIERS, claims))
    known = labels_of(store, {row["iri"] for row in rows if row["iri"]})
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[row["claim"]][local_name(row["name"])].add(known.get(row["iri"], row["value"]))
    return {
        claim: {name: tuple(sorted(values)) for name, values in sorted(by_name.items())}
        for claim, by_name in found.items()
    }


def _evidence(row: Mapping[str, str], known: Mapping[str, str], qualifiers: Mapping[str, tuple[str, ...]]) -> Evidence:
    ends = (row["object"], row["subject"]) if row["turned"] == "true" else (row["subject"], row["object"])
    subject, object_ = (_reference(iri, known) for iri in ends)
    return Evidence(
        claim=local_name(row["claim"]),
        subject=subject,
        relation=local_name(row["relation"]),
        reads=known.get(row["relation"], local_name(row["relation"])),
        object=object_,
        polarity=Polarity(local_name(row["polarity"])),
        modality=Modality(local_name(row["modality"])),
        confidence=float(row["confidence"]),
        quote=row["quote"],
        document=row["name"],
        title=row["title"],
        publisher=row["publisher"],
        date=row["date"],
        url=row["url"],
        qualifiers=qualifiers,
    )


def _reference(iri: str, known: Mapping[str, str]) -> Found:
    key = unquote(local_name(iri))
    return Found(iri, key, known.get(iri, key), kind_of(iri))
