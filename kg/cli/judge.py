"""``kg judge``: what a reader knows better than the extractor."""

from pathlib import Path

import click

from kg.cli.options import quiet_option, store_option
from kg.cli.output import remark
from kg.resolve import Judgement, append_judgement
from kg.resolve.judgements import NAMES
from kg.store import JUDGEMENTS, check_format


@click.command(epilog='Example: kg judge same "TongFu" "Tongfu Microelectronics"')
@click.argument("kind", type=click.Choice(["same", "different", "accept", "reject"]))
@click.argument("what", nargs=-1, required=True, metavar="NAME NAME... | CLAIM...")
@click.option("--note", default="", help="Why.")
@store_option
@quiet_option
def judge(kind: str, what: tuple[str, ...], note: str, store: Path, quiet: bool) -> None:
    """Correct names and claims; kept across builds.

    same and different take names; accept and reject take ids of claims or figures, as `kg show` gives them. The
    judgements are kept in the store and applied by the next `kg build`.
    """
    check_format(store)
    rows = (
        [Judgement(kind, names=what, note=note)]
        if kind in NAMES
        else [Judgement(kind, claim=c, note=note) for c in what]
    )
    for row in rows:
        append_judgement(store / JUDGEMENTS, row)
    remark(f"Kept in {store / JUDGEMENTS}; run `kg build` to apply it", quiet=quiet)
