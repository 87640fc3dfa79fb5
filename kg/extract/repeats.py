"""A figure that a document repeats is one observation with several quotes."""

from collections.abc import Iterable
from dataclasses import replace

from kg.extract.mentions import name_key
from kg.model import Observation

_MOST_QUOTES = 20


def repeated_once(observations: Iterable[Observation]) -> list[Observation]:
    """The observations with repetitions merged, in order of first appearance.

    The same value in the same unit for the same organisation is the same figure, unless two periods contradict each
    other; the metric and period of the most confident place stand, and up to 20 places are quoted.
    """
    kept: list[Observation] = []
    alike: dict[tuple[str, float, str], list[int]] = {}
    for observation in observations:
        places = alike.setdefault((name_key(observation.subject), observation.value, observation.unit), [])
        position = next((i for i in places if _same(kept[i], observation)), None)
        if position is None:
            places.append(len(kept))
            kept.append(observation)
        elif len(kept[position].quotes) < _MOST_QUOTES:
            kept[position] = _joined(kept[position], observation)
    return kept


def _same(first: Observation, second: Observation) -> bool:
    return (
        first.polarity == second.polarity
        and (first.metric == second.metric or first.unit.isupper())
        and (first.period == second.period or not first.period or not second.period)
    )


def _joined(first: Observation, second: Observation) -> Observation:
    better, other = (second, first) if second.confidence > first.confidence else (first, second)
    quotes = tuple(dict.fromkeys((*better.quotes, *other.quotes)))
    return replace(
        better, quotes=quotes, period=better.period or other.period, earlier=first.earlier and second.earlier
    )
