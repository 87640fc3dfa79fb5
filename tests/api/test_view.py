"""The explorer in a notebook's cell: whole within its frame, quiet, and shut off from the notebook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import UnknownEntityError

NOTEBOOK = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>notebook</title></head>
<body><p id="mine">notebook</p>{cell}</body></html>"""


class Shown:
    """A page of a notebook with a view in it, and all that it should never do."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self._note(request.url, file))
        page.goto(file.as_uri())
        self.frame = next(frame for frame in page.frames if frame != page.main_frame)
        self.frame.wait_for_selector("html[data-ready]", timeout=15_000)

    def _note(self, url: str, file: Path) -> None:
        if url != file.as_uri() and not url.startswith(("data:", "blob:", "about:")):
            self.asked.append(url)


@pytest.fixture
def shown(small: kg.Graph, browser: Any, tmp_path: Path) -> Iterator[Shown]:
    file = tmp_path / "notebook.html"
    cell = small.view("Amkor", title="Mine & yours", height=500)._repr_html_()
    file.write_text(NOTEBOOK.format(cell=cell), "utf-8")
    context = browser.new_context(viewport={"width": 1300, "height": 800}, offline=True)
    yield Shown(context.new_page(), file)
    context.close()


def test_it_is_whole_and_quiet_in_its_frame(shown: Shown) -> None:
    assert shown.frame.inner_text("#title") == "Mine & yours"
    assert "Amkor Technology" in shown.frame.inner_text("#panel"), "the entity is chosen"
    box = shown.page.locator("iframe").bounding_box()
    assert (round(box["height"]), box["width"] > 1000) == (502, True)
    shown.frame.click("#as-table")
    shown.frame.wait_for_selector("#table-view tbody tr")
    shown.frame.press("body", "Escape")
    assert not shown.said
    assert not shown.asked


def test_it_cannot_reach_the_notebook(shown: Shown) -> None:
    reached = shown.frame.evaluate("() => { try { return parent.document.body.innerText } catch { return null } }")
    assert reached is None
    assert shown.frame.evaluate("() => origin") == "null"


def test_it_is_saved_as_a_file(small: kg.Graph, tmp_path: Path) -> None:
    view = small.view()
    saved = view.save(tmp_path / "out" / "picture.html")
    assert saved == tmp_path / "out" / "picture.html"
    assert saved.read_text("utf-8") == view.html
    assert len(repr(view)) < 100


def test_a_name_that_means_nothing_is_told(small: kg.Graph) -> None:
    with pytest.raises(UnknownEntityError, match="Nobody"):
        small.view("Nobody")
