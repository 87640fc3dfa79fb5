"""Moving through the picture: neighbours in and out, ego views, paths, pins, undo, history, and links that keep all."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from opened import PHONE, Opened
from pictures import HOSTILE_TEXTS, SAMPLE, hostile

Show = Callable[..., Opened]
AMKOR, ASE, NVIDIA, TSMC, AMD, BESI = (f"entity/{name}" for name in ("amkor", "ase", "nvidia", "tsmc", "amd", "besi"))
ORGANISATIONS = {row.id for row in SAMPLE.entities if row.id.startswith("entity/")}


def drawn(page: Any) -> set[str]:
    """The ids of the nodes that are drawn."""
    return set(page.evaluate("() => semipack.view().nodes"))


def address(page: Any) -> dict[str, str]:
    """The fields of the fragment."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).fragment).items()}


def places(page: Any) -> dict[str, tuple[int, int]]:
    """Where every drawn node stands, in whole units of the drawing."""
    return {node["id"]: (node["x"], node["y"]) for node in page.evaluate("() => semipack.nodes()")}


def choose(page: Any, name: str) -> None:
    page.fill("#search", name)
    page.wait_for_selector("#found li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.locator("#graph .vis-network").focus()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_expanding_brings_in_neighbours_of_kinds_that_are_off(show: Show, size: dict[str, int] | None) -> None:
    opened = show(SAMPLE, size=size)
    page = opened.page
    choose(page, "Amkor")
    assert "place/incheon" not in drawn(page)
    assert page.inner_text("#expand") == "Expand +1"
    page.click("#expand")
    assert drawn(page) == ORGANISATIONS | {"place/incheon"}
    assert page.is_disabled("#expand")
    assert address(page)["expanded"] == f"{AMKOR};12"
    assert "1 neighbour of Amkor Technology shown" in page.inner_text("#announced")
    page.keyboard.press("c")
    assert drawn(page) == ORGANISATIONS
    assert "expanded" not in address(page)
    assert opened.quiet()


def test_collapsing_hides_what_hangs_on_one_entity_alone(show: Show) -> None:
    opened = show(SAMPLE, f"#entity={BESI}")
    page = opened.page
    page.click("#collapse")
    assert drawn(page) == ORGANISATIONS - {"entity/orbit"}
    assert address(page)["collapsed"] == BESI
    assert page.inner_text("#expand") == "Expand +1"
    page.click("#expand")
    assert drawn(page) == ORGANISATIONS
    assert "collapsed" not in address(page)
    assert opened.quiet()


def test_an_ego_view_shows_what_is_near(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    choose(page, "Amkor")
    page.keyboard.press("g")
    assert drawn(page) == {AMKOR, NVIDIA, ASE, BESI}
    assert page.evaluate("() => semipack.view().mode") == "ego"
    assert page.get_attribute("#depth-1", "aria-pressed") == "true"
    page.keyboard.press("2")
    assert drawn(page) == {AMKOR, NVIDIA, ASE, BESI, TSMC, AMD, "entity/orbit"}
    assert (address(page)["ego"], address(page)["depth"]) == (AMKOR, "2")
    assert "7 entities" in page.inner_text("#shown")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert drawn(page) == ORGANISATIONS
    assert opened.quiet()


def test_a_path_leaves_out_rivalry_and_what_is_denied(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    page.keyboard.press("p")
    for field, name in (("#path-from", "besi"), ("#path-to", "ase")):
        page.locator(field).press_sequentially(name)
        page.wait_for_selector(f"{field}-found:not([hidden])")
        page.keyboard.press("Enter")
    assert not page.is_checked("#path-form input[value=competesWith]")
    page.click("text=Find path")
    page.wait_for_function("() => semipack.view().mode === 'path'")
    assert drawn(page) == {BESI, AMKOR, NVIDIA, TSMC, ASE}
    assert "One path, the shortest of 4 steps" in page.inner_text("#announced")
    assert f"{TSMC} outsourcesTo {ASE} affirmed" in opened.edges()
    assert address(page)["path"] == f"{BESI},{ASE}"
    columns = places(page)
    assert columns[BESI] < columns[AMKOR] < columns[NVIDIA] < columns[TSMC] < columns[ASE]
    page.click("#ask-path")
    page.check("#path-form input[value=competesWith]")
    page.click("text=Find path")
    page.wait_for_function("() => semipack.view().entities.length === 3")
    assert drawn(page) == {BESI, AMKOR, ASE}
    assert address(page)["without"] == "-"
    page.click("[aria-label='Leave the path']")
    assert drawn(page) == ORGANISATIONS
    assert opened.quiet()


def test_no_path_says_so(show: Show) -> None:
    page = show(SAMPLE, f"#path={BESI},{AMD}&relation=suppliesToolTo").page
    assert page.inner_text(".chip .none") == "no path"
    assert drawn(page) <= ORGANISATIONS


def test_pins_hold_and_undo_takes_back(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    before = places(page)
    choose(page, "BESI")
    frame = page.locator("#graph").bounding_box()
    at = page.evaluate("id => semipack.place(id)", BESI)
    page.mouse.move(frame["x"] + at["x"], frame["y"] + at["y"])
    page.mouse.down()
    page.mouse.move(frame["x"] + at["x"] + 40, frame["y"] + at["y"] + 30, steps=4)
    page.mouse.up()
    page.wait_for_function("() => location.hash.includes('pins=')")
    pinned = places(page)
    assert pinned[BESI] != before[BESI]
    assert {**pinned, BESI: before[BESI]} == before
    page.keyboard.press("u")
    assert places(page) == before
    assert "pins" not in address(page)
    page.keyboard.press("Control+Shift+Z")
    assert places(page) == pinned
    page.keyboard.press("Control+z")
    assert places(page) == before
    assert page.is_disabled("#undo")
    assert opened.quiet()


def test_back_and_forward_go_through_what_was_seen(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    assert page.is_disabled("#back") and page.is_disabled("#forward")
    choose(page, "Amkor")
    page.keyboard.press("g")
    choose(page, "NVIDIA")
    assert page.is_enabled("#back") and page.is_disabled("#forward")
    page.keyboard.press("[")
    page.wait_for_function("() => location.hash.includes('entity=entity%2Famkor')")
    page.wait_for_function("() => semipack.view().mode === 'ego'")
    page.click("#back")
    page.wait_for_function("() => semipack.view().mode === 'all'")
    assert page.inner_text("#panel h2") == "Amkor Technology"
    assert page.is_enabled("#forward")
    page.keyboard.press("]")
    page.wait_for_function("() => semipack.view().mode === 'ego'")
    page.go_forward()
    page.wait_for_function("() => document.querySelector('#panel h2').textContent === 'NVIDIA'")
    page.wait_for_selector("#forward[disabled]")
    assert opened.quiet()


def test_undo_behind_back_brings_back_what_was_left(show: Show) -> None:
    page = show(SAMPLE, f"#entity={AMKOR}").page
    page.keyboard.press("g")
    page.wait_for_function("() => semipack.view().mode === 'ego'")
    page.click("#back")
    page.wait_for_function("() => semipack.view().mode === 'all'")
    page.click("#undo")
    page.wait_for_function("() => semipack.view().mode === 'ego'")


def test_an_address_that_is_written_by_hand_is_a_step(show: Show) -> None:
    page = show(SAMPLE).page
    page.evaluate(f"() => {{ location.hash = '#ego={AMKOR}&depth=1'; }}")
    page.wait_for_function("() => semipack.view().mode === 'ego'")
    assert page.is_enabled("#back") and page.is_disabled("#forward")
    page.click("#back")
    page.wait_for_function("() => semipack.view().mode === 'all'")
    assert page.is_disabled("#back") and page.is_enabled("#forward")


def test_a_button_that_ends_hands_the_focus_on(show: Show) -> None:
    page = show(SAMPLE).page
    choose(page, "Amkor")
    page.focus("#back")
    page.keyboard.press("Enter")
    page.wait_for_selector("#back[disabled]")
    assert page.evaluate("() => document.activeElement.closest('button') !== null")


def test_a_path_that_there_is_not_leaves_the_picture(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    before = page.evaluate("() => semipack.links().length")
    page.evaluate(
        f"() => {{ location.hash = '#path={BESI},{NVIDIA}&without=outsourcesTo,suppliesToolTo,competesWith'; }}"
    )
    page.wait_for_selector("text=no path")
    assert page.evaluate("() => semipack.links().length") == before > 0
    assert opened.quiet()


FRAGMENTS = (
    "#entity=technology/cowos",
    f"#entity={AMKOR}&expanded={AMKOR};12,{TSMC};12&collapsed={BESI}&theme=dark",
    f"#ego={AMKOR}&depth=2&pins={NVIDIA};-120;340&entity={AMKOR}",
    f"#path={BESI},{ASE}&without=-&sure=0.5",
    f"#view=table&edge={TSMC}+outsourcesTo+{ASE}+negated&role=ToolMaker",
)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_link_brings_the_same_picture_back(show: Show, fragment: str) -> None:
    opened = show(SAMPLE, fragment)
    page = opened.page
    page.evaluate("() => document.querySelector('#theme').click()")
    page.evaluate("() => document.querySelector('#theme').click()")
    state = "() => [semipack.view(), semipack.nodes(), semipack.links(), document.querySelector('#shown').textContent]"
    first, link = page.evaluate(state), page.url
    for name, value in parse_qs(fragment[1:]).items():
        assert address(page)[name] == value[0]
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.url == link
    assert page.evaluate(state) == first
    assert opened.quiet()


def test_a_link_to_an_entity_switches_its_kind_on(show: Show) -> None:
    page = show(SAMPLE, "#entity=technology/cowos").page
    assert "technology/cowos" in drawn(page)
    assert "place/incheon" not in drawn(page)
    assert page.inner_text("#panel blockquote") == "TSMC owns CoWoS."


@pytest.mark.parametrize(
    "fragment",
    [
        "#ego=x&depth=9&expanded=;;;,a;b&collapsed=,,&opened=community/0;-1&pins=a,b;c;d,entity/ase;1e99;2&path=a&without=%",
        f"#path={ASE},{ASE}&pins={ASE};NaN;1&expanded={ASE};Infinity&ego=__proto__",
        "#entity=%E0%A4%A&pins=%2525;1;1&depth=%00",
    ],
)
def test_a_broken_link_is_harmless(show: Show, fragment: str) -> None:
    opened = show(SAMPLE, fragment)
    assert drawn(opened.page) == ORGANISATIONS
    assert opened.quiet()


def test_the_keys_reach_every_node_and_are_written_down(show: Show) -> None:
    opened = show(SAMPLE)
    page = opened.page
    reached = set()
    for _ in ORGANISATIONS:
        page.keyboard.press(".")
        page.keyboard.press("Enter")
        reached.add(address(page)["entity"])
    assert reached == ORGANISATIONS
    page.keyboard.press("?")
    assert page.is_visible("#help")
    listed = set(re.findall(r"\S+", " ".join(page.locator("#help kbd").all_inner_texts())))
    assert {"/", "E", "C", "G", "P", "X", "O", "U", "F", "?", "[", "]", ".", ",", "Enter", "Esc"} <= listed
    page.keyboard.press("Escape")
    assert page.is_hidden("#help")
    page.focus("#search")
    page.keyboard.type("gpx")
    assert page.evaluate("() => semipack.view().mode") == "all"
    assert opened.quiet()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_accessibility_violations_while_moving(show: Show, dark: bool, size: dict[str, int] | None) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = show(SAMPLE, f"#ego={AMKOR}&depth=2", dark=dark, size=size).page
    page.keyboard.press("p")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_hostile_names_do_nothing_while_moving(show: Show) -> None:
    opened = show(hostile(), "#role=-")
    page = opened.page
    for number in (0, 1, 5):
        entity = hostile().entities[number].id
        page.evaluate("hash => { location.hash = hash; }", urlencode({"role": "-", "entity": entity, "ego": entity}))
        page.wait_for_function("() => semipack.view().mode === 'ego'")
        page.keyboard.press("p")
        page.fill("#path-to", HOSTILE_TEXTS[(number + 1) % 3][:3])
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.keyboard.press(".")
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.locator("main img, main iframe, main [onerror], main [onload]").count() == 0
    assert opened.quiet()


def test_ids_may_hold_what_separates_lists(show: Show) -> None:
    odd = replace(SAMPLE.entities[5], id="entity/a,b;c%2C")
    claims = tuple(replace(row, subject=odd.id) if row.subject == BESI else row for row in SAMPLE.claims)
    picture = replace(SAMPLE, entities=(*SAMPLE.entities[:5], odd, *SAMPLE.entities[6:]), claims=claims)
    opened = show(picture, "#entity=entity%2Fa%2Cb%3Bc%252C")
    page = opened.page
    page.keyboard.press("c")
    page.keyboard.press("x")
    link = page.url
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.url == link
    assert {"collapsed", "pins"} <= set(address(page))
    assert "entity/orbit" not in drawn(page)
