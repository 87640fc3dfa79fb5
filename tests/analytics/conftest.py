"""A store built once from the repository's own documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.main import cli
from kg.store import OpenStore, open_store

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def seeds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store of ``seeds``; read only, please."""
    path = tmp_path_factory.mktemp("analytics") / "store"
    cli.main(["build", str(SEEDS), "--store", str(path), "--quiet"], standalone_mode=False)
    return path


@pytest.fixture(scope="session")
def seeds_store(seeds_folder: Path) -> Iterator[OpenStore]:
    """The store of ``seeds``, open."""
    with open_store(seeds_folder) as store:
        yield store
