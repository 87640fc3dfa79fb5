"""A brief: the right names under the right headings, every statement with a quote that stands in its document."""

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from small_graph import World, fill, mention, small_world

from kg.analytics import Scope, as_json
from kg.documents import discover, read
from kg.export.brief import Brief, brief, markdown, page
from kg.export.brief.words import amount
from kg.model import Metadata, Modality, Quote
from kg.query import find_entity
from kg.store import EmbeddedStore, open_store

SEEDS = Path(__file__).parents[2] / "seeds"
ALL = Scope(modalities=frozenset(Modality))
HOSTILE = (
    "</style><script>window.__pwned=1</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload="alert(3)">',
    "[x](javascript:alert(4)) `a` *b* | c",
    "\u202egnp.exe\u202c\u200b\x00\x1b[31m",
    "&lt;b&gt; &amp;",
)


def of(store: EmbeddedStore, name: str, scope: Scope = ALL) -> Brief:
    return brief(store, find_entity(store, name), scope)


@pytest.fixture(scope="module")
def ase(seeds_store: Path) -> Brief:
    with open_store(seeds_store) as store:
        return brief(store, find_entity(store, "ASE"), ALL)


def named(told: Brief, title: str) -> set[str]:
    sections = [section for section in told.sections if section.title == title]
    return {item.entity.key for section in sections for sentence in section.sentences for item in sentence.items}


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("Whom it depends on", {"besi", "asmpt", "kulicke-soffa", "spil"}),
        ("Who depends on it", {"amd", "nvidia", "broadcom", "tsmc"}),
        ("Rivals and partners", {"amkor", "jcet"}),
        ("Technologies", {"focos", "leap", "cowos-l"}),
        ("Sites", {"taiwan", "renwu"}),
        ("Planned, reported or possible", {"germany", "malaysia", "apple"}),
    ],
)
def test_names_stand_under_their_headings(ase: Brief, title: str, keys: set[str]) -> None:
    assert named(ase, title) >= keys


def test_it_says_what_it_rests_on(ase: Brief) -> None:
    assert (ase.as_of, ase.documents, ase.limits) == ("2026-06-24", 5, ())
    assert ase.undated < 5
    assert any("order backlog" in each.words and not each.notes for each in ase.unknown)
    assert any("Searched and not found: lead time" in each.words and each.notes for each in ase.unknown)
    assert "ASE Technology Holding: first in OSAT (world)." in {each.words for each in ase.standings}
    assert "one order, two providers" in {each.kind for each in ase.disagreements}
    raised = [each for each in ase.amounts if each.metric == "capital expenditure" and each.period == "2026"]
    assert [(each.value, each.replaced) for each in raised] == [(7e9, True), (8.5e9, False)]


def references(told: Brief) -> list[int]:
    items = [item for section in told.sections for sentence in section.sentences for item in sentence.items]
    sides = [side for each in told.disagreements for side in each.sides]
    return [n for each in (*items, *told.amounts, *told.standings, *sides, *told.unknown) for n in each.notes]


def test_every_statement_has_a_note_and_every_note_a_statement(ase: Brief) -> None:
    items = [item for section in ase.sections for sentence in section.sentences for item in sentence.items]
    assert all(each.notes for each in (*items, *ase.amounts))
    assert set(references(ase)) == {note.number for note in ase.notes} == set(range(1, len(ase.notes) + 1))
    assert all(note.said for note in ase.notes)
    cited = {said.claim for note in ase.notes for said in note.said}
    assert len(cited) + sum(item.more for item in items) >= ase.claims + ase.figures


def test_every_quote_stands_in_its_document(ase: Brief) -> None:
    documents = {each.name: each for path in discover([SEEDS]) for each in read(path, limit=10**7).documents}
    for note in ase.notes:
        assert any(note.quote in field for field in documents[note.document].fields.values())


class Parsed(HTMLParser):
    """What a page holds: ids, where its links lead, its elements, its text by element, and what it would load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.quotes: list[str] = []
        self._quoting = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= given.keys()
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "q":
            self._quoting = True
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        self._quoting = self._quoting and tag != "q"

    def handle_data(self, data: str) -> None:
        if self._quoting:
            self.quotes[-1] += data


def test_references_of_the_page_lead_to_their_notes(ase: Brief) -> None:
    parsed = Parsed(page(ase))
    assert len(parsed.ids) == len(set(parsed.ids))
    inner = [link.removeprefix("#") for link in parsed.links if link.startswith("#")]
    assert len(inner) == len(references(ase))
    assert set(inner) == {name for name in parsed.ids if name.startswith("note-")}
    assert parsed.quotes == [note.quote for note in ase.notes]
    assert all(link.startswith(("#", "https://", "http://")) for link in parsed.links)
    assert page(ase) == page(ase)


def test_references_of_the_text_lead_to_their_notes(ase: Brief) -> None:
    text = markdown(ase)
    notes = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert notes == [str(note.number) for note in ase.notes]
    assert len(re.findall(r"\[\^\d+\](?!:)", text)) == len(references(ase))
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(notes)
    plain = re.sub(r"\\(.)", r"\1", text)
    assert all(" ".join(note.quote.split()) in plain for note in ase.notes)


def test_the_page_prints_on_two_pages_and_is_quiet(ase: Brief, browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "ase.html"
    file.write_text(page(ase), "utf-8")
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, offline=True)
        opened, said, asked = context.new_page(), [], []
        opened.on("console", lambda message, said=said: said.append(message.text))
        opened.on("request", lambda request, asked=asked: asked.append(request.url))
        opened.goto(file.as_uri())
        assert not said
        assert asked == [file.as_uri()]
        name = opened.get_by_role("img", name="ASE Technology Holding and those that claims join it with")
        assert name.bounding_box()["width"] > 300
        ground, ink = opened.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert (luminance(ground) > luminance(ink)) == (scheme == "light")
        printed = opened.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type /Page\b", printed)) == 2
        context.close()


def test_the_page_is_accessible(ase: Brief, browser: Any, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    (tmp_path / "ase.html").write_text(page(ase), "utf-8")
    for scheme in ("light", "dark"):
        # The page's own policy would keep the checker out.
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        opened = context.new_page()
        opened.goto((tmp_path / "ase.html").as_uri())
        found = axe.Axe().run(opened).response["violations"]
        assert not [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        context.close()


def luminance(colour: str) -> int:
    return sum(map(int, re.findall(r"\d+", colour)[:3]))


def test_names_of_the_picture_keep_apart(ase: Brief, browser: Any, tmp_path: Path) -> None:
    (tmp_path / "ase.html").write_text(page(ase), "utf-8")
    opened = browser.new_page(viewport={"width": 900, "height": 900})
    opened.goto((tmp_path / "ase.html").as_uri())
    boxes = opened.eval_on_selector_all(
        "svg.ego text",
        "all => all.map(t => { const b = t.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height] })",
    )
    assert len(boxes) == len(ase.ego.nodes) > 10
    assert all(x0 >= 0 and y0 >= 0 and x1 <= 720 and y1 <= 350 for x0, y0, x1, y1 in boxes)
    covered = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if _shared(a, b) > 40]
    assert len(covered) <= 1
    opened.close()


def _shared(a: list[float], b: list[float]) -> float:
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


def test_denials_past_and_contradictions_are_told(small_store: EmbeddedStore) -> None:
    told = of(small_store, "Amkor")
    assert named(told, "Denied") == {"samsung"}
    assert named(told, "In the past") == {"apple"}
    assert named(told, "Planned, reported or possible") >= {"amd", "intel", "nvidia", "samsung"}
    leads = {sentence.lead for section in told.sections for sentence in section.sentences}
    assert "It is denied that Amkor Technology provides services to" in leads
    assert "It is planned that Amkor Technology provides services to" in leads
    nvidia = [i for s in told.sections for t in s.sentences for i in t.items if i.entity.key == "nvidia"]
    assert [item.detail for item in nvidia] == ["via TSMC"]
    (denied,) = (line for line in told.ego.lines if line.polarity == "negated")
    assert {told.ego.nodes[denied.subject].label, told.ego.nodes[denied.object].label} == {
        "Samsung Electronics",
        "Amkor Technology",
    }


def test_a_conflict_shows_both_sides(small_store: EmbeddedStore) -> None:
    told = of(small_store, "Samsung")
    (conflict,) = told.disagreements
    assert conflict.kind == "affirmed and denied"
    words = "Samsung Electronics outsources to Amkor Technology"
    assert {side.words for side in conflict.sides} == {f"{words} [negated]", f"{words} [reported]"}
    assert all(side.notes for side in conflict.sides)
    assert "Contradicted" in markdown(told)
    assert "Contradicted" in page(told)


def test_limits_are_kept_and_told(small_store: EmbeddedStore) -> None:
    scope = Scope(
        modalities=frozenset({Modality.ASSERTED}), least=0.5, since="2026-04", without=frozenset({"hasSiteIn"})
    )
    told = of(small_store, "Amkor", scope)
    assert told.limits == (
        "without hasSiteIn",
        "claims that are asserted",
        "confidence from 0.5",
        "documents since 2026-04",
    )
    assert {note.document for note in told.notes} == {"news.json", "report.txt"}, "profile.md is older"
    assert "Limits: without hasSiteIn; claims that are asserted" in unescape(page(told))


def test_nothing_known_is_told_as_such(small_store: EmbeddedStore) -> None:
    told = of(small_store, "Ibiden", Scope(since="2030"))
    assert (told.claims, told.figures, told.notes, told.documents) == (0, 0, (), 0)
    assert "From 0 documents" in page(told)
    assert "outsources to" in told.unknown[0].words


def test_a_crowd_is_cut_to_two_pages_and_counted(browser: Any, tmp_path: Path) -> None:
    world = small_world()
    claims = [
        replace(world.claims[0], subject=mention(f"Customer {n}"), object=mention("Amkor"), quotes=(quote(n),))
        for n in range(30)
    ]
    figures = [
        replace(world.observations[1], period=str(1990 + n), value=1e9 + n, quotes=(quote(100 + n),)) for n in range(30)
    ]
    store = fill(EmbeddedStore(), World(world.documents, tuple(claims), tuple(figures)))
    told = of(store, "Amkor")
    (sentence,) = (each for section in told.sections for each in section.sentences)
    assert (len(sentence.items), sentence.left_out, told.ego.left_out) == (12, 18, 12)
    assert (len(told.amounts), told.amounts_left_out, told.amounts[-1].period) == (14, 16, "2019")
    assert "and 18 more" in markdown(told)
    assert "16 earlier figures left out" in markdown(told)
    (tmp_path / "crowd.html").write_text(page(told), "utf-8")
    opened = browser.new_page()
    opened.goto((tmp_path / "crowd.html").as_uri())
    assert "16 earlier figures left out" in opened.inner_text("caption")
    assert len(re.findall(rb"/Type /Page\b", opened.pdf(prefer_css_page_size=True))) == 2
    opened.close()


def quote(start: int) -> Quote:
    words = f"What number {start} says."
    return Quote(words, 100 * start, 100 * start + len(words))


def hostile_store() -> EmbeddedStore:
    world = small_world()
    claims = [
        replace(
            world.claims[0],
            subject=mention(text),
            object=mention("Amkor"),
            quotes=(Quote(text, number, number + len(text)),),
            qualifiers={"product": (text,), "via": (text,)},
            document=world.documents[0].id,
        )
        for number, text in enumerate(HOSTILE)
    ]
    about = Metadata(title=HOSTILE[0], publisher=HOSTILE[3], date="2026-01-01", url="https://example.org/a?b=1&c=2")
    return fill(EmbeddedStore(), World((replace(world.documents[0], metadata=about),), tuple(claims), ()))


def test_hostile_texts_stay_texts(browser: Any, tmp_path: Path) -> None:
    told = of(hostile_store(), "Amkor")
    parsed = Parsed(page(told))
    assert not parsed.tags & {"script", "img", "iframe", "object", "link"}
    assert not {name for name in parsed.attributes if name.startswith("on")} | ({"style", "src"} & parsed.attributes)
    assert len(parsed.quotes) == len(HOSTILE)
    assert {link for link in parsed.links if not link.startswith("#")} == {"https://example.org/a?b=1&c=2"}
    (tmp_path / "h.html").write_text(page(told), "utf-8")
    opened = browser.new_page()
    problems: list[str] = []
    opened.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    opened.on("console", lambda message: problems.append(message.text))
    opened.goto((tmp_path / "h.html").as_uri())
    assert not problems
    assert opened.evaluate("window.__pwned") is None
    opened.close()


def test_hostile_texts_mark_nothing_up_in_markdown() -> None:
    text = markdown(of(hostile_store(), "Amkor"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    bare = re.sub(r"\\[\\`*_\[\]<>|~$&]", "", text)
    assert "<img" not in bare
    assert "<script" not in bare
    assert "](javascript:" not in bare


def test_json_holds_all_of_it(ase: Brief) -> None:
    value = json.loads(json.dumps(as_json(ase)))
    assert value["entity"]["label"] == "ASE Technology Holding"
    assert len(value["notes"]) == len(ase.notes)
    assert value["sections"][0]["sentences"][0]["items"][0]["notes"]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (8.5e9, "USD", "8.5 billion USD"),
        (1.25e12, "TWD", "1.25 trillion TWD"),
        (80_000, "wafers", "80,000 wafers"),
        (12.5, "percent", "12.5%"),
        (3, "", "3"),
    ],
)
def test_figures_are_written_as_people_do(value: float, unit: str, words: str) -> None:
    assert amount(value, unit) == words
