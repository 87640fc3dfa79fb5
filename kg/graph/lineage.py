"""Which figure replaced which: a later figure supersedes an earlier one, and both are kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.graph.base import Linker
from kg.model import Observation, Polarity


def replaced_in_document(observations: Sequence[Observation], linker: Linker) -> list[tuple[Observation, Observation]]:
    """Pairs (newer, older) of one document: what its text says was replaced, and by what.

    An ``earlier`` figure is replaced by the figure of the same entity, metric and unit, of the same period where both
    give one, that stands nearest to it in the text; the two ends of a range replace it together.
    """
    current = [each for each in observations if not each.earlier and each.polarity is Polarity.AFFIRMED]
    pairs = []
    for older in sorted((each for each in observations if each.earlier), key=_order):
        candidates = [newer for newer in current if _may_replace(newer, older, linker)]
        if candidates:
            nearest = min(candidates, key=lambda newer: (_distance(newer, older), _order(newer)))
            pairs += [(newer, older) for newer in candidates if newer.quotes[0] == nearest.quotes[0]]
    return pairs


def replaced_across_documents(
    observations: Iterable[Observation], linker: Linker
) -> list[tuple[Observation, Observation]]:
    """Pairs (newer, older) where one document says that a figure was replaced which another document gives.

    ``observations`` are those of all documents. The older one agrees in entity, metric, unit, period and value with
    what the newer one's document calls replaced.
    """
    by_document: dict[str, list[Observation]] = defaultdict(list)
    same_figure: dict[tuple[str, str, str, str, float], list[Observation]] = defaultdict(list)
    for each in observations:
        by_document[each.document].append(each)
        same_figure[_figure(each, linker)].append(each)
    pairs = {
        (newer.id, older.id): (newer, older)
        for document in by_document.values()
        for newer, replaced in replaced_in_document(document, linker)
        for older in _elsewhere(same_figure[_figure(replaced, linker)], newer)
    }
    return [pairs[ids] for ids in sorted(pairs)]


def _elsewhere(same: Sequence[Observation], newer: Observation) -> Iterator[Observation]:
    """The figures of other documents that are dated by a period; without one the same number may mean another year."""
    return (each for each in same if each.document != newer.document and each.period)


def _figure(observation: Observation, linker: Linker) -> tuple[str, str, str, str, float]:
    entity = linker.entity(observation.subject)
    return entity.key, observation.metric, observation.unit, observation.period, observation.value


def _may_replace(newer: Observation, older: Observation, linker: Linker) -> bool:
    same_kind = (newer.metric, newer.unit) == (older.metric, older.unit)
    same_period = newer.period == older.period or not newer.period or not older.period
    return (
        same_kind
        and same_period
        and newer.value != older.value
        and linker.entity(newer.subject) == linker.entity(older.subject)
    )


def _distance(one: Observation, other: Observation) -> tuple[bool, int]:
    first, second = one.quotes[0], other.quotes[0]
    return first.pointer != second.pointer, abs(first.start - second.start)


def _order(observation: Observation) -> tuple[str, int, str]:
    quote = observation.quotes[0]
    return quote.pointer, quote.start, observation.id
