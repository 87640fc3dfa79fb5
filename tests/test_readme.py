"""What the README shows is what the commands print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
SHOWN = [(m["command"], m["output"]) for m in _CONSOLE.finditer((ROOT / "README.md").read_text("utf-8"))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of the seeds and a ``kg`` to call."""
    path = tmp_path_factory.mktemp("readme")
    program = path / "kg"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', "utf-8")
    program.chmod(0o755)
    subprocess.run([program, "build", ROOT / "seeds", "--quiet"], cwd=path, check=True)
    return path


def test_the_readme_shows_commands() -> None:
    assert len(SHOWN) >= 6


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command[:50] for command, _ in SHOWN])
def test_the_output_shown_is_the_real_one(folder: Path, command: str, output: str) -> None:
    environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    shown = [line.rstrip() for line in output.rstrip().splitlines()]
    assert [line.rstrip() for line in done.stdout.rstrip().splitlines()] == shown
