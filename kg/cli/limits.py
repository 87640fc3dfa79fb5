"""The options by which answers are limited, and how an answer is written."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from kg.analytics import Scope, as_json, read_scope
from kg.cli.options import format_option
from kg.cli.output import as_json as written
from kg.cli.output import write
from kg.model import Modality
from kg.store import Store

_WIDEST = 110
_MODALITIES = ("all", *(str(each) for each in Modality))
_OPTIONS = (
    click.option("--relation", "relations", multiple=True, metavar="NAME", help="Only this relation; may be repeated."),
    click.option("--without", multiple=True, metavar="NAME", help="Not this relation; may be repeated."),
    click.option(
        "--modality",
        "modalities",
        multiple=True,
        type=click.Choice(_MODALITIES),
        help="How it is said; may be repeated.",
    ),
    click.option(
        "--min-confidence",
        "least",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="NUMBER",
        help="Leave out what is less sure, from 0 to 1.",
    ),
    click.option("--since", default="", metavar="DATE", help="Only documents of that day, month or year and later."),
    click.option("--until", default="", metavar="DATE", help="Only documents of that day, month or year and earlier."),
    click.option("--source", "sources", multiple=True, metavar="FILE", help="Only this document; may be repeated."),
)
_NAMES = ("relations", "without", "modalities", "least", "since", "until", "sources")

answer_format = format_option(("text", "json"), "text")
"""``--format text|json``."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the command line says of an answer's limits, not yet checked.

    Attributes:
        relations: names of relations that count.
        without: names of relations that do not.
        modalities: how a claim may be said; ``all`` for any.
        least: the smallest confidence.
        since: the earliest date.
        until: the latest date.
        sources: names of files.
    """

    relations: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    least: float = 0.0
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()

    def scope(self, store: Store) -> Scope:
        """The limits as the store understands them.

        Raises:
            QueryError: a word means nothing there.
        """
        return read_scope(
            store,
            relations=self.relations,
            without=self.without,
            modalities=self.modalities,
            least=self.least,
            since=self.since,
            until=self.until,
            sources=self.sources,
        )


def limits_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--relation``, ``--without``, ``--modality``, ``--min-confidence``, ``--since``, ``--until`` and ``--source``.

    The command is given them as one argument, ``limits``.
    """

    @wraps(function)
    def command(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - click's own
        limits = Limits(**{name: options.pop(name) for name in _NAMES})
        return function(*args, limits=limits, **options)

    wrapper: Callable[..., Any] = command
    for option in reversed(_OPTIONS):
        wrapper = option(wrapper)
    return wrapper


def write_answer(
    answer: Any,  # noqa: ANN401 - a frozen result of any answer
    lines: Callable[[Any, int], list[str]],
    format_: str,
    output: Path | None,
) -> None:
    """Writes an answer, told in lines or as JSON, to a file or to standard output.

    Raises:
        ExportError: the file cannot be written.
    """
    if format_ == "json":
        write(written(as_json(answer)), output)
    else:
        write("\n".join(lines(answer, _width(output))) + "\n", output)


def _width(output: Path | None) -> int:
    """The terminal's width where it is narrower than a page; elsewhere always the same."""
    if output is not None or not sys.stdout.isatty():
        return _WIDEST
    return min(_WIDEST, shutil.get_terminal_size().columns)
