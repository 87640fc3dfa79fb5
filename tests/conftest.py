"""Fixtures that several folders of tests share."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_graph import fill

import kg
from kg.store import EmbeddedStore

SEEDS = Path(__file__).parent.parent / "seeds"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def small_store() -> EmbeddedStore:
    """The small world in memory; read only, please."""
    return fill(EmbeddedStore())


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store of the repository's own documents; read only, please."""
    folder = tmp_path_factory.mktemp("seeds") / "store"
    kg.build(SEEDS, store=folder).close()
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: no test of a page in a browser"
    )
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium found: no test of a page in a browser (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as driver:
        program = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield program
        program.close()
