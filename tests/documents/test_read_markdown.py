"""Blocks of Markdown as people write it."""

import pytest
from reading import document, outline

from kg.model import BlockKind

CASES = {
    "title and sections": (
        "# Acme\n\nMakes tools.\n\n## Customers ##\n\nBolt buys.\n",
        [("title", "Acme"), ("paragraph", "Makes tools."), ("heading2", "Customers"), ("paragraph", "Bolt buys.")],
    ),
    "underlined headings": (
        "Acme\n====\n\nCustomers\n---\nBolt buys.\n\nA sentence that ends.\n---\nMore.\n",
        [
            ("title", "Acme"),
            ("heading2", "Customers"),
            ("paragraph", "Bolt buys."),
            ("paragraph", "A sentence that ends."),
            ("paragraph", "More."),
        ],
    ),
    "the numbered trap": (
        "# Acme\n1. Core Business\nAcme makes tools.\n2. Rivals\n- Bolt\n- Crane\n",
        [
            ("title", "Acme"),
            ("heading1", "1. Core Business"),
            ("paragraph", "Acme makes tools."),
            ("heading1", "2. Rivals"),
            ("item1", "Bolt", ""),
            ("item1", "Crane", ""),
        ],
    ),
    "a numbered list stays a list": (
        "# Acme\n\nSteps:\n\n1. Grind the wafer\n2. Dice it\n3. Bond it\n\nThen test.\n",
        [
            ("title", "Acme"),
            ("paragraph", "Steps:"),
            ("item1", "Grind the wafer", "Steps:"),
            ("item1", "Dice it", "Steps:"),
            ("item1", "Bond it", "Steps:"),
            ("paragraph", "Then test."),
        ],
    ),
    "nested lists": (
        '## Findings\n\n*   **Snippet:** "Acme ships."\n    *   **Date:** 2025-08-18\n*   Second\n\t- deep\n',
        [
            ("heading2", "Findings"),
            ("item1", 'Snippet: "Acme ships."', ""),
            ("item2", "Date: 2025-08-18", 'Snippet: "Acme ships."'),
            ("item1", "Second", ""),
            ("item2", "deep", "Second"),
        ],
    ),
    "bold lines": (
        "## Market\n\n**Customers:**\n- Bolt\n\n**1. Rivals**\n\nCrane competes.\n\n**This bold line says so.**\n",
        [
            ("heading2", "Market"),
            ("heading3", "Customers:"),
            ("item1", "Bolt", ""),
            ("heading3", "1. Rivals"),
            ("paragraph", "Crane competes."),
            ("paragraph", "This bold line says so."),
        ],
    ),
    "label lines stand apart": (
        "# Query\n**Generated:** Wednesday\n**Model:** one\n",
        [("title", "Query"), ("paragraph", "Generated: Wednesday"), ("paragraph", "Model: one")],
    ),
    "wrapped lines": (
        "# A\nAcme makes\ntools for Bolt.\n\n- an item that\n  goes on\n- next\nlazy end\n",
        [
            ("title", "A"),
            ("paragraph", "Acme makes tools for Bolt."),
            ("item1", "an item that goes on", ""),
            ("item1", "next lazy end", ""),
        ],
    ),
    "a list after its paragraph": (
        "# A\nAcme serves:\n- Bolt\n\nAcme has no list here.\n\n- Crane\n",
        [
            ("title", "A"),
            ("paragraph", "Acme serves:"),
            ("item1", "Bolt", "Acme serves:"),
            ("paragraph", "Acme has no list here."),
            ("item1", "Crane", ""),
        ],
    ),
    "loose items": (
        "# A\n\nThree:\n\n1.  **One:** x\n\n    More of one.\n\n2.  **Two:** y\n",
        [
            ("title", "A"),
            ("paragraph", "Three:"),
            ("item1", "One: x", "Three:"),
            ("paragraph", "More of one."),
            ("item1", "Two: y", "Three:"),
        ],
    ),
    "table": (
        "# A\n| Firm | vs Acme |\n|:--|--:|\n| [[Bolt|B]] | **larger** |\n"
        "| Crane \\| Co |\n| D | e | f |\n|  | x |\nEnd.\n",
        [
            ("title", "A"),
            ("cell", "B", "Firm", "B"),
            ("cell", "larger", "vs Acme", "B"),
            ("cell", "Crane | Co", "Firm", "Crane | Co"),
            ("cell", "D", "Firm", "D"),
            ("cell", "e", "vs Acme", "D"),
            ("cell", "f", "", "D"),
            ("cell", "x", "vs Acme", ""),
            ("paragraph", "End."),
        ],
    ),
    "table without bars at the ends": (
        "# A\n\nFirm | Share\n--- | ---\nBolt | 30%\n",
        [("title", "A"), ("cell", "Bolt", "Firm", "Bolt"), ("cell", "30%", "Share", "Bolt")],
    ),
    "quotes and callouts": (
        "# A\n> [!warning] Mind this\n> Acme left\n> Bolt.\n\n> - Crane\n",
        [("title", "A"), ("paragraph", "Mind this Acme left Bolt."), ("item1", "Crane", "")],
    ),
    "what is dropped": (
        "# A\n#tag #other\n\n```python\nx = 1\n```\n\n<!-- more\nhidden -->\n<style>\n.a {}\n</style>\n{: .fs-6 }\n"
        "::: note\nKept [here][x].\n:::\n\n[x]: https://x.example\n![img](a.png)\n***\n",
        [("title", "A"), ("paragraph", "Kept here.")],
    ),
    "fenced notes are read": (
        "# A\n```\n2027  Acme opens a plant\n2028  Bolt follows\n```\nEnd.\n",
        [
            ("title", "A"),
            ("paragraph", "2027 Acme opens a plant"),
            ("paragraph", "2028 Bolt follows"),
            ("paragraph", "End."),
        ],
    ),
    "a fence that never closes": (
        "# A\n```python\nAcme makes tools.\n",
        [("title", "A"), ("paragraph", "Acme makes tools.")],
    ),
    "html": (
        "<h1>Acme</h1>\n<div>\n<p>Makes tools.</p>\n<ul>\n<li>Bolt</li>\n<li>Crane</li>\n</ul>\n</div>\n# B\n",
        [
            ("title", "Acme"),
            ("paragraph", "Makes tools."),
            ("item1", "Bolt", "Makes tools."),
            ("item1", "Crane", "Makes tools."),
            ("heading1", "B"),
        ],
    ),
    "task boxes": ("# A\n- [ ] Bolt\n- [x] Crane\n", [("title", "A"), ("item1", "Bolt", ""), ("item1", "Crane", "")]),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    text, expected = CASES[name]
    assert outline(text) == expected
    assert outline(text.replace("\n", "\r\n")) == expected


def test_heading_paths_leave_out_the_title() -> None:
    text = "# Acme\nA.\n## Market\nB.\n### Rivals\nC.\n**Korea**\n\nD.\n## People\nE.\n"
    paths = {block.text: block.headings for block in document(text).blocks}
    assert paths["A."] == ()
    assert paths["Market"] == ()
    assert paths["C."] == ("Market", "Rivals")
    assert paths["D."] == ("Market", "Rivals", "Korea")
    assert paths["E."] == ("People",)


def test_tables_are_numbered() -> None:
    text = "# A\n|a|b|\n|-|-|\n|1|2|\n\ntext\n\n|c|d|\n|-|-|\n|3|4|\n|5|6|\n"
    cells = [block.cell for block in document(text).blocks if block.cell]
    assert [(cell.table, cell.row, cell.column) for cell in cells] == [
        (0, 0, 0),
        (0, 0, 1),
        (1, 0, 0),
        (1, 0, 1),
        (1, 1, 0),
        (1, 1, 1),
    ]


FRONT = '---\ntitle: "Acme buys Bolt"\ndate: 2026-05-11 21:28:13\nsummary: It pays.\nlang:\n  - en\nsource: {}\n---\n'


def test_front_matter_gives_title_and_metadata() -> None:
    found = document(FRONT.format("Daily Chip") + "\nThe deal closed.\n")
    assert [block.kind for block in found.blocks] == [BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    title = found.blocks[0]
    start, end = title.source_span(0, len(title.text))
    assert found.fields[""][start:end] == "Acme buys Bolt" == found.metadata.title
    assert (found.metadata.date, found.metadata.publisher, found.metadata.language) == (
        "2026-05-11",
        "Daily Chip",
        "en",
    )


def test_a_heading_that_repeats_the_front_title_is_the_title() -> None:
    found = document(FRONT.format("x") + "\n# Acme buys Bolt\n\nDone.\n")
    titles = [block for block in found.blocks if block.kind is BlockKind.TITLE]
    assert [title.source_offset(0) for title in titles] == [found.fields[""].rindex("Acme buys Bolt")]


def test_another_first_heading_is_a_heading() -> None:
    found = document(FRONT.format("x") + "\n# Background\n\nDone.\n")
    assert [block.text for block in found.blocks if block.kind is BlockKind.TITLE] == ["Acme buys Bolt"]
    assert found.blocks[-1].headings == ("Background",)


@pytest.mark.parametrize(
    "front",
    ["title: Acme: the story\ndate: 2025-01-02\n", "title: Acme: the story\ntags: [a, b\ndate: 2025-01-02\n"],
)
def test_broken_front_matter_is_read_line_by_line(front: str) -> None:
    found = document(f"---\n{front}---\n\n## Text\n\nIt is so.\n")
    assert (found.metadata.title, found.metadata.date) == ("Acme: the story", "2025-01-02")
    assert [block.text for block in found.blocks] == ["Acme: the story", "Text", "It is so."]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert outline("---\n\n# A\n\nB.\n\n---\nC.\n") == [("title", "A"), ("paragraph", "B."), ("paragraph", "C.")]
