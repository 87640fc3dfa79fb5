"""What a store holds about the things that a change touches; the cost grows with those, not with the store."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph import Fact, Figure, Group, Quad, Stance, end_of
from kg.model import Mention, Modality, Polarity
from kg.store.base import Store, select
from kg.store.rdf import constructed
from kg.store.updates import values_text
from kg.terms import CONFLICTS_GRAPH, DERIVED_GRAPH, ENTITIES_GRAPH, SHARED_GRAPHS, local_name

_SAID = "SELECT DISTINCT ?s ?p ?o { VALUES (?s ?p ?o) { %s } GRAPH ?g { ?s ?p ?o } %s }"
_FORWARD = "SELECT DISTINCT ?from ?to { VALUES (?from) { %s } GRAPH ?g { ?from %s ?to } %s }"
_BACKWARD = "SELECT DISTINCT ?from ?to { VALUES (?from) { %s } GRAPH ?g { ?to %s ?from } %s }"
_DENIED = """SELECT DISTINCT ?statement {
  VALUES (?statement) { %s } GRAPH ?g { ?claim sp:statement ?statement ; sp:polarity sp:negated } %s }"""
_STANCES = """SELECT DISTINCT ?claim ?statement ?polarity ?modality { VALUES (?statement) { %s }
  GRAPH ?g { ?claim sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality } %s }"""
_FIGURES = """SELECT DISTINCT ?node ?document ?entity ?metric ?unit ?value ?polarity ?modality ?position ?start ?end {
  VALUES (?entity ?metric) { %s }
  GRAPH ?document {
    ?node sp:observedEntity ?entity ; sp:metric ?metric ; sp:unit ?unit ; sp:value ?value ; sp:polarity ?polarity ;
      sp:modality ?modality ; sp:mainEvidence ?quote .
    ?quote oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end .
  } %s }"""
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
  }
  %(where)s
}"""
# A second VALUES, or OPTIONAL for what a node may lack, would have the engine go through far more than these nodes.
_MORE = "SELECT DISTINCT ?node ?what ?text { VALUES (?node) { %s } ?node ?what ?text FILTER(?what IN (%s)) }"
_USED = """SELECT ?entity { VALUES (?entity) { %s } FILTER EXISTS { GRAPH ?g {
  { ?node rdf:subject ?entity } UNION { ?node rdf:object ?entity } UNION { ?node sp:observedEntity ?entity }
  UNION { ?node sp:via ?entity } } %s } }"""
_ABOUT = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES (?s) { %s } GRAPH %s { ?s ?p ?o } }"
_DERIVED = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES (?s ?p ?o) { %s } GRAPH graph:derived { ?s ?p ?o } }"
_CONFLICTS = """CONSTRUCT { ?conflict ?p ?o } WHERE { %s
  GRAPH graph:conflicts { ?conflict a sp:Conflict ; %s . ?conflict ?p ?o } }"""
_SUPERSEDED = """CONSTRUCT { ?newer sp:supersedes ?older } WHERE { VALUES (?entity ?metric) { %s }
  GRAPH ?g { ?older sp:observedEntity ?entity ; sp:metric ?metric . ?older a sp:Observation }
  GRAPH graph:conflicts { ?newer sp:supersedes ?older } }"""


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
        rows = self._rows(_SAID, facts, self._documents)
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
        which = _outside(SHARED_GRAPHS) if before else self._documents
        for row in self._rows(pattern, [(node,) for node in nodes], which):
            found[URIRef(row["from"])].add(URIRef(row["to"]))
        return found

    def denied(self, statements: Collection[URIRef]) -> set[URIRef]:
        """Those of the statements that a document denies."""
        rows = self._rows(_DENIED, [(each,) for each in statements], self._documents)
        return {URIRef(row["statement"]) for row in rows}

    def stances(self, statements: Collection[URIRef]) -> list[Stance]:
        """All claims about some statements."""
        return [
            Stance(
                URIRef(row["claim"]),
                URIRef(row["statement"]),
                Polarity(local_name(row["polarity"])),
                Modality(local_name(row["modality"])),
            )
            for row in self._rows(_STANCES, [(each,) for each in statements], self._documents)
        ]

    def figures(self, groups: Collection[Group]) -> list[Figure]:
        """All figures for some organisations and metrics."""
        rows = list(self._rows(_FIGURES, groups, self._documents.replace("?g", "?document")))
        nodes = {URIRef(row[each]) for row in rows for each in ("node", "position")}
        more = self._more(nodes, ("sp:period", "sp:earlier", "sp:pointer"))
        return [_figure(row, more) for row in rows]

    def mentions(self, entities: Collection[URIRef]) -> list[Mention]:
        """All mentions of some entities."""
        if not entities:
            return []
        given = values_text([(each,) for each in sorted(entities)])
        ends = select(self.store, _NAMES % {"entities": given, "where": self._documents})
        names = [f"sp:{end}{part}" for end in ("subject", "object") for part in _PARTS]
        words = self._more({URIRef(row["claim"]) for row in ends}, names)
        return [
            end_of(row["entity"], *(words.get((row["claim"], f"{row['end']}{part}"), "") for part in _PARTS))
            for row in ends
        ]

    def used(self, entities: Collection[URIRef]) -> set[URIRef]:
        """Those of the entities that a document is about."""
        rows = self._rows(_USED, [(each,) for each in entities], self._documents)
        return {URIRef(row["entity"]) for row in rows}

    def described(self, entities: Collection[URIRef]) -> set[Quad]:
        """What the graph of entities says of some of them."""
        return self._quads(_ABOUT % ("%s", "graph:entities"), [(each,) for each in entities], ENTITIES_GRAPH)

    def derived(self, triples: Collection[Fact]) -> set[Quad]:
        """Those of the triples that stand in the derived graph."""
        return self._quads(_DERIVED, triples, DERIVED_GRAPH)

    def chained(self, nodes: Collection[URIRef], relation: URIRef) -> set[Fact]:
        """The triples of a relation from some nodes that stand in the derived graph."""
        pattern = _ABOUT.replace("?p", f"<{relation}>") % ("%s", "graph:derived")
        quads = self._quads(pattern, [(node,) for node in nodes], DERIVED_GRAPH)
        return {(subject, prop, URIRef(end)) for subject, prop, end, _ in quads}

    def conflicts(self, statements: Collection[URIRef], groups: Collection[Group]) -> set[Quad]:
        """The conflicts about some statements and figures, and what replaced those figures in other documents."""
        rows = [(each,) for each in statements]
        pattern = _CONFLICTS % ("VALUES (?statement) { %s }", "sp:statement ?statement")
        found = self._quads(pattern, rows, CONFLICTS_GRAPH)
        pattern = _CONFLICTS % ("VALUES (?entity ?metric) { %s }", "sp:observedEntity ?entity ; sp:metric ?metric")
        found |= self._quads(pattern, groups, CONFLICTS_GRAPH)
        return found | self._quads(_SUPERSEDED, groups, CONFLICTS_GRAPH)

    @property
    def _documents(self) -> str:
        """A filter that keeps to the graphs of documents that stay."""
        return _outside((*SHARED_GRAPHS, *self.gone))

    def _rows(self, query: str, rows: Collection[tuple[URIRef, ...]], *more: str) -> Iterable[dict[str, str]]:
        """The answer to a query about some rows of IRIs; none where there are none."""
        return select(self.store, query % (values_text(sorted(rows)), *more)) if rows else []

    def _more(self, nodes: Collection[URIRef], properties: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """What some nodes have of properties that they may lack, by node and the property's local name."""
        rows = self._rows(_MORE, [(node,) for node in nodes], ", ".join(properties))
        return {(row["node"], local_name(row["what"])): row["text"] for row in rows}

    def _quads(self, query: str, rows: Collection[tuple[URIRef, ...]], graph: URIRef) -> set[Quad]:
        return constructed(self.store, query % values_text(sorted(rows)), graph) if rows else set()


_PARTS = ("Name", "Text", "Key")


def _outside(graphs: Iterable[str]) -> str:
    named = ", ".join(f"<{graph}>" for graph in graphs)
    return f"FILTER(?g NOT IN ({named}))"


def _figure(row: Mapping[str, str], more: Mapping[tuple[str, str], str]) -> Figure:
    node, position = row["node"], row["position"]
    return Figure(
        node=URIRef(node),
        document=URIRef(row["document"]),
        entity=URIRef(row["entity"]),
        metric=local_name(row["metric"]),
        unit=row["unit"],
        period=more.get((node, "period"), ""),
        value=float(row["value"]),
        polarity=Polarity(local_name(row["polarity"])),
        modality=Modality(local_name(row["modality"])),
        earlier=more.get((node, "earlier")) == "true",
        place=(more.get((position, "pointer"), ""), int(row["start"]), int(row["end"])),
    )
