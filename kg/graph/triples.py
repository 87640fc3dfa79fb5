"""Claims become quads here and nowhere else: one named graph for each document."""

from collections.abc import Iterator, Sequence

from rdflib import DCTERMS, PROV, RDF, Literal, URIRef

from kg.graph.base import Linker, Quad, Vocabulary, decimal, entity_iri, in_order, integer, text, web_address
from kg.graph.lineage import replaced_in_document
from kg.model import Claim, Document, Mention, MentionKind, Modality, Observation, Polarity, Quote, digest
from kg.terms import CLAIM, DOCUMENT, OA, OBSERVATION, SP, STATEMENT

_FACT_MODALITIES = frozenset({Modality.ASSERTED, Modality.REPORTED})
_Triple = tuple[URIRef, URIRef, URIRef | Literal]


def document_quads(
    document: Document,
    claims: Sequence[Claim],
    observations: Sequence[Observation],
    linker: Linker,
    ontology: Vocabulary,
) -> list[Quad]:
    """All that ``document`` gives, as sorted quads of its own named graph, each once.

    ``claims`` and ``observations`` are those of this document. A claim whose two ends are the same entity says
    nothing and is left out; see :func:`joins_itself`.
    """
    graph = document_iri(document.id)
    triples = set(_document_triples(document, graph))
    for claim in claims:
        if not joins_itself(claim, linker):
            triples.update(_claim_triples(claim, graph, linker, ontology))
    for observation in observations:
        triples.update(_observation_triples(observation, graph, linker))
    for newer, older in replaced_in_document(observations, linker):
        triples.add((observation_iri(newer), SP.supersedes, observation_iri(older)))
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


def observation_iri(observation: Observation) -> URIRef:
    """The observation's IRI."""
    return OBSERVATION[observation.id]


def statement_parts(claim: Claim, linker: Linker, ontology: Vocabulary) -> tuple[URIRef, URIRef, URIRef]:
    """Subject, predicate and object of the claim's statement; a symmetric relation orders its ends by IRI."""
    subject, object_ = entity_iri(linker.entity(claim.subject)), entity_iri(linker.entity(claim.object))
    if ontology.relations[claim.relation].symmetric and object_ < subject:
        subject, object_ = object_, subject
    return subject, SP[claim.relation], object_


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
    yield from _assessment_triples(claim, node, graph)
    for name, values in claim.qualifiers.items():
        for value in values:
            yield node, SP[name], _via(value, linker) if name == "via" else text(value)
    if is_fact(claim):
        subject, object_ = entity_iri(linker.entity(claim.subject)), entity_iri(linker.entity(claim.object))
        yield subject, SP[claim.relation], object_
        if ontology.relations[claim.relation].symmetric:
            yield object_, SP[claim.relation], subject


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
    if observation.period:
        yield node, SP.period, text(observation.period)
    yield from _assessment_triples(observation, node, graph)


def _assessment_triples(said: Claim | Observation, node: URIRef, graph: URIRef) -> Iterator[_Triple]:
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


def _via(name: str, linker: Linker) -> URIRef | Literal:
    """The organisation that a qualifier names, where the registry knows it; else the name as it stands."""
    entity = linker.entity(Mention(MentionKind.ORGANISATION, surface=name, name=name))
    return entity_iri(entity) if entity.known else text(name)
