"""The graph of entities: names, classes and whereabouts of those that occur, from the registry and the schemes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import OWL, RDF, SKOS, XSD, Literal, URIRef

from kg.graph.base import Linker, Quad, Vocabulary, entity_iri, in_order, text, web_address
from kg.model import Claim, Entity, Mention, MentionKind, Observation, Remark
from kg.ontology import Entry
from kg.terms import ENTITIES_GRAPH, ONTOLOGY_GRAPH, PLACE, SP

_FALSE = Literal("false", datatype=XSD.boolean, normalize=False)
_Triple = tuple[URIRef, URIRef, URIRef | Literal]


def used_entities(
    claims: Iterable[Claim], observations: Iterable[Observation], linker: Linker, *, remarks: Iterable[Remark] = ()
) -> list[Entity]:
    """The entities that claims, observations and remarks name, by IRI, each once; known ``via`` parties included."""
    found: dict[URIRef, Entity] = {}
    for claim in claims:
        for name in claim.qualifiers.get("via", ()):
            between = linker.entity(Mention(MentionKind.ORGANISATION, surface=name, name=name))
            if between.known:
                found.setdefault(entity_iri(between), between)
        for mention in (claim.subject, claim.object):
            entity = linker.entity(mention)
            found.setdefault(entity_iri(entity), entity)
    for observation in observations:
        entity = linker.entity(observation.subject)
        found.setdefault(entity_iri(entity), entity)
    for remark in remarks:
        for mention in (remark.subject, *remark.others):
            entity = linker.entity(mention)
            found.setdefault(entity_iri(entity), entity)
    return [found[iri] for iri in sorted(found)]


def entity_quads(entities: Sequence[Entity], ontology: Vocabulary) -> list[Quad]:
    """What is known of ``entities``, as sorted quads of the entities graph.

    A technology comes with the technologies it is a kind of, a place with the places it lies in.
    """
    describe = {
        MentionKind.ORGANISATION: _organisation,
        MentionKind.TECHNOLOGY: _technology,
        MentionKind.PLACE: _place,
    }
    triples: set[_Triple] = set()
    for entity in entities:
        triples.update(describe[entity.kind](entity, ontology))
    return in_order((subject, predicate, object_, ENTITIES_GRAPH) for subject, predicate, object_ in triples)


def narrower(node: URIRef, ontology: Vocabulary) -> set[URIRef]:
    """The node itself and all whose description brings the node's along: kinds of a technology, places in a place."""
    if not node.startswith(PLACE):
        return {kind for kind in ontology.graph.transitive_subjects(SKOS.broader, node) if isinstance(kind, URIRef)}
    inner = defaultdict(list)
    for row in ontology.places.values():
        for wider in row.broader:
            inner[PLACE[wider]].append(PLACE[row.key])
    waiting, found = [node], {node}
    while waiting:
        new = set(inner[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


def ontology_quads(ontology: Vocabulary) -> list[Quad]:
    """The ontology's own triples, as sorted quads of the ontology graph; those with blank nodes are left out."""
    return in_order(
        (subject, predicate, object_, ONTOLOGY_GRAPH)
        for subject, predicate, object_ in ontology.graph
        if isinstance(subject, URIRef) and isinstance(predicate, URIRef) and isinstance(object_, URIRef | Literal)
    )


def _organisation(entity: Entity, ontology: Vocabulary) -> Iterator[_Triple]:
    node = entity_iri(entity)
    yield node, RDF.type, SP.Organisation
    for role in entity.roles:
        yield node, RDF.type, SP[role]
    yield from _names(entity, node)
    row = ontology.organisations.get(entity.key) if entity.known else None
    if row is None:
        return
    for name in row.ambiguous:
        yield node, SP.ambiguousLabel, text(name)
    for predicate, value in ((SP.ticker, row.ticker), (SP.country, row.country)):
        if value:
            yield node, predicate, text(value)
    same = web_address(row.same_as)
    if same is not None:
        yield node, OWL.sameAs, same


def _technology(entity: Entity, ontology: Vocabulary) -> Iterator[_Triple]:
    node = entity_iri(entity)
    if (node, None, None) not in ontology.graph:
        yield node, RDF.type, SKOS.Concept
        yield node, RDF.type, SP.PackagingTechnology
        yield from _names(entity, node)
    for concept in ontology.graph.transitive_objects(node, SKOS.broader):
        if isinstance(concept, URIRef):
            yield from _copied(concept, ontology)


def _copied(node: URIRef, ontology: Vocabulary) -> Iterator[_Triple]:
    yield node, SP.key, text(node.rsplit("/", 1)[-1])
    for predicate, value in ontology.graph.predicate_objects(node):
        # Blank nodes are left behind: no file of the graph may hold one.
        if isinstance(predicate, URIRef) and isinstance(value, URIRef | Literal):
            yield node, predicate, value


def _place(entity: Entity, ontology: Vocabulary) -> Iterator[_Triple]:
    node = entity_iri(entity)
    if entity.key not in ontology.places or not entity.known:
        yield node, RDF.type, SP.Place
        yield from _names(entity, node)
        return
    for row in _with_wider(entity.key, ontology.places):
        place = PLACE[row.key]
        yield place, RDF.type, SP.Place
        yield place, SP.key, text(row.key)
        yield place, SKOS.prefLabel, Literal(row.label, lang="en")
        for role in row.roles:
            yield place, RDF.type, SP[role]
        for alias in row.aliases:
            yield place, SKOS.altLabel, Literal(alias, lang="en")
        for wider in row.broader:
            yield place, SP.within, PLACE[wider]


def _with_wider(key: str, rows: Mapping[str, Entry]) -> list[Entry]:
    """The row and the rows of all that lies around it, each once."""
    waiting, found = [key], dict[str, Entry]()
    while waiting:
        current = waiting.pop()
        if current in rows and current not in found:
            found[current] = rows[current]
            waiting += rows[current].broader
    return list(found.values())


def _names(entity: Entity, node: URIRef) -> Iterator[_Triple]:
    yield node, SP.key, text(entity.key)
    yield node, SKOS.prefLabel, text(entity.label)
    for alias in entity.aliases:
        if alias != entity.label:
            yield node, SKOS.altLabel, text(alias)
    if not entity.known:
        yield node, SP.known, _FALSE
