"""Servers that the tests of stores share."""

from collections.abc import Iterator

import pytest
from oxigraph_server import running

from kg.settings import Endpoint


@pytest.fixture(scope="session")
def server() -> Iterator[Endpoint]:
    """A server; whoever uses it clears it first."""
    with running() as endpoint:
        yield endpoint
