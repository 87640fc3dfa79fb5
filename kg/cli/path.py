"""``kg path``: how one entity depends on another."""

from pathlib import Path

import click

from kg.analytics.path import LONGEST
from kg.analytics.path import path as answer
from kg.analytics.telling.path import lines
from kg.cli.limits import Limits, answer_format, limits_options, write_answer
from kg.cli.options import output_option, quiet_option, store_option
from kg.cli.output import progress
from kg.settings import Place
from kg.store import open_store


@click.command(epilog="Example: kg path NVIDIA Amkor --modality all")
@click.argument("from_", metavar="FROM")
@click.argument("to")
@click.option("--any-direction", is_flag=True, help="Follow ties both ways, partnerships too; rivals are never tied.")
@click.option("--k", "most", type=click.IntRange(1, 100), default=3, show_default=True, help="How many chains at most.")
@click.option(
    "--max-hops",
    "longest",
    type=click.IntRange(1, 12),
    default=LONGEST,
    show_default=True,
    help="How many hops a chain may have.",
)
@limits_options
@store_option
@answer_format
@output_option
@quiet_option
def path(
    from_: str,
    to: str,
    any_direction: bool,
    most: int,
    longest: int,
    limits: Limits,
    store: Place,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Tell how FROM depends on TO, each step with its quote.

    A customer depends on its providers and suppliers, a whole on its parts, an organisation on its technologies and
    sites. Where there is no path, what stands in its way is told.

    What is asserted or reported counts unless --modality is given.
    """
    with open_store(store) as opened:
        told = answer(
            opened,
            from_,
            to,
            limits.scope(opened),
            any_direction=any_direction,
            most=most,
            longest=longest,
            progress=progress(quiet=quiet),
        )
    write_answer(told, lines, format_, output)
