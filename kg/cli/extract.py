"""``kg extract``: claims as JSON Lines, for pipes."""

from collections.abc import Iterable
from pathlib import Path

import click

from kg.claims import write_lines
from kg.cli.options import format_option, output_option, quiet_option, settings_for, store_option
from kg.cli.output import write
from kg.cli.reading import standard_input
from kg.documents import Reading, Refusal, discover, read, read_text
from kg.errors import DocumentError
from kg.extract import Extractor
from kg.ontology import Ontology
from kg.settings import Place


@click.command(epilog="Example: echo 'TSMC outsources packaging to Amkor.' | kg extract -")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH...")
@store_option
@format_option(("jsonl",), "jsonl")
@output_option
@quiet_option
def extract(paths: tuple[Path, ...], store: Place, format_: str, output: Path | None, quiet: bool) -> None:
    """Print the claims of documents as JSON Lines.

    Figures and remarks, such as standings and what was not found, are lines of their own. PATH is a file or a folder;
    ``-`` is standard input. No store is read or written.
    """
    settings = settings_for(store)
    ontology = Ontology.load(settings.ontology)
    extractor = Extractor(ontology)
    files = discover(path for path in paths if str(path) != "-")
    readings = [read(path, limit=settings.max_document_bytes) for path in files]
    if len(files) < len(paths) and Path("-") in paths:
        readings.append(_read_standard_input())
    refusals = [refusal for reading in readings for refusal in reading.refusals]
    documents = [document for reading in readings for document in reading.documents]
    found = [extractor.extract(document) for document in documents]
    lines = [
        line for each in found for line in write_lines([*each.claims, *each.observations, *each.remarks], ontology)
    ]
    if refusals and not documents:
        *others, last = (refusal.reason for refusal in refusals)
        _report(others)
        raise DocumentError(last if not others else "No document could be read: " + last)
    write("".join(f"{line}\n" for line in lines), output)
    _report(refusal.reason for refusal in refusals)
    _report(reason for each in found for reason in each.refused)


def _read_standard_input() -> Reading:
    try:
        return read_text(standard_input(), "-")
    except DocumentError as error:
        return Reading(refusals=(Refusal("-", str(error)),))


def _report(refusals: Iterable[str]) -> None:
    for line in refusals:
        click.echo(f"Refused: {line}", err=True)
