"""What a store holds about the things that a change touches; the cost grows with those, not with the store."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph import Fact, Quad, end_of
from kg.model import Mention
from kg.store.base import Store, select
from kg.store.rdf import constructed
from kg.store.updates import texts_text, values_text
from kg.terms import DERIVED_GRAPH, ENTITIES_GRAPH, SHARED_GRAPHS, local_name

_SAID = "SELECT DISTINCT ?s ?p ?o { VALUES (?s ?p ?o) { %s } GRAPH ?g { ?s ?p ?o } %s }"
_FORWARD = "SELECT DISTINCT ?from ?to { VALUES (?from) { %s } GRAPH ?g { ?from %s ?to } %s }"
_BACKWARD = "SELECT DISTINCT ?from ?to { VALUES (?from) { %s } GRAPH ?g { ?to %s ?from } %s }"
# VALUES stands in every branch: outside, the engine would go through all claims first.
_NAMES = """SELECT DISTINCT ?entity ?claim ?end ?name ?words ?key {
  {
    VALUES (?entity) { %(entities)s }
    GRAPH ?g { ?statement rdf:subject ?entity . ?claim sp:statement ?statement .
      OPTIONAL { ?claim sp:reversed ?turned } } BIND(IF(BOUND(?turned), "object", "subject") AS ?end)
  } UNION {
    VALUES (?entity) { %(entities)s }
    GRAPH ?g { ?statement rdf:object ?entity . ?claim sp:statement ?statement .
      OPTIONAL { ?claim sp:reversed ?turned } } BIND(IF(BOUND(?turned), "subject", "object") AS ?end)
  } UNION {
    VALUES (?entity) { %(entities)s }
    GRAPH ?g { ?claim sp:observedEntity ?entity } BIND("subject" AS ?end)
  } UNION {
    VALUES (?entity) { %(entities)s }
    GRAPH ?g { ?claim sp:remarkOf ?entity } BIND("subject" AS ?end)
  } UNION {
    VALUES (?entity) { %(entities)s }
    GRAPH ?g { ?claim sp:names ?entity } BIND("object" AS ?end)
  }
  %(where)s
}"""
# A second VALUES, or OPTIONAL for what a node may lack, would have the engine go through far more than these nodes.
_MORE = "SELECT DISTINCT ?node ?what ?text { VALUES (?node) { %s } ?node ?what ?text FILTER(?what IN (%s)) }"
_USED = """SELECT ?entity { VALUES (?entity) { %s } FILTER EXISTS { GRAPH ?g {
  { ?node rdf:subject ?entity } UNION { ?node rdf:object ?entity } UNION { ?node sp:observedEntity ?entity }
  UNION { ?node sp:via ?entity } UNION { ?node sp:remarkOf ?entity } UNION { ?node sp:names ?entity } } %s } }"""
_ABOUT = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES (?s) { %s } GRAPH %s { ?s ?p ?o } }"
_DERIVED = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES (?s ?p ?o) { %s } GRAPH graph:derived { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Lookup:
    """Questions to a store as it will be once some documents are gone.

    Attributes:
        store: the store.
        gone: IRIs of the named graphs of those documents.
    """

    store: Store
    gone: tuple[str, ...] = ()

    def said(self, facts: Collection[Fact]) -> set[Fact]:
        """Those of the facts that a document states."""
        rows = self.rows(_SAID, facts, self.staying)
        return {(URIRef(row["s"]), URIRef(row["p"]), URIRef(row["o"])) for row in rows}

    def links(
        self, nodes: Collection[URIRef], relation: URIRef, *, backwards: bool = False, before: bool = False
    ) -> Mapping[URIRef, Set[URIRef]]:
        """What one stated fact of a relation leads to from each of the nodes.

        Args:
            nodes: where to start.
            relation: the relation.
            backwards: whether to go from the object to the subject.
            before: whether the documents that go count still.
        """
        pattern = (_BACKWARD if backwards else _FORWARD) % ("%s", f"<{relation}>", "%s")
        found: dict[URIRef, set[URIRef]] = defaultdict(set)
        which = _outside(SHARED_GRAPHS) if before else self.staying
        for row in self.rows(pattern, [(node,) for node in nodes], which):
            found[URIRef(row["from"])].add(URIRef(row["to"]))
        return found

    def mentions(self, entities: Collection[URIRef]) -> list[Mention]:
        """All mentions of some entities."""
        if not entities:
            return []
        given = values_text([(each,) for each in sorted(entities)])
        ends = select(self.store, _NAMES % {"entities": given, "where": self.staying})
        names = [f"sp:{end}{part}" for end in ("subject", "object") for part in _PARTS]
        words = self.more({URIRef(row["claim"]) for row in ends}, names)
        return [
            end_of(row["entity"], *(words.get((row["claim"], f"{row['end']}{part}"), "") for part in _PARTS))
            for row in ends
        ]

    def used(self, entities: Collection[URIRef]) -> set[URIRef]:
        """Those of the entities that a document is about."""
        rows = self.rows(_USED, [(each,) for each in entities], self.staying)
        return {URIRef(row["entity"]) for row in rows}

    def described(self, entities: Collection[URIRef]) -> set[Quad]:
        """What the graph of entities says of some of them."""
        return self.quads(_ABOUT % ("%s", "graph:entities"), [(each,) for each in entities], ENTITIES_GRAPH)

    def derived(self, triples: Collection[Fact]) -> set[Quad]:
        """Those of the triples that stand in the derived graph."""
        return self.quads(_DERIVED, triples, DERIVED_GRAPH)

    def chained(self, nodes: Collection[URIRef], relation: URIRef) -> set[Fact]:
        """The triples of a relation from some nodes that stand in the derived graph."""
        pattern = _ABOUT.replace("?p", f"<{relation}>") % ("%s", "graph:derived")
        quads = self.quads(pattern, [(node,) for node in nodes], DERIVED_GRAPH)
        return {(subject, prop, URIRef(end)) for subject, prop, end, _ in quads}

    @property
    def staying(self) -> str:
        """A filter that keeps to the graphs of documents that stay."""
        return _outside((*SHARED_GRAPHS, *self.gone))

    def rows(self, query: str, rows: Collection[tuple[URIRef, ...]], *more: str) -> Iterable[dict[str, str]]:
        """The answer to a query about some rows of IRIs; none where there are none."""
        return select(self.store, query % (values_text(sorted(rows)), *more)) if rows else []

    def more(self, nodes: Collection[URIRef], properties: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """What some nodes have of properties that they may lack, by node and the property's local name."""
        rows = self.rows(_MORE, [(node,) for node in nodes], ", ".join(properties))
        return {(row["node"], local_name(row["what"])): row["text"] for row in rows}

    def quads(self, query: str, rows: Collection[tuple[URIRef, ...]], graph: URIRef) -> set[Quad]:
        """What a query constructs from some rows of IRIs, as quads of a graph."""
        return constructed(self.store, query % values_text(sorted(rows)), graph) if rows else set()

    def rows_by_text(self, query: str, texts: Collection[str], *more: str) -> Iterable[dict[str, str]]:
        """The answer to a query about some texts; none where there are none."""
        return select(self.store, query % (texts_text(texts), *more)) if texts else []

    def quads_by_text(self, query: str, texts: Collection[str], graph: URIRef) -> set[Quad]:
        """What a query constructs from some texts, as quads of a graph."""
        return constructed(self.store, query % texts_text(texts), graph) if texts else set()


_PARTS = ("Name", "Text", "Key")


def _outside(graphs: Iterable[str]) -> str:
    named = ", ".join(f"<{graph}>" for graph in graphs)
    return f"FILTER(?g NOT IN ({named}))"
