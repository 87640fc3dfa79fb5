"""Which conflicts come and go where documents come and go."""

from collections import defaultdict
from collections.abc import Set
from itertools import permutations

from rdflib import URIRef

from kg.graph import Fact, Quad, Sayings, Touched, conflicts_among, joined_by, joining, owning
from kg.model import Polarity
from kg.ontology import Ontology
from kg.store.chains import Chains
from kg.store.disputes import Disputes, Matters
from kg.store.lookup import Lookup


def conflict_sides(lookup: Lookup, old: Touched, new: Touched, ontology: Ontology) -> tuple[set[Quad], set[Quad]]:
    """The conflicts, and what replaced what, that stand now and that shall stand, about what documents are about.

    Args:
        lookup: the store without the documents that go.
        old: what these concern.
        new: what the documents that come concern.
        ontology: which kinds of conflict there are.
    """
    disputes = Disputes(lookup, ontology)
    owns, joins = owning(ontology), joining(ontology)
    changed = _changed(lookup, old, new, owns | joins)
    chains = Chains(lookup, new.facts)
    starts = {subject for subject, relation, _ in changed if relation in owns}
    children = starts.union(*(chains.below(starts, relation) for relation in owns))
    rivals = disputes.rivals({(subject, end) for subject, relation, end in changed if relation in joins})
    matters = Matters.of((old, new), children, rivals)
    denials = {stance.statement for stance in new.sayings.stances if stance.polarity is Polarity.NEGATED}
    sayings = disputes.sayings(matters, denials)
    sayings.extend(new.sayings)
    parents = _contested_parents(sayings)
    sayings.wholes = {parent: set[URIRef]().union(*(chains.ends(parent, each) for each in owns)) for parent in parents}
    sayings.joined = _joined(lookup, new, sayings, ontology)
    return disputes.held(matters), conflicts_among(sayings, ontology)


def _changed(lookup: Lookup, old: Touched, new: Touched, relations: Set[URIRef]) -> set[Fact]:
    """The facts of some relations that no document stated before, or that none states any more."""
    facts = {fact for fact in old.facts ^ new.facts if fact[1] in relations}
    return facts - lookup.said(facts)


def _contested_parents(sayings: Sayings) -> set[URIRef]:
    """The owners of those who have several."""
    parents: dict[URIRef, set[URIRef]] = defaultdict(set)
    for each in sayings.ownerships:
        parents[each.child].add(each.parent)
    return set[URIRef]().union(*(those for those in parents.values() if len(those) > 1))


def _joined(lookup: Lookup, new: Touched, sayings: Sayings, ontology: Ontology) -> set[frozenset[URIRef]]:
    """The pairs of providers with the same order that a fact joins."""
    providers: dict[tuple[URIRef, object], set[URIRef]] = defaultdict(set)
    for each in sayings.allocations:
        providers[each.customer, each.amount].add(each.provider)
    facts = {
        (one, relation, other)
        for those in providers.values()
        for one, other in permutations(sorted(those), 2)
        for relation in joining(ontology)
    }
    return joined_by(lookup.said(facts) | (new.facts & facts), ontology)
