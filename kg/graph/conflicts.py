"""Where what was read disagrees: one statement affirmed and denied, or one figure of different size by document."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rdflib import RDF, URIRef

from kg.graph.base import Linker, Quad, Vocabulary, in_order, text
from kg.graph.lineage import Figure, figure_of, replaced_across_documents, replaced_in_document
from kg.graph.triples import claim_iri, joins_itself, statement_iri, statement_parts
from kg.model import Claim, Modality, Observation, Polarity, digest
from kg.terms import CONFLICT, CONFLICTS_GRAPH, SP

# A thing that is over, or still to come, does not contradict what holds now.
_TIMES = {Modality.HISTORICAL: "past", Modality.PLANNED: "future"}
# Sources round differently: figures this close, by the larger one, are the same.
_SAME_WITHIN = 0.02


@dataclass(frozen=True, slots=True)
class Stance:
    """What conflicts must know of a claim: its IRI and its statement's, its polarity and its modality."""

    claim: URIRef
    statement: URIRef
    polarity: Polarity
    modality: Modality


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place of one document says a figure is: one value, or the two ends of a range."""

    low: float
    high: float

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
    stances = [stance_of(claim, linker, ontology) for claim in claims if not joins_itself(claim, linker)]
    figures = [figure_of(observation, linker) for observation in observations]
    return in_order({*polarity_conflicts(stances), *value_conflicts(figures)})


def stance_of(claim: Claim, linker: Linker, ontology: Vocabulary) -> Stance:
    """The stance of a claim that was just read."""
    statement = statement_iri(statement_parts(claim, linker, ontology))
    return Stance(claim_iri(claim), statement, claim.polarity, claim.modality)


def polarity_conflicts(stances: Iterable[Stance]) -> Iterator[Quad]:
    """The conflicts among all claims about some statements."""
    groups: dict[tuple[URIRef, str], list[Stance]] = defaultdict(list)
    for stance in stances:
        groups[stance.statement, _time(stance)].append(stance)
    for (statement, _), said in groups.items():
        if len({stance.polarity for stance in said}) > 1:
            nodes = sorted({stance.claim for stance in said})
            conflict = CONFLICT[digest("polarity", *nodes)]
            yield from _conflict(conflict, "polarity", nodes)
            yield conflict, SP.statement, statement, CONFLICTS_GRAPH


def value_conflicts(figures: Sequence[Figure]) -> Iterator[Quad]:
    """The conflicts among all figures of some entities and metrics, and what one document says another's replaced."""
    across = replaced_across_documents(figures)
    replaced = _replaced_within(figures) | {older.node for _, older in across}
    for newer, older in across:
        yield newer.node, SP.supersedes, older.node, CONFLICTS_GRAPH
    groups: dict[tuple[URIRef, str, str, str, str], list[Figure]] = defaultdict(list)
    for each in figures:
        if each.period and each.polarity is Polarity.AFFIRMED and each.node not in replaced:
            groups[each.entity, each.metric, each.unit, each.period, _time(each)].append(each)
    for (entity, metric, _, period, _), given in groups.items():
        nodes = sorted({each.node for each in _disagreeing(given)})
        if nodes:
            conflict = CONFLICT[digest("value", *nodes)]
            yield from _conflict(conflict, "value", nodes)
            yield conflict, SP.observedEntity, entity, CONFLICTS_GRAPH
            yield conflict, SP.metric, SP[metric], CONFLICTS_GRAPH
            yield conflict, SP.period, text(period), CONFLICTS_GRAPH


def _time(said: Stance | Figure) -> str:
    return _TIMES.get(said.modality, "present")


def _conflict(node: URIRef, kind: str, between: Iterable[URIRef]) -> Iterator[Quad]:
    yield node, RDF.type, SP.Conflict, CONFLICTS_GRAPH
    yield node, SP.kind, text(kind), CONFLICTS_GRAPH
    for each in between:
        yield node, SP.between, each, CONFLICTS_GRAPH


def _replaced_within(figures: Sequence[Figure]) -> set[URIRef]:
    """The figures that their own document says were replaced: lineage, and no conflict."""
    by_document: dict[URIRef, list[Figure]] = defaultdict(list)
    for each in figures:
        by_document[each.document].append(each)
    return {older.node for each in by_document.values() for _, older in replaced_in_document(each)}


def _disagreeing(given: Iterable[Figure]) -> set[Figure]:
    """The figures of all documents that agree with some other document on no reading.

    One document that gives several figures for a period means several things by them, such as a quarter and a year or
    a part and the whole; they disagree with another document only where it shares none of them.
    """
    at: dict[URIRef, dict[tuple[str, int, int], list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for each in given:
        at[each.document][each.place].append(each)
    # Documents that give the same values are compared once: of a well-known figure there may be thousands.
    alike: dict[frozenset[Reading], list[Figure]] = defaultdict(list)
    for by_place in at.values():
        readings = frozenset(_reading(group) for group in by_place.values())
        alike[readings] += [each for group in by_place.values() for each in group]
    found: set[Figure] = set()
    for one, other in combinations(alike, 2):
        if all(first.disagrees(second) for first in one for second in other):
            found.update((*alike[one], *alike[other]))
    return found


def _reading(group: Sequence[Figure]) -> Reading:
    values = [each.value for each in group]
    return Reading(min(values), max(values))
