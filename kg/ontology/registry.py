"""The registry: every organisation, technology and place that the ontology's files name."""

from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, SKOS, Graph
from rdflib.term import Node

from kg.errors import OntologyError
from kg.model import MentionKind
from kg.terms import SP, local_name

_CLASS = {
    MentionKind.ORGANISATION: SP.Organisation,
    MentionKind.TECHNOLOGY: SP.PackagingTechnology,
    MentionKind.PLACE: SP.Place,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the registry.

    Attributes:
        key: last segment of its IRI.
        kind: what it is.
        label: its preferred name.
        aliases: further names that mean it wherever they stand, sorted.
        ambiguous: names that mean it only where the text has named it in full, sorted.
        roles: local names of its classes below the kind's own, sorted (``OSAT``; for a place ``City`` ...).
        broader: keys of what it is a kind or a part of: broader technologies, the place around, the parent company.
        owner: for a technology that is a brand, key of the brand's owner, else empty.
        demonyms: for a country, the adjectives of nationality.
        country: for an organisation, the two-letter code of its seat's country, else empty.
        ticker: for an organisation, ``EXCHANGE:CODE`` where listed, else empty.
        same_as: its Wikidata IRI, else empty.
        sources: where the row was checked, sorted.
        definition: for a technology, what it is.
    """

    key: str
    kind: MentionKind
    label: str
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    owner: str = ""
    demonyms: tuple[str, ...] = ()
    country: str = ""
    ticker: str = ""
    same_as: str = ""
    sources: tuple[str, ...] = ()
    definition: str = ""


def entries_of(graph: Graph, kind: MentionKind) -> dict[str, Entry]:
    """The entries of one kind, by key.

    Raises:
        OntologyError: an entry has no preferred name.
    """
    rows = (_entry(graph, node, kind) for node in sorted(graph.subjects(RDF.type, _CLASS[kind]), key=str))
    return {row.key: row for row in rows}


def _entry(graph: Graph, node: Node, kind: MentionKind) -> Entry:
    label = graph.value(node, SKOS.prefLabel)
    if label is None:
        raise OntologyError(f"{node} has no skos:prefLabel; give it one in the ontology's files")
    skip = {str(_CLASS[kind]), str(SKOS.Concept)}
    return Entry(
        key=local_name(str(node)),
        kind=kind,
        label=str(label),
        aliases=_texts(graph, node, SKOS.altLabel),
        ambiguous=_texts(graph, node, SP.ambiguousLabel),
        roles=tuple(sorted(local_name(str(c)) for c in graph.objects(node, RDF.type) if str(c) not in skip)),
        broader=_keys(graph, node, SKOS.broader) + _keys(graph, node, SP.within) + _keys(graph, node, SP.parent),
        owner=next(iter(_keys(graph, node, SP.brandOf)), ""),
        demonyms=_texts(graph, node, SP.demonym),
        country=next(iter(_texts(graph, node, SP.country)), ""),
        ticker=next(iter(_texts(graph, node, SP.ticker)), ""),
        same_as=next(iter(_texts(graph, node, OWL.sameAs)), ""),
        sources=_texts(graph, node, DCTERMS.source),
        definition=next(iter(_texts(graph, node, SKOS.definition)), ""),
    )


def _texts(graph: Graph, node: Node, prop: Node) -> tuple[str, ...]:
    return tuple(sorted({str(value) for value in graph.objects(node, prop)}))


def _keys(graph: Graph, node: Node, prop: Node) -> tuple[str, ...]:
    return tuple(sorted({local_name(str(value)) for value in graph.objects(node, prop)}))
