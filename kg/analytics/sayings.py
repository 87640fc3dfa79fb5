"""Claims, figures and remarks in one form, each with the quote it rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pyoxigraph as ox

from kg.analytics.scope import Scope
from kg.graph.base import kind_of
from kg.model import Modality, Polarity
from kg.query import Found, labels_of
from kg.store import Store, select
from kg.terms import CLAIM, OBSERVATION, SP, local_name

_AT_ONCE = 500
_SORTS = {str(CLAIM): "claim", str(OBSERVATION): "figure"}
_QUALIFIERS = ("product", "technology", "via", "quantity", "period")
_OWN = (
    "statement", "reversed", "observedEntity", "metric", "value", "unit", "earlier", "remarkOf", "remarkKind", "topic",
    "rank", "scope", "polarity", "modality", "confidence", *_QUALIFIERS,
)  # fmt: skip
_TRIPLES = "SELECT DISTINCT ?node ?what ?value { VALUES ?node { %s } ?node ?what ?value FILTER(?what IN (%s)) }"
_STATEMENT = "rdf:subject, rdf:predicate, rdf:object"
_DOCUMENT = "sp:fileName, dcterms:title, dcterms:publisher, dcterms:date, dcterms:source"
_QUOTES = "SELECT DISTINCT ?node ?quote { VALUES ?node { %s } ?node sp:mainEvidence ?main . ?main sp:exact ?quote }"
_OTHERS = "SELECT DISTINCT ?node ?other { VALUES ?node { %s } ?node sp:counterpart ?part . ?part sp:names ?other }"
# What limits look at, and no more: of thousands that are looked at few are told.
_LIMITED = """SELECT DISTINCT ?node ?modality ?confidence ?name ?date ?relation { VALUES ?node { %s }
  ?node sp:modality ?modality ; sp:confidence ?confidence ; prov:wasDerivedFrom ?document . ?document sp:fileName ?name
  OPTIONAL { ?document dcterms:date ?date } OPTIONAL { ?node sp:statement/rdf:predicate ?relation } }"""

Rows = Mapping[str, Mapping[str, Sequence[str]]]
"""Node → local name of a property → its values, sorted."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim, a figure or a remark with the quote it rests on.

    Attributes:
        id: the last part of its IRI.
        sort: ``claim``, ``figure`` or ``remark``.
        subject: who, or whose figure.
        relation: local name of the relation or metric; for a remark ``standing`` or ``gap``.
        reads: the same for people.
        object: whom or what, for a claim.
        value: the figure in base units.
        unit: its unit, or empty.
        period: the time it is about, as the text gives it, or empty.
        earlier: whether its own text says that the figure was replaced.
        topic: what a remark is about, or empty.
        rank: the place that a standing gives, or empty.
        scope: what a standing is limited to.
        others: whom a remark names beside its subject.
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

    id: str
    sort: str
    subject: Found
    relation: str
    reads: str
    object: Found | None
    value: float | None
    unit: str
    period: str
    earlier: bool
    topic: str
    rank: str
    scope: tuple[str, ...]
    others: tuple[Found, ...]
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
    def strength(self) -> tuple[float, str, str]:
        """For sorting, the surest first."""
        return -self.confidence, self.document, self.id


def within(store: Store, nodes: Iterable[str], scope: Scope) -> set[str]:
    """The IRIs of those claims, figures and remarks that a scope takes; limits of relations hold for claims."""
    return {
        row["node"]
        for row in rows_about(store, _LIMITED, list(dict.fromkeys(nodes)))
        if scope.takes(Modality(local_name(row["modality"])), float(row["confidence"]))
        and scope.takes_document(row["name"], row["date"])
        and (not row["relation"] or scope.takes_relation(local_name(row["relation"])))
    }


def sayings_of(store: Store, nodes: Iterable[str]) -> dict[str, Saying]:
    """IRI → claim, figure or remark, in the order of the IRIs; those that the store lacks are left out."""
    wanted = list(dict.fromkeys(nodes))
    own = triples(store, wanted, ", ".join([*(f"sp:{name}" for name in _OWN), "prov:wasDerivedFrom"]))
    statements = triples(store, sorted({each for row in own.values() for each in row.get("statement", ())}), _STATEMENT)
    documents = triples(store, sorted({each for row in own.values() for each in row["wasDerivedFrom"]}), _DOCUMENT)
    quotes = {row["node"]: row["quote"] for row in rows_about(store, _QUOTES, wanted)}
    others: dict[str, list[str]] = defaultdict(list)
    for row in rows_about(store, _OTHERS, [node for node in wanted if "remarkOf" in own.get(node, {})]):
        others[row["node"]].append(row["other"])
    known = labels_of(store, {*_names(own, statements), *(each for those in others.values() for each in those)})
    found = {}
    for node in wanted:
        if node in own:
            statement = statements.get(_one(own[node], "statement"), {})
            document = documents.get(_one(own[node], "wasDerivedFrom"), {})
            said = _saying(node, own[node], statement, document, quotes.get(node, ""), known)
            found[node] = replace(said, others=tuple(reference(each, known) for each in sorted(others[node])))
    return found


def rows_about(store: Store, query: str, nodes: Sequence[str], *more: str) -> Iterator[dict[str, str]]:
    """The answer to a query about some IRIs, asked for some hundreds at once."""
    for begin in range(0, len(nodes), _AT_ONCE):
        terms = " ".join(str(ox.NamedNode(node)) for node in nodes[begin : begin + _AT_ONCE])
        yield from select(store, query % (terms, *more))


def triples(store: Store, nodes: Sequence[str], properties: str) -> Rows:
    """What some nodes have of some properties."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_about(store, _TRIPLES, nodes, properties):
        found[row["node"]][local_name(row["what"])].append(row["value"])
    return {node: {name: sorted(values) for name, values in rows.items()} for node, rows in found.items()}


def _names(own: Rows, statements: Rows) -> Iterator[str]:
    for row in statements.values():
        for end in ("subject", "predicate", "object"):
            yield from row.get(end, ())
    for row in own.values():
        for end in ("observedEntity", "metric", "remarkOf"):
            yield from row.get(end, ())
        yield from (value for value in row.get("via", ()) if value.startswith("http"))


def _saying(
    node: str,
    own: Mapping[str, Sequence[str]],
    statement: Mapping[str, Sequence[str]],
    document: Mapping[str, Sequence[str]],
    quote: str,
    known: Mapping[str, str],
) -> Saying:
    ends = [_one(statement, "subject"), _one(statement, "object")]
    if _one(own, "reversed") == "true":
        ends.reverse()
    subject = ends[0] or _one(own, "observedEntity") or _one(own, "remarkOf")
    relation = _one(statement, "predicate") or _one(own, "metric") or str(SP[_one(own, "remarkKind")])
    value = _one(own, "value")
    via = [known.get(each, each) for each in own.get("via", ())]
    details = {name: tuple(own.get(name, ())) for name in _QUALIFIERS if own.get(name)}
    return Saying(
        id=local_name(node),
        sort=next((sort for space, sort in _SORTS.items() if node.startswith(space)), "remark"),
        subject=reference(subject, known),
        relation=local_name(relation),
        reads=known.get(relation, local_name(relation)),
        object=reference(ends[1], known) if ends[1] else None,
        value=float(value) if value else None,
        unit=_one(own, "unit"),
        period=", ".join(own.get("period", ())),
        earlier=_one(own, "earlier") == "true",
        topic=_one(own, "topic"),
        rank=_one(own, "rank"),
        scope=tuple(own.get("scope", ())),
        others=(),
        polarity=Polarity(local_name(_one(own, "polarity"))),
        modality=Modality(local_name(_one(own, "modality"))),
        confidence=float(_one(own, "confidence")),
        quote=quote,
        document=_one(document, "fileName"),
        title=_one(document, "title"),
        publisher=_one(document, "publisher"),
        date=_one(document, "date"),
        url=_one(document, "source"),
        qualifiers={**details, **({"via": tuple(sorted(via))} if via else {})},
    )


def _one(row: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(row.get(name, ())), "")


def reference(iri: str, known: Mapping[str, str]) -> Found:
    """What an IRI names, by labels that are known."""
    key = unquote(local_name(iri))
    return Found(iri, key, known.get(iri, key), kind_of(iri))
