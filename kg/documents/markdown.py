"""Reads Markdown as people write it: also wiki links, callouts, bold headings and numbered headings."""

import re

from kg.documents.base import Span
from kg.documents.builder import Builder, Place
from kg.documents.headings import is_bold_line, is_label_line, is_numbered_heading, number_depth, runs_on
from kg.documents.lines import Line, is_rule, list_marker, split_lines
from kg.documents.tables import table_at
from kg.model import Block

_ATX = re.compile(r"(#{1,6})[ \t]+(?=\S)|(#{2,6})(?=[^\s#])")
_TAGS = re.compile(r"(?:#[\w/-]+[ \t]*)+")
_FENCE = re.compile(r"`{3,}|~{3,}")
_UNDERLINE = re.compile(r"=+|-+")
_DEFINITION = re.compile(r"\[([^\[\]^][^\[\]]*+)\]:[ \t]*\S+(?:[ \t]+[\"'(][^\n]*)?")
_DEFINITION_LINE = re.compile(r"^[ \t]{0,3}\[([^\[\]^\n][^\[\]\n]*+)\]:[ \t]*\S", re.MULTILINE)
_RAW_OPEN = re.compile(r"<(script|style|svg)\b", re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(.*)</h\1>", re.IGNORECASE)
_HTML_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_HTML_BLOCK = re.compile(
    r"</?(?:div|p|table|tr|td|th|ul|ol|li|section|article|details|summary|h[1-6])\b", re.IGNORECASE
)
_DROPPED = re.compile(r":{3,}.*|\[\[?TOC\]?\]|\{[:%{].*\}")
_PROSE_FENCES = ("", "text", "txt", "plain", "plaintext")
_LONG_LINE = 120
_SETEXT_LENGTH = 80
_STOPS = (".", "!", "?", ":", '"', "”", ")")


def markdown_blocks(field: str, place: Place, start: int = 0) -> list[Block]:
    """The blocks of Markdown from offset ``start`` of ``field`` on."""
    labels = frozenset(match.group(1).strip().lower() for match in _DEFINITION_LINE.finditer(field, start))
    builder = Builder(field, place, labels)
    _Scan(field, split_lines(field, start, quotes=True), builder).run()
    return builder.blocks


class _Scan:
    """Goes through the lines once; lines of one paragraph or item gather in ``_pending``."""

    def __init__(self, field: str, lines: list[Line], builder: Builder) -> None:
        self._field = field
        self._lines = lines
        self._builder = builder
        self._pending: list[Line] = []
        self._content = 0
        self._item_indent: int | None = None
        self._adjacent = False
        self._closers: dict[str, int] = {}

    def run(self) -> None:
        """Adds all blocks to the builder."""
        index = 0
        while index < len(self._lines):
            index = self._step(index)
        self._flush()

    def _step(self, index: int) -> int:
        """Takes the line at ``index`` and gives the index of the next line to take."""
        line = self._lines[index]
        if line.blank:
            self._flush()
            return index + 1
        if self._pending and self._pending[-1].quote != line.quote:
            self._flush()
        text = self._field[line.start : line.end]
        skipped = self._skip(index, text)
        if skipped > index:
            self._flush()
            return skipped
        if self._heading(index, line, text):
            return index + 1
        if "|" in text and (table := table_at(self._field, self._lines, index)):
            self._flush()
            self._builder.table(table)
            return table.end
        self._gather(index, line, text)
        return index + 1

    def _skip(self, index: int, text: str) -> int:
        """Index behind what is dropped: code, comments, scripts, definitions, rules; ``index`` itself if nothing is."""
        fence = _FENCE.match(text)
        if fence and not (fence.group()[0] == "`" and "`" in text[fence.end() :]):
            return self._fenced(index, fence.group()[:3], text.lstrip("`~").strip().lower())
        if text.startswith("<!--") and "-->" not in text:
            return self._behind(index, "-->")
        raw = _RAW_OPEN.match(text)
        if raw:
            closer = f"</{raw.group(1).lower()}"
            return index + 1 if closer in text.lower() else self._behind(index, closer)
        if _DEFINITION.fullmatch(text) or _DROPPED.fullmatch(text) or (text[0] == "#" and _TAGS.fullmatch(text)):
            return index + 1
        if is_rule(self._field, self._lines[index]) and not self._is_underline(text):
            self._flush()
            self._builder.end_list()
            return index + 1
        return index

    def _fenced(self, index: int, closer: str, language: str) -> int:
        """Index behind a fence. Code is dropped; where no language is named, people fence timelines and notes."""
        end = self._behind(index, closer)
        if language in _PROSE_FENCES:
            self._flush()
            self._builder.end_list()
            for line in self._lines[index + 1 : end - 1]:
                self._builder.paragraph([line.span])
        return end

    def _behind(self, index: int, closer: str) -> int:
        """Index behind the next line with ``closer``; where none follows only this line is dropped."""
        if self._closers.get(closer, 0) < 0:
            return index + 1
        for near in range(index + 1, len(self._lines)):
            line = self._lines[near]
            text = self._field[line.start : line.end]
            if text.startswith(closer) if closer[0] in "`~" else closer in text.lower():
                return near + 1
        self._closers[closer] = -1
        return index + 1

    def _heading(self, index: int, line: Line, text: str) -> bool:
        """Takes the line when it is a heading, or the underline of one."""
        if match := _ATX.match(text):
            self._flush()
            marks = match.group(1) or match.group(2)
            self._builder.heading([(line.start + match.end(), _without_closing_marks(text, line))], len(marks))
            return True
        if self._outlined(line):
            return True
        if match := _HTML_HEADING.fullmatch(text):
            self._flush()
            self._builder.heading([(line.start + match.start(2), line.start + match.end(2))], int(match.group(1)))
            return True
        if self._is_underline(text):
            span = self._pending.pop().span
            self._builder.heading([span], 1 if text[0] == "=" else 2)
            return True
        if self._is_bold_heading(index, line, text):
            self._flush()
            self._bare_heading(line.span, text)
            return True
        if is_numbered_heading(self._field, self._lines, index, near_only=True):
            self._flush()
            self._bare_heading(line.span, text)
            return True
        return False

    def _outlined(self, line: Line) -> bool:
        """Takes an outliner's heading, one with marks behind a bullet (``- ## Customers``)."""
        marker = list_marker(self._field, line)
        match = _ATX.match(self._field, marker.content, line.end) if marker and not marker.number else None
        if match is None or match.group(1) is None:
            return False
        self._flush()
        text = self._field[match.end() : line.end]
        end = match.end() + _without_closing_marks(text, Line(0, len(text), 0))
        self._builder.heading([(match.end(), end)], len(match.group(1)))
        return True

    def _is_underline(self, text: str) -> bool:
        if self._item_indent is not None or len(self._pending) != 1 or not _UNDERLINE.fullmatch(text):
            return False
        above = self._field[self._pending[0].start : self._pending[0].end]
        return text[0] == "=" or (len(above) <= _SETEXT_LENGTH and not above.endswith((*_STOPS, ",", ";")))

    def _is_bold_heading(self, index: int, line: Line, text: str) -> bool:
        if not is_bold_line(text) or line.indent > 1 or runs_on(self._field, self._lines, index):
            return False
        if text[0].isdigit():
            return is_numbered_heading(self._field, self._lines, index, near_only=False)
        return True

    def _bare_heading(self, span: Span, text: str) -> None:
        """A heading without marks: one level below the last marked one, numbered ones by the depth of their number."""
        self._builder.bare_heading(span, max(1, number_depth(text)))

    def _gather(self, index: int, line: Line, text: str) -> None:
        """Adds the line to the paragraph or item it belongs to, or begins a new one."""
        marker = list_marker(self._field, line)
        above_blank = index == 0 or self._lines[index - 1].blank
        if marker and marker.content < line.end:
            self._flush()
            self._pending, self._content, self._item_indent = [line], marker.content, line.indent
            self._adjacent = not above_blank
        elif match := _HTML_ITEM.match(text):
            self._flush()
            self._pending, self._content, self._item_indent = [line], line.start + match.end(), line.indent
            self._adjacent = not above_blank
        elif self._pending and self._continues(line, text):
            self._pending.append(line)
        else:
            self._flush()
            if not (self._builder.in_list and line.indent >= 2):
                self._builder.end_list()
            self._pending, self._content, self._item_indent = [line], line.start, None

    def _continues(self, line: Line, text: str) -> bool:
        """Whether the line goes on with what is pending."""
        last = self._pending[-1]
        above = self._field[last.start : last.end]
        if is_label_line(text) or _HTML_BLOCK.match(text):
            return False
        if self._item_indent is not None and line.indent <= self._item_indent:
            return text[0].islower() or not above.endswith(_STOPS)
        return len(above) <= _LONG_LINE or not above.endswith(_STOPS)

    def _flush(self) -> None:
        """Gives what is pending to the builder."""
        if not self._pending:
            return
        spans = [(self._content, self._pending[0].end), *(line.span for line in self._pending[1:])]
        indent = self._item_indent
        self._pending, self._item_indent = [], None
        if indent is None:
            self._builder.paragraph(spans)
        else:
            self._builder.item(spans, indent, adjacent=self._adjacent)


def _without_closing_marks(text: str, line: Line) -> int:
    """Offset behind a heading's text when the ``#`` signs that may close it are left out."""
    bare = text.rstrip("#")
    return line.start + len(bare.rstrip()) if bare != text and bare[-1:].isspace() else line.end
