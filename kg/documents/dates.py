"""Dates as documents write them, to ISO 8601."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_LEAD = r"^\W{0,3}"
_LONGEST = 80

_FORMS = tuple(
    re.compile(_LEAD + form + r"(?!\d)", re.IGNORECASE)
    for form in (
        _YEAR + r"-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
        _YEAR + r"[/.](?P<number>\d{1,2})[/.](?P<day>\d{1,2})",
        _YEAR + r"(?P<number>\d\d)(?P<day>\d\d)",
        _YEAR + r"-(?P<number>\d{1,2})(?!-\d)",
        _WEEKDAY + _DAY + r"(?:\s+of)?[\s-]+" + _MONTH + r",?[\s-]+" + _YEAR,
        _WEEKDAY + _MONTH + r"\s+" + _DAY + r",?\s+" + _YEAR,
        _MONTH + r",?\s+" + _YEAR,
        _YEAR + r"$",
    )
)
_TIME = re.compile(
    r"(?:at|t|,)?\s*\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:[+-]\d\d:?\d\d|z|[a-z]{2,4})?",
    re.IGNORECASE,
)


def parse_date(text: str) -> str:
    """The date at the start of ``text`` as ``2026-06-24``, ``2026-06`` or ``2026``; empty where there is none.

    Weekday names and times of day are passed over. Forms that depend on the country (``03/04/2025``) give nothing.
    """
    return _parse(text)[0]


def is_date(text: str) -> bool:
    """Whether ``text`` is a date and nothing else, a time of day allowed."""
    if len(text) > _LONGEST:
        return False
    iso, end = _parse(text)
    rest = text[end:].strip(" .,;)*")
    return bool(iso) and (not rest or _TIME.fullmatch(rest) is not None)


def _parse(text: str) -> tuple[str, int]:
    head = text[:_LONGEST]
    for form in _FORMS:
        match = form.match(head)
        if match:
            iso = _iso(match.groupdict())
            if iso:
                return iso, match.end()
    return "", 0


def _iso(parts: dict[str, str | None]) -> str:
    year = parts.get("year") or ""
    name = parts.get("month")
    number = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts.get("number") or 0)
    if not number:
        return year if not parts.get("number") else ""
    day = parts.get("day")
    try:
        found = date(int(year), number, int(day) if day else 1)
    except ValueError:
        return ""
    return found.isoformat() if day else found.isoformat()[:7]
