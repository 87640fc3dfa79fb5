"""Which figure replaced which: a later figure supersedes an earlier one, and both are kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.base import Linker, entity_iri, observation_iri
from kg.model import Modality, Observation, Polarity
from kg.terms import DOCUMENT


@dataclass(frozen=True, slots=True)
class Figure:
    """What lineage and conflicts must know of an observation, whether it was just read or comes from a store.

    Attributes:
        node: the observation's IRI.
        document: IRI of the document that gives it.
        entity: IRI of the organisation it is about.
        metric: local name of the metric.
        unit: its unit.
        period: its period, or empty.
        value: its value.
        polarity: affirmed or negated.
        modality: how it is said.
        earlier: whether its own text says that it was replaced.
        place: where its main quote stands: pointer, start, end.
        date: the date of its document, or empty.
        confidence: 0 to 1.
    """

    node: URIRef
    document: URIRef
    entity: URIRef
    metric: str
    unit: str
    period: str
    value: float
    polarity: Polarity
    modality: Modality
    earlier: bool
    place: tuple[str, int, int]
    date: str
    confidence: float


def figure_of(observation: Observation, linker: Linker, date: str = "") -> Figure:
    """The figure of an observation that was just read, in a document of that date."""
    quote = observation.quotes[0]
    return Figure(
        node=observation_iri(observation),
        document=DOCUMENT[observation.document],
        entity=entity_iri(linker.entity(observation.subject)),
        metric=observation.metric,
        unit=observation.unit,
        period=observation.period,
        value=observation.value,
        polarity=observation.polarity,
        modality=observation.modality,
        earlier=observation.earlier,
        place=(quote.pointer, quote.start, quote.end),
        date=date,
        confidence=observation.confidence,
    )


def replaced_in_document(figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pairs (newer, older) of one document: what its text says was replaced, and by what.

    An ``earlier`` figure is replaced by the figure of the same entity, metric and unit, of the same period where both
    give one, that stands nearest to it in the text; the two ends of a range replace it together.
    """
    current = [each for each in figures if not each.earlier and each.polarity is Polarity.AFFIRMED]
    pairs = []
    for older in sorted((each for each in figures if each.earlier), key=_order):
        candidates = [newer for newer in current if _may_replace(newer, older)]
        if candidates:
            nearest = min(candidates, key=lambda newer: (_distance(newer, older), _order(newer)))
            pairs += [(newer, older) for newer in candidates if newer.place == nearest.place]
    return pairs


def replaced_across_documents(figures: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
    """Pairs (newer, older) where one document says that a figure was replaced which another document gives.

    ``figures`` are those of all documents, for one entity and metric or for many. The older one agrees in entity,
    metric, unit, period and value with what the newer one's document calls replaced.
    """
    by_document: dict[URIRef, list[Figure]] = defaultdict(list)
    same_figure: dict[tuple[URIRef, str, str, str, float], list[Figure]] = defaultdict(list)
    for each in figures:
        by_document[each.document].append(each)
        same_figure[_figure(each)].append(each)
    pairs = {
        (newer.node, older.node): (newer, older)
        for document in by_document.values()
        for newer, replaced in replaced_in_document(document)
        for older in _elsewhere(same_figure[_figure(replaced)], newer)
    }
    return [pairs[nodes] for nodes in sorted(pairs)]


def _elsewhere(same: Sequence[Figure], newer: Figure) -> Iterator[Figure]:
    """The figures of other documents that are dated by a period; without one the same number may mean another year."""
    return (each for each in same if each.document != newer.document and each.period)


def _figure(figure: Figure) -> tuple[URIRef, str, str, str, float]:
    return figure.entity, figure.metric, figure.unit, figure.period, figure.value


def _may_replace(newer: Figure, older: Figure) -> bool:
    same_kind = (newer.entity, newer.metric, newer.unit) == (older.entity, older.metric, older.unit)
    same_period = newer.period == older.period or not newer.period or not older.period
    return same_kind and same_period and newer.value != older.value


def _distance(one: Figure, other: Figure) -> tuple[bool, int]:
    return one.place[0] != other.place[0], abs(one.place[1] - other.place[1])


def _order(figure: Figure) -> tuple[str, int, str]:
    pointer, start, _ = figure.place
    return pointer, start, figure.node
