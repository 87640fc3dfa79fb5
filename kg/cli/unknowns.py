"""``kg unknowns``: what the documents leave open."""

from datetime import datetime
from pathlib import Path

import click

from kg.analytics.network import entity_named
from kg.analytics.telling.unknowns import lines
from kg.analytics.unknowns import MOST, unknowns
from kg.cli.limits import Limits, answer_format, limits_options, write_answer
from kg.cli.options import output_option, quiet_option, store_option
from kg.cli.output import progress
from kg.settings import Place
from kg.store import open_store


@click.command("unknowns", epilog="Example: kg unknowns BESI ASE")
@click.argument("first", required=False)
@click.argument("second", required=False)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Figures are old against this day.")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="How many of each at most.")
@limits_options
@store_option
@answer_format
@output_option
@quiet_option
def unknowns_command(
    first: str | None,
    second: str | None,
    today: datetime | None,
    most: int,
    limits: Limits,
    store: Place,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Tell what the documents leave open.

    Told are what they say was searched and not found, what is only planned or possible, who rests on one document, and
    figures older than a year against the newest document or --today; of FIRST, of FIRST and SECOND together, or of all.
    """
    with open_store(store) as opened:
        scope = limits.scope(opened)
        entities = [entity_named(opened, name) for name in (first, second) if name]
        day = today.date() if today else None
        answer = unknowns(opened, entities, scope, today=day, most=most, progress=progress(quiet=quiet))
    write_answer(answer, lines, format_, output)
