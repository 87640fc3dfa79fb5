"""``kg chokepoints``: who or what most of the network depends on."""

from pathlib import Path

import click

from kg.analytics.chokepoints import ORDERS, SHOWN, By
from kg.analytics.chokepoints import chokepoints as answer
from kg.analytics.telling.chokepoints import lines
from kg.cli.limits import Limits, answer_format, limits_options, write_answer
from kg.cli.options import output_option, quiet_option, store_option
from kg.cli.output import progress
from kg.model import MentionKind
from kg.settings import Place
from kg.store import open_store


@click.command(epilog="Example: kg chokepoints --relation suppliesToolTo")
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in MentionKind]),
    default=str(MentionKind.ORGANISATION),
    show_default=True,
    help="What is ranked.",
)
@click.option("--by", type=click.Choice(ORDERS), default=ORDERS[0], show_default=True, help="What ranks them.")
@click.option("--most", type=click.IntRange(1, 1000), default=SHOWN, show_default=True, help="How many to tell.")
@limits_options
@store_option
@answer_format
@output_option
@quiet_option
def chokepoints(
    kind: str,
    by: By,
    most: int,
    limits: Limits,
    store: Place,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Tell whom or what most of the network depends on, and who has only one source.

    Each rank comes with its numbers in words and its best quotes. That documents name one source only is no evidence
    that there is no other.

    What is asserted or reported counts unless --modality is given.
    """
    with open_store(store) as opened:
        told = answer(
            opened,
            limits.scope(opened),
            kind=MentionKind(kind),
            by=by,
            most=most,
            progress=progress(quiet=quiet),
        )
    write_answer(told, lines, format_, output)
