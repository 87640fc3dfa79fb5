"""How the page behaves under a reader's hands: pointer, search, legend and a narrow screen."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from opened import PHONE, Opened, checked, count, press_line
from pictures import SAMPLE

from kg.export.viewer.picture import RoleRow

Show = Callable[..., Opened]


def point_at(page: Any, entity: str) -> dict[str, float]:
    """Moves the pointer onto an entity and waits for its tooltip; where the canvas lies."""
    frame = page.locator("#graph").bounding_box()
    at = page.evaluate("id => window.semipack.place(id)", entity)
    page.mouse.move(frame["x"] + at["x"], frame["y"] + at["y"])
    page.wait_for_selector("#tip:not([hidden])")
    return frame


def test_the_tooltip_goes_when_the_pointer_leaves(show: Show) -> None:
    page = show(SAMPLE).page
    frame = point_at(page, "entity/amkor")
    page.mouse.move(frame["x"] - 60, frame["y"] + 200)
    assert page.is_hidden("#tip")
    point_at(page, "entity/amkor")
    page.mouse.move(frame["x"] + frame["width"] + 100, frame["y"] + 200)
    assert page.is_hidden("#tip")
    point_at(page, "entity/amkor")
    page.keyboard.press("/")
    assert page.is_hidden("#tip")
    page.keyboard.press("Escape")
    page.mouse.move(frame["x"] - 60, frame["y"] + 200)
    point_at(page, "entity/amkor")
    page.evaluate("document.getElementById('as-table').click()")
    assert page.is_hidden("#tip")


def test_a_search_switches_the_kind_of_its_entity_on(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    page.fill("#search", "cowos")
    assert "switched off" in page.inner_text("#found")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel blockquote") == "TSMC owns CoWoS."
    assert page.locator("#panel .notice").count() == 0
    assert checked(page, "role", "Technology")
    assert not checked(page, "role", "Place")
    assert page.inner_text("#legend .told") == "Switched on: Technology."
    press_line(page, "role", "Technology")
    assert page.is_hidden("#legend .told")
    assert opened.quiet()


def test_a_relation_to_a_kind_that_is_off_looks_off(show: Show) -> None:
    page = show(SAMPLE).page
    assert not checked(page, "relation", "offers technology")
    assert checked(page, "relation", "outsources to")
    press_line(page, "relation", "offers technology")
    assert checked(page, "relation", "offers technology")
    assert checked(page, "role", "Technology")
    assert count(page, "relation", "offers technology") == 1
    press_line(page, "role", "Technology")
    assert not checked(page, "relation", "offers technology")


def test_every_role_is_called_by_its_label(show: Show) -> None:
    picture = replace(
        SAMPLE,
        entities=(replace(SAMPLE.entities[0], roles=("FablessDesigner", "SystemMaker")), *SAMPLE.entities[1:]),
        roles=(*SAMPLE.roles, RoleRow("SystemMaker", "System maker")),
    )
    page = show(picture, "#entity=entity%2Fnvidia").page
    assert page.inner_text("#panel .under >> nth=0") == "Fabless designer, System maker"


def test_cards_show_the_ids_that_judgements_take(show: Show) -> None:
    page = show(SAMPLE, "#entity=entity%2Famkor").page
    assert page.inner_text("#panel [data-claim='claim/6'] .id code") == "6"
    page.click("#panel table summary >> nth=0")
    assert page.inner_text("#panel table .id code >> nth=0") == "1"


def test_filters_fit_the_picture_until_the_reader_moves_it(show: Show) -> None:
    page = show(SAMPLE).page

    def scale() -> float:
        a, b = (page.evaluate("id => window.semipack.place(id)", f"entity/{name}") for name in ("ase", "amkor"))
        return float(((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5)

    first = scale()
    page.fill("#search", "orbit")
    page.keyboard.press("Enter")
    near = scale()
    press_line(page, "modality", "Reported")
    assert scale() == pytest.approx(near)
    press_line(page, "modality", "Reported")
    press_line(page, "role", "Technology")
    press_line(page, "role", "Technology")
    assert scale() == pytest.approx(first, rel=0.01)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(100)
    moved = scale()
    assert moved > first * 1.05
    press_line(page, "role", "Place")
    assert scale() == pytest.approx(moved)


def test_names_do_not_lie_under_the_line_that_counts(show: Show) -> None:
    page = show(SAMPLE).page
    frame = page.locator("#graph").bounding_box()
    assert frame["y"] + frame["height"] <= page.locator("#shown").bounding_box()["y"] + 0.5


def test_a_phone_shows_long_names_on_two_lines(show: Show) -> None:
    long = (*SAMPLE.entities[:3], replace(SAMPLE.entities[3], label="Powertech Technology"), *SAMPLE.entities[4:])
    page = show(replace(SAMPLE, entities=long), size=PHONE).page
    heights = {box["id"]: box["h"] for box in page.evaluate("() => window.semipack.names()")}
    assert heights["entity/amkor"] > 1.5 * heights["entity/ase"]


def test_a_phone_lists_claims_as_cards(show: Show) -> None:
    opened = show(SAMPLE, "#view=table&entity=entity%2Fase", size=PHONE)
    page = opened.page
    assert page.is_hidden("#panel")
    view = page.locator("#table-view")
    assert view.evaluate("box => box.scrollWidth <= box.clientWidth")
    card = page.locator("tr[data-claim='claim/6']")
    quote = card.locator(".quote").bounding_box()
    assert quote["x"] > 0
    assert quote["x"] + quote["width"] <= 390
    assert card.get_attribute("role") == "row"
    card.locator(".link").first.click()
    assert page.is_visible("#panel")
    page.click("#as-graph")
    page.click("#as-table")
    assert page.is_hidden("#panel")
    assert opened.quiet()
