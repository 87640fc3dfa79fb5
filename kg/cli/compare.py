"""``kg compare``: two entities side by side."""

from pathlib import Path

import click

from kg.analytics.compare import MOST, compare
from kg.analytics.network import entity_named
from kg.analytics.telling.compare import lines
from kg.cli.limits import Limits, answer_format, limits_options, write_answer
from kg.cli.options import output_option, quiet_option, store_option
from kg.cli.output import progress
from kg.settings import Place
from kg.store import open_store


@click.command("compare", epilog="Example: kg compare Amkor ASE")
@click.argument("first")
@click.argument("second")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="How many of each at most.")
@limits_options
@store_option
@answer_format
@output_option
@quiet_option
def compare_command(
    first: str, second: str, most: int, limits: Limits, store: Place, format_: str, output: Path | None, quiet: bool
) -> None:
    """Put two entities side by side.

    Told are the relation between FIRST and SECOND, whom and what both are connected with and whom only one is, and
    their figures for the same metric and period, each with its best quote.

    What is asserted or reported counts unless --modality is given.
    """
    with open_store(store) as opened:
        ends = [entity_named(opened, name) for name in (first, second)]
        answer = compare(opened, ends[0], ends[1], limits.scope(opened), most=most, progress=progress(quiet=quiet))
    write_answer(answer, lines, format_, output)
