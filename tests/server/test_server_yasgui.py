"""Yasgui, unchanged, in a browser, on the page that the service gives it.

It is not part of this repository. To run these: `npm pack @zazuko/yasgui@4.6.2`, unpack it, set YASGUI to its `build`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import Server, serving

YASGUI = Path(os.environ.get("YASGUI") or "yasgui")
PREFIXES = "PREFIX sp: <https://w3id.org/semipack/ontology#> PREFIX entity: <https://w3id.org/semipack/entity/>"
needs_yasgui = pytest.mark.skipif(
    not (YASGUI / "yasgui.min.js").is_file(),
    reason="Yasgui is not here: unpack `npm pack @zazuko/yasgui@4.6.2` and set YASGUI to its folder `build`",
)


@pytest.fixture(scope="module")
def with_yasgui(built: Path) -> Iterator[Server]:
    """A service that offers the editor."""
    with serving(built, "--workers", "2", "--yasgui", str(YASGUI)) as running:
        yield running


@needs_yasgui
def test_yasgui_shows_rows_graphs_and_mistakes(with_yasgui: Server, browser: Any) -> None:
    page = browser.new_page()
    page.set_default_timeout(20000)
    problems, foreign = [], []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: foreign.append(request.url))
    page.goto(f"{with_yasgui.url}/query")
    page.click("a:has-text('Yasgui')")
    page.wait_for_selector("html[data-ready]")

    def ask(query: str) -> None:
        page.evaluate(
            "query => { const tab = yasgui.getTab(); tab.setQuery(query); return tab.query().catch(() => 0); }", query
        )

    ask(f"{PREFIXES} SELECT DISTINCT ?c {{ ?c sp:outsourcesTo entity:amkor }} ORDER BY ?c")
    page.wait_for_selector(".yasr_results table >> text=tsmc")
    ask(f"{PREFIXES} ASK {{ entity:tsmc sp:outsourcesTo entity:amkor }}")
    page.wait_for_selector(".yasr_results >> text=/true/i")
    ask(f"{PREFIXES} CONSTRUCT {{ ?c sp:outsourcesTo ?p }} WHERE {{ ?c sp:outsourcesTo ?p }}")
    page.wait_for_selector(".yasr_results >> text=outsourcesTo")
    ask(f"{PREFIXES} SELECT * {{ nonsense }}")
    page.wait_for_selector(".yasr_results >> text=/does not parse/")
    assert not problems
    assert not [url for url in foreign if not url.startswith((with_yasgui.url, "data:", "blob:"))]
    page.close()


@needs_yasgui
def test_only_its_two_files_are_served(with_yasgui: Server) -> None:
    assert with_yasgui.get("/assets/yasgui/yasgui.min.css").headers["content-type"].startswith("text/css")
    for name in ("yasgui.min.js.map", "..%2Fpackage.json", "%2Fetc%2Fpasswd"):
        assert with_yasgui.get(f"/assets/yasgui/{name}").status_code == 404


def test_without_a_folder_there_is_the_plain_editor(server: Server) -> None:
    answer = server.get("/query/yasgui")
    assert answer.status_code == 404
    assert "--yasgui" in answer.text
    assert "Yasgui" not in server.get("/query", "text/html").text


def test_a_folder_without_it_is_told(built: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--store", str(built), "--port", "0", "--yasgui", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "npm pack @zazuko/yasgui" in done.stderr
    assert "Traceback" not in done.stderr
