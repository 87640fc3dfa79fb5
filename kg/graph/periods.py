"""Days that a date or a period means."""

import re
from calendar import monthrange
from datetime import date

Span = tuple[date, date]
"""First and last day."""

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_QUARTER = re.compile(r"(?:FY)?(?P<year>\d{4})-Q(?P<quarter>[1-4])")
_YEARS = re.compile(r"(?:FY)?(?P<first>\d{4})(?:\s?[-–]\s?(?P<last>\d{4}))?")
_MONTHS = 12


def span(text: str) -> Span | None:
    """The days of "2026-06-24", "2026-06", "2026", "2026-Q1", "2022–2023" or "FY2026"; None for anything else.

    A fiscal year is taken for the calendar year of its number.
    """
    if match := _DATE.fullmatch(text):
        return _span_of_date(int(match["year"]), int(match["month"] or 0), int(match["day"] or 0))
    if match := _QUARTER.fullmatch(text):
        last = 3 * int(match["quarter"])
        return _months(int(match["year"]), last - 2, int(match["year"]), last)
    if match := _YEARS.fullmatch(text):
        return _months(int(match["first"]), 1, int(match["last"] or match["first"]), _MONTHS)
    return None


def meet(one: Span, other: Span) -> bool:
    """Whether two spans have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _span_of_date(year: int, month: int, day: int) -> Span | None:
    if not month:
        return _months(year, 1, year, _MONTHS)
    if not day:
        return _months(year, month, year, month)
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def _months(first_year: int, first: int, last_year: int, last: int) -> Span | None:
    months_are_real = 1 <= first <= _MONTHS and 1 <= last <= _MONTHS
    if not months_are_real or first_year < 1 or (first_year, first) > (last_year, last):
        return None
    return date(first_year, first, 1), date(last_year, last, monthrange(last_year, last)[1])
