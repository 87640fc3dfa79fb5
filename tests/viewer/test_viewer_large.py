"""A picture too large to draw whole: communities that open and close, and what the filters leave of it."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from opened import PHONE, Opened, press_line
from pictures import crowd

from kg.export.viewer import build_picture
from kg.export.viewer.picture import Picture
from kg.store import open_store

Show = Callable[..., Opened]
CROWD = crowd()


@pytest.fixture(scope="module")
def seeds(seeds_store: Path) -> Picture:
    with open_store(seeds_store) as store:
        return build_picture(store)


def view(page: Any) -> dict[str, Any]:
    return dict(page.evaluate("() => semipack.view()"))


def collisions(page: Any) -> list[tuple[str, str]]:
    """The names of nodes that lie over each other."""
    boxes = page.evaluate("() => semipack.names()")
    return [
        (a["id"], b["id"])
        for a, b in combinations(boxes, 2)
        if a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    ]


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_communities_open_and_close(show: Show, size: dict[str, int] | None) -> None:
    opened = show(CROWD, size=size)
    page = opened.page
    first = view(page)
    assert first["mode"] == "communities"
    assert not first["entities"]
    assert 6 <= len(first["nodes"]) <= 12
    assert "of 400 entities" in page.inner_text("#shown")
    assert not collisions(page)
    page.keyboard.press(".")
    assert page.inner_text("#announced").startswith("Group of ")
    page.keyboard.press("Enter")
    within = view(page)
    assert 40 <= len(within["entities"]) <= 60
    assert not collisions(page)
    page.keyboard.press("Enter")
    chosen = page.inner_text("#panel h2")
    assert chosen
    link = page.url
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.url == link
    assert view(page)["nodes"] == within["nodes"]
    page.keyboard.press("o")
    assert view(page)["nodes"] == first["nodes"]
    page.keyboard.press("u")
    assert view(page)["nodes"] == within["nodes"]
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert opened.quiet()


def test_a_click_opens_a_community(show: Show) -> None:
    opened = show(CROWD)
    page = opened.page
    frame = page.locator("#graph").bounding_box()
    at = page.evaluate("() => semipack.place('community/1')")
    page.mouse.move(frame["x"] + at["x"], frame["y"] + at["y"])
    page.wait_for_selector("#tip:not([hidden])")
    assert "click to open" in page.inner_text("#tip")
    page.mouse.click(frame["x"] + at["x"], frame["y"] + at["y"])
    page.wait_for_function("() => semipack.view().entities.length > 0")
    page.click(".chip .leave")
    assert not view(page)["entities"]
    assert opened.quiet()


def test_search_leads_out_of_a_closed_community(show: Show) -> None:
    opened = show(CROWD)
    page = opened.page
    page.fill("#search", "Company 399")
    page.wait_for_selector("#found li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_function("() => semipack.view().entities.includes('entity/399')")
    assert 1 < len(view(page)["entities"]) <= 13
    frame = page.locator("#graph").bounding_box()
    at = page.evaluate("() => semipack.place('entity/399')")
    assert 0 < at["x"] < frame["width"]
    assert 0 < at["y"] < frame["height"]
    assert opened.quiet()


def test_filters_that_leave_few_show_each(show: Show) -> None:
    opened = show(CROWD)
    page = opened.page
    press_line(page, "role", "OSAT")
    press_line(page, "role", "Tool maker")
    seen = view(page)
    assert seen["mode"] == "all"
    assert 150 < len(seen["entities"]) <= 200
    assert len({(node["x"], node["y"]) for node in page.evaluate("() => semipack.nodes()")}) == len(seen["nodes"])
    page.click("text=Reset filters")
    assert view(page)["mode"] == "communities"
    assert opened.quiet()


@pytest.mark.parametrize(
    ("size", "dark"), [(None, False), (None, True), (PHONE, False)], ids=["light", "dark", "phone"]
)
def test_the_seeds_are_readable_at_first_sight(
    show: Show, seeds: Picture, size: dict[str, int] | None, dark: bool
) -> None:
    opened = show(seeds, size=size, dark=dark)
    page = opened.page
    names = page.evaluate("() => semipack.names()")
    assert len(names) >= (len(view(page)["entities"]) if size is None else 12)
    assert not collisions(page)
    assert opened.quiet()
