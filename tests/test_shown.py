"""What README and docs show is what the commands print."""

from pathlib import Path

import pytest
from shown import Shown, prepare, printed, shown

ALL = list(shown())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shown")
    prepare(path)
    return path


def test_the_readme_shows_commands() -> None:
    assert sum(each.page == "README.md" for each in ALL) >= 6


@pytest.mark.parametrize("each", ALL, ids=[f"{each.page} {each.command[:50]}" for each in ALL])
def test_the_output_shown_is_the_real_one(folder: Path, each: Shown) -> None:
    assert printed(each.command, folder) == each.lines
