"""Commands that README and docs show with their output: read from the pages, run, and written anew.

``python tests/shown.py`` writes what the commands print now into the pages.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/how-do-i.md")
_CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command, and the lines under it on a page."""

    page: str
    command: str
    lines: tuple[str, ...]


def shown() -> Iterator[Shown]:
    """All that the pages show."""
    for page in PAGES:
        path = ROOT / page
        for found in _CONSOLE.finditer(path.read_text("utf-8")) if path.exists() else ():
            yield Shown(page, found["command"], lines(found["output"]))


def lines(output: str) -> tuple[str, ...]:
    """Lines without the blanks at their ends."""
    return tuple(line.rstrip() for line in output.rstrip().splitlines())


def prepare(folder: Path) -> None:
    """Makes a folder with the seeds, a store of them and a ``kg`` to call."""
    program = folder / "kg"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', "utf-8")
    program.chmod(0o755)
    (folder / "seeds").symlink_to(ROOT / "seeds")
    subprocess.run([program, "build", "seeds", "--quiet"], cwd=folder, check=True)


def printed(command: str, folder: Path) -> tuple[str, ...]:
    """What a command prints in a prepared folder.

    Raises:
        subprocess.CalledProcessError: it fails.
    """
    environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return lines(done.stdout)


def _written(found: re.Match[str], folder: Path) -> str:
    told = "\n".join(printed(found["command"], folder))
    return f"```console\n$ {found['command']}\n{told}\n```"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        prepare(folder)
        for page in PAGES:
            path = ROOT / page
            text = path.read_text("utf-8")
            path.write_text(_CONSOLE.sub(lambda found: _written(found, folder), text), "utf-8")


if __name__ == "__main__":
    main()
