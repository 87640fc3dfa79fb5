"""Claims become quads here and nowhere else: one named graph for each document."""

from collections.abc import Iterator, Sequence

from rdflib import DCTERMS, PROV, RDF, XSD, Literal, URIRef

from kg.graph.base import (
    Linker,
    Quad,
    Vocabulary,
    decimal,
    entity_iri,
    in_order,
    integer,
    observation_iri,
    remark_iri,
    text,
    web_address,
)
from kg.graph.lineage import figure_of, replaced_in_document
from kg.graph.orders import customer_end
from kg.model import Claim, Document, Mention, MentionKind, Modality, Observation, Polarity, Quote, Remark, digest
from kg.terms import CLAIM, DOCUMENT, OA, SP, STATEMENT

_FACT_MODALITIES = frozenset({Modality.ASSERTED, Modality.REPORTED})
_TRUE = Literal("true", datatype=XSD.boolean, normalize=False)
_Triple = tuple[URIRef, URIRef, URIRef | Literal]


def document_quads(
    document: Document,
    claims: Sequence[Claim],
    observations: Sequence[Observation],
    linker: Linker,
    ontology: Vocabulary,
    *,
    remarks: Sequence[Remark] = (),
) -> list[Quad]:
    """All that ``document`` gives, as sorted quads of its own named graph, each once.

    ``claims``, ``observations`` and ``remarks`` are those of this document. A claim whose two ends are the same entity
    says nothing and is left out; see :func:`joins_itself`.
    """
    graph = document_iri(document.id)
    triples = set(_document_triples(document, graph))
    for claim in claims:
        if not joins_itself(claim, linker):
            triples.update(_claim_triples(claim, graph, linker, ontology))
    for observation in observations:
        triples.update(_observation_triples(observation, graph, linker))
    for remark in remarks:
        triples.update(_remark_triples(remark, graph, linker))
    for newer, older in replaced_in_document([figure_of(each, linker) for each in observations]):
        triples.add((newer.node, SP.supersedes, older.node))
    return in_order((subject, predicate, object_, graph) for subject, predicate, object_ in triples)


def joins_itself(claim: Claim, linker: Linker) -> bool:
    """Whether both ends of ``claim`` are the same entity."""
    return linker.entity(claim.subject) == linker.entity(claim.object)


def is_fact(claim: Claim) -> bool:
    """Whether ``claim`` supports a plain triple: affirmed, and asserted or reported."""
    return claim.polarity is Polarity.AFFIRMED and claim.modality in _FACT_MODALITIES


def document_iri(document_id: str) -> URIRef:
    """The IRI of a document and of its named graph."""
    return DOCUMENT[document_id]


def claim_iri(claim: Claim) -> URIRef:
    """The claim's IRI."""
    return CLAIM[claim.id]


def fact_of(claim: Claim, linker: Linker) -> tuple[URIRef, URIRef, URIRef]:
    """Subject, predicate and object as the claim has them."""
    return entity_iri(linker.entity(claim.subject)), SP[claim.relation], entity_iri(linker.entity(claim.object))


def statement_parts(claim: Claim, linker: Linker, ontology: Vocabulary) -> tuple[URIRef, URIRef, URIRef]:
    """Subject, predicate and object of the claim's statement; a symmetric relation orders its ends by IRI."""
    subject, relation, object_ = fact_of(claim, linker)
    if ontology.relations[claim.relation].symmetric and object_ < subject:
        return object_, relation, subject
    return subject, relation, object_


def statement_iri(parts: tuple[URIRef, URIRef, URIRef]) -> URIRef:
    """The IRI that all claims about the same subject, predicate and object share."""
    return STATEMENT[digest(*parts)]


def _document_triples(document: Document, node: URIRef) -> Iterator[_Triple]:
    yield node, RDF.type, SP.Document
    yield node, SP.fileName, text(document.name)
    yield node, SP.sha256, text(document.sha256)
    yield node, SP.mediaType, text(document.media_type)
    said = document.metadata
    for predicate, value in (
        (DCTERMS.title, said.title),
        (DCTERMS.date, said.date),
        (DCTERMS.publisher, said.publisher),
        (DCTERMS.language, said.language),
    ):
        if value:
            yield node, predicate, text(value)
    source = web_address(said.url)
    if source is not None:
        yield node, DCTERMS.source, source


def _claim_triples(claim: Claim, graph: URIRef, linker: Linker, ontology: Vocabulary) -> Iterator[_Triple]:
    node = claim_iri(claim)
    parts = statement_parts(claim, linker, ontology)
    statement = statement_iri(parts)
    yield node, RDF.type, SP.Claim
    yield node, SP.statement, statement
    yield from _statement_triples(statement, parts)
    yield from _name_triples(claim.subject, node, "subject", linker)
    yield from _name_triples(claim.object, node, "object", linker)
    if parts != fact_of(claim, linker):
        yield node, SP.reversed, _TRUE
    yield from _assessment_triples(claim, node, graph)
    for name, values in claim.qualifiers.items():
        for value in values:
            yield from _via_triples(value, node, linker) if name == "via" else ((node, SP[name], text(value)),)
    yield from _order_triples(claim, node, linker, ontology)
    if is_fact(claim):
        yield fact_of(claim, linker)


def _name_triples(mention: Mention, node: URIRef, end: str, linker: Linker) -> Iterator[_Triple]:
    """How the text names an end, as far as the entity it is linked to does not tell."""
    yield node, SP[f"{end}Name"], text(mention.name)
    if mention.surface != mention.name:
        yield node, SP[f"{end}Text"], text(mention.surface)
    if mention.key and mention.key != linker.entity(mention).key:
        yield node, SP[f"{end}Key"], text(mention.key)


def _order_triples(claim: Claim, node: URIRef, linker: Linker, ontology: Vocabulary) -> Iterator[_Triple]:
    """Who orders from whom, where the claim gives one whole quantity; so that orders are found among all claims."""
    end = customer_end(claim, ontology.conflicts["allocation"])
    if end:
        subject, _, object_ = fact_of(claim, linker)
        yield node, SP.customer, subject if end == "subject" else object_
        yield node, SP.provider, object_ if end == "subject" else subject


def _statement_triples(node: URIRef, parts: tuple[URIRef, URIRef, URIRef]) -> Iterator[_Triple]:
    yield node, RDF.type, SP.Statement
    yield node, RDF.subject, parts[0]
    yield node, RDF.predicate, parts[1]
    yield node, RDF.object, parts[2]


def _observation_triples(observation: Observation, graph: URIRef, linker: Linker) -> Iterator[_Triple]:
    node = observation_iri(observation)
    yield node, RDF.type, SP.Observation
    yield node, SP.observedEntity, entity_iri(linker.entity(observation.subject))
    yield node, SP.metric, SP[observation.metric]
    yield node, SP.value, decimal(observation.value)
    yield node, SP.unit, text(observation.unit)
    yield from _name_triples(observation.subject, node, "subject", linker)
    if observation.period:
        yield node, SP.period, text(observation.period)
    if observation.earlier:
        yield node, SP.earlier, _TRUE
    yield from _assessment_triples(observation, node, graph)


def _remark_triples(remark: Remark, graph: URIRef, linker: Linker) -> Iterator[_Triple]:
    node = remark_iri(remark)
    yield node, RDF.type, SP.Remark
    yield node, SP.remarkOf, entity_iri(linker.entity(remark.subject))
    yield node, SP.remarkKind, text(remark.kind.value)
    if remark.topic:
        yield node, SP.topic, text(remark.topic)
    if remark.rank:
        yield node, SP.rank, text(remark.rank)
    for limit in remark.scope:
        yield node, SP.scope, text(limit)
    yield from _name_triples(remark.subject, node, "subject", linker)
    for number, mention in enumerate(remark.others, start=1):
        other = URIRef(f"{node}#other-{number}")
        yield node, SP.counterpart, other
        yield other, RDF.type, SP.Counterpart
        yield other, SP.names, entity_iri(linker.entity(mention))
        yield from _name_triples(mention, other, "object", linker)
    yield from _assessment_triples(remark, node, graph)


def _assessment_triples(said: Claim | Observation | Remark, node: URIRef, graph: URIRef) -> Iterator[_Triple]:
    """How it is said, how sure we are and why, and the words it rests on."""
    yield node, SP.polarity, SP[said.polarity.value]
    yield node, SP.modality, SP[said.modality.value]
    yield node, SP.confidence, decimal(said.confidence)
    yield node, SP.extractor, text(said.extractor)
    yield node, PROV.wasDerivedFrom, graph
    for reason in said.reasons:
        yield node, SP.reason, text(reason)
    for number, quote in enumerate(said.quotes, start=1):
        evidence = URIRef(f"{node}#quote-{number}")
        yield node, SP.evidence, evidence
        if number == 1:
            yield node, SP.mainEvidence, evidence
        yield from _quote_triples(quote, evidence, graph)


def _quote_triples(quote: Quote, node: URIRef, document: URIRef) -> Iterator[_Triple]:
    words, position = URIRef(node + "-text"), URIRef(node + "-position")
    yield node, RDF.type, OA.SpecificResource
    yield node, OA.hasSource, document
    yield node, SP.exact, text(quote.text)
    yield node, OA.hasSelector, words
    yield node, OA.hasSelector, position
    yield words, RDF.type, OA.TextQuoteSelector
    yield words, OA.exact, text(quote.text)
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, integer(quote.start)
    yield position, OA.end, integer(quote.end)
    if quote.pointer:
        yield position, SP.pointer, text(quote.pointer)
    if quote.cell is not None:
        yield position, SP.cell, text("/".join(str(number) for number in quote.cell))


def _via_triples(name: str, node: URIRef, linker: Linker) -> Iterator[_Triple]:
    """The organisation that a qualifier names, where the registry knows it; else the name as it stands."""
    entity = linker.entity(Mention(MentionKind.ORGANISATION, surface=name, name=name))
    yield node, SP.via, entity_iri(entity) if entity.known else text(name)
    if entity.known:
        yield node, SP.viaName, text(name)
