"""``kg build``: the main job."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kg.cli.main import FAILED
from kg.cli.options import format_option, output_option, quiet_option, settings_for, store_option
from kg.cli.output import as_json, counted, progress, remark, write
from kg.cli.summary import documents_table
from kg.pipeline import BuildReport
from kg.pipeline import build as run
from kg.query import visible
from kg.settings import Place


@click.command(epilog="Example: kg build seeds --exports exports")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--exports",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also write Turtle, TriG, claims and the picture there.",
)
@store_option
@format_option(("table", "json"), "table")
@output_option
@quiet_option
def build(
    paths: tuple[Path, ...], exports: Path | None, store: Place, format_: str, output: Path | None, quiet: bool
) -> None:
    """Build the graph from documents.

    PATH is a file or a folder: text, Markdown, JSON, JSON Lines. The store is replaced as a whole when all is done; a
    document that cannot be read is refused, reported, and stops nothing. Where a build is killed, the next one takes
    over what it had read. Exits with 1 where a PATH does not exist or holds no document, after the others are built.
    """
    report = run(paths, settings_for(store), exports=exports, progress=progress(quiet=quiet))
    if format_ == "json":
        write(as_json(_record(report)), output)
    elif not quiet or output is not None:
        write(_table(report), output)
    if format_ != "json":
        _remarks(report, store, quiet=quiet)
    if report.missing:
        sys.exit(FAILED)


def _remarks(report: BuildReport, store: Place, *, quiet: bool) -> None:
    for refusal in report.refusals:
        click.echo(f"Refused: {visible(refusal.reason)}", err=True)
    if report.resumed:
        total = counted(len(report.documents), "document")
        remark(f"Resumed: {report.resumed} of {total} were read already", quiet=quiet)
    if report.unused_judgements:
        unused = counted(report.unused_judgements, "judgement is about a claim", "judgements are about claims")
        remark(f"{unused} that none of these documents gives; see `kg judge list`", quiet=quiet)
    if report.pushed:
        pushed = report.pushed
        counts = f"{pushed.loaded} loaded, {pushed.present} there already, {pushed.dropped} dropped"
        remark(f"Graphs on the server: {counts}", quiet=quiet)
    remark(f"Store: {store}", quiet=quiet)
    for path in report.exports:
        remark(f"Export: {path}", quiet=quiet)


def _record(report: BuildReport) -> dict[str, Any]:

    totals = {name: getattr(report, name) for name in ("claims", "observations", "facts")}
    return asdict(report) | totals | {"exports": [str(path) for path in report.exports]}


def _table(report: BuildReport) -> str:
    return (
        f"{documents_table(report.documents)}\n\n"
        f"{counted(len(report.documents), 'document')}, {counted(report.claims, 'claim')}, "
        f"{counted(report.facts, 'fact')}, {counted(report.observations, 'figure')}, "
        f"{counted(report.entities, 'entity', 'entities')}, {counted(report.conflicts, 'conflict')}, "
        f"refused: {counted(len(report.refusals) - report.refused_claims, 'document')}, "
        f"{counted(report.refused_claims, 'claim')}\n"
    )
