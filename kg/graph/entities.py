"""The graph of entities: names, classes and places in their schemes, of those that occur."""

from collections.abc import Iterable, Iterator, Sequence

from rdflib import RDF, SKOS, XSD, Literal, URIRef

from kg.graph.base import Linker, Quad, Vocabulary, entity_iri, in_order, text
from kg.model import Claim, Entity, Mention, MentionKind, Observation
from kg.terms import ENTITIES_GRAPH, SP

_CLASSES = {
    MentionKind.ORGANISATION: (SP.Organisation,),
    MentionKind.TECHNOLOGY: (SKOS.Concept, SP.PackagingTechnology),
    MentionKind.PLACE: (SP.Place,),
}
_WIDER = (SKOS.broader, SP.within)
_FALSE = Literal("false", datatype=XSD.boolean, normalize=False)


def used_entities(claims: Iterable[Claim], observations: Iterable[Observation], linker: Linker) -> list[Entity]:
    """The entities that claims and observations name, by kind and key, each once; known ``via`` parties included."""
    found: dict[URIRef, Entity] = {}
    for mention in _mentions(claims, observations):
        entity = linker.entity(mention)
        found.setdefault(entity_iri(entity), entity)
    for claim in claims:
        for name in claim.qualifiers.get("via", ()):
            entity = linker.entity(Mention(MentionKind.ORGANISATION, surface=name, name=name))
            if entity.known:
                found.setdefault(entity_iri(entity), entity)
    return [found[iri] for iri in sorted(found)]


def entity_quads(entities: Sequence[Entity], ontology: Vocabulary) -> list[Quad]:
    """What is known of ``entities``, as sorted quads of the entities graph.

    What the ontology's graph says of a technology or place is copied with all that is wider than it.
    """
    quads: set[Quad] = set()
    for entity in entities:
        node = entity_iri(entity)
        quads.update(_named(entity, node))
        quads.update(_described(node, ontology))
    return in_order(quads)


def _mentions(claims: Iterable[Claim], observations: Iterable[Observation]) -> Iterator[Mention]:
    for claim in claims:
        yield claim.subject
        yield claim.object
    for observation in observations:
        yield observation.subject


def _named(entity: Entity, node: URIRef) -> Iterator[Quad]:
    yield node, SP.key, text(entity.key), ENTITIES_GRAPH
    for cls in _CLASSES[entity.kind]:
        yield node, RDF.type, cls, ENTITIES_GRAPH
    for role in entity.roles:
        yield node, RDF.type, SP[role], ENTITIES_GRAPH
    # A scheme gives its labels with a language; a second label without one would show twice.
    yield node, SKOS.prefLabel, _label(entity, entity.label), ENTITIES_GRAPH
    for alias in entity.aliases:
        if alias != entity.label:
            yield node, SKOS.altLabel, _label(entity, alias), ENTITIES_GRAPH
    if not entity.known:
        yield node, SP.known, _FALSE, ENTITIES_GRAPH


def _label(entity: Entity, name: str) -> Literal:
    if entity.kind is MentionKind.ORGANISATION or not entity.known:
        return text(name)
    return Literal(text(name), lang="en")


def _described(node: URIRef, ontology: Vocabulary) -> Iterator[Quad]:
    """The ontology's own triples about ``node`` and everything wider, blank nodes left out."""
    waiting, seen = [node], {node}
    while waiting:
        subject = waiting.pop()
        for predicate, object_ in ontology.graph.predicate_objects(subject):
            if not isinstance(predicate, URIRef) or not isinstance(object_, URIRef | Literal):
                continue
            yield subject, predicate, object_, ENTITIES_GRAPH
            if predicate in _WIDER and isinstance(object_, URIRef) and object_ not in seen:
                seen.add(object_)
                waiting.append(object_)
