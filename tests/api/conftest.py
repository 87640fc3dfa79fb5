"""The small world as a graph that Python opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_graph import fill

import kg
from kg.store import StoreBuilder


@pytest.fixture(scope="session")
def small_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store of the small world; read only, please."""
    folder = tmp_path_factory.mktemp("api") / "store"
    with StoreBuilder(folder) as builder:
        fill(builder.store)
    return folder


@pytest.fixture(scope="session")
def small(small_path: Path) -> Iterator[kg.Graph]:
    with kg.open(small_path) as graph:
        yield graph
