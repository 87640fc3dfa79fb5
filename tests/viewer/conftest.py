"""A page of the viewer that keeps account of all it should never do."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from opened import DESKTOP, Opened

from kg.export.viewer.page import html
from kg.export.viewer.payload import payload
from kg.export.viewer.picture import Picture


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a picture from a file, with ``fragment`` behind its address and ``extra`` among the data of its page."""
    contexts = []

    def show_picture(
        picture: Picture,
        fragment: str = "",
        *,
        dark: bool = False,
        size: dict[str, int] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Opened:
        file = tmp_path / "graph.html"
        data = payload(picture, title="Packaging graph") | dict(extra or {})
        file.write_text(html(data), encoding="utf-8", newline="\n")
        context = browser.new_context(
            viewport=size or DESKTOP, color_scheme="dark" if dark else "light", reduced_motion="reduce", offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
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


def _itself(url: str, file: Path) -> bool:
    return url.split("#")[0] == file.as_uri() or url.startswith(("data:", "blob:"))
