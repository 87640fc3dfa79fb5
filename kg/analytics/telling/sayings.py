"""How claims, figures and remarks are told, the same in every answer."""

from itertools import zip_longest
from textwrap import wrap

from kg.analytics.sayings import Saying
from kg.analytics.telling.quotes import UNWRAPPED, wrapped
from kg.model import Modality, Polarity
from kg.query import visible

_INDENT = 6
_GAP = 3
# A column narrower than this is read worse than one text after the other.
_NARROWEST = 40


def told(said: Saying) -> str:
    """What it says, in one line ("ASE capital expenditure 2026: 8,500,000,000 USD")."""
    if said.sort == "claim" and said.object is not None:
        line = f"{said.subject.label} {said.reads} {said.object.label}"
    elif said.value is not None:
        line = f"{said.subject.label} {said.reads} {said.period}: {amount(said)}".replace(" :", ":")
    else:
        line = _remark(said)
    return visible(line) + marks(said)


def amount(said: Saying) -> str:
    """A figure with its unit ("8,500,000,000 USD")."""
    return f"{said.value:,.15g} {said.unit}"


def marks(said: Saying) -> str:
    """How it is said, in brackets, where that is not plainly affirmed and asserted."""
    stance = [str(said.polarity)] if said.polarity is Polarity.NEGATED else []
    mode = [str(said.modality)] if said.modality is not Modality.ASSERTED else []
    return f" [{', '.join([*stance, *mode])}]" if stance or mode else ""


def origin(said: Saying) -> str:
    """Its document, date and id, as ``kg show`` has them."""
    return visible(f"— {said.document}{f', {said.date}' if said.date else ''} ({said.id})")


def quoted_saying(said: Saying, width: int, *, indent: int = _INDENT) -> list[str]:
    """The quote, then where it stands."""
    return [*wrapped(f"“{said.quote}”", width, indent=indent), " " * indent + origin(said)]


def beside(left: list[str], right: list[str], width: int, *, indent: int) -> list[str]:
    """Two texts in two columns where the width allows, else one after the other."""
    room = (width - indent - _GAP) // 2
    space = " " * indent
    if room < _NARROWEST or width >= UNWRAPPED:
        columns = [*_wrapped(left, width - indent), "", *_wrapped(right, width - indent)]
        return [(space + line).rstrip() for line in columns]
    rows = zip_longest(_wrapped(left, room), _wrapped(right, room), fillvalue="")
    return [f"{space}{one:<{room}}{' ' * _GAP}{other}".rstrip() for one, other in rows]


def _wrapped(lines: list[str], width: int) -> list[str]:
    return [part for line in lines for part in wrap(line, max(width, _NARROWEST // 2)) or [""]]


def _remark(said: Saying) -> str:
    limits = f" ({', '.join(said.scope)})" if said.scope else ""
    others = ", ".join(other.label for other in said.others)
    if said.relation == "gap":
        return f"{said.subject.label}: no {said.topic} found{f' for {others}' if others else ''}"
    field = f" in {said.topic}" if said.topic else ""
    return f"{said.subject.label}: {said.rank}{field}{limits}{f' than {others}' if others else ''}"
