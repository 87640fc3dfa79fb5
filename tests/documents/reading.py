"""Helpers of the reader tests: one text in, its document or a short form of its blocks out."""

from kg.documents import read_text
from kg.model import Block, BlockKind, Document


def document(text: str, name: str = "note.md") -> Document:
    reading = read_text(text, name)
    assert not reading.refusals, reading.refusals
    (only,) = reading.documents
    return only


def outline(text: str, name: str = "note.md") -> list[tuple[str, ...]]:
    """Each block as (kind, text), for an item with its lead-in, for a cell with header and row header."""
    return [_short(block) for block in document(text, name).blocks]


def _short(block: Block) -> tuple[str, ...]:
    if block.kind is BlockKind.ITEM:
        return (block.kind.value + str(block.level), block.text, block.lead_in)
    if block.kind is BlockKind.HEADING:
        return (block.kind.value + str(block.level), block.text)
    if block.cell:
        return (block.kind.value, block.text, block.cell.header, block.cell.row_header)
    return (block.kind.value, block.text)
