"""``kg brief``: what is known of an entity, to be forwarded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from kg.analytics import as_json
from kg.analytics.network import entity_named
from kg.cli.limits import Limits, limits_options
from kg.cli.options import format_option, output_option, quiet_option, store_option
from kg.cli.output import as_json as written
from kg.cli.output import progress, write
from kg.export.brief import Brief, markdown, page
from kg.export.brief import brief as gathered
from kg.settings import Place
from kg.store import open_store

_FORMS: Mapping[str, Callable[[Brief], str]] = {
    "md": markdown,
    "html": page,
    "json": lambda told: written(as_json(told)),
}


@click.command(epilog="Example: kg brief ASE --format html -o ase.html")
@click.argument("entity")
@limits_options
@store_option
@format_option(_FORMS, "md")
@output_option
@quiet_option
def brief(entity: str, limits: Limits, store: Place, format_: str, output: Path | None, quiet: bool) -> None:
    """Write a brief on an entity: two pages, every statement with its quote.

    ENTITY is a name, an alias or a key. Whom it depends on, who depends on it, rivals, technologies, sites, figures,
    what is planned, denied, contradicted and not found. Claims count however they are said, unless --modality is given.
    The html form is one file that prints on two pages of A4 for most entities.
    """
    given = limits if limits.modalities else replace(limits, modalities=("all",))
    with open_store(store) as opened:
        whom = entity_named(opened, entity)
        told = gathered(opened, whom, given.scope(opened), progress=progress(quiet=quiet))
    write(_FORMS[format_](told), output)
