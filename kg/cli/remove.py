"""``kg remove``: documents out of a store."""

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import format_option, output_option, quiet_option, settings_for, store_option
from kg.cli.output import as_json, counted, remark, write
from kg.pipeline import remove as run
from kg.query import visible
from kg.settings import Place


@click.command(epilog="Example: kg remove ase-summary.txt")
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@store_option
@format_option(("text", "json"), "text")
@output_option
@quiet_option
def remove(documents: tuple[str, ...], store: Place, format_: str, output: Path | None, quiet: bool) -> None:
    """Take documents out of the graph, with all that rests on them alone.

    DOC is a document's name, label or id, as `kg documents` gives them, or its file. Where one of them fits no
    document, or several, nothing is removed.
    """
    removed = run(documents, settings_for(store))
    if format_ == "json":
        write(as_json([asdict(document) for document in removed]), output)
    elif not quiet or output is not None:
        lines = (
            f"removed {visible(each.label)}: {counted(each.claims, 'claim')}, {counted(each.figures, 'figure')}\n"
            for each in removed
        )
        write("".join(lines), output)
    remark(f"Store: {store}", quiet=quiet or format_ == "json")
