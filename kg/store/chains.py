"""Chains of facts of one relation, such as the owner of an owner."""

from collections.abc import Collection, Mapping, Set

from rdflib import URIRef

from kg.graph import Fact, reached
from kg.store.lookup import Lookup


class Chains:
    """Chains of facts of a transitive relation, as they are once the documents have come and gone."""

    def __init__(self, lookup: Lookup, come: Collection[Fact]) -> None:
        self._lookup = lookup
        self._come = come
        self._links: dict[tuple[URIRef, URIRef], set[URIRef]] = {}

    def affected(self, relation: URIRef, changed: Collection[Fact]) -> set[Fact]:
        """All pairs that a chain joins, or joined, over one of the facts that change."""
        starts = {fact[0] for fact in changed if fact[1] == relation}
        if not starts:
            return set()
        nodes = starts | self.below(starts, relation)
        # All links at once, a query for each step, not one for each node.
        reached(nodes, lambda edge: self._owners(edge, relation))
        now = self._lookup.chained(nodes, relation)
        then = {(node, relation, end) for node in nodes for end in self.ends(node, relation)}
        return now | then

    def below(self, nodes: Set[URIRef], relation: URIRef) -> set[URIRef]:
        """All from which a chain leads, or led, to one of the nodes."""
        return reached(nodes, lambda edge: self._owned(edge, relation))

    def leads(self, fact: Fact) -> bool:
        """Whether a chain leads from the fact's subject to its object."""
        subject, relation, end = fact
        return end in self.ends(subject, relation)

    def ends(self, node: URIRef, relation: URIRef) -> set[URIRef]:
        """All that a chain leads to from a node, itself left out."""
        return reached({node}, lambda edge: self._owners(edge, relation)) - {node}

    def _owners(self, nodes: Collection[URIRef], relation: URIRef) -> Mapping[URIRef, set[URIRef]]:
        """Where one fact leads from each of the nodes; each is looked up once."""
        unknown = {node for node in nodes if (node, relation) not in self._links}
        found = self._lookup.links(unknown, relation)
        for node in unknown:
            more = {end for subject, prop, end in self._come if (subject, prop) == (node, relation)}
            self._links[node, relation] = {*found.get(node, ()), *more}
        return {node: self._links[node, relation] for node in nodes}

    def _owned(self, nodes: Collection[URIRef], relation: URIRef) -> Mapping[URIRef, set[URIRef]]:
        """What leads to each of the nodes by one fact, of those that go, stay or come."""
        found = self._lookup.links(nodes, relation, backwards=True, before=True)
        come = {(subject, end) for subject, prop, end in self._come if prop == relation}
        return {node: {*found.get(node, ()), *(start for start, end in come if end == node)} for node in nodes}
