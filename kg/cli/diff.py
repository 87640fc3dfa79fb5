"""``kg diff``: what a new batch of documents changed."""

from pathlib import Path

import click

from kg.analytics.diff import MOST, diff
from kg.analytics.telling.diff import lines
from kg.cli.limits import answer_format, write_answer
from kg.cli.options import PlaceType, output_option, quiet_option
from kg.settings import Place
from kg.store import open_store


@click.command("diff", epilog="Example: kg diff kg-store-may kg-store")
@click.argument("old", type=PlaceType())
@click.argument("new", type=PlaceType())
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="How many of each at most.")
@answer_format
@output_option
@quiet_option
def diff_command(old: Place, new: Place, most: int, format_: str, output: Path | None, quiet: bool) -> None:
    """Tell what is different in the store NEW from the store OLD.

    Both are folders or addresses. Statements are compared by what is said, not by who says it: those now said and no
    longer said, better and less supported, newly contradicted and no longer; then figures and names.
    """
    with open_store(old) as before, open_store(new) as after:
        answer = diff(before, after, most=most)
    write_answer(answer, lines, format_, output)
