"""A page of the viewer that keeps account of all it should never do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from opened import DESKTOP, Opened

from kg.export.viewer import render
from kg.export.viewer.picture import Picture

_RENDERED: dict[int, tuple[Picture, str]] = {}  # with the picture, so that its id is not given to another


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a picture from a file, with ``fragment`` behind its address."""
    contexts = []

    def show_picture(
        picture: Picture, fragment: str = "", *, dark: bool = False, size: dict[str, int] | None = None
    ) -> Opened:
        file = tmp_path / "graph.html"
        file.write_text(rendered(picture), encoding="utf-8", newline="\n")
        context = browser.new_context(
            viewport=size or DESKTOP, color_scheme="dark" if dark else "light", reduced_motion="reduce", offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20000)
        opened = Opened(page)
        page.on("console", lambda message: opened.console.append(message.text))
        page.on("pageerror", lambda error: opened.console.append(str(error)))
        page.on("dialog", lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss()))
        page.on(
            "request", lambda request: opened.requests.append(request.url) if not _itself(request.url, file) else None
        )
        page.goto(file.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]")
        return opened

    yield show_picture
    for context in contexts:
        context.close()


def rendered(picture: Picture) -> str:
    """The page of a picture, made once for all tests that show it."""
    if id(picture) not in _RENDERED:
        _RENDERED[id(picture)] = (picture, render(picture, title="Packaging graph"))
    return _RENDERED[id(picture)][1]


def _itself(url: str, file: Path) -> bool:
    return url.split("#")[0] == file.as_uri() or url.startswith(("data:", "blob:"))
