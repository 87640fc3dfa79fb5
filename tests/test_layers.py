"""Imports run downhill and in no ring, third parties stay where they belong, and files and functions stay small."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
ORDER = (
    "errors",
    "settings",
    "model",
    "terms",
    "ontology",
    "claims",
    "documents | extract | resolve",
    "graph",
    "store",
    "query",
    "analytics",
    "export",
    "pipeline | verify | evaluate",
    "api | training",
    "server",
    "cli",
    "__main__",
)
"""A part imports only parts of lines above its own; parts of one line never meet."""

LEVELS = {part: level for level, line in enumerate(ORDER) for part in line.split(" | ")}
THIRD_PARTIES = {
    "ahocorasick_rs": {"extract"},
    "anyio": {"server"},
    "click": {"cli"},
    "jinja2": {"server"},
    "mcp": {"server"},
    "networkx": {"query", "analytics", "export"},
    "numpy": {"analytics", "extract", "export", "server", "training"},
    "pandas": {"api"},
    "pyoxigraph": {"ontology", "store", "query", "analytics", "export", "api", "server"},
    "pyshacl": {"graph"},
    "pyvis": {"export"},
    "rapidfuzz": {"resolve", "query"},
    "rdflib": {"api", "terms", "ontology", "graph", "store", "query", "export", "server"},
    "scipy": {"training"},
    "sklearn": {"training"},
    "starlette": {"server"},
    "uvicorn": {"server"},
    "yaml": {"ontology", "documents"},
}
"""Where a library may be imported; one that is not listed, nowhere."""

STANDARD_LIBRARY = sys.stdlib_module_names

MAX_FILE_LINES = 400
MEDIAN_FILE_LINES = 120
MAX_FUNCTION_LINES = 60
MEDIAN_FUNCTION_LINES = 9
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in FILES}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imported(module: str) -> Iterator[str]:
    """Every module that a module imports, at its top or later; names inside modules are left out."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively; write the whole name"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)


def own(module: str) -> list[str]:
    return [name for name in imported(module) if name.split(".")[0] == "kg"]


def part(module: str) -> str:
    """The part of the package that a module belongs to; empty for the package's own ``__init__``."""
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_downhill(module: str) -> None:
    here = part(module)
    if not here:
        assert set(own(module)) <= {"kg.api"}, "kg/__init__.py names what kg.api has, and loads it when it is asked for"
        return
    assert here in LEVELS, f"{here} has no place in the order of imports; give it one in {Path(__file__).name}"
    uphill = [name for name in own(module) if part(name) not in {here, ""} and LEVELS[part(name)] >= LEVELS[here]]
    assert not uphill, f"{module} imports {uphill}, which does not stand before it"


def test_the_order_names_no_part_twice() -> None:
    parts = [name for line in ORDER for name in line.split(" | ")]
    assert len(parts) == len(set(parts))


@pytest.mark.parametrize("module", MODULES)
def test_no_import_hides_from_the_running_program(module: str) -> None:
    if not part(module):
        return  # the front door, see tests/api/test_front_door.py
    names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    assert "TYPE_CHECKING" not in names | attributes | set(imported(module))


def test_no_modules_import_each_other_in_a_ring() -> None:
    # Importing kg runs none of its imports.
    graph = {module: set(own(module)) - {module, "kg"} for module in MODULES}
    while free := {module for module, needs in graph.items() if not needs}:
        graph = {module: needs - free for module, needs in graph.items() if module not in free}
    assert not graph, f"These import each other in a ring, or need one that does: {sorted(graph)}"


@pytest.mark.parametrize("module", MODULES)
def test_third_parties_stay_where_they_belong(module: str) -> None:
    for name in imported(module):
        root = name.split(".")[0]
        if root != "kg" and root not in STANDARD_LIBRARY:
            assert part(module) in THIRD_PARTIES.get(root, set()), f"{module} may not import {root}"


@pytest.mark.parametrize("path", FILES, ids=map(module_of, FILES))
def test_files_and_functions_are_small(path: Path) -> None:
    assert lines(path) <= MAX_FILE_LINES
    for function in functions(module_of(path)):
        assert length(function) <= MAX_FUNCTION_LINES, f"{path.name}: {function.name} is too long"
    assert path.stem not in {"util", "utils", "helpers", "misc", "common"}, "name it after what it does"


def test_most_files_and_functions_are_smaller_still() -> None:
    sizes = sorted(lines(path) for path in FILES)
    assert sizes[len(sizes) // 2] <= MEDIAN_FILE_LINES
    lengths = sorted(length(function) for module in MODULES for function in functions(module))
    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION_LINES


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function with its docstring, without its decorators."""
    return (function.end_lineno or 0) - function.lineno + 1
