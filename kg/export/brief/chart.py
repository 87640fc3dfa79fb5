"""The figures of a brief over time, as SVG: a group of bars for each metric, outlined where a figure was replaced."""

from collections import defaultdict
from collections.abc import Sequence

from kg.export.brief.content import Amount
from kg.export.brief.markup import Html, tag, text
from kg.export.brief.words import amount, years
from kg.model import Modality, Polarity

_HEIGHT = 132.0
_WIDTH, _MARGIN = 720.0, 14.0
_TOP, _BASE = 34.0, 108.0
_BAR, _GAP, _BETWEEN = 34.0, 10.0, 26.0
_CHARACTER = 5.4
_Bars = dict[str, list[Amount]]


def chart(amounts: Sequence[Amount]) -> Html | None:
    """The chart, with a title and a description; None where no metric has two figures of known periods."""
    groups: dict[tuple[str, str], _Bars] = defaultdict(lambda: defaultdict(list))
    for each in amounts:
        if each.period and each.polarity is Polarity.AFFIRMED and each.value > 0:
            groups[each.metric, each.unit][each.period].append(each)
    shown = {name: bars for name, bars in groups.items() if sum(map(len, bars.values())) > 1}
    if not shown:
        return None
    drawn: list[Html] = []
    told: list[str] = []
    x = _MARGIN
    for (metric, unit), bars in sorted(shown.items(), key=lambda group: (-len(group[1]), group[0])):
        width = _width(metric, unit, bars)
        if x + width > _WIDTH:
            continue
        drawn += _group(metric, unit, bars, x)
        told += [f"{metric} {each.period}: {_told(each)}" for each in _in_order(bars)]
        x += width + _BETWEEN
    wide = x - _BETWEEN + _MARGIN
    return tag(
        "svg",
        tag("title", text("Figures over time"), id="chart-title"),
        tag("desc", text("; ".join(told) + "."), id="chart-desc"),
        *drawn,
        viewBox=f"0 0 {wide:.0f} {_HEIGHT:.0f}",
        width=wide,
        height=_HEIGHT,
        role="img",
        aria_labelledby="chart-title chart-desc",
        class_="chart",
    )


def _told(each: Amount) -> str:
    marks = [str(each.modality)] if each.modality is not Modality.ASSERTED else []
    marks += ["replaced"] if each.replaced else []
    return amount(each.value, each.unit) + (f" ({', '.join(marks)})" if marks else "")


def _in_order(bars: _Bars) -> list[Amount]:
    """The figures by period; of one period what was replaced first."""
    periods = sorted(bars, key=lambda period: (years(period)[::-1], period))
    return [
        each for period in periods for each in sorted(bars[period], key=lambda each: (not each.replaced, each.value))
    ]


def _width(metric: str, unit: str, bars: _Bars) -> float:
    count = sum(map(len, bars.values()))
    return max(count * _BAR + (len(bars) - 1) * _GAP + 12, len(f"{metric}, {unit}") * _CHARACTER)


def _group(metric: str, unit: str, bars: _Bars, left: float) -> list[Html]:
    highest = max(each.value for period in bars.values() for each in period)
    drawn = [tag("text", text(f"{metric}, {unit}"), x=left, y=12, class_="head-line")]
    x, before = left, ""
    starts: dict[str, float] = {}
    ends: dict[str, float] = {}
    for each in _in_order(bars):
        x += _GAP if before and each.period != before else 0
        starts.setdefault(each.period, x)
        drawn += _bar(each, x, highest)
        x, before = x + _BAR, each.period
        ends[each.period] = x
    drawn.append(tag("line", x1=left - 2, y1=_BASE, x2=x + 2, y2=_BASE, class_="axis"))
    for period, start in starts.items():
        middle = (start + ends[period]) / 2
        drawn.append(tag("text", text(period[:12]), x=middle, y=_BASE + 14, class_="tick", text_anchor="middle"))
    return drawn


def _bar(each: Amount, x: float, highest: float) -> list[Html]:
    height = max(2.0, (_BASE - _TOP) * each.value / highest)
    kind = "bar replaced" if each.replaced else "bar" if each.modality is Modality.ASSERTED else "bar open"
    short = amount(each.value, "").replace(" trillion", "T").replace(" billion", "B").replace(" million", "M")
    return [
        tag("rect", x=x + 3, y=_BASE - height, width=_BAR - 6, height=height, class_=kind),
        tag("text", text(short), x=x + _BAR / 2, y=_BASE - height - 4, class_="value", text_anchor="middle"),
    ]
