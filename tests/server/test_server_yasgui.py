"""Yasgui, unchanged, in a browser, on a page from elsewhere.

It is not part of this repository. To run these: `npm pack @triply/yasgui`, unpack it, and set YASGUI to its `build`.
"""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import Server

YASGUI = Path(os.environ.get("YASGUI") or "yasgui")
FILES = ("yasgui.min.js", "yasgui.min.css")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="yasgui.min.css">
<div id="yasgui"></div><script src="yasgui.min.js"></script><script>
const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint: "ENDPOINT", method: "METHOD" }, copyEndpointOnNewTab: false, persistenceId: null });
window.ask = query => { const tab = yasgui.getTab(); tab.setQuery(query); return tab.query(); };
</script>"""
pytestmark = pytest.mark.skipif(
    not all((YASGUI / name).is_file() for name in FILES),
    reason="Yasgui is not here: unpack `npm pack @triply/yasgui` and set YASGUI to its folder `build`",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name elsewhere
        """Says nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and its address on another origin than the service's."""
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield tmp_path, f"http://127.0.0.1:{site.server_address[1]}"
        site.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: Yasgui is not tried")
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium found: Yasgui is not tried (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as driver:
        program = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield program
        program.close()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yasgui_shows_rows_graphs_and_mistakes(
    server: Server, browser: Any, elsewhere: tuple[Path, str], method: str
) -> None:
    folder, address = elsewhere
    for name in FILES:
        shutil.copy(YASGUI / name, folder)
    (folder / "index.html").write_text(PAGE.replace("ENDPOINT", f"{server.url}/sparql").replace("METHOD", method))
    page = browser.new_page()
    page.set_default_timeout(15000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    prefixes = "PREFIX sp: <https://w3id.org/semipack/ontology#> PREFIX entity: <https://w3id.org/semipack/entity/>"
    page.evaluate(f"ask('{prefixes} SELECT DISTINCT ?c {{ ?c sp:outsourcesTo entity:amkor }} ORDER BY ?c')")
    page.wait_for_selector(".yasr_results table >> text=tsmc")
    page.evaluate(f"ask('{prefixes} ASK {{ entity:tsmc sp:outsourcesTo entity:amkor }}')")
    page.wait_for_selector(".yasr_results >> text=/true/i")
    page.evaluate(f"ask('{prefixes} CONSTRUCT {{ ?c sp:outsourcesTo ?p }} WHERE {{ ?c sp:outsourcesTo ?p }}')")
    page.wait_for_selector(".yasr_results >> text=outsourcesTo")
    page.evaluate(f"ask('{prefixes} SELECT * {{ nonsense }}').catch(() => 0)")
    page.wait_for_selector(".yasr_results >> text=/does not parse/")
    assert not problems
    page.close()
