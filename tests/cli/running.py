"""Running ``kg`` as a user would, in this process."""

import io
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from kg.cli import main

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


class _Bytes(io.TextIOWrapper):
    """A text stream over bytes that says what was written."""

    def __init__(self) -> None:
        self.raw = io.BytesIO()
        super().__init__(self.raw, encoding="utf-8", write_through=True)

    def text(self) -> str:
        self.flush()
        return self.raw.getvalue().decode("utf-8")


def kg(*arguments: object, given: str | bytes = "") -> Outcome:
    """Run a command line; ``given`` is its standard input."""
    out, err = _Bytes(), _Bytes()
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(given if isinstance(given, bytes) else given.encode("utf-8")), "utf-8")
    code: object = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = stop.code
    finally:
        sys.stdin = before
    return Outcome(code if isinstance(code, int) else int(bool(code)), out.text(), err.text())


def error_lines(outcome: Outcome) -> list[str]:
    """The lines of standard error that say what went wrong."""
    return [line for line in outcome.err.splitlines() if line.startswith(("Error:", "Refused:"))]


def write_all(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> Path:
    """Write files into a folder and give it."""
    for name, content in files:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder
