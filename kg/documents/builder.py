"""Collects the blocks of one field and keeps what a block must know: headings above it, its list, its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.base import Span
from kg.documents.inline import plain
from kg.documents.tables import Table
from kg.model import Block, BlockKind, Cell

_LEAD_IN_LENGTH = 200
# An item so short that ends in a colon announces those that follow it on its own level.
_ANNOUNCEMENT = 60
_SAME_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in its document.

    Attributes:
        pointer: the field's JSON pointer, empty for a text file.
        headings: headings that the whole field stands under.
        first_table: number of the next table.
        titled: whether the document's title is known from elsewhere, so that no heading becomes the title.
    """

    pointer: str = ""
    headings: tuple[str, ...] = ()
    first_table: int = 0
    titled: bool = False


class Builder:
    """Blocks of one field, in the order in which they are added. Stretches without text give no block."""

    def __init__(self, field: str, place: Place, labels: frozenset[str] = frozenset()) -> None:
        self.blocks: list[Block] = []
        self._field = field
        self._place = place
        self._labels = labels
        self._table = place.first_table
        self._headings: list[tuple[int, str]] = []
        self._path: tuple[str, ...] = place.headings
        self._marked = 0
        self._items: list[tuple[int, str]] = []
        self._lead_in = ""
        self._announced = ""

    @property
    def in_list(self) -> bool:
        """Whether a list is open."""
        return bool(self._items)

    def title(self, span: Span) -> None:
        """The document's title; what follows does not stand under it."""
        text, runs = plain(self._field, [span], self._labels)
        if text:
            self.blocks.append(Block(BlockKind.TITLE, text, runs, self._place.pointer))

    def heading(self, spans: Sequence[Span], level: int) -> None:
        """A heading; closes the headings of its level and deeper."""
        self.end_list()
        text, runs = plain(self._field, spans, self._labels)
        if not text:
            return
        if level == 1 and not self._headings and not self._place.titled and not self._has_title():
            self.blocks.append(Block(BlockKind.TITLE, text, runs, self._place.pointer))
            return
        self._marked = level
        self._section(text, runs, level)

    def bare_heading(self, span: Span, depth: int) -> None:
        """A heading without marks, ``depth`` levels below the innermost marked heading; never the title."""
        self.end_list()
        text, runs = plain(self._field, [span], self._labels)
        if text:
            self._section(text, runs, self._marked + depth)

    def _section(self, text: str, runs: tuple[tuple[int, int], ...], level: int) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        path = self._place.headings + tuple(name for _, name in self._headings)
        self.blocks.append(Block(BlockKind.HEADING, text, runs, self._place.pointer, path, level=level))
        self._headings.append((level, text))
        self._path = (*path, text)

    def paragraph(self, spans: Sequence[Span]) -> None:
        """A paragraph; inside an open list it belongs to the item above and does not end the list."""
        text, runs = plain(self._field, spans, self._labels)
        if text:
            self.blocks.append(Block(BlockKind.PARAGRAPH, text, runs, self._place.pointer, self._path))

    def item(self, spans: Sequence[Span], indent: int, *, adjacent: bool) -> None:
        """A list item, its marker left out; ``adjacent`` where no blank line stands between it and the line above."""
        text, runs = plain(self._field, spans, self._labels)
        if not text:
            return
        if not self._items:
            self._lead_in = self._introduction(adjacent)
        while self._items and self._items[-1][0] > indent - _SAME_LEVEL:
            self._items.pop()
        lead_in = self._items[-1][1] if self._items else self._announced or self._lead_in
        level = len(self._items) + 1
        if text.endswith(":") and len(text) <= _ANNOUNCEMENT:
            self._announced = text
        self.blocks.append(Block(BlockKind.ITEM, text, runs, self._place.pointer, self._path, lead_in, level))
        self._items.append((indent, text))

    def end_list(self) -> None:
        """What follows belongs to no list."""
        self._items.clear()
        self._lead_in = self._announced = ""

    def table(self, table: Table) -> None:
        """The body cells of a table, row by row; the header's text goes with each cell."""
        self.end_list()
        header = [plain(self._field, [span], self._labels)[0] for span in table.header]
        for number, row in enumerate(table.rows):
            cells = [plain(self._field, [span], self._labels) for span in row]
            for column, (text, runs) in enumerate(cells):
                if text:
                    name = header[column] if column < len(header) else ""
                    cell = Cell(self._table, number, column, name, cells[0][0])
                    self.blocks.append(
                        Block(BlockKind.CELL, text, runs, self._place.pointer, self._path, cell=cell),
                    )
        self._table += 1

    def _introduction(self, adjacent: bool) -> str:
        """The paragraph above the list that is about to begin, when it introduces the list."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.kind is not BlockKind.PARAGRAPH:
            return ""
        introduces = last.text.endswith((":", "：")) or (adjacent and len(last.text) <= _LEAD_IN_LENGTH)
        return last.text if introduces else ""

    def _has_title(self) -> bool:
        return any(block.kind in (BlockKind.TITLE, BlockKind.HEADING) for block in self.blocks)
