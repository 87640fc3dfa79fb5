"""``kg conflicts``: what the documents contradict each other in."""

from dataclasses import replace
from pathlib import Path

import click

from kg.analytics.conflicts import MOST, conflicts
from kg.analytics.network import entity_named
from kg.analytics.telling.conflicts import lines
from kg.cli.limits import Limits, answer_format, limits_options, write_answer
from kg.cli.options import output_option, quiet_option, store_option
from kg.settings import Place
from kg.store import open_store

EVERY = ("all",)
"""What stands for no modality given where plans and rumours count."""


@click.command("conflicts", epilog="Example: kg conflicts Amkor --kind superlative")
@click.argument("entity", required=False)
@click.option("--kind", "kinds", multiple=True, metavar="NAME", help="Only this kind; may be repeated.")
@click.option("--revisions/--no-revisions", default=True, help="Tell what was revised, too.  [default: tell]")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="How many at most.")
@limits_options
@store_option
@answer_format
@output_option
@quiet_option
def conflicts_command(
    entity: str | None,
    kinds: tuple[str, ...],
    revisions: bool,
    most: int,
    limits: Limits,
    store: Place,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Tell what the documents contradict each other in.

    Both sides are quoted, the most important conflicts first; ENTITY is a name, an alias or a key to keep to. Kinds are
    polarity (affirmed and denied), value (different figures), parent (two owners), allocation (one order, two
    providers) and superlative (two at the top). What a later date or the text itself has settled is a revision and told
    apart. What is planned or rumoured counts unless --modality is given.
    """
    with open_store(store) as opened:
        scope = replace(limits, modalities=limits.modalities or EVERY).scope(opened)
        found = entity_named(opened, entity) if entity else None
        answer = conflicts(opened, found, scope, kinds=kinds, most=most, revisions=revisions)
    write_answer(answer, lines, format_, output)
