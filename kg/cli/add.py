"""``kg add``: documents into a store that is there."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kg.cli.main import FAILED
from kg.cli.options import format_option, output_option, quiet_option, settings_for, store_option
from kg.cli.output import as_json, counted, progress, remark, write
from kg.cli.summary import documents_table
from kg.pipeline import AddReport
from kg.pipeline import add as run
from kg.query import visible
from kg.settings import Place


@click.command(epilog="Example: kg add news/2026-07.md")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@store_option
@format_option(("table", "json"), "table")
@output_option
@quiet_option
def add(paths: tuple[Path, ...], store: Place, format_: str, output: Path | None, quiet: bool) -> None:
    """Add documents to the graph.

    PATH is a file or a folder. A document that is there already is left alone; one that has changed takes the place
    of its old state. Each document is there whole, or not at all, at any moment, and those that were added before an
    interruption stay. Exits with 1 where a PATH does not exist or holds no document, after the others are added, and
    where all that was given is refused.
    """
    report = run(paths, settings_for(store), progress=progress(quiet=quiet))
    if format_ == "json":
        write(as_json(_record(report)), output)
    elif not quiet or output is not None:
        write(_table(report), output)
    if format_ != "json":
        for refusal in report.refusals:
            click.echo(f"Refused: {visible(refusal.reason)}", err=True)
        if report.outdated:
            remark(
                "The ontology, the judgements or kg have changed since the build; `kg build` takes in all", quiet=quiet
            )
        remark(f"Store: {store}", quiet=quiet)
    if report.missing or (report.refusals and not (report.documents or report.present)):
        sys.exit(FAILED)


def _record(report: AddReport) -> dict[str, Any]:
    return asdict(report) | {name: getattr(report, name) for name in ("claims", "observations", "facts")}


def _table(report: AddReport) -> str:
    summary = [
        f"added: {counted(len(report.documents), 'document')}",
        counted(report.claims, "claim"),
        counted(report.facts, "fact"),
        counted(report.observations, "figure"),
        f"replaced: {report.replaced}",
        f"there already: {report.present}",
        f"refused: {counted(len(report.refusals) - report.refused_claims, 'document')}",
        counted(report.refused_claims, "claim"),
    ]
    if report.dropped:
        summary.append(f"gone from their files: {counted(report.dropped, 'document')}")
    table = documents_table(report.documents) + "\n\n" if report.documents else ""
    return f"{table}{', '.join(summary)}\n"
