"""``kg documents``: what the graph was built from."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import format_option, output_option, quiet_option, store_option
from kg.cli.output import as_json, write
from kg.export.tables import disarmed
from kg.query import align, visible
from kg.settings import Place
from kg.store import StoredDocument, list_documents, open_store

_COLUMNS = ("document", "title", "date", "publisher", "claims", "figures", "id")
_NUMERIC = tuple(column in {"claims", "figures"} for column in _COLUMNS)


@click.command(epilog="Example: kg documents --format csv")
@store_option
@format_option(("table", "json", "csv"), "table")
@output_option
@quiet_option
def documents(store: Place, format_: str, output: Path | None, quiet: bool) -> None:
    """List the documents of the graph.

    Documents that share a name are told apart by their folders.
    """
    with open_store(store) as opened:
        listed = list_documents(opened)
    if format_ == "json":
        write(as_json([asdict(document) for document in listed]), output)
    elif format_ == "csv":
        write(_csv(listed), output)
    else:
        write(align(_COLUMNS, [[visible(cell) for cell in _row(each)] for each in listed], numeric=_NUMERIC), output)


def _row(document: StoredDocument) -> tuple[str, ...]:
    numbers = (str(document.claims), str(document.figures))
    return (document.label, document.title, document.date, document.publisher, *numbers, document.id)


def _csv(listed: Sequence[StoredDocument]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([disarmed(cell) for cell in _row(each)] for each in listed)
    return text.getvalue()
