"""What docs/python.md shows is what Python answers."""

import ast
import doctest
import re
from pathlib import Path

import pytest

import kg
from kg.api import Graph, Limits

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
BLOCKS = re.findall(r"```(python|pycon)\n(.*?)```", PAGE, re.DOTALL)
SHOWN = [text for language, text in BLOCKS if language == "pycon"]


# rdflib 7.6 warns of what it does itself.
@pytest.mark.filterwarnings(r"ignore:Dataset\.(default_context|contexts|default_union):DeprecationWarning")
def test_the_examples_answer_as_shown(seeds_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: the examples need it")
    (tmp_path / "kg-store").symlink_to(seeds_store)
    monkeypatch.chdir(tmp_path)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    examples = doctest.DocTestParser().get_doctest("\n".join(SHOWN), {}, "python.md", "python.md", 0)
    assert len(examples.examples) > 25
    told: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=flags).run(examples, out=told.append)
    assert not failed, "".join(told)


def test_the_other_examples_parse() -> None:
    for language, text in BLOCKS:
        if language == "python":
            ast.parse(text)


def test_every_method_and_limit_is_told_of() -> None:
    public = [name for name in vars(Graph) if not name.startswith("_")]
    assert len(public) > 20
    told = re.findall(r"\w+", PAGE)
    assert not {name for name in (*public, *Limits.__annotations__, *kg.__all__) if name.strip("_") not in told} - {
        "version",
        "__version__",
    }
