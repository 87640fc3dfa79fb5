"""The options that commands share."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.settings import DEFAULT_STORE, Settings

_F = TypeVar("_F", bound=Callable[..., Any])


def store_option(function: _F) -> _F:
    """``--store DIR``, from ``KG_STORE`` where it is not given."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        envvar="KG_STORE",
        default=DEFAULT_STORE,
        show_default=True,
        show_envvar=True,
        metavar="DIR",
        help="Folder of the store.",
    )(function)


def format_option(choices: Iterable[str], default: str) -> Callable[[_F], _F]:
    """``--format``, one of the choices."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(choices)),
        default=default,
        show_default=True,
        help="Form of the output.",
    )


def output_option(function: _F) -> _F:
    """``-o FILE``; ``-`` is standard output."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FILE",
        help="Write there, not to standard output.",
    )(function)


def quiet_option(function: _F) -> _F:
    """``--quiet``: no progress and no remarks."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks; errors only.")(function)


def settings_for(store: Path) -> Settings:
    """The environment's settings with the store that the command line names."""
    settings = Settings.from_environment()
    return Settings(settings.ontology, store, settings.max_document_bytes)
