"""Reads plain text: one paragraph a line unless lines are hard-wrapped, bare headings, lists, pasted pipe tables."""

import re

from kg.documents.builder import Builder, Place
from kg.documents.headings import (
    is_bold_line,
    is_label_line,
    is_numbered_heading,
    is_short_name,
    is_title,
    is_title_case,
    number_depth,
    runs_on,
)
from kg.documents.lines import Line, is_rule, list_marker, split_lines
from kg.documents.tables import table_at
from kg.model import Block, BlockKind

_MARKED_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_DASHES = re.compile(r"--[ \t]+(?=\S)|--$")
_LABELLED = re.compile(r"\S[^.:;—–]{1,60}? [—–] \S")
_CLOSING = (".", "!", "?", ":", ")", "]", "”", '"')
_WRAP_MIN, _WRAP_MAX, _WRAP_SPREAD = 50, 180, 40


def text_blocks(field: str, place: Place, start: int = 0) -> list[Block]:
    """The blocks of plain text from offset ``start`` of ``field`` on."""
    lines = [_without_dashes(field, line) for line in split_lines(field, start)]
    builder = Builder(field, place)
    _Scan(field, lines, builder, titled=place.titled).run()
    return builder.blocks


def _without_dashes(field: str, line: Line) -> Line:
    """The line without the dashes some news archives put before their head lines."""
    match = _DASHES.match(field, line.start, line.end)
    return Line(match.end(), line.end, line.indent) if match else line


class _Scan:
    """Goes through the lines once and gives each stretch to the builder."""

    def __init__(self, field: str, lines: list[Line], builder: Builder, *, titled: bool) -> None:
        self._field = field
        self._lines = lines
        self._builder = builder
        self._titled = titled
        self._numbered = False
        self._introduced = False
        self._stretch_end = 0

    def run(self) -> None:
        """Adds all blocks to the builder."""
        index = 0
        while index < len(self._lines):
            index = self._step(index)

    def _step(self, index: int) -> int:
        line = self._lines[index]
        if line.blank:
            self._introduced = False
            return index + 1
        text = self._text(index)
        if not self._titled:
            self._titled = True
            if self._is_title(index, line, text):
                self._builder.title((line.start + self._marks(text), line.end))
                return index + 1
        if is_rule(self._field, line):
            self._builder.end_list()
            return index + 1
        if "|" in text and (table := table_at(self._field, self._lines, index)):
            self._builder.table(table)
            return table.end
        if self._heading(index, line, text):
            self._introduced = False
            return index + 1
        return self._prose(index, line, text)

    def _is_title(self, index: int, line: Line, text: str) -> bool:
        if "|" in text or list_marker(self._field, line) is not None or runs_on(self._field, self._lines, index):
            return False
        return is_title(text) and self._has_more(index)

    def _text(self, index: int) -> str:
        line = self._lines[index]
        return self._field[line.start : line.end]

    def _marks(self, text: str) -> int:
        match = _MARKED_HEADING.match(text)
        return match.end() if match else 0

    def _has_more(self, index: int) -> bool:
        return any(not line.blank for line in self._lines[index + 1 : index + 20])

    def _heading(self, index: int, line: Line, text: str) -> bool:
        if match := _MARKED_HEADING.match(text):
            self._builder.heading([(line.start + match.end(), line.end)], len(match.group(1)))
            return True
        if is_numbered_heading(self._field, self._lines, index, near_only=False):
            self._numbered = True
            self._builder.bare_heading(line.span, number_depth(text))
            return True
        if self._is_bare_heading(index, line, text):
            self._builder.bare_heading(line.span, 2 if self._numbered else 1)
            return True
        return False

    def _is_bare_heading(self, index: int, line: Line, text: str) -> bool:
        """Whether a line without number stands as a heading: short, alone, and something follows it."""
        if runs_on(self._field, self._lines, index):
            return False
        if is_bold_line(text):
            return True
        if line.indent > 1 or not is_short_name(text) or list_marker(self._field, line) is not None:
            return False
        follower = next((near for near in range(index + 1, min(index + 6, len(self._lines))) if self._filled(near)), 0)
        if not follower or self._is_name_beside(index, index + 1) or self._is_name_beside(index, index - 1):
            return False
        above, below = self._filled(index - 1), self._filled(index + 1)
        if above and not self._is_placed(index - 1) and not self._is_closed(index - 1):
            return False
        return is_title_case(text) or not (above or below)

    def _filled(self, index: int) -> bool:
        return 0 <= index < len(self._lines) and not self._lines[index].blank

    def _is_name_beside(self, index: int, near: int) -> bool:
        """Whether the line next to it, with no blank line between, is as short and bare: then both are list-like."""
        if not self._filled(near) or (near < index and self._is_placed(near)):
            return False
        text = self._text(near)
        line = self._lines[near]
        return is_short_name(text) and list_marker(self._field, line) is None and text[0] != "|"

    def _is_closed(self, near: int) -> bool:
        """Whether the line ends a sentence, an item or a table row, so that the next does not go on with it."""
        text = self._text(near)
        return text.endswith(_CLOSING) or text[0] == "|" or list_marker(self._field, self._lines[near]) is not None

    def _is_placed(self, near: int) -> bool:
        """Whether the line above was the title or a heading, so that a heading may follow at once."""
        last = self._builder.blocks[-1] if self._builder.blocks else None
        start = self._lines[near].start
        return last is not None and last.kind in (BlockKind.TITLE, BlockKind.HEADING) and last.runs[0][1] >= start

    def _prose(self, index: int, line: Line, text: str) -> int:
        marker = list_marker(self._field, line)
        adjacent = self._filled(index - 1)
        if marker and marker.content < line.end:
            end = self._item_end(index, line)
            spans = [(marker.content, line.end), *(near.span for near in self._lines[index + 1 : end])]
            self._builder.item(spans, line.indent, adjacent=adjacent)
            return end
        if self._introduced and _LABELLED.match(text):
            self._builder.item([line.span], line.indent, adjacent=True)
            return index + 1
        end = self._paragraph_end(index)
        if not (self._builder.in_list and line.indent >= 2):
            self._builder.end_list()
        self._builder.paragraph([near.span for near in self._lines[index:end]])
        self._introduced = self._text(end - 1).endswith(":")
        return end

    def _item_end(self, index: int, line: Line) -> int:
        """Index behind the lines that belong to an item: those indented deeper and those wrapped."""
        end = index + 1
        while self._filled(end) and list_marker(self._field, self._lines[end]) is None:
            if self._lines[end].indent <= line.indent and not self._wraps(end - 1, end):
                break
            end += 1
        return end

    def _wraps(self, above: int, index: int) -> bool:
        """Whether the line at ``index`` goes on with the one above it, which was cut at the margin."""
        return self._filled(index) and self._length(above) >= _WRAP_MIN and self._text(index)[0].islower()

    def _length(self, index: int) -> int:
        line = self._lines[index]
        return line.indent + line.end - line.start

    def _paragraph_end(self, index: int) -> int:
        """Index behind a hard-wrapped paragraph; a line that is not wrapped is a paragraph of its own."""
        if index >= self._stretch_end:
            end = index + 1
            while self._filled(end) and self._is_running(end):
                end += 1
            self._stretch_end = end
            if self._is_even(index, end):
                return end
        stop = index + 1
        while stop < self._stretch_end and self._wraps(stop - 1, stop):
            stop += 1
        return stop

    def _is_even(self, index: int, end: int) -> bool:
        """Whether lines without a blank between them are cut at one margin: alike in length, some going on."""
        lengths = [self._length(near) for near in range(index, end - 1)]
        if not lengths or min(lengths) < _WRAP_MIN or max(lengths) > _WRAP_MAX:
            return False
        return max(lengths) - min(lengths) <= _WRAP_SPREAD and any(
            self._wraps(near, near + 1) for near in range(index, end - 1)
        )

    def _is_running(self, index: int) -> bool:
        text = self._text(index)
        if text[0] in "|#" or is_label_line(text) or is_rule(self._field, self._lines[index]):
            return False
        return list_marker(self._field, self._lines[index]) is None
