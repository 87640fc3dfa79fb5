"""The options that commands share."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import UsageError
from kg.settings import DEFAULT_STORE, Place, Settings, place_of

_F = TypeVar("_F", bound=Callable[..., Any])


class PlaceType(click.ParamType[Place]):
    """A folder, or a web address."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:  # noqa: ANN401
        """The place that the text names."""
        if not isinstance(value, str):
            return value  # type: ignore[no-any-return]
        try:
            return place_of(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


def store_option(function: _F) -> _F:
    """``--store DIR|URL``, from ``KG_STORE`` where it is not given."""
    return click.option(
        "--store",
        type=PlaceType(),
        envvar="KG_STORE",
        default=DEFAULT_STORE,
        show_default=True,
        show_envvar=True,
        metavar="DIR|URL",
        help="Folder of the store, or address of a SPARQL server's.",
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


def settings_for(store: Place) -> Settings:
    """The environment's settings with the store that the command line names."""
    return replace(Settings.from_environment(), store=store)
