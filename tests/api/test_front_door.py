"""``import kg`` costs nothing, and gives what the interface promises."""

import subprocess
import sys

import pytest

import kg
import kg.api


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_it_loads_nothing() -> None:
    shown = run("import sys; before = set(sys.modules); import kg; print(sorted(set(sys.modules) - before))")
    assert shown == "['kg']"


@pytest.mark.parametrize("words", ["--version", "--help"])
def test_the_command_line_does_not_load_it(words: str) -> None:
    code = f"""
import sys
from kg.cli import main
try:
    main(["{words}"])
except SystemExit:
    print(sorted(name for name in sys.modules if name.split(".")[0] in {{"kg", "rdflib", "numpy", "pyoxigraph"}}))
"""
    assert run(code).splitlines()[-1] == "['kg', 'kg.cli', 'kg.cli.main', 'kg.errors']"


def test_what_it_gives_is_the_interfaces_own() -> None:
    assert {name: getattr(kg, name) for name in ("Graph", "build", "open")} == {
        "Graph": kg.api.Graph,
        "build": kg.api.build,
        "open": kg.api.open,
    }
    assert {"Graph", "build", "open", "__version__"} <= set(dir(kg))
    assert all(hasattr(kg.api, name) for name in kg.api.__all__)


def test_what_it_does_not_give_is_told_as_usual() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        _ = kg.nothing
