"""``kg show``: all that is known about an entity, with its quotes."""

from dataclasses import asdict
from pathlib import Path
from textwrap import wrap

import click

from kg.analytics.network import entity_named
from kg.cli.options import format_option, output_option, quiet_option, store_option
from kg.cli.output import as_json, write
from kg.model import RemarkKind
from kg.query import FigureLine, Line, Profile, RemarkLine, profile, visible
from kg.settings import Place
from kg.store import open_store

_WIDTH = 110
_REMARKS = ((RemarkKind.STANDING, "said of it"), (RemarkKind.GAP, "not found"))


@click.command(epilog="Example: kg show Amkor")
@click.argument("entity")
@store_option
@format_option(("text", "json"), "text")
@output_option
@quiet_option
def show(entity: str, store: Place, format_: str, output: Path | None, quiet: bool) -> None:
    """Tell all that is known about an entity.

    ENTITY is a name, an alias or a key; claims are grouped by relation, each with its quote; figures follow,
    then where the entity stands and what was not found about it.
    """
    with open_store(store) as opened:
        known = profile(opened, entity_named(opened, entity))
    write(as_json(asdict(known)) if format_ == "json" else _text(known), output)


def _text(known: Profile) -> str:

    lines = [visible(f"{known.found.label} ({', '.join(known.roles) or known.found.kind})")]
    if known.aliases:
        lines.append(visible(f"also: {', '.join(known.aliases)}"))
    for way, claims in known.groups.items():
        lines += ["", way]
        for claim in claims:
            lines += _claim(claim)
    if known.figures:
        lines += ["", "figures"]
    for figure in known.figures:
        lines += _figure(figure)
    for kind, heading in _REMARKS:
        said = [remark for remark in known.remarks if remark.kind == kind]
        lines += ["", heading] if said else []
        for remark in said:
            lines += [*_wrapped(remark.told + _marks(remark), remark), _origin(remark)]
    if not (known.groups or known.figures or known.remarks):
        lines += ["", "no claims"]
    return "\n".join(lines) + "\n"


def _claim(claim: Line) -> list[str]:
    return [*_wrapped(f"{claim.other}{_marks(claim)}", claim), _origin(claim)]


def _marks(said: Line | RemarkLine) -> str:
    stance = [s for s in (said.polarity, said.modality) if s not in ("affirmed", "asserted")]
    return f" [{', '.join(stance)}]" if stance else ""


def _figure(figure: FigureLine) -> list[str]:
    value = f"{figure.value:,.0f}" if figure.value == int(figure.value) else f"{figure.value:,}"
    marks = [m for m in (figure.modality, "superseded" if figure.superseded else "") if m not in ("asserted", "")]
    head = f"{figure.metric} {figure.period}: {value} {figure.unit}".replace(" :", ":")
    return [*_wrapped(head + (f" [{', '.join(marks)}]" if marks else ""), figure), _origin(figure)]


def _wrapped(head: str, line: Line | FigureLine | RemarkLine) -> list[str]:

    quote = wrap(f"“{visible(line.quote)}”", _WIDTH, initial_indent="      ", subsequent_indent="      ")
    return [f"  {visible(head)}", *quote]


def _origin(line: Line | FigureLine | RemarkLine) -> str:

    date = f", {line.date}" if line.date else ""
    return f"      {visible(f'— {line.document}{date} ({line.claim})')}"
