"""The table of visible claims: found, sorted, paged, saved, and read on a narrow screen."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from opened import PHONE, Opened
from rich import RICH, many

Show = Callable[..., Opened]
TABLE = "#view=table"


def test_rows_are_found_by_any_of_their_words(show: Show) -> None:
    opened = show(RICH, TABLE)
    page = opened.page
    page.fill("#rows-sought", "shipped AUTUMN")
    page.wait_for_selector(".told-rows:text-is('1 row')")
    assert page.inner_text(".told-rows") == "1 row"
    assert "rows=shipped" in page.url
    assert page.evaluate("document.activeElement.id") == "rows-sought"
    page.fill("#rows-sought", "zzz")
    page.wait_for_selector("#table-view .nothing")
    assert page.inner_text("#table-view .nothing") == "No claim holds these words."
    again = show(RICH, TABLE + "&rows=shipped").page
    assert again.input_value("#rows-sought") == "shipped"
    assert again.locator("#table-view tbody tr").count() == 1
    assert opened.quiet()


def test_dates_sort_and_stay_in_the_address(show: Show) -> None:
    page = show(RICH, TABLE).page
    page.click("th[data-column=Date] button")
    page.click("th[data-column=Date] button")
    dates = page.locator("td[data-column=Date]").all_inner_texts()
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == "2026-05-02"
    assert "sort=Date.down" in page.url
    assert page.evaluate("document.activeElement.textContent") == "Date"
    page.go_back()
    page.wait_for_selector("th[data-column=Date][aria-sort=ascending]")
    again = show(RICH, TABLE + "&sort=Date.down").page
    assert again.get_attribute("th[data-column=Date]", "aria-sort") == "descending"


def test_the_button_saves_the_rows_that_are_listed(show: Show) -> None:
    page = show(RICH, TABLE + "&rows=besi&sort=Quote").page
    listed = page.eval_on_selector_all(
        "#table-view tbody tr", "rows => rows.map(row => row.dataset.claim.split('/')[1])"
    )
    with page.expect_download() as download:
        page.click("#table-view >> text=CSV")
    assert download.value.suggested_filename == "semipack-claims.csv"
    text = Path(download.value.path()).read_text("utf-8").removeprefix("\ufeff")
    assert [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))] == listed


def test_many_rows_come_in_pages(show: Show) -> None:
    opened = show(many(450), TABLE + "&sort=Quote")
    page = opened.page
    rows = page.locator("#table-view tbody tr")
    assert rows.count() == 200
    assert page.inner_text(".told-rows") == "Rows 1–200 of 450"
    head = page.locator("th[data-column=Quote]")
    before = head.bounding_box()["y"]
    page.evaluate("document.querySelector('#table-view').scrollTop = 2000")
    assert head.bounding_box()["y"] == pytest.approx(before, abs=1)
    page.focus("[data-turn=Next]")
    page.keyboard.press("Enter")
    assert page.inner_text(".told-rows") == "Rows 201–400 of 450"
    assert page.evaluate("document.querySelector('#table-view').scrollTop") == 0
    assert page.evaluate("document.activeElement.textContent") == "Next"
    page.keyboard.press("Enter")
    assert rows.count() == 50
    assert page.evaluate("document.activeElement.textContent") == "First"
    page.click("#table-view tbody .link >> nth=0")
    assert page.inner_text(".told-rows") == "Rows 401–450 of 450"
    page.click("[data-turn=Previous]")
    assert page.inner_text(".told-rows") == "Rows 201–400 of 450"
    page.click("[data-turn=Last]")
    assert page.get_attribute("#table-view table", "aria-rowcount") == "451"
    page.fill("#rows-sought", "sentence 44")
    page.wait_for_selector(".told-rows:text-is('14 rows')")
    assert page.locator(".pager").count() == 0
    assert opened.quiet()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_no_accessibility_violations_in_a_long_table(show: Show, size: dict[str, int] | None) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    opened = show(many(220), TABLE, size=size)
    results = axe.Axe().run(opened.page)
    assert results.violations_count == 0, results.generate_report()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.quiet()


def test_a_phone_reads_cards_with_their_dates(show: Show) -> None:
    page = show(RICH, TABLE, size=PHONE).page
    view = page.locator("#table-view")
    assert view.evaluate("box => box.scrollWidth <= box.clientWidth")
    card = page.locator("tr[data-claim='claim/12']")
    assert card.locator("[data-column=Document]").inner_text() == "January review"
    before = "cell => getComputedStyle(cell, '::before').content"
    dates = {row: page.locator(f"tr[data-claim='claim/{row}'] [data-column=Date]") for row in (5, 12)}
    assert dates[12].inner_text() == "2026-01-15"
    assert dates[12].evaluate(before) == '" · "'
    assert dates[5].evaluate(before) in ("none", "normal")
    page.fill("#rows-sought", "odds")
    page.wait_for_selector(".told-rows:text-is('1 row')")
