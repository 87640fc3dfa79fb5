"""Where what was read disagrees: one statement affirmed and denied, or one figure of different size by document."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rdflib import RDF, URIRef

from kg.graph.base import Linker, Quad, Vocabulary, entity_iri, in_order, text
from kg.graph.lineage import replaced_across_documents, replaced_in_document
from kg.graph.triples import claim_iri, joins_itself, observation_iri, statement_iri, statement_parts
from kg.model import Claim, Modality, Observation, Polarity, Quote, digest
from kg.terms import CONFLICT, CONFLICTS_GRAPH, SP

# A thing that is over, or still to come, does not contradict what holds now.
_TIMES = {Modality.HISTORICAL: "past", Modality.PLANNED: "future"}
# Sources round differently: figures this close, by the larger one, are the same.
_SAME_WITHIN = 0.02


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place of one document says a figure is: one value, or the two ends of a range."""

    low: float
    high: float
    observations: tuple[Observation, ...]

    def disagrees(self, other: "Reading") -> bool:
        """Whether the two readings have no value in common, rounding allowed for."""
        below, above = max(self.low, other.low), min(self.high, other.high)
        return below - above > _SAME_WITHIN * max(abs(below), abs(above))


def conflict_quads(
    claims: Sequence[Claim], observations: Sequence[Observation], linker: Linker, ontology: Vocabulary
) -> list[Quad]:
    """The conflicts among the claims and observations of all documents, as sorted quads of the conflicts graph.

    Only what is said of the same time can conflict: what was, what is, or what is planned. Within that, how surely it
    is said does not matter: who calls a thing possible does not accept another's denial, and a reader should see both.

    The graph also tells which figure of one document another document says was replaced (``sp:supersedes``).
    """
    quads = set(_polarity_conflicts(claims, linker, ontology))
    quads.update(_value_conflicts(observations, linker))
    for newer, older in replaced_across_documents(observations, linker):
        quads.add((observation_iri(newer), SP.supersedes, observation_iri(older), CONFLICTS_GRAPH))
    return in_order(quads)


def _polarity_conflicts(claims: Iterable[Claim], linker: Linker, ontology: Vocabulary) -> Iterator[Quad]:
    groups: dict[tuple[URIRef, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if not joins_itself(claim, linker):
            statement = statement_iri(statement_parts(claim, linker, ontology))
            groups[statement, _time(claim)].append(claim)
    for (statement, _), said in groups.items():
        if len({claim.polarity for claim in said}) > 1:
            nodes = sorted({claim_iri(claim) for claim in said})
            conflict = CONFLICT[digest("polarity", *nodes)]
            yield from _conflict(conflict, "polarity", nodes)
            yield conflict, SP.statement, statement, CONFLICTS_GRAPH


def _value_conflicts(observations: Sequence[Observation], linker: Linker) -> Iterator[Quad]:
    replaced = _replaced(observations, linker)
    groups: dict[tuple[URIRef, str, str, str, str], list[Observation]] = defaultdict(list)
    for each in observations:
        if each.period and each.polarity is Polarity.AFFIRMED and each.id not in replaced:
            entity = entity_iri(linker.entity(each.subject))
            groups[entity, each.metric, each.unit, each.period, _time(each)].append(each)
    for (entity, metric, _, period, _), given in groups.items():
        nodes = sorted({observation_iri(each) for each in _disagreeing(given)})
        if nodes:
            conflict = CONFLICT[digest("value", *nodes)]
            yield from _conflict(conflict, "value", nodes)
            yield conflict, SP.observedEntity, entity, CONFLICTS_GRAPH
            yield conflict, SP.metric, SP[metric], CONFLICTS_GRAPH
            yield conflict, SP.period, text(period), CONFLICTS_GRAPH


def _time(said: Claim | Observation) -> str:
    return _TIMES.get(said.modality, "present")


def _conflict(node: URIRef, kind: str, between: Iterable[URIRef]) -> Iterator[Quad]:
    yield node, RDF.type, SP.Conflict, CONFLICTS_GRAPH
    yield node, SP.kind, text(kind), CONFLICTS_GRAPH
    for each in between:
        yield node, SP.between, each, CONFLICTS_GRAPH


def _replaced(observations: Sequence[Observation], linker: Linker) -> set[str]:
    """Ids of the figures that a text says were replaced: lineage, and no conflict."""
    by_document: dict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        by_document[each.document].append(each)
    pairs = [pair for each in by_document.values() for pair in replaced_in_document(each, linker)]
    pairs += replaced_across_documents(observations, linker)
    return {older.id for _, older in pairs}


def _disagreeing(given: Iterable[Observation]) -> set[Observation]:
    """The observations of all documents that agree with some other document on no reading.

    One document that gives several figures for a period means several things by them, such as a quarter and a year or
    a part and the whole; they disagree with another document only where it shares none of them.
    """
    at: dict[str, dict[Quote, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for each in given:
        at[each.document][each.quotes[0]].append(each)
    readings = {document: [_reading(group) for group in by_quote.values()] for document, by_quote in at.items()}
    found: set[Observation] = set()
    for one, other in combinations(readings.values(), 2):
        if all(first.disagrees(second) for first in one for second in other):
            found.update(each for reading in (*one, *other) for each in reading.observations)
    return found


def _reading(group: Sequence[Observation]) -> Reading:
    values = [each.value for each in group]
    return Reading(min(values), max(values), tuple(group))
