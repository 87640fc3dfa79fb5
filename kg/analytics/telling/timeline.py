"""A timeline in words: document by document, the oldest first."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from kg.analytics.sayings import Saying
from kg.analytics.telling.quotes import wrapped
from kg.analytics.telling.sayings import amount, told
from kg.analytics.telling.scope import undated
from kg.analytics.timeline import Entry, Timeline
from kg.query import visible


def lines(found: Timeline, width: int) -> list[str]:
    """What was said when, for a terminal of that width."""
    shown = len(found.dated) + len(found.undated)
    of = "" if shown == found.total else f", the newest {shown} of {found.total}"
    out = [f"{visible(found.entity.label)}: what was said when{of}"]
    if not shown:
        return [f"{visible(found.entity.label)}: nothing was said within these limits", *undated(found.left_out)]
    out += _entries(found.dated, width)
    if found.undated:
        out += ["", "Without a date: these documents do not say when they were written"]
        out += _entries(found.undated, width)
    return [*out, *undated(found.left_out)]


def _entries(entries: Sequence[Entry], width: int) -> Iterator[str]:
    for (date, document), group in groupby(entries, key=lambda entry: (entry.said.date, entry.said.document)):
        yield ""
        yield f"{visible(date) or 'no date'}: {visible(document)}"
        for entry in group:
            period = f" ({visible(entry.said.period)})" if entry.said.sort == "claim" and entry.said.period else ""
            yield f"  {told(entry.said)}{period}"
            yield from wrapped(f"“{entry.said.quote}” ({entry.said.id})", width, indent=6)
            for way, other in (
                ("replaces", entry.replaces),
                ("replaced by", entry.replaced_by),
                ("came true, as planned", entry.realises),
                ("came true", entry.realised_by),
            ):
                if other is not None:
                    yield from _link(way, other, width)


def _link(way: str, other: Saying, width: int) -> list[str]:
    what = amount(other) if other.value is not None else told(other)
    date = f", {other.date}" if other.date else ""
    return wrapped(f"→ {way}: {what}, “{other.quote}” — {other.document}{date} ({other.id})", width, indent=6)
