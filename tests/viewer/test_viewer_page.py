"""The page without a browser: what it holds, that it is safe, small and always the same."""

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from random import Random

import numpy as np
import pytest
from pictures import HOSTILE_TEXTS, SAMPLE, hostile

from kg.export.viewer import build_picture, render
from kg.export.viewer.appearance import ROLES
from kg.export.viewer.columns import packed
from kg.export.viewer.communities import MOST, communities
from kg.export.viewer.gathering import gathered
from kg.export.viewer.layout import arranged, box, positions
from kg.export.viewer.page import SCRIPTS, embedded
from kg.export.viewer.payload import payload, plain
from kg.export.viewer.picture import Picture
from kg.model import Modality
from kg.store import EmbeddedStore
from kg.terms import PREFIXES, ROOT


class Scripts(HTMLParser):
    """Collects the script and style elements of a page, its tags and its attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "data": []}
        self.attributes: set[str] = set()
        self.policy = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        self.attributes |= set(fields)
        self._inside = "data" if fields.get("type") == "application/json" else tag
        if self._inside in self.texts:
            self.texts[self._inside].append("")
        if fields.get("http-equiv") == "Content-Security-Policy":
            self.policy = fields["content"] or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.texts:
            self.texts[self._inside][-1] += data


def parsed(page: str) -> Scripts:
    scripts = Scripts()
    scripts.feed(page)
    return scripts


@pytest.mark.parametrize("picture", [SAMPLE, hostile(), Picture()], ids=["sample", "hostile", "empty"])
def test_only_the_scripts_of_the_page_may_run(picture: Picture) -> None:
    scripts = parsed(render(picture, title="</title><script>alert(1)</script>{{data}}"))
    assert [len(scripts.texts[kind]) for kind in ("script", "style", "data")] == [2, 1, 2]
    for text in scripts.texts["script"] + scripts.texts["style"]:
        assert "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'" in scripts.policy
    assert "default-src 'none'" in scripts.policy
    assert "unsafe" not in scripts.policy
    assert not [name for name in scripts.attributes if name.startswith("on") or name == "style"]
    for text in scripts.texts["data"]:
        json.loads(text)


def test_no_address_but_the_documents_own() -> None:
    page = render(Picture(), title="x")
    own = page[: page.index("/**")] + page[page.rindex("<script>") :]
    terms = {ROOT, *PREFIXES.values()}
    assert set(re.findall(r"https?://[^\s\"'<)]+", own)) - terms == {"http://www.w3.org/2000/svg"}


def test_no_two_scripts_give_a_name_to_different_things() -> None:
    # They share one scope, in which a second function of a name silently takes the place of the first.
    declared = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
    texts = [(files("kg.export.viewer") / "assets" / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    found = Counter(name for text in texts for name in declared.findall(text))
    assert len(found) > 300
    assert [name for name, count in found.items() if count > 1] == []


def test_links_lead_to_the_web_or_nowhere() -> None:
    urls = {row["id"]: row["url"] for row in payload(SAMPLE, title="x")["documents"]}
    assert urls == {"document/1": "https://example.com/a?b=1&c=2", "document/2": ""}


def test_same_picture_same_bytes_in_any_order() -> None:
    shuffled = list(SAMPLE.claims), list(SAMPLE.entities), list(SAMPLE.documents)
    for rows in shuffled:
        Random(3).shuffle(rows)
    again = replace(SAMPLE, claims=tuple(shuffled[0]), entities=tuple(shuffled[1]), documents=tuple(shuffled[2]))
    assert render(SAMPLE, title="x") == render(again, title="x")


def test_a_page_stays_under_one_megabyte() -> None:
    assert len(render(SAMPLE, title="x").encode()) < 800_000


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_embedded_json_cannot_leave_its_element(text: str) -> None:
    found = embedded({"text": text})
    assert not re.search(r"[<>&\u2028\u2029]", found)
    assert json.loads(found)["text"] == text.replace("\ud800", "\ufffd")


def test_names_hold_no_invisible_characters() -> None:
    assert plain("a\u202eb\u200b\tc\n d\x00") == "a b c d"


def test_claims_of_unknown_entities_are_left_out() -> None:
    picture = replace(SAMPLE, entities=SAMPLE.entities[1:])
    assert not [
        row for row in payload(picture, title="x")["claims"] if "entity/nvidia" in (row["subject"], row["object"])
    ]


def test_rows_come_back_out_of_columns() -> None:
    rows = payload(SAMPLE, title="x")["claims"]
    table = packed(rows, but=frozenset({"quotes"}))
    columns = {
        field: values if isinstance(values, list) else [values["of"][at] for at in values["at"]]
        for field, values in table["columns"]
    }
    assert isinstance(dict(table["columns"])["relation"], dict)
    assert set(columns) == set(rows[0]) - {"quotes"}
    again = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    assert again == [{name: row[name] for name in columns} for row in rows]
    assert packed([]) == {"count": 0, "columns": []}


@pytest.mark.parametrize("count", [1, 2, 40, 280])
def test_layout_is_repeatable_and_keeps_nodes_apart(count: int) -> None:
    random = Random(5)
    labels = {f"n{number}": f"Company {number}" for number in range(count)}
    edges = [(f"n{number}", f"n{random.randrange(max(1, number // 4 + 1))}") for number in range(1, count)]
    first = set(labels)
    places = positions(labels, edges, first)
    assert places == positions(labels, [(b, a) for a, b in reversed(edges)], first)
    assert set(places) == set(labels)
    assert len(set(places.values())) == count
    if count == 40:
        spots = list(places.values())
        width, _ = box("Company 10")
        close = [
            (a, b)
            for n, a in enumerate(spots)
            for b in spots[:n]
            if abs(a[0] - b[0]) < width / 2 and abs(a[1] - b[1]) < 30
        ]
        assert not close


def crowd(count: int) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Names and pairs of a graph that falls into ten parts which few pairs join; the last twenty nodes have no pair."""
    random = Random(5)
    parts = [range(part, count - 20, 10) for part in range(10)]
    pairs = [(number, random.choice(parts[number % 10])) for number in range(count - 20) for _ in range(4)]
    pairs += [(number, random.randrange(count - 20)) for number in range(0, count - 20, 25)]
    return {f"n{number}": f"Company {number}" for number in range(count)}, [(f"n{a}", f"n{b}") for a, b in pairs]


def test_communities_are_those_that_hang_together() -> None:
    labels, edges = crowd(600)
    rows = gathered(labels, edges)
    assert rows == gathered(dict(reversed(labels.items())), [(b, a) for a, b in reversed(edges)])
    assert sorted(member for row in rows for member in row["members"]) == sorted(labels)
    lonely = {f"n{number}" for number in range(580, 600)}
    assert [set(row["members"]) for row in rows if lonely & set(row["members"])] == [lonely]
    parts = [{int(member[1:]) % 10 for member in row["members"]} for row in rows if lonely.isdisjoint(row["members"])]
    assert sorted(parts, key=min) == [{part} for part in range(10)]
    for row in rows:
        assert row["count"] == len(row["members"]) == len(row["spots"]) == len({tuple(spot) for spot in row["spots"]})
        assert row["label"] == labels[row["lead"]]
    for number, row in enumerate(rows):
        for other in rows[:number]:
            gap = sum((a - b) ** 2 for a, b in zip(row["at"], other["at"], strict=True)) ** 0.5
            assert gap > 0.9 * (row["radius"] + other["radius"])


def test_communities_stay_few_where_nothing_hangs_together() -> None:
    groups = communities(2000, np.array([(2 * number, 2 * number + 1) for number in range(900)], dtype=np.intp))
    assert groups.max() < MOST
    assert communities(0, np.zeros((0, 2), dtype=np.intp)).size == 0


def test_a_large_picture_has_communities_and_a_small_one_places() -> None:
    labels, edges = crowd(600)
    assert arranged(labels, edges, set(labels))["places"] == []
    few = {name for name in labels if int(name[1:]) < 40}
    some = arranged(labels, edges, few)
    assert some["communities"]
    assert {name for name, place in zip(labels, some["places"], strict=True) if place} <= few
    small = {name: labels[name] for name in sorted(few)}
    found = arranged(small, [edge for edge in edges if set(edge) <= few], few)
    assert not found["communities"]
    assert all(found["places"])


def test_picture_of_a_store(small_store: EmbeddedStore) -> None:
    picture = build_picture(small_store)
    labels = {row.id: row.label for row in picture.entities}
    roles = {row.id: row.roles for row in picture.entities}
    assert labels["entity/amkor"] == "Amkor Technology"
    assert roles["entity/amkor"] == ("OSAT",)
    assert {row.name for row in picture.relations} >= {"outsourcesTo", "competesWith"}
    assert next(row for row in picture.relations if row.name == "outsourcesTo").inverse_label
    names = {row.name: row.label for row in picture.roles}
    assert names["OSAT"] == "OSAT"
    assert names["MemoryMaker"] == "Memory maker"
    assert set(ROLES) - {"organisation", "technology", "place"} <= set(names)
    via = [row for row in picture.claims if row.qualifiers.get("via")]
    assert via[0].qualifiers["via"] == ("TSMC",)
    assert via[0].modality is Modality.REPORTED
    assert all(row.quotes and row.quotes[0].text for row in picture.claims)
    assert len({row.id for row in picture.claims}) == len(picture.claims)
    assert {row.document for row in picture.claims} <= {row.id for row in picture.documents}
    members = {member for row in picture.conflicts for member in row.members}
    said = {row.id for row in picture.claims} | {row.id for row in picture.observations}
    assert members <= said | {row.id for row in picture.remarks}
    assert render(picture, title="x") == render(build_picture(small_store), title="x")
