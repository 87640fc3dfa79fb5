"""The page in a real browser: what a reader sees, presses and reads, and what a hostile document cannot do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opened import PHONE, Opened, count, press_line
from pictures import SAMPLE, hostile

from kg.export.viewer.picture import Picture
from kg.model import MentionKind

Show = Callable[..., Opened]
ALL = "#role="


def test_first_sight_draws_organisations_only(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    nodes = {node["id"] for node in page.evaluate("() => window.semipack.nodes()")}
    assert nodes == {row.id for row in SAMPLE.entities if row.kind is MentionKind.ORGANISATION}
    colours = page.evaluate(
        """() => { const canvas = document.querySelector('#graph canvas');
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < pixels.length; i += 4) {
          if (pixels[i + 3] > 250) seen.add((pixels[i] << 16) + (pixels[i + 1] << 8) + pixels[i + 2]);
        }
        return [...seen]; }"""
    )
    assert {0x0072B2, 0xCC5200, 0x007A5A, 0x9A6A00} <= set(colours)
    assert page.inner_text("#totals") == (
        "2 documents · 11 claims (1 planned, 1 possible, 1 negated, 2 disputed) · 2 figures · 9 entities"
    )
    assert opened.quiet()


def test_names_do_not_collide(show: Show) -> None:
    opened = show(SAMPLE, ALL)
    boxes = opened.page.evaluate("() => window.semipack.names()")
    frame = opened.page.locator("#graph").bounding_box()
    assert all(box["x"] >= 0 and box["x"] + box["w"] <= frame["width"] for box in boxes)
    assert len(boxes) == len(SAMPLE.entities)
    for number, a in enumerate(boxes):
        for b in boxes[:number]:
            assert (
                a["x"] + a["w"] <= b["x"]
                or b["x"] + b["w"] <= a["x"]
                or a["y"] + a["h"] <= b["y"]
                or b["y"] + b["h"] <= a["y"]
            )


def test_planned_negated_and_plain_lines_differ(show: Show) -> None:
    edges = show(SAMPLE).edges()
    plain = edges["entity/nvidia outsourcesTo entity/amkor affirmed"]
    planned = edges["entity/amd outsourcesTo entity/ase affirmed"]
    reported = edges["entity/tsmc outsourcesTo entity/ase affirmed"]
    negated = edges["entity/tsmc outsourcesTo entity/ase negated"]
    rivals = edges["entity/amkor competesWith entity/ase affirmed"]
    assert plain["dashes"] is False
    assert planned["dashes"] != reported["dashes"]
    assert planned["dashes"] and reported["dashes"]
    assert negated["color"]["color"] != plain["color"]["color"] == planned["color"]["color"]
    assert plain["width"] > planned["width"]
    assert plain["arrows"]["to"]["enabled"]
    assert not rivals["arrows"]["to"]["enabled"]
    assert negated["smooth"]["enabled"] and reported["smooth"]["enabled"]


def test_search_by_alias_selects_and_shows_the_quote(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("nvd")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    assert page.inner_text("#found li[aria-selected=true]").startswith("NVIDIA")
    assert page.locator("#found li").first.bounding_box()["height"] < 60
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "NVIDIA"
    assert "entity=entity%2Fnvidia" in page.url
    card = page.locator("[data-claim='claim/1']")
    assert card.locator("blockquote").inner_text() == "Amkor bonds the large modules of NVIDIA."
    assert card.locator("mark.subject").inner_text() == "NVIDIA"
    assert card.locator("mark.object").inner_text() == "Amkor"
    assert card.locator("a").get_attribute("href") == "https://example.com/a?b=1&c=2"
    assert "Bond Pad Weekly" in card.inner_text()
    assert "2026-05-02" in card.inner_text()
    card.locator("summary").click()
    assert "subject from the title" in card.inner_text()
    assert page.locator("[data-claim='claim/2'] a").count() == 0
    assert opened.quiet()


def test_search_without_a_hit_says_so(show: Show) -> None:
    page = show(SAMPLE).page
    page.fill("#search", "zzz")
    assert page.inner_text("#found") == "No entity of that name"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "Evidence"
    page.focus("#search")
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""


def test_the_legend_filters_everything(show: Show) -> None:
    opened = show(SAMPLE, "#entity=entity%2Fase")
    page = opened.page
    assert count(page, "relation", "outsources to") == 6
    assert page.locator(".disagree").count() == 1
    press_line(page, "polarity", "Negated")
    assert count(page, "relation", "outsources to") == 5
    assert count(page, "polarity", "Negated") == 1
    assert "hands nothing" not in page.inner_text("#panel")
    assert page.locator(".disagree").count() == 0
    assert "1 claim is hidden" in page.inner_text("#panel")
    assert "entity/tsmc outsourcesTo entity/ase negated" not in opened.edges()
    press_line(page, "modality", "Planned")
    assert "entity/amd outsourcesTo entity/ase affirmed" not in opened.edges()
    press_line(page, "role", "Tool maker")
    assert "4 entities" in page.inner_text("#shown")
    assert opened.shown() == ["claim/1", "claim/2", "claim/5", "claim/6", "claim/8", "observation/1", "observation/2"]
    page.click("text=Reset filters")
    assert len(opened.shown()) == 11
    assert opened.quiet()


def test_technologies_and_places_can_be_switched_on(show: Show) -> None:
    opened = show(SAMPLE)
    press_line(opened.page, "role", "Technology")
    assert "claim/9" in opened.shown()
    assert "claim/10" not in opened.shown()


def test_only_shows_one_line_of_a_group(show: Show) -> None:
    opened = show(SAMPLE)
    opened.page.click("[aria-label='Only Planned']", force=True)
    assert opened.shown() == ["claim/3"]
    opened.page.click("[aria-label='Only Planned']", force=True)
    assert len(opened.shown()) == 11


def test_confidence_filters(show: Show) -> None:
    opened = show(SAMPLE)
    opened.page.fill("#least", "0.7")
    assert "claim/2" not in opened.shown()
    assert "sure=0.7" in opened.page.url


def test_a_click_on_the_canvas_opens_entity_and_line(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    frame = page.locator("#graph").bounding_box()
    at = page.evaluate("() => window.semipack.place('entity/amkor')")
    page.mouse.click(frame["x"] + at["x"], frame["y"] + at["y"])
    page.wait_for_function("document.querySelector('#panel h2').textContent === 'Amkor Technology'")
    assert "$6.5 billion" in page.inner_text("#panel table")
    assert page.locator(".disagree").count() == 1
    page.keyboard.press("Escape")
    middle = page.evaluate("() => window.semipack.middle('entity/amd outsourcesTo entity/ase affirmed')")
    page.mouse.click(frame["x"] + middle["x"], frame["y"] + middle["y"])
    page.wait_for_function("document.querySelector('#panel .badge.planned')")
    assert "AMD will move a second line to ASE." in page.inner_text("#panel")
    assert opened.quiet()


def test_both_sides_of_a_conflict_stand_together(show: Show) -> None:
    page = show(SAMPLE, "#edge=entity%2Ftsmc+outsourcesTo+entity%2Fase+negated").page
    sides = page.locator(".disagree").first.inner_text()
    assert "TSMC hands nothing to ASE." in sides
    assert "TSMC sends overflow lots to ASE." in sides
    assert "does not hold" in page.inner_text("#panel")


def test_table_sorts_and_leads_to_entities(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    page.click("#as-table")
    heads = page.locator("#table-view th[scope=col]")
    assert heads.count() == 8
    page.focus("th[data-column=Confidence] button")
    page.keyboard.press("Enter")
    assert page.get_attribute("th[data-column=Confidence]", "aria-sort") == "ascending"
    assert page.get_attribute("#table-view tbody tr >> nth=0", "data-claim") == "claim/2"
    page.keyboard.press("Enter")
    assert page.get_attribute("th[data-column=Confidence]", "aria-sort") == "descending"
    page.click("#table-view tbody >> text=BESI >> nth=0")
    assert page.inner_text("#panel h2") == "BESI"
    assert page.locator("tr.chosen").count() == 2
    assert opened.quiet()


def test_the_address_brings_the_view_back(show: Show) -> None:
    first = show(SAMPLE)
    page = first.page
    press_line(page, "relation", "competes with")
    press_line(page, "role", "Place")
    page.fill("#search", "amkor")
    page.keyboard.press("Enter")
    page.click("#theme")
    page.click("#as-table")
    fragment = page.url[page.url.index("#") :]
    again = show(SAMPLE, fragment)
    assert again.page.inner_text("#panel h2") == "Amkor Technology"
    assert again.page.get_attribute("html", "data-theme") == "dark"
    assert again.shown() == first.shown()
    assert "claim/6" not in again.shown()


@pytest.mark.parametrize(
    "fragment", ["#entity=nobody&role=x,y&sure=9&view=z", "#edge=%E0%A4%A&theme=pink", "#__proto__=1"]
)
def test_a_broken_address_is_harmless(show: Show, fragment: str) -> None:
    opened = show(SAMPLE, fragment)
    assert opened.page.inner_text("#panel h2") == "Evidence"
    assert opened.quiet()


def test_theme_follows_the_system_and_can_be_switched(show: Show) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    page = show(SAMPLE, dark=True).page
    dark = page.evaluate(ground)
    assert page.inner_text("#theme") == "Light"
    page.click("#theme")
    assert page.evaluate(ground) != dark
    assert show(SAMPLE).page.evaluate(ground) == page.evaluate(ground)


def saved(page: Any) -> bytes:
    with page.expect_download() as download:
        page.click("#take-away")
        page.click("#menu >> text=Picture")
    assert download.value.suggested_filename == "semipack.png"
    return Path(download.value.path()).read_bytes()


def test_the_png_shows_the_whole_wherever_the_reader_is(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    whole = saved(page)
    assert whole.startswith(b"\x89PNG\r\n\x1a\n")
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -800)
    page.wait_for_timeout(100)
    before = page.evaluate("() => window.semipack.place('entity/ase')")
    assert saved(page) == whole
    assert page.evaluate("() => window.semipack.place('entity/ase')") == pytest.approx(before)
    page.click("#as-table")
    assert saved(page) == whole
    assert opened.quiet()


def test_the_canvas_is_named_and_reached_by_keys(show: Show) -> None:
    page = show(SAMPLE).page
    surface = page.locator("#graph .vis-network")
    assert surface.get_attribute("role") == "application"
    assert surface.get_attribute("tabindex") == "0"
    surface.focus()
    before = page.evaluate("() => window.semipack.place('entity/ase')")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    assert page.evaluate("() => window.semipack.place('entity/ase')")["x"] < before["x"]
    page.keyboard.press("f")
    page.wait_for_function("x => Math.abs(window.semipack.place('entity/ase').x - x) <= 1", arg=before["x"])


def test_phone(show: Show) -> None:
    opened = show(SAMPLE, size=PHONE)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not page.is_visible("#panel")
    assert not page.is_visible("#legend")
    page.click("#filters")
    assert page.is_visible("#legend")
    page.keyboard.press("Escape")
    page.fill("#search", "ASE")
    page.keyboard.press("Enter")
    assert page.is_visible("#panel")
    panel = page.locator("#panel").bounding_box()
    assert panel["y"] > 300
    assert panel["y"] + panel["height"] == 844
    at = page.evaluate("() => window.semipack.place('entity/ase')")
    assert at["y"] + page.locator("#graph").bounding_box()["y"] < panel["y"]
    page.click(".close")
    assert not page.is_visible("#panel")
    assert opened.quiet()


def test_hostile_texts_do_nothing(show: Show) -> None:
    opened = show(hostile(), ALL)
    page = opened.page
    for entity in hostile().entities:
        page.evaluate("id => { location.hash = new URLSearchParams({ role: '', entity: id }).toString(); }", entity.id)
        page.wait_for_timeout(30)
        for summary in page.locator("#panel summary").all()[:3]:
            summary.click()
    page.fill("#search", "<img")
    page.keyboard.press("Enter")
    opened.shown()
    page.click("#as-graph")
    page.mouse.move(700, 450)
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.evaluate("({}).polluted === undefined && Object.keys(Object.prototype).length === 0")
    assert (
        page.locator("main img, main iframe, main object, main [onerror], main [onload], main [style*=x]").count() == 0
    )
    links = page.eval_on_selector_all("a[href]", "all => all.map(each => each.protocol)")
    assert set(links) <= {"file:", "http:", "https:"}
    assert opened.quiet()


def test_invisible_characters_in_quotes_are_shown(show: Show) -> None:
    page = show(hostile(), "#role=&entity=" + "entity%2F__proto__").page
    page.evaluate(
        "id => { location.hash = new URLSearchParams({ role: '', entity: id }).toString(); }", hostile().entities[4].id
    )
    page.wait_for_selector(".hiddenmark")
    assert "U+202E" in page.locator("#panel").inner_text()


def test_an_empty_picture_opens(show: Show) -> None:
    opened = show(Picture())
    assert "0 claims" in opened.page.inner_text("#totals")
    assert opened.shown() == []
    assert opened.quiet()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("fragment", [ALL, "#role=&entity=entity%2Fase", "#view=table&entity=entity%2Famkor"])
def test_no_accessibility_violations(show: Show, fragment: str, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = show(SAMPLE, fragment, dark=dark).page
    for summary in page.locator("#panel .why summary").all()[:2]:
        summary.click()
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("fragment", ["#entity=entity%2Fase", "#view=table"])
def test_no_accessibility_violations_on_a_phone(show: Show, fragment: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = show(SAMPLE, fragment, size=PHONE).page
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_the_graph_is_there_after_starting_with_the_table(show: Show) -> None:
    opened = show(SAMPLE, "#view=table")
    page = opened.page
    page.click("#as-graph")
    page.wait_for_timeout(400)
    frame = page.locator("#graph").bounding_box()
    places = [page.evaluate("id => window.semipack.place(id)", row.id) for row in SAMPLE.entities[:7]]
    assert all(0 < place["x"] < frame["width"] and 0 < place["y"] < frame["height"] for place in places)
    assert max(place["y"] for place in places) - min(place["y"] for place in places) > 250


def test_focus_is_not_lost_when_the_panel_changes(show: Show) -> None:
    page = show(SAMPLE, "#entity=entity%2Fase").page
    page.focus("#panel section .link")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.click("#as-table")
    page.focus("#table-view tbody .link")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#table-view').contains(document.activeElement)")


def test_a_dragged_entity_stays_where_it_was_put(show: Show) -> None:
    page = show(SAMPLE).page
    frame = page.locator("#graph").bounding_box()
    at = page.evaluate("() => window.semipack.place('entity/besi')")
    page.mouse.move(frame["x"] + at["x"], frame["y"] + at["y"])
    page.mouse.down()
    page.mouse.move(frame["x"] + at["x"] + 30, frame["y"] + at["y"] + 40, steps=4)
    page.mouse.up()
    press_line(page, "modality", "Possible")
    moved = page.evaluate("() => window.semipack.place('entity/besi')")
    assert (moved["x"], moved["y"]) == pytest.approx((at["x"] + 30, at["y"] + 40), abs=3)
