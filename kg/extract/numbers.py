"""Figures in a text: money, percentages and counts, in base units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SCALE = {
    "trillion": Decimal(10**12), "tn": Decimal(10**12), "t": Decimal(10**12),
    "billion": Decimal(10**9), "bn": Decimal(10**9), "b": Decimal(10**9),
    "million": Decimal(10**6), "mn": Decimal(10**6), "mm": Decimal(10**6), "m": Decimal(10**6),
    "thousand": Decimal(10**3), "k": Decimal(10**3),
}  # fmt: skip
_CURRENCY = {
    "nt$": "TWD", "hk$": "HKD", "s$": "SGD", "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW",
    "₹": "INR", "rmb": "CNY", "usd": "USD", "eur": "EUR", "twd": "TWD", "ntd": "TWD", "jpy": "JPY", "krw": "KRW",
    "cny": "CNY", "gbp": "GBP", "inr": "INR", "rm": "MYR", "dollars": "USD", "dollar": "USD",
    "euros": "EUR", "yen": "JPY",
    "won": "KRW", "yuan": "CNY", "euro": "EUR", "pounds": "GBP", "rupees": "INR",
}  # fmt: skip
_COUNTED = {
    "wafer": "wafers", "wspm": "wafers/month", "wpm": "wafers/month", "staff": "people", "employee": "people",
    "people": "people",
    "worker": "people", "job": "people", "engineer": "people", "unit": "units", "chip": "chips", "gpu": "GPUs",
    "rack": "racks",
    "panel": "panels", "system": "systems", "machine": "systems", "tool": "systems", "sample": "samples",
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{3}){1,5}(?!,?\d)(?:\.\d{1,6})?|\d{1,15}(?!\d)(?:\.\d{1,6})?"
_SCALES = r"(?:trillion|billion|million|thousand|tn|bn|mn|mm|[tbmk])\b"
_MONEY = re.compile(
    rf"(?P<sign>nt\$|hk\$|s\$|us\$|\$|€|£|¥|₩|₹|\b(?:rmb|usd|eur|twd|ntd|jpy|krw|cny|gbp|inr|rm)\s?)\s?"
    rf"(?P<low>{_NUMBER})\s?(?P<lowscale>{_SCALES})?"
    rf"(?:\s?(?:[-–]|to)\s?(?:nt\$|us\$|\$|€|£|¥|₩)?(?P<high>{_NUMBER}))?\s?[-\s]?(?P<scale>{_SCALES})?"
)
_WORDED = re.compile(
    rf"(?<![\w$€£¥₩.,])(?P<low>{_NUMBER})(?:\s?(?:[-–]|to)\s?(?P<high>{_NUMBER}))?\s?(?P<scale>{_SCALES})?\s"
    r"(?:us |u\.s\. |canadian |singapore )?(?P<sign>dollars?|euros?|yen|won|yuan|pounds|rupees|usd|eur|rmb)\b"
)
_PERCENT = re.compile(
    rf"(?<![\w.,$])(?P<low>{_NUMBER})\s?(?:%\s?)?(?:(?:[-–]|to)\s?(?P<high>{_NUMBER})\s?)?(?:%|percent\b|"
    rf"per cent\b|pct\b)"
)
_MEASURES = (
    r"x|mm|nm|cm|inch(?:es)?|-?inch|-?high|-?hi|-?layer|-?stack|months?|years?|days?|weeks?|hours?|"
    r"gb|tb|kw|mw|gw|ghz|w|v|:\d"
)
_COUNT = re.compile(
    rf"(?<![\w$€£¥₩.,:#-])(?P<low>{_NUMBER})(?:\s?(?:[-–]|to)\s?(?P<high>{_NUMBER}))?(?!\d|[.,]\d|[ac-jln-su-z])"
    rf"(?!\s?(?:{_MEASURES})\b)\s?(?P<scale>{_SCALES})?\+?\s?"
    r"(?:(?!after\b|before\b|and\b|or\b|of\b)[\w.-]+\s){0,2}?(?P<unit>wafer|wspm|wpm|staff|employee|people|worker|job|engineer|unit|chip|gpu|rack|panel|system|machine|sample)s?\b"
    r"(?! (?:per|an) hour)(?P<rate>(?:\s?(?:per|a|each|/)\s?month|\s?monthly)?)"
)
_PEOPLE = frozenset({"staff", "employee", "people", "worker", "job", "engineer"})
_MACHINES = frozenset({"system", "machine", "tool", "rack"})
_KEYED = re.compile(rf"(?:pct|percent)\"?: ?\"?(?P<low>{_NUMBER})(?P<high>(?!))?")
_LEAST_MONEY = 10_000
_MOST_PERCENT = 1000
_GROWTH = re.compile(
    r"(?:growth|increase|rise|jump|gain|decline|drop|fall|cagr|year[- ]on[- ]year|yoy|qoq|sequential|margin|"
    r"higher|lower|more than a year)"
)


_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A figure at ``start:end`` of a text: its value in base units, its unit, and the unit's kind.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        value: in base units.
        unit: ``USD``, ``percent``, ``wafers/month`` ...
        kind: ``money``, ``percent``, ``count`` or ``rate``.
    """

    start: int
    end: int
    value: float
    unit: str
    kind: str


def numbers(text: str) -> list[Number]:
    """The figures of a text given in lower case; of a range each end is a figure of its own."""
    found = [n for match in _KEYED.finditer(text) for n in _plain(match, "percent", "percent")]
    found += [n for match in _MONEY.finditer(text) for n in _money(match)]
    found += [n for match in _WORDED.finditer(text) for n in _money(match)]
    found += [n for match in _PERCENT.finditer(text) for n in _plain(match, "percent", "percent")]
    for match in _COUNT.finditer(text):
        if _YEAR.fullmatch(match["low"]) and not match["scale"]:
            continue
        if _looks_like_a_model(match):
            continue
        unit = _COUNTED[match["unit"]]
        rate = bool(match["rate"]) or unit.endswith("/month")
        unit = f"{unit}/month" if rate and not unit.endswith("/month") else unit
        found += list(_plain(match, unit, "rate" if rate else "count"))
    return _apart(found)


def _looks_like_a_model(match: re.Match[str]) -> bool:
    """Whether a bare number before a counted noun names a model or a year ("RTX 6000 GPUs", "2023 chips")."""
    if match["unit"] in _PEOPLE or match["scale"] or match["rate"] or "," in match["low"]:
        return False
    return match["unit"] not in _MACHINES and (
        match["low"].isdigit() and (len(match["low"]) == 4 or int(match["low"]) < 30)
    )


def _money(match: re.Match[str]) -> Iterator[Number]:
    unit = _CURRENCY[match["sign"].strip()]
    scale = match["scale"] or match.groupdict().get("lowscale")
    if _value(match["high"] or match["low"], scale) < _LEAST_MONEY:
        return
    yield from _ends(match, unit, "money", scale)


def _plain(match: re.Match[str], unit: str, kind: str) -> Iterator[Number]:
    yield from _ends(match, unit, kind, match.groupdict().get("scale"))


def _ends(match: re.Match[str], unit: str, kind: str, scale: str | None) -> Iterator[Number]:
    low_scale = match.groupdict().get("lowscale") or scale
    if kind == "percent" and _value(match["low"], None) > _MOST_PERCENT:
        return
    yield Number(match.start(), match.end(), _value(match["low"], low_scale), unit, kind)
    if match["high"]:
        yield Number(match.start(), match.end(), _value(match["high"], scale), unit, kind)


def _value(digits: str, scale: str | None) -> float:
    return float(Decimal(digits.replace(",", "")) * _SCALE.get(scale or "", Decimal(1)))


_BARE = re.compile(rf"\s*[~≈]?\s?(?:{_NUMBER})\+?\s*")
_UNIT_IN_HEADING = re.compile(
    r"[(,]\s?(?:in )?(?P<sign>nt\$|hk\$|us\$|\$|€|£|¥|₩|₹|rmb|usd|eur|twd|ntd|jpy|krw|cny|gbp|inr)?\s?"
    rf"(?P<scale>{_SCALES})?"
    r"(?P<percent>%|percent)?\s?(?P<currency>usd|eur|twd|ntd|rmb|jpy|krw|cny|gbp|inr)?\s?\)"
)


def with_unit(text: str, heading: str) -> str:
    """A table cell's bare figure with the unit that its column or row states: "22.3" under "revenue (rmb bn)".

    Any other text is given back as it is. Both arguments are lower case.
    """
    unit = _UNIT_IN_HEADING.search(heading) if _BARE.fullmatch(text) else None
    if unit is None:
        return text
    if unit["percent"]:
        return f"{text.strip()}%"
    sign = unit["sign"] or unit["currency"]
    return f"{sign}{text.strip()} {unit['scale'] or ''}".strip() if sign else text


_BASE = re.compile(r"(?:%|percent|per cent) of (?:the |all |its |about |~|some )*$")


def is_base(text: str, number: Number) -> bool:
    """Whether a count is only what a percentage is a share of ("60% of 1M wafers")."""
    return number.kind in ("count", "rate") and bool(_BASE.search(text, max(0, number.start - 30), number.start))


def _apart(found: list[Number]) -> list[Number]:
    """Without figures that overlap an earlier kind's; both ends of one range stay."""
    kept: list[Number] = []
    for number in found:
        if all(
            number.end <= k.start or k.end <= number.start or (k.start, k.end) == (number.start, number.end)
            for k in kept
        ):
            kept.append(number)
    return sorted(kept, key=lambda n: (n.start, n.value))


def is_growth(text: str, number: Number) -> bool:
    """Whether a percentage is a rate of change and not a share."""
    around = text[max(0, number.start - 25) : number.end + 28]
    return number.kind == "percent" and bool(_GROWTH.search(around))


_PERIOD = re.compile(
    r"(?P<range>\b20(?P<from>\d\d)\s?[-–]\s?(?:20)?(?P<to>\d\d)\b(?!-\d))|(?P<fyq>\bq[1-4] fy\s?(?:20)?\d\d\b|"
    r"\bfy\s?20\d\d[- ]?q[1-4]\b)|"
    r"(?P<quarter>\bq[1-4][ -]?(?:of )?20\d\d\b|\b20\d\d[ -]?q[1-4]\b|\b[1-4]q\s?'?(?:20)?\d\d\b)|"
    r"(?P<named>\b(?:first|second|third|fourth)[- ]quarter(?: of)? 20\d\d\b)|(?P<fy>\bfy\s?'?(?:20)?\d\d\b|"
    r"\bfiscal(?: year)? 20\d\d\b)|"
    r"(?P<year>(?<![\d$.,-])\b20[0-4]\d\b(?!,\d|\.\d))"
)
_YEAR = re.compile(r"(?P<year>\b20\d\d)")
_LONGEST_RANGE = 15
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}


def period_near(text: str, number: Number) -> str:
    """The period nearest to a figure in its lower-case text, as "2026", "2026-Q1" or "2022–2023"; else empty."""
    best: tuple[int, str] | None = None
    for match in _PERIOD.finditer(text):
        if number.start < match.end() and match.start() < number.end:
            continue
        if match["from"] and not 0 < int(match["to"]) - int(match["from"]) <= _LONGEST_RANGE:
            match = _YEAR.search(text, match.start()) or match
        before = match.end() <= number.start
        distance = number.start - match.end() if before else match.start() - number.end
        if best is None or distance < best[0]:
            best = (distance, _normal(match))
    return best[1] if best else ""


def _normal(match: re.Match[str]) -> str:
    text = match[0]
    kind = next((name for name, value in match.groupdict().items() if value and name not in ("from", "to")), "")
    digits = re.findall(r"\d+", text)
    if kind == "range":
        first, last = digits[0], digits[-1]
        return f"{first}–{last if len(last) == 4 else first[:2] + last}"
    if kind == "named":
        return f"{digits[-1]}-Q{_ORDINALS[text.split()[0].split('-')[0]]}"
    if kind in ("quarter", "fyq"):
        quarter = re.search(r"q([1-4])|([1-4])q", text)
        year = next((d[-4:] for d in digits if len(d) == 4), "20" + digits[-1][-2:])
        return f"{'FY' if kind == 'fyq' else ''}{year}-Q{quarter[1] or quarter[2]}" if quarter else year
    if kind == "fy":
        return f"FY{digits[-1] if len(digits[-1]) == 4 else '20' + digits[-1]}"
    return text
