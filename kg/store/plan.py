"""What changes in a store where documents come and go: their graphs, and what spans documents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph import (
    Quad,
    Rules,
    Touched,
    entity_iri,
    entity_quads,
    narrower,
    parts_of,
)
from kg.model import Mention
from kg.ontology import Ontology
from kg.resolve import Linker
from kg.store.base import Change, Store
from kg.store.chains import Chains
from kg.store.lookup import Lookup
from kg.store.plan_conflicts import conflict_sides
from kg.store.rdf import rdf_quads
from kg.terms import DERIVED_GRAPH

_Sides = tuple[set[Quad], set[Quad]]
"""What stands now and what shall stand, of one kind."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a change goes by.

    Attributes:
        ontology: the ontology.
        linker: decides whom a mention means.
        rules: what follows from what.
    """

    ontology: Ontology
    linker: Linker
    rules: Rules


def planned(store: Store, gone: Sequence[str], come: Sequence[Quad], book: Rulebook) -> Change:
    """The change that takes some documents out of a store and puts others in.

    Args:
        store: the store as it is.
        gone: IRIs of the named graphs of documents that go.
        come: the quads of documents that come.
        book: what to go by.

    Raises:
        ClaimError: the store lacks something of a document that goes.
    """
    lookup = Lookup(store, tuple(gone))
    old, new = Touched(), Touched()
    for graph in gone:
        _take(old, rdf_quads(store, graph), book)
    _take(new, come, book)
    sides = (
        conflict_sides(lookup, old, new, book.ontology),
        _entities(lookup, old, new, book),
        _derived(lookup, old, new, book.rules),
    )
    delete = {quad for now, then in sides for quad in now - then}
    insert = {quad for now, then in sides for quad in then - now}
    return Change(tuple(gone), tuple(sorted(delete)), (*come, *sorted(insert)))


def _take(touched: Touched, quads: Iterable[Quad], book: Rulebook) -> None:
    """Adds what documents' graphs concern, graph by graph: they share the nodes of statements."""
    by_graph: dict[URIRef, list[tuple[str, str, str]]] = defaultdict(list)
    for subject, prop, end, graph in quads:
        by_graph[graph].append((str(subject), str(prop), str(end)))
    for triples in by_graph.values():
        touched.add(parts_of(triples), book.rules.relations, book.ontology)


def _entities(lookup: Lookup, old: Touched, new: Touched, book: Rulebook) -> _Sides:
    """Descriptions of the entities that the documents are about: they come, go, and are called by other names."""
    mentions = {**old.entities, **new.entities}
    left = old.entities.keys() - new.entities.keys()
    wider = {iri: _described_with(iri, mentions[iri], book) for iri in left}
    family = {node: narrower(node, book.ontology) for nodes in wider.values() for node in nodes}
    used = new.entities.keys() | lookup.used(set(left).union(*family.values()))
    linker = _with_names(lookup, new, {iri: mention for iri, mention in mentions.items() if iri in used}, book)
    shall = set[Quad]()
    for iri, mention in mentions.items():
        entity = linker.entity(mention)
        # After a judgement the store may hold what it would now link otherwise; that stays until the next build.
        if iri in used and entity_iri(entity) == iri:
            shall |= set(entity_quads([entity], book.ontology))
    over = {node for node, kinds in family.items() if not kinds & used}
    return lookup.described({quad[0] for quad in shall} | over), shall


def _described_with(iri: URIRef, mention: Mention, book: Rulebook) -> set[URIRef]:
    """The nodes that the description of an entity brings along, itself included."""
    entity = book.linker.entity(mention)
    quads = entity_quads([entity], book.ontology) if entity_iri(entity) == iri else []
    return {iri, *(quad[0] for quad in quads)}


def _with_names(lookup: Lookup, new: Touched, used: Mapping[URIRef, Mention], book: Rulebook) -> Linker:
    """A linker that knows how all documents spell those of the entities that are called as documents spell them."""
    spelled = {iri for iri, mention in used.items() if book.linker.is_named_by_texts(mention)}
    elsewhere = lookup.mentions(spelled)
    return book.linker.with_mentions([*elsewhere, *(mention for _, mention in new.mentions)])


def _derived(lookup: Lookup, old: Touched, new: Touched, rules: Rules) -> _Sides:
    changed = old.facts ^ new.facts
    if not changed:
        return set(), set()
    chains = Chains(lookup, new.facts)
    base = changed | {fact for relation in rules.transitive for fact in chains.affected(relation, changed)}
    triples = base.union(*(rules.consequences(fact) for fact in base))
    premises = {triple: rules.premises(triple) for triple in triples}
    facts = triples.union(*premises.values())
    said = lookup.said(facts) | (new.facts & facts)
    linked = {fact for fact in facts if fact[1] in rules.transitive and chains.leads(fact)}
    following = {triple for triple in triples if triple in linked or premises[triple] & (said | linked)} - said
    return lookup.derived(triples), {(*triple, DERIVED_GRAPH) for triple in following}
