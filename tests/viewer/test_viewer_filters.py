"""Filters by date and by source document: what they leave and count, and that nothing shows what they hold back."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opened import PHONE, Opened, count, press_line
from rich import RICH, hostile_rich

Show = Callable[..., Opened]
DATES = {row.id: row.date for row in RICH.documents}
SAID = [*RICH.claims, *RICH.observations, *RICH.remarks]


def expected(test: Callable[[str], bool]) -> list[str]:
    """The ids of what the first sight shows of documents that pass."""
    kinds = ("technology/", "place/")
    return sorted(row.id for row in SAID if not getattr(row, "object", "").startswith(kinds) and test(row.document))


def save(page: Any, label: str) -> str:
    """The text of a file from the menu of what can be taken away."""
    with page.expect_download() as download:
        page.click("#take-away")
        page.click(f"#menu >> text={label}")
    return Path(download.value.path()).read_text("utf-8")


def test_a_range_of_dates_leaves_documents_of_its_time(show: Show) -> None:
    opened = show(RICH)
    page = opened.page
    since, until = page.locator("[aria-label='Documents since']"), page.locator("[aria-label='Documents until']")
    assert since.get_attribute("aria-valuetext") == "November 2025"
    assert until.get_attribute("aria-valuetext") == "May 2026"
    assert page.inner_text("[data-facet=date] .range") == "any"
    label = page.get_attribute(".bars svg", "aria-label") or ""
    assert label.startswith("Claims by month. November 2025: 3")
    assert count(page, "date", "Undated") == 3
    before = count(page, "relation", "outsources to")
    since.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    until.focus()
    page.keyboard.press("ArrowLeft")
    assert since.get_attribute("aria-valuetext") == "January 2026"
    assert page.inner_text("[data-facet=date] .range") == "Jan 2026 – Apr 2026"
    assert "since=2026-01" in page.url
    assert "until=2026-04" in page.url
    assert not page.is_checked("#undated")
    assert count(page, "relation", "outsources to") < before
    assert count(page, "date", "Undated") == 3
    in_range = expected(lambda each: "2026-01" <= DATES[each][:7] <= "2026-04")
    assert opened.shown() == in_range
    page.check("#undated")
    assert opened.shown() == expected(lambda each: not DATES[each] or "2026-01" <= DATES[each][:7] <= "2026-04")
    again = show(RICH, page.url[page.url.index("#") :])
    assert again.shown() == opened.shown()
    page.click("text=Reset filters")
    assert opened.shown() == expected(lambda _: True)
    assert opened.quiet()


def test_the_handles_never_pass_each_other(show: Show) -> None:
    page = show(RICH).page
    page.focus("[aria-label='Documents since']")
    page.keyboard.press("End")
    page.focus("[aria-label='Documents until']")
    page.keyboard.press("Home")
    assert page.inner_text("[data-facet=date] .range") == "May 2026"
    assert page.input_value("[aria-label='Documents until']") == page.input_value("[aria-label='Documents since']")


def test_source_documents_can_be_found_and_switched(show: Show) -> None:
    opened = show(RICH)
    page = opened.page
    assert count(page, "document", "January review") == 4
    page.fill("[aria-label='Find a source document']", "january")
    assert page.locator(".sources .item").count() == 1
    page.hover(".sources .item")
    page.click("[aria-label='Only January review']")
    assert opened.shown() == expected(lambda each: each == "document/3")
    assert count(page, "document", "January review") == 4
    page.fill("[aria-label='Find a source document']", "no such thing")
    assert page.inner_text("[data-facet=document] .note") == "No document of that name."
    page.fill("[aria-label='Find a source document']", "")
    press_line(page, "document", "Autumn survey")
    assert opened.shown() == expected(lambda each: each in ("document/3", "document/4"))
    page.click("[data-facet=document] >> text=all")
    press_line(page, "document", "Who packages what")
    fragment = page.url[page.url.index("#") :]
    assert opened.shown() == expected(lambda each: each != "document/1")
    assert show(RICH, fragment).shown() == expected(lambda each: each != "document/1")
    page.click("[data-facet=document] >> text=none")
    assert opened.shown() == []
    assert opened.quiet()


def test_nothing_shows_what_the_filters_hold_back(show: Show) -> None:
    held = [row.quotes[0].text for row in SAID if row.document == "document/3"]
    opened = show(RICH, "#role=-&sources=-document%2F3")
    page = opened.page
    for entity in ("entity/ase", "entity/amkor", "entity/orbit"):
        for order in ("", "date"):
            page.evaluate(
                """([entity, order]) => { const now = new URLSearchParams(location.hash.slice(1));
                now.set('entity', entity); now.set('order', order); location.hash = now.toString(); }""",
                [entity, order],
            )
            page.wait_for_timeout(50)
            assert page.get_attribute(".actions >> text=Timeline", "aria-pressed") == str(order == "date").lower()
            for words in held:
                assert words not in page.inner_text("#panel")
    page.keyboard.press("Escape")
    assert page.locator(".disagree[data-kind=parent]").count() == 0
    assert page.locator(".disagree[data-kind=superlative]").count() == 0
    page.fill("#search", "orbit")
    assert "2 claims" in page.inner_text("#found")
    page.keyboard.press("Escape")
    table, file = save(page, "Claims as a table"), save(page, "Page of this view")
    opened.shown()
    for words in held:
        assert words not in table
        assert json.dumps(words, ensure_ascii=False) not in file
        assert words not in page.inner_text("#table-view")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert len(rows) == len(opened.shown())


@pytest.mark.parametrize(
    "fragment",
    [
        "#since=yesterday&until=%3Cscript%3E&undated=perhaps&sources=document/1&rows=%5C(",
        "#sources=%2B%E0%A4%A&claim=nobody&order=__proto__&sort=constructor.down",
        "#since=9999&until=0001&sources=-&undated=no",
    ],
)
def test_a_broken_address_filters_nothing_it_should_not(show: Show, fragment: str) -> None:
    opened = show(RICH, fragment)
    page = opened.page
    if "9999" in fragment:
        assert opened.shown() == []
        page.click("text=Reset filters")
        page.fill("#rows-sought", "")
    elif "rows" in fragment:
        page.click("#as-table")
        assert page.inner_text("#table-view .nothing") == "No claim holds these words."
        page.fill("#rows-sought", "")
        page.wait_for_selector("#table-view tbody tr")
    assert opened.shown() == expected(lambda _: True)
    assert opened.quiet()


def test_a_picture_without_dates_or_with_one_document_offers_no_such_filter(show: Show) -> None:
    one = replace(RICH, documents=RICH.documents[1:2])
    page = show(one).page
    assert page.is_hidden("[data-facet=date] .slider")
    assert page.is_hidden("[data-facet=document]")


def test_hostile_documents_do_nothing_in_the_filters(show: Show) -> None:
    picture = hostile_rich()
    opened = show(picture, "#role=-")
    page = opened.page
    page.fill("[aria-label='Find a source document']", "<img")
    assert page.locator(".sources .item").count() == 1
    page.click(".sources .item label")
    assert "sources=" in page.url
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert opened.quiet()


def test_filters_on_a_phone(show: Show) -> None:
    opened = show(RICH, size=PHONE)
    page = opened.page
    page.click("#filters")
    page.locator("[data-facet=document]").scroll_into_view_if_needed()
    box = page.locator(".handles").bounding_box()
    assert box["height"] >= 24
    page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.click("[data-facet=document] >> text=none")
    assert "sources=%2B" in page.url
    assert opened.quiet()
