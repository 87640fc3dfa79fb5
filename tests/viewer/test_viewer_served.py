"""The explorer and the pages around it, served by a real ``kg serve`` to a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from opened import DESKTOP, PHONE, Opened
from served import EVIL, Server, build, serving, wide_world

Visit = Callable[..., Opened]
AMKOR = "#entity=entity%2Famkor"
PAGES = (
    "/",
    "/?q=amk",
    "/explore",
    "/explore" + AMKOR,
    "/documents",
    "/query",
    "/query?name=packages-for&entity=nvidia",
    "/query?query=SELECT",
    "/answers",
    "/answers/path?from=nvidia&to=amkor",
    "/answers/timeline?entity=amkor",
    "/about",
    "/entity/amkor",
    "/technology/cowos-l",
    "/api",
    "/ontology",
    "/nothing",
)


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service over a store with more organisations than a picture holds, some of whose names mean harm."""
    store = build(tmp_path_factory.mktemp("explorer") / "store", wide_world())
    with serving(store, "--workers", "2") as running:
        assert running.picture().status_code == 200
        yield running


@pytest.fixture
def visit(browser: Any, explorer: Server) -> Iterator[Visit]:
    """Opens a page of the service; what it asks of others, says or throws is kept."""
    contexts = []

    def open_page(path: str, *, dark: bool = False, size: dict[str, int] | None = None, scripts: bool = True) -> Opened:
        context = browser.new_context(
            viewport=size or DESKTOP,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20000)
        opened = Opened(page)
        page.on("console", lambda message: opened.console.append(message.text))
        page.on("pageerror", lambda error: opened.console.append(str(error)))
        page.on("dialog", lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: opened.requests.append(request.url) if _foreign(request.url) else None)
        page.goto(explorer.url + path)
        if path.startswith("/explore") and scripts:
            page.wait_for_selector("html[data-ready]")
        return opened

    def _foreign(url: str) -> bool:
        return not url.startswith((explorer.url, "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()


def test_a_large_store_opens_with_its_best_connected(visit: Visit) -> None:
    opened = visit("/explore")
    names = [node["id"] for node in opened.page.evaluate("() => window.semipack.nodes()")]
    assert "entity/amkor" in names
    assert len(names) <= 150
    assert "best connected first" in opened.page.inner_text("#totals")
    assert "filters and counts are of what is loaded" in opened.page.inner_text("#shown")
    assert opened.quiet()


def test_search_finds_what_the_page_has_not_loaded(visit: Visit) -> None:
    opened = visit("/explore")
    page = opened.page
    page.fill("#search", "firm 333")
    page.wait_for_selector("#found li:has-text('Firm 333')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2:has-text('Firm 333')")
    page.wait_for_selector("#panel blockquote:has-text('Firm 333')")
    assert "entity=entity%2Ffirm-333" in page.url
    assert opened.quiet()


def test_expanding_asks_for_more_neighbours(visit: Visit) -> None:
    opened = visit("/explore" + AMKOR)
    page = opened.page
    before = len(page.evaluate("() => window.semipack.nodes()"))
    page.click("#moves button:has-text('Expand')")
    page.wait_for_function(f"() => window.semipack.nodes().length > {before}")
    assert opened.quiet()


def test_a_line_shows_all_its_sentences(visit: Visit, explorer: Server) -> None:
    opened = visit("/explore#edge=entity%2Ftsmc%20outsourcesTo%20entity%2Famkor%20affirmed")
    page = opened.page
    page.wait_for_selector("#panel blockquote")
    told = explorer.get("/api/v1/view/evidence", subject="tsmc", relation="outsourcesTo", object="amkor").json()
    assert told["total"] == len(told["claims"])
    assert page.locator("#panel article.claim").count() >= told["total"]
    assert opened.quiet()


def test_a_path_is_found_by_the_service(visit: Visit) -> None:
    opened = visit("/explore#path=entity%2Ffirm-333,entity%2Fnvidia")
    page = opened.page
    page.wait_for_function("() => window.semipack.links().length > 0")
    nodes = {node["id"] for node in page.evaluate("() => window.semipack.nodes()")}
    assert {"entity/firm-333", "entity/amkor", "entity/nvidia"} <= nodes
    assert opened.quiet()


def test_filters_leave_what_they_should(visit: Visit) -> None:
    page = visit("/explore").page
    relations = {edge["id"].split(" ")[1] for edge in page.evaluate("() => window.semipack.links()")}
    assert "outsourcesTo" in relations
    page.click("[data-facet=relation] .item:has-text('outsources to') label")
    page.wait_for_function("() => !window.semipack.links().some((e) => !e.hidden && e.id.includes(' outsourcesTo '))")


def test_what_goes_wrong_is_told_in_a_line(visit: Visit) -> None:
    opened = visit("/explore")
    page = opened.page
    page.route("**/api/v1/search**", lambda route: route.abort())
    page.fill("#search", "amk")
    page.wait_for_selector("#problem:has-text('cannot be reached')")


def test_a_busy_service_is_asked_again(visit: Visit) -> None:
    page = visit("/explore").page
    asked = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=503, headers={"Retry-After": "1"}, json={"detail": "too much to do"})
        else:
            route.continue_()

    page.route("**/api/v1/search**", answer)
    page.fill("#search", "firm 320")
    page.wait_for_selector("#found li:has-text('Firm 320')")
    assert len(asked) == 2


def test_the_query_page_completes_names_and_asks_by_key(visit: Visit) -> None:
    opened = visit("/query?name=packages-for")
    page = opened.page
    page.locator("[name=entity]").press_sequentially("nvid", delay=20)
    page.wait_for_selector("#names option[value=nvidia]", state="attached")
    page.fill("[name=entity]", "nvidia")
    page.click("button:has-text('Ask') >> nth=0")
    page.wait_for_selector("tbody a:has-text('TSMC')")
    page.fill("#text", "SELECT DISTINCT ?c { ?c sp:outsourcesTo entity:amkor } LIMIT 3")
    page.focus("#text")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("tbody tr >> nth=2")
    assert page.locator("tbody tr").count() == 3
    page.click("text=Show in the explorer")
    page.wait_for_selector("html[data-ready]")
    assert opened.quiet()


def test_a_mistake_in_sparql_is_told_with_its_line(visit: Visit) -> None:
    page = visit("/query?query=SELECT%20*%20%7B%0A%20%20nonsense%0A%7D").page
    assert "line 2" in page.inner_text("[role=alert]")
    chosen = (
        "() => { const t = document.getElementById('text'); return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert "nonsense" in page.evaluate(chosen)


def test_everything_but_the_explorer_works_without_scripts(visit: Visit) -> None:
    page = visit("/query?name=packages-for", scripts=False).page
    page.fill("[name=entity]", "nvidia")
    page.click("button:has-text('Ask') >> nth=0")
    assert page.locator("tbody a:has-text('TSMC')").count()
    page.goto(page.url.split("/query")[0] + "/documents?order=claims")
    page.fill("[name=q] >> nth=1", "profile")
    page.click("button:has-text('Show')")
    page.click("tbody a >> nth=0")
    assert page.locator("h2:has-text('Claims')").count()


def test_pages_lead_into_the_explorer_and_back(visit: Visit) -> None:
    opened = visit("/entity/amkor")
    page = opened.page
    page.click("text=Show in the explorer")
    page.wait_for_selector("#panel h2:has-text('Amkor')")
    page.click("nav.site a:has-text('Documents')")
    page.wait_for_selector("h1:has-text('Documents')")
    assert opened.quiet()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_quiet_fits_and_is_accessible(visit: Visit, path: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    for size, dark in ((DESKTOP, False), (PHONE, True)):
        opened = visit(path, size=size, dark=dark)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        results = axe.Axe().run(opened.page)
        assert results.violations_count == 0, results.generate_report()
        expected = [text for text in opened.console if "Failed to load resource" in text]  # the page's own status
        assert opened.console == expected[: 1 if path in {"/nothing", "/query?query=SELECT"} else 0], path
        assert not opened.requests
        assert not opened.dialogs


@pytest.mark.parametrize(
    "path", ["/explore#entity=entity%2Fimg-src-x-onerror-alert-1", "/entity/img-src-x-onerror-alert-1"]
)
def test_hostile_names_stay_text(visit: Visit, path: str) -> None:
    opened = visit(path)
    opened.page.wait_for_selector(f"text={EVIL}")
    assert opened.page.locator("img").count() == 0
    assert opened.page.locator("a[href^='javascript']").count() == 0
    assert opened.quiet()


def test_the_store_keeps_what_was_prepared(explorer: Server) -> None:
    kept = list(Path(explorer.store).glob("network/*/view.*.npy"))
    assert {"view.done.npy", "view.first.npy"} <= {path.name for path in kept}
