"""What a store holds about the things that a change touches and that may be in conflict."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import PROV, URIRef

from kg.graph import Allocation, Figure, Ownership, Quad, Sayings, Stance, Standing, Touched, owning, parts_of
from kg.graph.conflicts.stored import allocation_at, ownership_at, standing_at
from kg.graph.reading import Parts, one
from kg.model import Modality, Polarity
from kg.ontology import Ontology
from kg.store.lookup import Lookup
from kg.terms import CONFLICTS_GRAPH, SP, local_name

_DENIED = """SELECT DISTINCT ?statement {
  VALUES (?statement) { %s } GRAPH ?g { ?claim sp:statement ?statement ; sp:polarity sp:negated } %s }"""
_STANCES = """SELECT DISTINCT ?claim ?statement ?polarity ?modality ?confidence ?g { VALUES (?statement) { %s }
  GRAPH ?g { ?claim sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ;
    sp:confidence ?confidence } %s }"""
_FIGURES = """SELECT DISTINCT ?node ?g ?entity ?metric ?unit ?value ?polarity ?modality ?confidence
  ?position ?start ?end {
  VALUES (?entity ?metric) { %s }
  GRAPH ?g {
    ?node sp:observedEntity ?entity ; sp:metric ?metric ; sp:unit ?unit ; sp:value ?value ; sp:polarity ?polarity ;
      sp:modality ?modality ; sp:confidence ?confidence ; sp:mainEvidence ?quote .
    ?quote oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end .
  } %s }"""
_OWNERSHIPS = """SELECT DISTINCT ?node { VALUES (?child ?relation) { %s }
  GRAPH ?g { ?statement rdf:subject ?child ; rdf:predicate ?relation . ?node sp:statement ?statement } %s }"""
_ALLOCATIONS = "SELECT DISTINCT ?node { VALUES (?customer) { %s } GRAPH ?g { ?node sp:customer ?customer } %s }"
_RIVALS = """SELECT DISTINCT ?customer { VALUES (?one ?other) { %s }
  GRAPH ?g { ?first sp:provider ?one ; sp:customer ?customer }
  ?second sp:customer ?customer ; sp:provider ?other %s }"""
_STANDINGS = "SELECT DISTINCT ?node { VALUES (?topic) { %s } GRAPH ?g { ?node sp:topic ?topic ; sp:rank ?rank } %s }"
_TRIPLES = "SELECT DISTINCT ?s ?p ?o { VALUES (?s) { %s } GRAPH ?g { ?s ?p ?o } %s }"
# Conflicts and revisions alike.
_HELD = """CONSTRUCT { ?node ?p ?o . ?side ?sp ?so } WHERE { %s GRAPH graph:conflicts {
  %s . ?node ?p ?o OPTIONAL { ?node sp:side ?side . ?side ?sp ?so } } }"""
_BY_STATEMENT = _HELD % ("VALUES (?statement) { %s }", "?node sp:statement ?statement")
_BY_GROUP = _HELD % ("VALUES (?entity ?metric) { %s }", "?node sp:observedEntity ?entity ; sp:metric ?metric")
_BY_CHILD = _HELD % ("VALUES (?about) { %s }", '?node sp:about ?about ; sp:kind "parent"')
_BY_CUSTOMER = _HELD % ("VALUES (?about) { %s }", '?node sp:about ?about ; sp:kind "allocation"')
_BY_TOPIC = _HELD % ("VALUES (?topic) { %s }", "?node sp:topic ?topic")
_SUPERSEDED = """CONSTRUCT { ?newer sp:supersedes ?older } WHERE { VALUES (?entity ?metric) { %s }
  GRAPH ?g { ?older sp:observedEntity ?entity ; sp:metric ?metric . ?older a sp:Observation }
  GRAPH graph:conflicts { ?newer sp:supersedes ?older } }"""


@dataclass(frozen=True, slots=True)
class Matters:
    """What conflicts may be about that a change touches.

    Attributes:
        statements: IRI of a statement → whom and what it joins.
        groups: pairs (organisation, metric).
        children: organisations that belong to somebody.
        customers: organisations whose orders somebody gets.
        topics: fields in which somebody holds a place.
    """

    statements: Mapping[URIRef, tuple[URIRef, URIRef]]
    groups: frozenset[tuple[URIRef, URIRef]]
    children: frozenset[URIRef]
    customers: frozenset[URIRef]
    topics: frozenset[str]

    @classmethod
    def of(cls, touched: Sequence[Touched], children: Iterable[URIRef], customers: Iterable[URIRef]) -> "Matters":
        """What some documents are about, with further children and customers."""
        said = [each.sayings for each in touched]
        return cls(
            statements={stance.statement: stance.ends for each in said for stance in each.stances},
            groups=frozenset((figure.entity, SP[figure.metric]) for each in said for figure in each.figures),
            children=frozenset([*children, *(owned.child for each in said for owned in each.ownerships)]),
            customers=frozenset([*customers, *(order.customer for each in said for order in each.allocations)]),
            topics=frozenset(standing.topic for each in said for standing in each.standings),
        )


@dataclass(frozen=True, slots=True)
class Disputes:
    """Questions to a store as it will be once some documents are gone.

    Attributes:
        lookup: what asks the store.
        ontology: which kinds of conflict there are.
    """

    lookup: Lookup
    ontology: Ontology

    def held(self, matters: Matters) -> set[Quad]:
        """The conflicts and revisions about some matters, as they stand now."""
        found: set[Quad] = set()
        for query, rows in (
            (_BY_STATEMENT, [(each,) for each in matters.statements]),
            (_BY_GROUP, matters.groups),
            (_SUPERSEDED, matters.groups),
            (_BY_CHILD, [(each,) for each in matters.children]),
            (_BY_CUSTOMER, [(each,) for each in matters.customers]),
        ):
            found |= self.lookup.quads(query, rows, CONFLICTS_GRAPH)
        return found | self.lookup.quads_by_text(_BY_TOPIC, matters.topics, CONFLICTS_GRAPH)

    def rivals(self, pairs: Collection[tuple[URIRef, URIRef]]) -> set[URIRef]:
        """The customers whose orders both of some pairs of providers get."""
        found = self.lookup.rows(_RIVALS, pairs, self.lookup.staying)
        return {URIRef(row["customer"]) for row in found}

    def sayings(self, matters: Matters, denied: Iterable[URIRef]) -> Sayings:
        """All that documents that stay say of some matters; of statements only where a document denies them.

        Args:
            matters: what to look for.
            denied: statements that documents which come deny.
        """
        # Most statements are never denied; of those the many claims need not be looked at.
        rows = self.lookup.rows(_DENIED, [(each,) for each in matters.statements], self.lookup.staying)
        contested = {*denied, *(URIRef(row["statement"]) for row in rows)}
        return Sayings(
            stances=self._stances(contested, matters.statements),
            figures=self._figures(matters.groups),
            ownerships=self._ownerships(matters.children),
            allocations=self._allocations(matters.customers),
            standings=self._standings(matters.topics),
        )

    def _stances(self, statements: Iterable[URIRef], ends: Mapping[URIRef, tuple[URIRef, URIRef]]) -> list[Stance]:
        rows = list(self.lookup.rows(_STANCES, [(each,) for each in statements], self.lookup.staying))
        dates = self._dates(row["g"] for row in rows)
        return [
            Stance(
                URIRef(row["claim"]),
                URIRef(row["statement"]),
                ends[URIRef(row["statement"])],
                Polarity(local_name(row["polarity"])),
                Modality(local_name(row["modality"])),
                dates.get(row["g"], ""),
                float(row["confidence"]),
            )
            for row in rows
        ]

    def _figures(self, groups: Collection[tuple[URIRef, URIRef]]) -> list[Figure]:
        rows = list(self.lookup.rows(_FIGURES, groups, self.lookup.staying))
        nodes = {URIRef(row[each]) for row in rows for each in ("node", "position")}
        more = self.lookup.more(nodes, ("sp:period", "sp:earlier", "sp:pointer"))
        dates = self._dates(row["g"] for row in rows)
        return [_figure(row, more, dates.get(row["g"], "")) for row in rows]

    def _dates(self, documents: Iterable[str]) -> dict[str, str]:
        found = self.lookup.more({URIRef(each) for each in documents}, ("dcterms:date",))
        return {document: date for (document, _), date in found.items()}

    def _ownerships(self, children: Iterable[URIRef]) -> list[Ownership]:
        pairs = [(child, relation) for child in children for relation in owning(self.ontology)]
        rows = self.lookup.rows(_OWNERSHIPS, pairs, self.lookup.staying)
        parts, nodes = self._parts(row["node"] for row in rows)
        return [each for node in nodes for each in ownership_at(parts, node, self.ontology)]

    def _allocations(self, customers: Iterable[URIRef]) -> list[Allocation]:
        rows = self.lookup.rows(_ALLOCATIONS, [(each,) for each in customers], self.lookup.staying)
        parts, nodes = self._parts(row["node"] for row in rows)
        return [each for node in nodes for each in allocation_at(parts, node)]

    def _standings(self, topics: Collection[str]) -> list[Standing]:
        rows = self.lookup.rows_by_text(_STANDINGS, topics, self.lookup.staying)
        parts, nodes = self._parts(row["node"] for row in rows)
        return [each for node in nodes for each in standing_at(parts, node, self.ontology)]

    def _parts(self, found: Iterable[str]) -> tuple[Parts, list[str]]:
        """Some claims or remarks with all that is said of them, of their statements, places and documents."""
        nodes = sorted(set(found))
        triples = self._triples(nodes)
        own = parts_of(triples)
        further = {f"{one(own, node, SP.mainEvidence)}-position" for node in nodes}
        further |= {one(own, node, PROV.wasDerivedFrom) for node in nodes}
        further |= {end for _, prop, end in triples if prop == str(SP.statement)}
        return parts_of([*triples, *self._triples(sorted(further))]), nodes

    def _triples(self, nodes: Sequence[str]) -> list[tuple[str, str, str]]:
        rows = self.lookup.rows(_TRIPLES, [(URIRef(node),) for node in nodes], self.lookup.staying)
        return [(row["s"], row["p"], row["o"]) for row in rows]


def _figure(row: Mapping[str, str], more: Mapping[tuple[str, str], str], date: str) -> Figure:
    node, position = row["node"], row["position"]
    return Figure(
        node=URIRef(node),
        document=URIRef(row["g"]),
        entity=URIRef(row["entity"]),
        metric=local_name(row["metric"]),
        unit=row["unit"],
        period=more.get((node, "period"), ""),
        value=float(row["value"]),
        polarity=Polarity(local_name(row["polarity"])),
        modality=Modality(local_name(row["modality"])),
        earlier=more.get((node, "earlier")) == "true",
        place=(more.get((position, "pointer"), ""), int(row["start"]), int(row["end"])),
        date=date,
        confidence=float(row["confidence"]),
    )
