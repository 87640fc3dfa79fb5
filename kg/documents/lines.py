"""Lines of a field and what marks their beginning: list markers, quote signs, rules, table rows."""

import re
from dataclasses import dataclass

from kg.documents.base import Span

_LINE = re.compile(r"([^\r\n\u2028\u2029]*)(?:\r\n|[\r\n\u2028\u2029]|\Z)")
_QUOTE = re.compile(r"[ \t]{0,3}>(?:[ \t]?>)*+[ \t]?")
_CALLOUT = re.compile(r"\[![\w-]+\][+-]?[ \t]*")
_ITEM = re.compile(
    r"[ \t]*(?:(?P<bullet>[-*+•–—▪▫◦‣·●○■□➢➤✓✔►▶→])[ \t]+|(?P<number>\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+)(?=\S)"
)
_TASK = re.compile(r"\[[ xX/-]\][ \t]+")
_RULE = re.compile(
    r"[ \t]*(?:-[ \t]*){3,}$|[ \t]*(?:\*[ \t]*){3,}$|[ \t]*(?:_[ \t]*){3,}$|[ \t]*(?:={3,}|─{3,}|—{3,})$"
)
_TAB = 4
_RULE_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a field, white space at both ends and quote signs left out.

    Attributes:
        start: offset of its first character.
        end: offset behind its last character.
        indent: columns of white space before it.
        quote: how many quote signs stand before it.
    """

    start: int
    end: int
    indent: int
    quote: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing is on the line."""
        return self.start == self.end

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


def split_lines(field: str, start: int = 0, *, quotes: bool = False) -> list[Line]:
    """The lines of ``field`` from ``start`` on; with ``quotes``, quote signs (``>``) are taken off."""
    return [_line(field, *match.span(1), quotes) for match in _LINE.finditer(field, start)]


def _line(field: str, start: int, end: int, quotes: bool) -> Line:
    text = field[start:end]
    quote = 0
    if quotes and (match := _QUOTE.match(text)):
        quote = match.group().count(">")
        start += match.end()
        if callout := _CALLOUT.match(text, match.end()):
            start += callout.end() - callout.start()
        text = field[start:end]
    body = text.lstrip()
    lead = text[: len(text) - len(body)]
    indent = len(lead) + (_TAB - 1) * lead.count("\t")
    start += len(lead)
    return Line(start, start + len(body.rstrip()), indent, quote)


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker of a list item.

    Attributes:
        number: its number, 0 for a bullet or a letter.
        content: offset of the item's text in the field.
    """

    number: int
    content: int


def list_marker(field: str, line: Line) -> Marker | None:
    """The list marker the line begins with; None where it begins with none."""
    match = _ITEM.match(field, line.start, line.end)
    if not match:
        return None
    number = (match.group("number") or "").strip("().")
    content = match.end()
    if task := _TASK.match(field, content, line.end):
        content = task.end()
    return Marker(int(number) if number.isdigit() else 0, content)


def is_rule(field: str, line: Line) -> bool:
    """Whether the line is a thematic break (``---``, ``***``, ``===``)."""
    return 3 <= line.end - line.start <= _RULE_LENGTH and _RULE.match(field[line.start : line.end]) is not None
