"""A page with a server behind it: what the panel and the search ask for, and what they make of the answers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from opened import DESKTOP, Opened
from pictures import SAMPLE
from test_viewer_page import parsed

from kg.export.viewer import Live, render
from kg.export.viewer.payload import fragment
from kg.export.viewer.picture import ClaimRow, QuoteRow

HOST = "http://semipack.test"


def _told(number: int) -> ClaimRow:
    quote = QuoteRow(f"Told by the server, {number}.", "document/1")
    return ClaimRow(f"claim/9{number:02}", "entity/amkor", "competesWith", "entity/ase", "document/1", (quote,))


class Server:
    """Answers of a server, made up, and the questions that it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.first = render(SAMPLE, title="Packaging graph", live=Live("", "/api/v1"))

    def answer(self, route: Any) -> None:
        """Fulfils one request."""
        parts = urlsplit(route.request.url)
        fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/explore":
            route.fulfill(body=self.first, content_type="text/html; charset=utf-8")
            return
        self.asked.append(route.request.url.removeprefix(HOST + "/api/v1"))
        route.fulfill(body=json.dumps(self._rows(parts.path, fields)), content_type="application/json")

    def _rows(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        if path.endswith("/search"):
            row = {"path": "/entity/amkor", "label": "Amkor Technology", "kind": "organisation", "role": "OSAT"}
            return {"results": [row | {"matched": fields["q"], "claims": 7}]}
        offset = int(fields["offset"])
        claims = tuple(_told(number) for number in range(offset, min(offset + 40, 60)))
        return fragment(replace(SAMPLE, claims=claims, observations=())) | {"total": 60, "offset": offset}


@pytest.fixture
def served(browser: Any) -> Iterator[tuple[Opened, Server]]:
    """A served page, open."""
    server = Server()
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", offline=True)
    context.route("**/*", server.answer)
    page = context.new_page()
    page.set_default_timeout(20_000)
    opened = Opened(page)
    page.on("console", lambda message: opened.console.append(message.text))
    page.on("pageerror", lambda error: opened.console.append(str(error)))
    page.goto(HOST + "/explore")
    page.wait_for_selector("html[data-ready]")
    yield opened, server
    context.close()


def test_the_panel_asks_for_evidence_and_offers_the_rest(served: tuple[Opened, Server]) -> None:
    opened, server = served
    page = opened.page
    page.evaluate("location.hash = 'entity=entity/amkor'")
    page.wait_for_selector("#panel [data-claim='claim/900']")
    more = page.locator("#panel .more >> text=Load more of 60 claims")
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel [data-claim='claim/900']")
    more.wait_for(state="detached")
    assert [url.split("?")[0] for url in server.asked] == ["/view/evidence", "/view/evidence"]
    assert page.locator("#panel h3 >> text=competes with").locator("xpath=..").inner_text().endswith("61")
    assert page.evaluate("document.querySelector('#panel').contains(document.activeElement)")
    links = page.locator(".actions a")
    assert [each.get_attribute("href") for each in links.all()] == [
        "/entity/amkor",
        "/impact/entity/amkor",
        "/brief/entity/amkor",
    ]
    page.click("[data-claim='claim/900'] .dots")
    assert page.get_attribute("#menu a", "href") == "/claim/900"
    assert opened.console == []


def test_typing_asks_once_and_enter_waits_for_the_answer(served: tuple[Opened, Server]) -> None:
    opened, server = served
    page = opened.page
    page.focus("#search")
    page.keyboard.type("amkor")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2:has-text('Amkor Technology')")
    assert [url for url in server.asked if url.startswith("/search")] == ["/search?q=amkor&limit=12"]
    assert opened.console == []


def test_the_page_of_a_served_view_needs_no_server(served: tuple[Opened, Server]) -> None:
    page = served[0].page
    with page.expect_download() as download:
        page.click("#take-away")
        page.click("#menu >> text=Page of this view")
    text = download.value.path().read_text("utf-8")
    scripts = parsed(text)
    assert "connect-src" in parsed(served[1].first).policy
    assert "connect-src" not in scripts.policy
    assert "live" not in json.loads(scripts.texts["data"][0])
    file = download.value.path().with_suffix(".html")
    file.write_text(text, "utf-8")
    saved = page.context.browser.new_page()
    asked: list[str] = []
    saved.on("request", lambda request: asked.append(request.url))
    saved.goto(file.as_uri())
    saved.wait_for_selector("html[data-ready]")
    saved.fill("#search", "amkor")
    saved.keyboard.press("Enter")
    assert saved.inner_text("#panel h2") == "Amkor Technology"
    assert asked == [file.as_uri()]
    saved.close()
