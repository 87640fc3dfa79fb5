"""``kg timeline``: what was said of an entity when."""

from dataclasses import replace
from pathlib import Path

import click

from kg.analytics.network import entity_named
from kg.analytics.telling.timeline import lines
from kg.analytics.timeline import MOST, timeline
from kg.cli.conflicts import EVERY
from kg.cli.limits import Limits, answer_format, limits_options, write_answer
from kg.cli.options import output_option, quiet_option, store_option
from kg.cli.output import progress
from kg.settings import Place
from kg.store import open_store


@click.command("timeline", epilog="Example: kg timeline ASE --since 2025")
@click.argument("entity")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="How many entries at most.")
@limits_options
@store_option
@answer_format
@output_option
@quiet_option
def timeline_command(
    entity: str, most: int, limits: Limits, store: Place, format_: str, output: Path | None, quiet: bool
) -> None:
    """Tell what was said of an entity when.

    Documents are in the order of their dates, those without one at the end. Figures are shown with what replaced them,
    plans with what a later document says came true. All ways of saying count unless --modality is given.
    """
    with open_store(store) as opened:
        scope = replace(limits, modalities=limits.modalities or EVERY).scope(opened)
        answer = timeline(opened, entity_named(opened, entity), scope, most=most, progress=progress(quiet=quiet))
    write_answer(answer, lines, format_, output)
