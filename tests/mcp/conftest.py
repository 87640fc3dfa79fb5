"""One server that most tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from talking import Conversation, build, talking_to


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the small world and one hostile document; read only, please."""
    return build(tmp_path_factory.mktemp("mcp") / "store")


@pytest.fixture(scope="session")
def assistant(store: Path) -> Iterator[Conversation]:
    """A conversation with a server whose limit is near."""
    with talking_to(store, "--timeout", "1.5", "--workers", "3") as conversation:
        yield conversation
