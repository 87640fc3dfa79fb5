"""Blocks and documents of JSON files."""

import json

import pytest
from reading import document, outline

from kg.documents import read_text
from kg.model import BlockKind

ARTICLE = {
    "slug": "acme-wins",
    "title": "Acme wins &amp; Bolt loses",
    "summary": "Acme won the order.",
    "body_md": "*Lead.*\n\nAcme makes tools.\n\n## Rivals\n\n- [Bolt](https://b.example)\n",
    "url": "https://copy.example/acme",
    "canonical_source": "https://first.example/acme",
    "published_at": "2026-03-05 10:11:12+00:00",
    "publisher": {"name": "Daily Chip"},
    "lang": "en",
    "tags": ["chips and more of them"],
    "entities": ["Acme Tools Limited"],
    "alternates": {"html": "https://copy.example/acme"},
}

BOTTLENECK = {
    "slug": "substrates",
    "name": "Substrates",
    "severity": "tight",
    "insight": "Acme holds the lead.",
    "supplyStructure": [
        {"location": "Japan", "name": "Acme", "sharePct": 30, "ticker": "4062.T"},
        {"name": "Bolt", "note": "second source"},
    ],
    "customers": ["Crane", "Dyne Systems"],
    "market": {"key_risks": ["A fire at Acme"], "outlook": {"name": "Next year", "view": "It stays tight here."}},
}


def test_an_article() -> None:
    found = document(json.dumps(ARTICLE), "acme.json")
    assert [(block.pointer, block.kind.value, block.text) for block in found.blocks] == [
        ("/title", "title", "Acme wins & Bolt loses"),
        ("/summary", "paragraph", "Acme won the order."),
        ("/body_md", "paragraph", "Lead."),
        ("/body_md", "paragraph", "Acme makes tools."),
        ("/body_md", "heading", "Rivals"),
        ("/body_md", "item", "Bolt"),
    ]
    assert found.fields == {f"/{key}": ARTICLE[key] for key in ("title", "summary", "body_md")}
    meta = found.metadata
    assert (meta.title, meta.date, meta.publisher) == ("Acme wins & Bolt loses", "2026-03-05", "Daily Chip")
    assert (meta.url, meta.language) == ("https://first.example/acme", "en")
    assert (found.name, found.media_type) == ("acme.json", "application/json")


def test_structured_json_becomes_lists_and_tables() -> None:
    found = document(json.dumps(BOTTLENECK), "b.json")
    assert outline(json.dumps(BOTTLENECK), "b.json") == [
        ("title", "Substrates"),
        ("paragraph", "Acme holds the lead."),
        ("cell", "Japan", "location", "Acme"),
        ("cell", "Acme", "name", "Acme"),
        ("cell", "4062.T", "ticker", "Acme"),
        ("cell", "Bolt", "name", "Bolt"),
        ("cell", "second source", "note", "Bolt"),
        ("item1", "Crane", "customers"),
        ("item1", "Dyne Systems", "customers"),
        ("item1", "A fire at Acme", "key risks"),
        ("heading3", "Next year"),
        ("paragraph", "It stays tight here."),
    ]
    paths = {block.pointer: block.headings for block in found.blocks}
    assert paths["/insight"] == ("insight",)
    assert paths["/supplyStructure/0/location"] == ("supply structure",)
    assert paths["/market/key_risks/0"] == ("market",)
    assert paths["/market/outlook/view"] == ("market", "outlook", "Next year", "view")
    cells = [block.cell for block in found.blocks if block.cell]
    assert [(cell.row, cell.column) for cell in cells] == [(0, 0), (0, 1), (0, 3), (1, 1), (1, 4)]


def test_linked_data_article() -> None:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Acme wins",
        "articleBody": "It won.\nBolt lost.",
        "datePublished": "2025-02-11T16:45:53Z",
        "publisher": {"@type": "Organization", "name": "Daily Chip"},
    }
    found = document(json.dumps(record), "a.json")
    assert [block.text for block in found.blocks] == ["Acme wins", "It won.", "Bolt lost."]
    assert (found.metadata.date, found.metadata.publisher) == ("2025-02-11", "Daily Chip")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ([{"body": "Acme won."}, {"body": "Bolt lost."}], ["n.json#/0", "n.json#/1"]),
        ({"articles": [{"body": "Acme won."}, {"body": "Bolt lost."}]}, ["n.json#/articles/0", "n.json#/articles/1"]),
        ({"@graph": [{"articleBody": "Acme won."}]}, ["n.json#/@graph/0"]),
        ({"articles": [{"title": "Acme won", "summary": "So it is."}]}, ["n.json#/articles/0"]),
        ({"title": "Acme", "items": [{"name": "Bolt"}]}, ["n.json"]),
        (["Acme won.", "Bolt lost."], ["n.json"]),
        ("Acme won.", ["n.json"]),
    ],
)
def test_names(value: object, names: list[str]) -> None:
    reading = read_text(json.dumps(value), "n.json")
    assert [found.name for found in reading.documents] == names
    assert not reading.refusals
    assert len({found.id for found in reading.documents}) == len(names)


def test_lines_keep_the_good_and_refuse_the_bad() -> None:
    lines = ['{"body": "Acme won."}', "", "{broken", '{"id": 3}', '"Bolt lost."', "[" * 100_000]
    reading = read_text("\n".join(lines), "n.jsonl")
    assert [found.name for found in reading.documents] == ["n.jsonl#/0", "n.jsonl#/3"]
    assert [refusal.name for refusal in reading.refusals] == ["n.jsonl#/1", "n.jsonl#/2", "n.jsonl#/4"]
    assert "line 3, column 2" in reading.refusals[0].reason
    assert "holds no text" in reading.refusals[1].reason


def test_lines_are_recognised_without_their_suffix() -> None:
    text = '{"body": "Acme won."}\n{"body": "Bolt lost."}\n'
    for name in ("n.json", "n.txt", "-"):
        assert [found.name for found in read_text(text, name).documents] == [f"{name}#/0", f"{name}#/1"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"title": "a",\n "body": }', "line 2, column 10"),
        ("{}", "holds no text"),
        ("[1, 2]", "holds no text"),
        ('{"url": "https://a.example", "id": 7}', "holds no text"),
        ('{"body": ' + "[" * 100_000, "nested too deeply"),
        ('{"n": ' + "1" * 5_000 + "}", "number too long"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_refusal(text: str, part: str) -> None:
    reading = read_text(text, "n.json")
    assert not reading.documents
    (refusal,) = reading.refusals
    assert refusal.reason.startswith("n.json")
    assert part in refusal.reason
    assert "\n" not in refusal.reason


def test_keys_are_escaped_in_pointers_and_halves_of_pairs_replaced() -> None:
    found = document('{"a/b~c": "Acme makes \\ud800 tools."}', "n.json")
    assert found.fields == {"/a~1b~0c": "Acme makes \N{REPLACEMENT CHARACTER} tools."}
    found.fields["/a~1b~0c"].encode()


def test_tables_of_several_fields_have_their_own_numbers() -> None:
    table = "# A\n|a|b|\n|-|-|\n|x|y|\n"
    found = document(json.dumps({"body": table, "text": table, "rows": [{"firm": "Acme"}]}), "n.json")
    assert [block.cell.table for block in found.blocks if block.cell] == [0, 0, 1, 1, 2]


def test_a_deep_record_ends() -> None:
    value: object = "Acme makes tools."
    for _ in range(200):
        value = {"k": value}
    reading = read_text(json.dumps({"title": "Acme", "k": value}), "n.json")
    assert [block.kind for block in reading.documents[0].blocks] == [BlockKind.TITLE]
