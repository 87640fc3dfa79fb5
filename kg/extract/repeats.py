"""A figure that a document repeats is one observation with several quotes."""

from collections.abc import Iterable
from dataclasses import replace

from kg.extract.mentions import name_key
from kg.model import Observation


def repeated_once(observations: Iterable[Observation]) -> list[Observation]:
    """The observations with repetitions merged, in order of first appearance.

    The same value in the same unit for the same organisation is the same figure, unless two periods contradict each
    other; the metric and period of the most confident place stand, and every place is quoted.
    """
    kept: list[Observation] = []
    for observation in observations:
        position = next((i for i, known in enumerate(kept) if _same(known, observation)), None)
        if position is None:
            kept.append(observation)
        else:
            kept[position] = _joined(kept[position], observation)
    return kept


def _same(first: Observation, second: Observation) -> bool:
    return (
        name_key(first.subject) == name_key(second.subject)
        and first.value == second.value
        and first.unit == second.unit
        and (first.metric == second.metric or first.unit.isupper())
        and (first.period == second.period or not first.period or not second.period)
    )


def _joined(first: Observation, second: Observation) -> Observation:
    better, other = (second, first) if second.confidence > first.confidence else (first, second)
    quotes = tuple(dict.fromkeys((*better.quotes, *other.quotes)))
    return replace(
        better, quotes=quotes, period=better.period or other.period, earlier=first.earlier and second.earlier
    )
