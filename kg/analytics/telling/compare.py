"""A comparison in words."""

from collections.abc import Iterator

from kg.analytics.compare import Comparison, FigurePair, Neighbour, Way
from kg.analytics.sayings import Saying
from kg.analytics.telling.sayings import amount, beside, marks, origin, quoted_saying, told
from kg.analytics.telling.scope import undated
from kg.query import visible


def lines(found: Comparison, width: int) -> list[str]:
    """Two entities side by side, for a terminal of that width."""
    first, second = visible(found.first.label), visible(found.second.label)
    out = [f"{first} and {second}", "", "between the two" if found.between else "between the two: nothing is said"]
    for said in found.between:
        out += [f"  {told(said)}", *quoted_saying(said, width)]
    for way in found.ways:
        out += ["", visible(way.reads)]
        out += _way(way, first, second, width)
    if found.figures:
        out += ["", "figures"]
    for pair in found.figures:
        out += _figures(pair, first, second, width)
    return [*out, *undated(found.undated)]


def _way(way: Way, first: str, second: str, width: int) -> Iterator[str]:
    parts = (("both", way.shared), (f"only {first}", way.first), (f"only {second}", way.second))
    for (whose, neighbours), count in zip(parts, way.counts, strict=True):
        if not neighbours:
            continue
        yield f"  {whose}: {count if len(neighbours) == count else f'{len(neighbours)} of {count}'}"
        for each in neighbours:
            yield from _neighbour(each, width)


def _neighbour(neighbour: Neighbour, width: int) -> Iterator[str]:
    label = visible(neighbour.whom.label)
    if neighbour.first is not None and neighbour.second is not None:
        yield f"    {label}"
        columns = [_quoted(each) for each in (neighbour.first, neighbour.second)]
        yield from beside(columns[0], columns[1], width, indent=6)
        return
    said = neighbour.first or neighbour.second
    if said is not None:
        yield f"    {label}{marks(said)}"
        yield from quoted_saying(said, width)


def _quoted(said: Saying) -> list[str]:
    marked = [marks(said).strip()] if marks(said) else []
    return [*marked, f"“{visible(said.quote)}”", origin(said)]


def _figures(pair: FigurePair, first: str, second: str, width: int) -> Iterator[str]:
    yield f"  {visible(f'{pair.reads} {pair.period}')}"
    columns = [_figure(whose, said) for whose, said in ((first, pair.first), (second, pair.second))]
    yield from beside(columns[0], columns[1], width, indent=4)


def _figure(whose: str, said: Saying | None) -> list[str]:
    if said is None:
        return [f"{whose}: –"]
    return [f"{whose}: {amount(said)}{marks(said)}", f"“{visible(said.quote)}”", origin(said)]
