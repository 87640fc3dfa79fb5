"""What is taken away: a drawing, a table and a page of the view, and that none of them carries more than is shown."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from opened import PHONE, Opened
from pictures import SAMPLE
from rich import RICH, hostile_rich
from test_viewer_page import parsed

from kg.export.viewer.picture import ClaimRow, QuoteRow

Show = Callable[..., Opened]
SVG = "{http://www.w3.org/2000/svg}"


def taken(page: Any, label: str) -> str:
    """The text of the file that a line of the menu saves."""
    with page.expect_download() as download:
        page.click("#take-away")
        page.click(f"#menu >> text={label}")
    return Path(download.value.path()).read_bytes().decode("utf-8")


def reopened(opened: Opened, tmp_path: Path, text: str) -> Any:
    """A saved page, opened beside the page that saved it and watched like it."""
    file = tmp_path / "saved.html"
    file.write_text(text, encoding="utf-8", newline="\n")
    page = opened.page.context.new_page()
    page.on("console", lambda message: opened.console.append(message.text))
    page.on("pageerror", lambda error: opened.console.append(str(error)))
    page.on("dialog", lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    return page


def test_the_menu_offers_every_form_and_works_by_keys(show: Show) -> None:
    page = show(SAMPLE).page
    page.focus("#take-away")
    page.keyboard.press("ArrowDown")
    assert page.locator("#menu [role=menuitem] > span").all_inner_texts() == [
        "Picture",
        "Drawing",
        "Claims as a table",
        "Page of this view",
        "Link to this view",
    ]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "take-away"
    page.click("#take-away")
    page.mouse.click(20, 500)
    assert page.is_hidden("#menu")


def test_the_drawing_is_the_picture_as_vectors(show: Show) -> None:
    opened = show(SAMPLE, "#role=-")
    page = opened.page
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -600)
    page.wait_for_timeout(100)
    zoomed = page.evaluate("() => window.semipack.place('entity/ase')")
    text = taken(page, "Drawing")
    assert page.evaluate("() => window.semipack.place('entity/ase')") == pytest.approx(zoomed)
    page.click("#fit")
    root = ElementTree.fromstring(text)
    assert root.tag == SVG + "svg"
    words = root.findall(f".//{SVG}text")
    drawn = {each.text: each for each in words}
    for box in page.evaluate("() => window.semipack.names()"):
        label = next(row.label for row in SAMPLE.entities if row.id == box["id"])
        assert float(drawn[label].get("x") or 0) == pytest.approx(box["x"] + box["w"] / 2, abs=1.5)
    assert "✕ not" in drawn
    assert words[-1].text.startswith("Packaging graph · 9 entities")
    colours = {each.get("fill") for each in root.findall(f".//{SVG}path")}
    assert {"#0072b2", "#cc5200", "#007a5a", "#9a6a00", "#6f4bb8"} <= colours
    assert len([each for each in root.findall(f".//{SVG}path") if each.get("stroke-dasharray")]) >= 3
    assert not root.findall(f".//{SVG}image")
    assert not root.findall(f".//{SVG}script")
    size = page.evaluate(
        """text => new Promise((done) => { const image = new Image();
        image.onload = () => done(image.naturalWidth); image.onerror = () => done(0);
        image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' })); })""",
        text,
    )
    assert size == page.locator("#graph canvas").bounding_box()["width"]
    assert opened.quiet()


def test_the_csv_holds_the_visible_claims(show: Show) -> None:
    opened = show(RICH, "#relation=competesWith&undated=no")
    text = taken(opened.page, "Claims as a table")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert sorted(row["id"] for row in rows) == sorted(name.split("/")[1] for name in opened.shown())
    by_id = {(row["subject id"], row["id"]): row for row in rows}
    tool = by_id["entity/besi", "7"]
    assert tool["quote"] == "BESI has bonders running at Amkor."
    assert tool["qualifiers"] == "product: hybrid bonder"
    assert (tool["document"], tool["publisher"], tool["date"]) == ("Who packages what", "Bond Pad Weekly", "2026-05-02")
    money = by_id["entity/ase", "5"]
    assert (money["relation"], money["value"], money["unit"], money["replaced"]) == (
        "capital expenditure",
        "7000000000",
        "USD",
        "yes",
    )


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", 'a "quoted", cell\nof two lines', "plain")


def test_no_cell_of_the_csv_is_a_formula(show: Show) -> None:
    claims = tuple(
        ClaimRow(
            f"claim/{number}", "entity/amd", "competesWith", "entity/ase", "document/1", (QuoteRow(text, "document/1"),)
        )
        for number, text in enumerate(FORMULAS)
    )
    picture = replace(SAMPLE, claims=claims, observations=(), conflicts=())
    page = show(picture).page
    rows = list(csv.DictReader(io.StringIO(taken(page, "Claims as a table").removeprefix("\ufeff"), newline="")))
    quotes = {row["quote"] for row in rows}
    assert quotes == {*("'" + text for text in FORMULAS[:7]), *FORMULAS[7:]}


def test_the_page_of_a_view_holds_that_view_alone(show: Show, tmp_path: Path) -> None:
    opened = show(RICH, "#entity=entity%2Fase&modality=planned&since=2026-01")
    page = opened.page
    text = taken(page, "Page of this view")
    assert "In autumn BESI shipped" not in text
    assert "AMD will move a second line" not in text
    assert "Autumn survey" not in text
    assert "TSMC owns CoWoS" not in text
    scripts = parsed(text)
    assert scripts.policy == parsed(page.content()).policy
    saved = reopened(opened, tmp_path, text)
    assert saved.inner_text("#panel h2") == "ASE"
    assert saved.inner_text("#shown") == page.inner_text("#shown")
    first, second = opened.shown(), Opened(saved).shown()
    assert first == second
    saved.click("#as-graph")
    again = taken(saved, "Page of this view")
    assert parsed(again).texts["data"] == scripts.texts["data"]
    saved.click("text=Reset filters")
    assert Opened(saved).shown() == second
    assert opened.quiet()


def test_the_page_of_an_ego_view_keeps_its_neighbours_only(show: Show, tmp_path: Path) -> None:
    opened = show(RICH, "#ego=entity%2Fbesi&entity=entity%2Fbesi&role=-")
    text = taken(opened.page, "Page of this view")
    saved = reopened(opened, tmp_path, text)
    assert "NVIDIA" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert Opened(saved).shown() == opened.shown()
    assert opened.quiet()


def test_hostile_texts_do_nothing_in_what_is_taken_away(show: Show, tmp_path: Path) -> None:
    picture = hostile_rich()
    opened = show(picture, "#role=-")
    page = opened.page
    drawing = ElementTree.fromstring(taken(page, "Drawing"))
    allowed = {SVG + name for name in ("svg", "title", "rect", "path", "text")}
    assert {each.tag for each in drawing.iter()} <= allowed
    assert not [name for each in drawing.iter() for name in each.attrib if name.startswith("on") or "href" in name]
    rows = list(csv.DictReader(io.StringIO(taken(page, "Claims as a table").removeprefix("\ufeff"), newline="")))
    assert len(rows) == len(opened.shown())
    page.click("#as-graph")
    text = taken(page, "Page of this view")
    scripts = parsed(text)
    assert [len(scripts.texts[kind]) for kind in ("script", "style", "data")] == [2, 1, 2]
    assert not [name for name in scripts.attributes if name.startswith("on") or name == "style"]
    saved = reopened(opened, tmp_path, text)
    assert Opened(saved).shown() == opened.shown()
    for one in (page, saved):
        assert one.evaluate("typeof window.__pwned") == "undefined"
    assert opened.quiet()


def test_taking_away_on_a_phone(show: Show) -> None:
    opened = show(SAMPLE, size=PHONE)
    page = opened.page
    page.click("#take-away")
    box = page.locator("#menu").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.keyboard.press("Escape")
    bar = page.locator(".tools button")
    rights = [each.bounding_box() for each in bar.all() if each.is_visible()]
    assert max(one["x"] + one["width"] for one in rights) <= 390
    assert taken(page, "Drawing").startswith("<?xml")
    assert opened.quiet()
