"""Fixtures that several folders of tests share."""

import pytest
from small_graph import fill

from kg.store import EmbeddedStore


@pytest.fixture(scope="session")
def small_store() -> EmbeddedStore:
    """The small world in memory; read only, please."""
    return fill(EmbeddedStore())
