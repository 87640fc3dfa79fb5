"""What the panel tells of an entity or line: conflicts, charts, remarks, a timeline; and how a claim is taken away."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from opened import PHONE, Opened
from rdflib import PROV, RDF, Graph, Literal, URIRef
from rich import REMARKS, RICH, hostile_rich

from kg.analytics.conflicts import conflict_kinds
from kg.export.viewer.picture import ConflictRow
from kg.terms import OA, ROOT, SP

Show = Callable[..., Opened]
ASE = "#role=-&entity=entity%2Fase"
CLIPBOARD = """works => {
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (text) => {
    if (!works) throw new Error("not allowed");
    window.__copied = text;
  } } });
}"""


def copied(page: Any, claim: str, label: str) -> str:
    """What the menu of a claim puts on the clipboard."""
    page.evaluate("() => { window.__copied = ''; }")
    page.locator(f"[data-claim='{claim}'] .dots").first.click()
    page.click(f"#menu >> text={label}")
    return str(page.evaluate("window.__copied"))


def no_violations(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_claim_is_copied_as_text_turtle_and_link(show: Show) -> None:
    opened = show(RICH, "#entity=entity%2Famkor")
    page = opened.page
    page.evaluate(CLIPBOARD, True)
    assert copied(page, "claim/7", "Copy as text") == (
        "BESI supplies tools to Amkor Technology [stated, confidence 100 %]\n"
        "“BESI has bonders running at Amkor.”\n"
        "— Who packages what, Bond Pad Weekly, 2026-05-02, https://example.com/a?b=1&c=2 (7)\n"
    )
    assert page.inner_text(".toast") == "Text copied"
    graph = Graph().parse(data=copied(page, "claim/7", "Copy as Turtle"), format="turtle")
    claim = URIRef(ROOT + "claim/7")
    assert (claim, RDF.type, SP.Claim) in graph
    assert (claim, SP.polarity, SP.affirmed) in graph
    assert (claim, SP.product, Literal("hybrid bonder")) in graph
    parts = graph.value(claim, SP.statement)
    assert graph.value(parts, RDF.subject) == URIRef(ROOT + "entity/besi")
    assert graph.value(parts, RDF.predicate) == SP.suppliesToolTo
    quote = graph.value(claim, SP.evidence)
    assert graph.value(quote, SP.exact) == Literal("BESI has bonders running at Amkor.")
    assert graph.value(quote, OA.hasSource) == URIRef(ROOT + "document/1")
    link = copied(page, "claim/7", "Copy link")
    assert "claim=claim%2F7" in link
    again = show(RICH, link[link.index("#") :])
    card = again.page.locator("[data-claim='claim/7'].pointed")
    assert card.bounding_box()["y"] < 800
    assert again.page.inner_text("#panel h2") == "BESI → Amkor Technology"
    assert opened.quiet()


def test_the_link_to_a_figure_opens_its_quote(show: Show) -> None:
    page = show(RICH, "#entity=entity%2Fase&claim=observation%2F6").page
    assert page.is_visible("text=ASE spends 8.5 billion dollars.")
    page.click("[data-claim='claim/6'] .link >> nth=0")
    assert "claim=" not in page.url


def test_a_menu_works_by_keys_and_gives_the_focus_back(show: Show) -> None:
    page = show(RICH, "#entity=entity%2Famkor").page
    button = page.locator("[data-claim='claim/7'] .dots")
    button.focus()
    page.keyboard.press("Enter")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "Copy as text"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Copy as Turtle"
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Copy as text"
    assert button.get_attribute("aria-expanded") == "true"
    no_violations(page)
    page.keyboard.press("Escape")
    assert page.is_hidden("#menu")
    assert button.evaluate("each => each === document.activeElement")
    assert page.inner_text("#panel h2") == "Amkor Technology"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.is_hidden("#menu")


def test_without_a_clipboard_the_text_is_shown_to_be_copied(show: Show) -> None:
    opened = show(RICH, "#entity=entity%2Famkor")
    page = opened.page
    page.evaluate(CLIPBOARD, False)
    page.evaluate("() => { document.execCommand = () => false; }")
    page.click("[data-claim='claim/7'] .dots")
    page.click("#menu >> text=Copy as text")
    area = page.locator("dialog textarea")
    assert "BESI has bonders" in area.input_value()
    assert area.evaluate("each => each.selectionEnd - each.selectionStart === each.value.length")
    no_violations(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.inner_text("#panel h2") == "Amkor Technology"
    assert opened.quiet()


def test_every_hostile_claim_is_sound_turtle(show: Show) -> None:
    picture = hostile_rich()
    opened = show(picture, "#role=-&order=date")
    page = opened.page
    page.evaluate(CLIPBOARD, True)
    page.evaluate(
        "id => { location.hash = new URLSearchParams({ role: '-', order: 'date', entity: id }).toString(); }",
        picture.entities[0].id,
    )
    page.wait_for_selector("#panel .claim .dots")
    menus = page.locator("#panel .dots")
    kinds = set()
    for number in range(menus.count()):
        menus.nth(number).click()
        page.click("#menu >> text=Copy as Turtle")
        graph = Graph().parse(data=page.evaluate("window.__copied"), format="turtle")
        (node,) = set(graph.subjects(SP.polarity, None))
        kinds.add(graph.value(node, RDF.type))
        assert all(str(each).startswith((str(SP), str(RDF), str(PROV))) for each in graph.predicates(node))
        assert len(set(graph.subjects(RDF.type, SP.Document))) <= 1
    assert kinds == {SP.Claim, SP.Observation, SP.Remark}
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert opened.quiet()


def test_a_conflict_of_which_one_side_is_known_is_not_shown(show: Show) -> None:
    part = ConflictRow("conflict/part", "allocation", ("claim/1", "claim/2"))
    page = show(replace(RICH, conflicts=(part,)), "#role=-").page
    assert page.locator("#panel .disagree").count() == 0
    assert page.locator("text=Disagreements").count() == 0


def test_conflicts_of_every_kind_stand_side_by_side(show: Show) -> None:
    opened = show(RICH, "#role=-")
    page = opened.page
    boxes = page.locator("#panel .disagree")
    assert {box.get_attribute("data-kind") for box in boxes.all()} == {
        "polarity",
        "value",
        "parent",
        "allocation",
        "superlative",
    }
    for summary in page.locator("#panel .kind:not([open]) > summary").all():
        summary.click()
    parent = page.locator(".disagree[data-kind=parent]").inner_text()
    assert "Orbit Bonders belongs to BESI." in parent
    assert "ASE owns Orbit Bonders." in parent
    about = page.locator(".kind:has(.disagree[data-kind=parent]) > .because").inner_text()
    assert about == conflict_kinds()["parent"].about
    first = page.locator(".disagree[data-kind=superlative]").inner_text()
    assert "ASE is the largest of all." in first
    assert "Nobody is larger than Amkor." in first
    sides = page.locator(".disagree[data-kind=parent] .claim")
    assert sides.nth(0).bounding_box()["y"] == sides.nth(1).bounding_box()["y"]
    page.locator(".disagree[data-kind=parent] .link >> text=BESI").first.click()
    assert page.inner_text("#panel h2") == "BESI"
    assert opened.quiet()


def test_figures_over_time_are_drawn(show: Show) -> None:
    page = show(RICH, "#entity=entity%2Fase").page
    chart = page.locator("#panel .chart")
    assert chart.count() == 1
    assert chart.get_attribute("role") == "img"
    assert chart.locator("> title").text_content() == "capital expenditure over time"
    told = chart.locator("> desc").text_content()
    assert told == (
        "2024: $3.1 billion; 2025: $5.2 billion; 2026: $7 billion, replaced; "
        "2026: $8.5 billion; 2027: $9 billion, planned"
    )
    assert chart.locator(".point").count() == 4
    assert chart.locator(".point.open").count() == 1
    assert chart.locator(".course").count() == 3
    assert chart.locator(".course.open").count() == 1
    assert chart.locator(".replaced").count() == 1
    assert chart.locator(".revised").count() == 1
    heights = [float(point.get_attribute("cy") or 0) for point in chart.locator(".point").all()]
    assert heights == sorted(heights, reverse=True)
    assert page.inner_text("#panel figcaption") == "capital expendituredotted: planned · crossed: replaced"
    assert page.locator("#panel table tbody tr:not(.below)").count() == 5
    one = show(RICH, "#entity=entity%2Famkor").page
    assert one.locator("#panel table").count() == 1
    assert one.locator("#panel .chart").count() == 0


def test_a_timeline_goes_from_the_newest_to_the_undated(show: Show) -> None:
    opened = show(RICH, "#entity=entity%2Fase")
    page = opened.page
    page.click(".actions >> text=Timeline")
    heads = page.locator("#panel section h3").all_inner_texts()
    dates = [head.split("\n")[0].rstrip("0123456789")[:10] if head.startswith("No") else head[:10] for head in heads]
    assert dates[-1].startswith("No date")
    assert dates[:-1] == sorted(dates[:-1], reverse=True)
    assert dates[0] == "2026-05-02"
    assert "order=date" in page.url
    assert page.get_attribute(".actions >> text=Timeline", "aria-pressed") == "true"
    page.click(".actions >> text=Timeline")
    assert page.locator("#panel h3 >> text=provides service to").count() == 1
    assert opened.quiet()


def test_actions_of_an_entity(show: Show) -> None:
    opened = show(RICH, "#entity=entity%2Fbesi")
    page = opened.page
    page.focus(".actions >> text=Ego view")
    page.keyboard.press("Enter")
    assert "ego=entity%2Fbesi" in page.url
    assert page.get_attribute(".actions >> text=Ego view", "aria-pressed") == "true"
    page.click(".actions >> text=Ego view")
    assert "ego=" not in page.url
    page.click(".actions >> text=Pin")
    assert "pins=" in page.url
    page.click(".actions >> text=Pin")
    assert "pins=" not in page.url
    page.click(".actions >> text=Path to…")
    assert page.is_visible("#path-form")
    assert page.locator(".actions a").count() == 0
    assert opened.quiet()


def test_remarks_and_chokepoints_are_told(show: Show) -> None:
    opened = show(RICH, "#entity=entity%2Fbesi")
    page = opened.page
    gap = page.locator("[data-claim='remark/3']")
    assert REMARKS[2].quotes[0].text in gap.inner_text()
    assert page.locator("#panel h3 >> text=Looked for and not found").count() == 1
    gap.locator(".link >> text=ASE").click()
    assert page.locator("#panel h3 >> text=Said of it").count() == 1
    page.keyboard.press("Escape")
    row = page.locator("#panel section:has(h3:has-text('Chokepoints')) .row")
    assert "3 depend on it, 2 of them have no other" in row.inner_text()
    row.click()
    assert page.inner_text("#panel h2") == "ASE"
    page.evaluate("location.hash = 'role=OSAT'")
    page.wait_for_timeout(60)
    assert "Chokepoints" not in page.inner_text("#panel")
    assert opened.quiet()


def test_search_says_how_many_it_found(show: Show) -> None:
    page = show(RICH).page
    page.fill("#search", "s")
    page.wait_for_selector("#found:not([hidden])")
    found = page.locator("#found li").count()
    assert page.locator("p.unseen[role=status]").text_content() == f"{found} matches"
    page.keyboard.press("ArrowUp")
    assert page.get_attribute("#search", "aria-activedescendant") == f"found-{found - 1}"
    page.fill("#search", "")
    assert page.is_hidden("#found")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_no_accessibility_violations_in_any_state_of_the_panel(
    show: Show, dark: bool, size: dict[str, int] | None
) -> None:
    opened = show(RICH, "#role=-", dark=dark, size=size)
    page = opened.page
    for fields in (
        "",
        "&entity=entity/ase",
        "&entity=entity/besi&order=date",
        "&edge=entity/nvidia outsourcesTo entity/amkor affirmed",
    ):
        page.evaluate("text => { location.hash = text; }", "role=-" + fields)
        page.wait_for_timeout(60)
        for summary in page.locator("#panel summary").all()[:6]:
            if summary.is_visible():
                summary.click()
        no_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        panel = page.locator("#panel")
        assert panel.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert opened.quiet()


def test_hostile_texts_do_nothing_in_charts_remarks_and_menus(show: Show) -> None:
    picture = hostile_rich()
    opened = show(picture, "#role=-")
    page = opened.page
    page.evaluate(
        "id => { location.hash = new URLSearchParams({ role: '-', entity: id }).toString(); }", picture.entities[0].id
    )
    page.wait_for_selector("#panel .chart")
    for menu in page.locator("#panel .dots").all()[:3]:
        menu.click()
        page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel h3 >> text=Chokepoints")
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.locator("main img, main iframe, main [onerror], main [onload]").count() == 0
    assert opened.quiet()
