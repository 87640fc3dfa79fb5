"""The table of documents that building and adding show."""

from collections.abc import Iterable

from kg.pipeline import DocumentRow
from kg.query import align, visible


def documents_table(documents: Iterable[DocumentRow]) -> str:
    """A row for each document, without a count and without a line break at the end."""
    rows = [(visible(d.name), visible(d.title), str(d.claims), str(d.facts), str(d.observations)) for d in documents]
    table = align(("document", "title", "claims", "facts", "figures"), rows, numeric=(False, False, True, True, True))
    return table.rsplit("\n(", 1)[0]
