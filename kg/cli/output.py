"""Where answers and remarks go: answers to standard output or a file, remarks and progress to standard error."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.export.files import atomic


def write(data: str | bytes, output: Path | None) -> None:
    """Write an answer whole: to a file, which is replaced at once, or to standard output.

    Raises:
        ExportError: the file cannot be written.
    """
    raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    with atomic(output) as file:
        file.write(raw)


def as_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """JSON for programs: indented, readable letters, a line break at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun ("1 claim", "2 claims")."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def remark(text: str, *, quiet: bool) -> None:
    """Say something beside the answer."""
    if not quiet:
        click.echo(text, err=True)


def progress(*, quiet: bool) -> Callable[[str, int, int], None]:
    """A reporter of progress: one line that is overwritten, only on a terminal and unless quiet."""
    if quiet or not sys.stderr.isatty():
        return lambda *_: None

    def report(what: str, done: int, total: int) -> None:
        click.echo(f"\r\x1b[K{what} {done}/{total}", nl=done == total and what == "exporting", err=True)
        if done == total:
            click.echo("\r\x1b[K", nl=False, err=True)

    return report
