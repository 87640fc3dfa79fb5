"""One service that most tests share, and one with narrow limits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Server, build, serving


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the small world; read only, please."""
    return build(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[Server]:
    """A service with the usual limits."""
    with serving(built, "--workers", "2") as running:
        yield running


@pytest.fixture(scope="session")
def narrow(built: Path) -> Iterator[Server]:
    """A service that soon has enough."""
    limits = ("--timeout", "1.5", "--queue", "2", "--max-result-mb", "0.0625", "--max-memory-mb", "300")
    with serving(built, "--workers", "2", *limits) as running:
        yield running


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service over a store of its own, which may be changed, and which logs."""
    store = build(tmp_path_factory.mktemp("own") / "store")
    options = ("--workers", "2", "--access-log", "--writable", "--token-env", "A_TOKEN")
    with serving(store, *options, A_TOKEN="open sesame") as running:
        yield running
