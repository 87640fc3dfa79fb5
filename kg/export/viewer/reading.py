"""Takes a picture out of a store, by SPARQL over the union of its graphs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.export.viewer.appearance import ROLES
from kg.export.viewer.chokepoints import chokepoint_rows
from kg.export.viewer.picture import (
    ClaimRow,
    ConflictRow,
    DocumentRow,
    EntityRow,
    ObservationRow,
    Picture,
    QuoteRow,
    RemarkRow,
)
from kg.export.viewer.words import Words, once, read_words
from kg.model import MentionKind, Modality, Polarity, RemarkKind, scope_order
from kg.store import Store, select
from kg.terms import ENTITY, PLACE, ROOT, SP, TECHNOLOGY, local_name

_QUALIFIERS = ("product", "technology", "via", "quantity", "period")
_KINDS = {
    str(ENTITY): MentionKind.ORGANISATION,
    str(TECHNOLOGY): MentionKind.TECHNOLOGY,
    str(PLACE): MentionKind.PLACE,
}
_AT_ONCE = 200  # nodes of a query

Nodes = Sequence[str] | None
"""IRIs of what is to be read; None for all that there is."""

# Each begins with a VALUES block of what is to be read, or with nothing. What a document says stands in its own graph,
# where each pattern is met once; over the union of graphs it would be met once for each document that says the same.
_CLAIMS = """SELECT ?node ?subject ?relation ?object ?polarity ?modality ?confidence ?document WHERE { %s
  GRAPH ?document {
    ?node a sp:Claim ; sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ;
      sp:confidence ?confidence .
    ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object } }"""
# What may be missing is asked for apart: with OPTIONAL the engine would look through all there is, node by node.
_OBSERVATIONS = """SELECT ?node ?subject ?metric ?value ?unit ?polarity ?modality ?confidence ?document WHERE { %s
  GRAPH ?document {
    ?node a sp:Observation ; sp:observedEntity ?subject ; sp:metric ?metric ; sp:value ?value ; sp:unit ?unit ;
      sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence } }"""
_REPLACED = "SELECT DISTINCT ?node WHERE { %s GRAPH ?source { ?newer sp:supersedes ?node } }"
_REMARKS = """SELECT ?node ?subject ?kind ?polarity ?modality ?confidence ?document WHERE { %s
  GRAPH ?document {
    ?node a sp:Remark ; sp:remarkOf ?subject ; sp:remarkKind ?kind ;
      sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence } }"""
_COUNTERPARTS = """SELECT ?node ?end ?other WHERE { %s
  GRAPH ?document { ?node sp:counterpart ?end . ?end sp:names ?other } }"""
_QUOTES = """SELECT ?node ?quote ?text ?document ?main WHERE { %s
  GRAPH ?document { ?node sp:evidence ?quote ; sp:mainEvidence ?best . ?quote sp:exact ?text }
  BIND (?quote = ?best AS ?main) }"""
_SPOTS = """SELECT ?quote ?property ?value WHERE { %s
  GRAPH ?document { ?node sp:evidence ?quote . ?quote oa:hasSelector ?position . ?position ?property ?value }
  FILTER (?property IN (sp:pointer, sp:cell)) }"""
_DETAILS = """SELECT DISTINCT ?node ?property ?value WHERE { %s
  GRAPH ?document { ?node ?property ?value } FILTER (?property IN ($properties)) }"""
_NAMED = """SELECT DISTINCT ?node ?property ?value WHERE { %s
  GRAPH graph:entities { ?node ?property ?value } FILTER (?property IN ($properties)) }"""
_CONFLICTS = "SELECT DISTINCT ?node ?member WHERE { %s GRAPH graph:conflicts { ?node sp:between ?member } }"
_KINDS_OF_CONFLICTS = """SELECT DISTINCT ?node ?property ?value WHERE { %s
  GRAPH graph:conflicts { ?node ?property ?value } FILTER (?property IN ($properties)) }"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a store is read; IRIs, those that the store lacks are left out.

    Attributes:
        claims: claims.
        figures: observations.
        remarks: remarks.
        entities: entities, besides those that the claims, figures and remarks are about.
        documents: documents, besides those that they are from.
    """

    claims: Sequence[str] = ()
    figures: Sequence[str] = ()
    entities: Sequence[str] = ()
    documents: Sequence[str] = ()
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the asker has of a part already, so that it need not be read.

    Attributes:
        claims: the rows of the claims chosen, without their words.
        entities: gives the rows of some entities from their short ids; those that it does not know are left out.
        documents: likewise of documents.
    """

    claims: Sequence[ClaimRow]
    entities: Callable[[Iterable[str]], tuple[EntityRow, ...]]
    documents: Callable[[Iterable[str]], tuple[DocumentRow, ...]]


def build_picture(store: Store) -> Picture:
    """All claims, figures, remarks and their entities and documents of ``store``, and whom most of it depends on.

    Raises:
        QueryError: as :meth:`kg.store.Store.query`.
    """
    return replace(_picture(store, read_words(store), None), chokepoints=chokepoint_rows(store))


def picture_of(store: Store, words: Words, chosen: Chosen, known: Known | None = None) -> Picture:
    """What the picture of the whole store says of a part.

    Args:
        store: where it is read.
        words: what :func:`read_words` read from it.
        chosen: the part.
        known: what need not be read.
    """
    return _picture(store, words, chosen, known)


def _picture(store: Store, words: Words, chosen: Chosen | None, known: Known | None = None) -> Picture:
    said = None if chosen is None else [*chosen.claims, *chosen.figures, *chosen.remarks]
    told = _Told(store, said)
    if known is None:
        claims = _claims(store, None if chosen is None else chosen.claims, told)
    else:
        claims = tuple(_with_words(row, told) for row in known.claims)
    figures = _observations(store, None if chosen is None else chosen.figures, told, words)
    remarks = _remarks(store, None if chosen is None else chosen.remarks, told)
    used = {end for row in claims for end in (row.subject, row.object)} | {row.subject for row in figures}
    used |= {each for row in remarks for each in (row.subject, *row.others)}
    sources = {row.document for row in claims} | {row.document for row in figures}
    sources |= {row.document for row in remarks}
    if chosen is not None:
        used |= {_id(iri) for iri in chosen.entities}
        sources |= {_id(iri) for iri in chosen.documents}
    return Picture(
        entities=known.entities(used) if known else _entities(store, words, used, every=chosen is None),
        claims=claims,
        observations=figures,
        remarks=remarks,
        documents=known.documents(sources) if known else _documents(store, None if chosen is None else sources),
        relations=words.relations,
        roles=words.roles,
        conflicts=_conflicts(store, said),
    )


def _rows(store: Store, sparql: str, nodes: Nodes, name: str = "node", otherwise: str = "") -> Iterator[dict[str, str]]:
    """The rows of a query for some nodes, bound to the variable ``name``, or for all; nodes become terms."""
    if nodes is None:
        yield from select(store, sparql % otherwise)
        return
    for begin in range(0, len(nodes), _AT_ONCE):
        terms = " ".join(str(ox.NamedNode(iri)) for iri in nodes[begin : begin + _AT_ONCE])
        yield from select(store, sparql % f"VALUES ?{name} {{ {terms} }}")


def _values(store: Store, sparql: str, properties: Sequence[str], nodes: Nodes) -> dict[str, dict[str, list[str]]]:
    """Property → node → its values, sorted, for properties as SPARQL writes them."""
    query = sparql.replace("$properties", ", ".join(properties))
    # Where all are asked for, the properties say where to begin, else the nodes do.
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows(store, query, nodes, otherwise=f"VALUES ?property {{ {' '.join(properties)} }}"):
        found[local_name(row["property"])][row["node"]].add(row["value"])
    return {name: {node: sorted(each) for node, each in nodes_.items()} for name, nodes_ in found.items()}


def _id(iri: str) -> str:
    """A short name for one of our own IRIs (``entity/amkor``)."""
    return iri.removeprefix(ROOT)


class _Told:
    """The words that claims, figures and remarks rest on, their reasons and what qualifies them."""

    def __init__(self, store: Store, nodes: Nodes) -> None:
        self.quotes = _quotes(store, nodes)
        names = ["sp:reason", "sp:scope", "sp:topic", "sp:rank", *(f"sp:{name}" for name in _QUALIFIERS)]
        self._values = _values(store, _DETAILS, names, nodes)
        vias = {value for values in self._values.get("via", {}).values() for value in values if value.startswith(ROOT)}
        self._labels = _values(store, _NAMED, ["skos:prefLabel"], sorted(vias)).get("prefLabel", {})

    def reasons(self, node: str) -> tuple[str, ...]:
        """Why it is believed."""
        return tuple(self._values.get("reason", {}).get(node, ()))

    def scope(self, node: str) -> tuple[str, ...]:
        """What a standing is limited to."""
        return scope_order(self._values.get("scope", {}).get(node, ()))

    def one(self, node: str, name: str) -> str:
        """The value of a property that is given once, or empty."""
        return next(iter(self._values.get(name, {}).get(node, ())), "")

    def qualifiers(self, node: str) -> dict[str, tuple[str, ...]]:
        """Name → values, entities by their labels; those that are not given are left out."""
        found = {name: self._values[name].get(node, ()) for name in _QUALIFIERS if name in self._values}
        return {
            name: tuple(sorted(label for value in values for label in self._labels.get(value, [value])))
            for name, values in found.items()
            if values
        }


def _quotes(store: Store, nodes: Nodes) -> dict[str, tuple[QuoteRow, ...]]:
    spots: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(store, _SPOTS, nodes, otherwise="VALUES ?property { sp:pointer sp:cell }"):
        spots[row["quote"]][local_name(row["property"])] = row["value"]
    found: dict[str, dict[tuple[bool, str], QuoteRow]] = defaultdict(dict)
    for row in _rows(store, _QUOTES, nodes):
        spot = spots.get(row["quote"], {})
        quote = QuoteRow(row["text"], _id(row["document"]), spot.get("pointer", ""), spot.get("cell", ""))
        found[row["node"]].setdefault((row["main"] != "true", row["quote"]), quote)
    return {
        node: tuple(quote for _, quote in sorted(rows.items(), key=lambda each: each[0]))
        for node, rows in found.items()
    }


def _claims(store: Store, nodes: Nodes, told: _Told) -> tuple[ClaimRow, ...]:
    return tuple(
        ClaimRow(
            id=_id(row["node"]),
            subject=_id(row["subject"]),
            relation=local_name(row["relation"]),
            object=_id(row["object"]),
            document=_id(row["document"]),
            quotes=told.quotes.get(row["node"], ()),
            polarity=Polarity(local_name(row["polarity"])),
            modality=Modality(local_name(row["modality"])),
            confidence=float(row["confidence"]),
            reasons=told.reasons(row["node"]),
            qualifiers=told.qualifiers(row["node"]),
        )
        for row in once(_rows(store, _CLAIMS, nodes))
    )


def _with_words(row: ClaimRow, told: _Told) -> ClaimRow:
    node = ROOT + row.id
    quotes, reasons = told.quotes.get(node, ()), told.reasons(node)
    return replace(row, quotes=quotes, reasons=reasons, qualifiers=told.qualifiers(node))


def _observations(store: Store, nodes: Nodes, told: _Told, words: Words) -> tuple[ObservationRow, ...]:
    replaced = {row["node"] for row in _rows(store, _REPLACED, nodes)}
    return tuple(
        ObservationRow(
            id=_id(row["node"]),
            subject=_id(row["subject"]),
            metric=words.metrics.get(row["metric"], local_name(row["metric"])),
            value=float(row["value"]),
            unit=row["unit"],
            document=_id(row["document"]),
            quotes=told.quotes.get(row["node"], ()),
            period=told.one(row["node"], "period"),
            polarity=Polarity(local_name(row["polarity"])),
            modality=Modality(local_name(row["modality"])),
            confidence=float(row["confidence"]),
            reasons=told.reasons(row["node"]),
            earlier=row["node"] in replaced,
        )
        for row in once(_rows(store, _OBSERVATIONS, nodes))
    )


def _remarks(store: Store, nodes: Nodes, told: _Told) -> tuple[RemarkRow, ...]:
    others: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(store, _COUNTERPARTS, nodes):
        others[row["node"]][row["end"]] = _id(row["other"])
    return tuple(
        RemarkRow(
            id=_id(row["node"]),
            subject=_id(row["subject"]),
            kind=RemarkKind(row["kind"]),
            document=_id(row["document"]),
            quotes=told.quotes.get(row["node"], ()),
            topic=told.one(row["node"], "topic"),
            rank=told.one(row["node"], "rank"),
            scope=told.scope(row["node"]),
            others=tuple(end for _, end in sorted(others[row["node"]].items())),
            polarity=Polarity(local_name(row["polarity"])),
            modality=Modality(local_name(row["modality"])),
            confidence=float(row["confidence"]),
            reasons=told.reasons(row["node"]),
        )
        for row in once(_rows(store, _REMARKS, nodes))
    )


def _entities(store: Store, words: Words, used: Iterable[str], *, every: bool) -> tuple[EntityRow, ...]:
    roles = {role.name for role in words.roles}
    used = sorted(used)
    names = ["skos:prefLabel", "skos:altLabel", "rdf:type", "sp:known"]
    found = _values(store, _NAMED, names, None if every else [ROOT + short for short in used])
    labels, aliases, types, known = (found.get(name.partition(":")[2], {}) for name in names)
    rows = []
    for short in used:
        iri = ROOT + short
        kind = next((kind for root, kind in _KINDS.items() if iri.startswith(root)), MentionKind.ORGANISATION)
        classes = (local_name(each) for each in types.get(iri, ()) if each.startswith(str(SP)))
        rows.append(
            EntityRow(
                id=short,
                label=labels.get(iri, [local_name(iri)])[0],
                kind=kind,
                aliases=tuple(aliases.get(iri, ())),
                roles=in_order(name for name in classes if name in roles),
                known="false" not in known.get(iri, ()),
            )
        )
    return tuple(rows)


def in_order(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles by name, those that say most about an organisation first."""
    order = list(ROLES)
    return tuple(sorted(roles, key=lambda role: (order.index(role) if role in order else len(order), role)))


def _documents(store: Store, used: Iterable[str] | None) -> tuple[DocumentRow, ...]:
    nodes = None if used is None else [ROOT + short for short in sorted(used)]
    names = ["sp:fileName", "dcterms:title", "dcterms:publisher", "dcterms:date", "dcterms:source"]
    found = _values(store, _DETAILS, names, nodes)
    file, *others = (found.get(name.partition(":")[2], {}) for name in names)
    rows = []
    for node in sorted(file):
        title, publisher, date, url = (each.get(node, [""])[0] for each in others)
        rows.append(DocumentRow(_id(node), title, publisher, date, url, file[node][0]))
    return tuple(rows)


def _conflicts(store: Store, nodes: Nodes) -> tuple[ConflictRow, ...]:
    """The conflicts between these, as far as these have part in them."""
    members: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, _CONFLICTS, nodes, "member"):
        members[row["node"]].add(_id(row["member"]))
    met = sorted(node for node in members if nodes is None or len(members[node]) > 1)
    kinds = _values(store, _KINDS_OF_CONFLICTS, ["sp:kind"], met).get("kind", {})
    return tuple(ConflictRow(_id(node), kinds.get(node, ["polarity"])[0], tuple(sorted(members[node]))) for node in met)
