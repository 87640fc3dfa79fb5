"""The notebook runs from its first cell to its last, over the repository's own documents."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parent.parent
NOTEBOOK = json.loads((REPOSITORY / "docs" / "notebook.ipynb").read_text("utf-8"))
CODE = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def shown(source: str, names: dict[str, Any]) -> Any:
    """Runs a cell as Jupyter does, and gives the value of its last line."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None


def test_every_cell_runs_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: the notebook needs it")
    (tmp_path / "docs").mkdir()
    (tmp_path / "seeds").symlink_to(REPOSITORY / "seeds")
    monkeypatch.chdir(tmp_path / "docs")
    for name in ("KG_STORE", "KG_JUDGEMENTS", "KG_ONTOLOGY"):
        monkeypatch.delenv(name, raising=False)
    names: dict[str, Any] = {"__name__": "__main__"}
    values = [shown(source, names) for source in CODE]
    shows = [value for value in values if hasattr(value, "_repr_html_")]
    assert any("srcdoc" in value._repr_html_() for value in shows), "the explorer is shown"
    assert True in values, "the ASK query holds"
    assert (tmp_path / "docs" / "ase.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_it_is_a_notebook_without_outputs() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in NOTEBOOK["cells"]]
    assert len(ids) == len(set(ids)) > 15
    for cell in NOTEBOOK["cells"]:
        assert cell["cell_type"] in {"markdown", "code"}
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
