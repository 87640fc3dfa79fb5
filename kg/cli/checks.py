"""``kg validate`` and ``kg verify``: whether the graph conforms and its quotes hold."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.main import DOES_NOT_CONFORM, FAILED
from kg.cli.options import format_option, output_option, quiet_option, settings_for, store_option
from kg.cli.output import as_json, counted, write
from kg.pipeline import ENGINES, validate_store
from kg.settings import Place
from kg.verify import verify as check


@click.command(epilog="Example: kg validate --format json")
@store_option
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="Who checks: the store itself, in seconds, or pySHACL, as the standard has it, in minutes.",
)
@format_option(("text", "json", "turtle"), "text")
@output_option
@quiet_option
def validate(store: Place, engine: str, format_: str, output: Path | None, quiet: bool) -> None:
    """Check the graph against the ontology's shapes.

    turtle is the standard's sh:ValidationReport. Exits with 3 where the graph does not conform.
    """
    report = validate_store(settings_for(store), engine=engine)
    lines = [*report.lines(), "the graph conforms" if report.conforms else "the graph does not conform"]
    if format_ == "json":
        write(report.as_json() + "\n", output)
    elif format_ == "turtle":
        write(report.as_turtle(), output)
    elif not quiet or not report.conforms:
        write("".join(f"{line}\n" for line in lines), output)
    if not report.conforms:
        sys.exit(DOES_NOT_CONFORM)


@click.command(epilog="Example: kg verify")
@store_option
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="DIR", help="Look for the documents there, by file name."
)
@format_option(("text", "json"), "text")
@output_option
@quiet_option
def verify(store: Place, sources: Path | None, format_: str, output: Path | None, quiet: bool) -> None:
    """Check every quote against its document.

    Reads the documents again and compares their hashes and every quote, character for character. Exits with 1 where
    anything differs.
    """
    outcome = check(store, sources=sources, limit=settings_for(store).max_document_bytes)
    if format_ == "json":
        write(as_json(asdict(outcome)), output)
    elif not quiet or outcome.faults:
        held = f"{counted(outcome.quotes, 'quote')} in {counted(outcome.documents, 'document')} hold"
        summary = f"{held}, {counted(len(outcome.faults), 'fault')}"
        write("".join(f"{line}\n" for line in (*outcome.faults, summary)), output)
    if outcome.faults:
        sys.exit(FAILED)
