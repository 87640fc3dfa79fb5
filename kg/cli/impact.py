"""``kg impact``: who is hit if something fails."""

from pathlib import Path

import click

from kg.analytics.impact import LEVELS, SHOWN
from kg.analytics.impact import impact as answer
from kg.analytics.telling.impact import lines
from kg.cli.limits import Limits, answer_format, limits_options, write_answer
from kg.cli.options import output_option, quiet_option, store_option
from kg.cli.output import progress
from kg.settings import Place
from kg.store import open_store


@click.command(epilog="Example: kg impact CoWoS")
@click.argument("what")
@click.option("--export-rule", is_flag=True, help="WHAT is a place that nothing may be supplied to any more.")
@click.option(
    "--most", type=click.IntRange(1, 1000), default=SHOWN, show_default=True, help="How many to tell of each order."
)
@click.option(
    "--levels", type=click.IntRange(1, 6), default=LEVELS, show_default=True, help="How many orders to follow."
)
@limits_options
@store_option
@answer_format
@output_option
@quiet_option
def impact(
    what: str,
    export_rule: bool,
    most: int,
    levels: int,
    limits: Limits,
    store: Place,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Tell who is hit if WHAT fails: an organisation, a technology or a place.

    Who depends on it is hit, and who depends on them; each with its chain, its quotes, and the others that could serve
    it as far as the documents name them.

    What is asserted or reported counts unless --modality is given.
    """
    with open_store(store) as opened:
        told = answer(
            opened,
            what,
            limits.scope(opened),
            export_rule=export_rule,
            most=most,
            levels=levels,
            progress=progress(quiet=quiet),
        )
    write_answer(told, lines, format_, output)
