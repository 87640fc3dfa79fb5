"""What follows from the facts: inverses, the other direction, wider properties, and what is part of a part.

The derived graph holds what follows and what no document says itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Set

from rdflib import OWL, RDF, RDFS, Literal, URIRef

from kg.graph.base import Quad, Vocabulary, in_order
from kg.terms import DERIVED_GRAPH, SP

Fact = tuple[URIRef, URIRef, URIRef]
"""Subject, relation, object."""
_Step = tuple[URIRef, bool]
"""A property, and whether it reads from the object to the subject."""
_LABEL = "what follows from the facts"


class Rules:
    """What follows from what, by the ontology.

    Attributes:
        relations: the properties that facts have.
        transitive: those of them of which a chain is a link as well.
    """

    def __init__(self, ontology: Vocabulary) -> None:
        graph = ontology.graph
        self.relations = frozenset(SP[name] for name in ontology.relations)
        self.transitive = frozenset(
            relation for relation in self.relations if (relation, RDF.type, OWL.TransitiveProperty) in graph
        )
        steps: dict[URIRef, set[_Step]] = defaultdict(set)
        for row in ontology.relations.values():
            if row.symmetric:
                steps[SP[row.name]].add((SP[row.name], True))
            if row.inverse:
                steps[SP[row.name]].add((SP[row.inverse], True))
        for narrow, wide in graph.subject_objects(RDFS.subPropertyOf):
            if isinstance(narrow, URIRef) and isinstance(wide, URIRef):
                steps[narrow].add((wide, False))
        self._forward = {relation: _reached(relation, steps) for relation in self.relations}
        self._backward: dict[URIRef, set[_Step]] = defaultdict(set)
        for relation, reached in self._forward.items():
            for prop, turned in reached:
                self._backward[prop].add((relation, turned))

    def consequences(self, fact: Fact) -> set[Fact]:
        """What follows from one fact alone."""
        return {_turned(fact, prop, turned=turned) for prop, turned in self._forward[fact[1]]} - {fact}

    def premises(self, triple: Fact) -> set[Fact]:
        """The facts from each of which alone ``triple`` would follow."""
        return {_turned(triple, prop, turned=turned) for prop, turned in self._backward[triple[1]]} - {triple}


def derived_quads(facts: Iterable[Fact], rules: Rules) -> list[Quad]:
    """All that follows from ``facts`` and is not among them, as sorted quads of the derived graph, with its label."""
    said = set(facts)
    holding = said | {
        (subject, relation, end)
        for relation in rules.transitive
        for subject, ends in chains_of(said, {relation}).items()
        for end in ends
    }
    following = holding.union(*(rules.consequences(fact) for fact in holding)) - said
    return in_order([*((*fact, DERIVED_GRAPH) for fact in following), *label_quads()])


def label_quads() -> list[Quad]:
    """What the derived graph says of itself."""
    return [
        (DERIVED_GRAPH, RDF.type, SP.DerivedGraph, DERIVED_GRAPH),
        (DERIVED_GRAPH, RDFS.label, Literal(_LABEL, lang="en"), DERIVED_GRAPH),
    ]


def reached(starts: Set[URIRef], nexts: Callable[[Set[URIRef]], Mapping[URIRef, Collection[URIRef]]]) -> set[URIRef]:
    """All that a chain of links leads to from any of some nodes; ``nexts`` gives what one link leads to from each."""
    found: set[URIRef] = set()
    edge = set(starts)
    while edge:
        edge = set[URIRef]().union(*nexts(edge).values()) - found
        found |= edge
    return found


def chains_of(facts: Set[Fact], relations: Set[URIRef]) -> dict[URIRef, set[URIRef]]:
    """What a chain of facts of some relations leads to from each subject, itself left out."""
    links: dict[URIRef, set[URIRef]] = defaultdict(set)
    for subject, prop, object_ in facts:
        if prop in relations:
            links[subject].add(object_)
    return {
        start: reached({start}, lambda nodes: {node: links.get(node, set()) for node in nodes}) - {start}
        for start in links
    }


def _reached(relation: URIRef, steps: Mapping[URIRef, Set[_Step]]) -> set[_Step]:
    waiting: list[_Step] = [(relation, False)]
    found = set(waiting)
    while waiting:
        prop, turned = waiting.pop()
        new = {(wider, turned != turns) for wider, turns in steps.get(prop, ())} - found
        found |= new
        waiting += new
    return found - {(relation, False)}


def _turned(fact: Fact, prop: URIRef, *, turned: bool) -> Fact:
    subject, _, object_ = fact
    return (object_, prop, subject) if turned else (subject, prop, object_)
