"""``kg export`` and ``kg view``: the graph in other forms."""

from io import BytesIO
from pathlib import Path

import click

from kg.cli.options import format_option, output_option, quiet_option, store_option
from kg.cli.output import remark, write
from kg.export import exporter, write_export
from kg.export.neo4j import COMMAND
from kg.settings import Place
from kg.store import open_store

FORMS = ("turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "neo4j", "csv", "figures", "remarks", "claims")


@click.command(epilog="Example: kg export --format graphml -o packaging.graphml")
@store_option
@format_option(FORMS, "turtle")
@output_option
@quiet_option
def export(store: Place, format_: str, output: Path | None, quiet: bool) -> None:
    """Write the graph in another form.

    gexf is for Gephi; neo4j are two CSV files in the folder that -o names, or in a .zip.
    """
    _export(store, format_, output)
    if format_ == "neo4j":
        remark(f"Import them, in their folder: {COMMAND}", quiet=quiet)


@click.command(epilog="Example: kg view -o packaging.html")
@store_option
@format_option(("html",), "html")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("semipack.html"),
    show_default=True,
    metavar="FILE",
    help="Write there; - is standard output.",
)
@quiet_option
def view(store: Place, format_: str, output: Path, quiet: bool) -> None:
    """Write the picture as one HTML file.

    The file needs no network and opens in any browser.
    """
    _export(store, "viewer", output)
    remark(f"Open {output} in a browser", quiet=quiet or str(output) == "-")


def _export(store: Place, form: str, output: Path | None) -> None:

    with open_store(store) as opened:
        if output is not None and str(output) != "-":
            write_export(opened, form, output)
            return
        buffer = BytesIO()
        exporter(form).write(opened, buffer)
    write(buffer.getvalue(), None)
