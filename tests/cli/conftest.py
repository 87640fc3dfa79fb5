"""A store built once from the repository's own documents."""

from pathlib import Path

import pytest
from running import SEEDS, kg


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of ``seeds``; read only, please."""
    path = tmp_path_factory.mktemp("built") / "store"
    outcome = kg("build", SEEDS, "--store", path, "--quiet")
    assert outcome.code == 0, outcome.err
    return path
