"""Blocks of plain text."""

import pytest
from reading import document, outline

CASES = {
    "profile": (
        "Bolt Packaging (BLT)\nA house that packages for Acme.\n1. Core Product / Service\nBolt packages chips. "
        "Services:\nFan-out — for phones.\nTest — burn-in of chips.\nBolt is neutral [2].\n2. Users & Needs\n"
        "- Acme — its largest customer\n- Crane\n3. Rivals\n| Firm | vs Bolt |\n|---|---|\n| Dyne | larger |\n"
        "Moat: plants at home.\n2.1 Details of it\nMore text here.\n",
        [
            ("title", "Bolt Packaging (BLT)"),
            ("paragraph", "A house that packages for Acme."),
            ("heading1", "1. Core Product / Service"),
            ("paragraph", "Bolt packages chips. Services:"),
            ("item1", "Fan-out — for phones.", "Bolt packages chips. Services:"),
            ("item1", "Test — burn-in of chips.", "Bolt packages chips. Services:"),
            ("paragraph", "Bolt is neutral [2]."),
            ("heading1", "2. Users & Needs"),
            ("item1", "Acme — its largest customer", ""),
            ("item1", "Crane", ""),
            ("heading1", "3. Rivals"),
            ("cell", "Dyne", "Firm", "Dyne"),
            ("cell", "larger", "vs Bolt", "Dyne"),
            ("paragraph", "Moat: plants at home."),
            ("heading2", "2.1 Details of it"),
            ("paragraph", "More text here."),
        ],
    ),
    "article": (
        "Why Houses Invest in Packaging\n\nThe back end grows.\nWhat Is Fan-Out Packaging?\nIt spreads the contacts. "
        "It includes:\n– **Wafer level:** thin.\n– **Panel level:** wide.\nFAQ\n\nQ: What is it?\nA: A packager.\n",
        [
            ("title", "Why Houses Invest in Packaging"),
            ("paragraph", "The back end grows."),
            ("heading1", "What Is Fan-Out Packaging?"),
            ("paragraph", "It spreads the contacts. It includes:"),
            ("item1", "Wafer level: thin.", "It spreads the contacts. It includes:"),
            ("item1", "Panel level: wide.", "It spreads the contacts. It includes:"),
            ("heading1", "FAQ"),
            ("paragraph", "Q: What is it?"),
            ("paragraph", "A: A packager."),
        ],
    ),
    "short summary": (
        "🔍 Executive Summary\n- Acme raises its budget.\nStrategic Deep-Dive\nThe budget is a record.\n\n\n",
        [
            ("heading1", "🔍 Executive Summary"),
            ("item1", "Acme raises its budget.", ""),
            ("heading1", "Strategic Deep-Dive"),
            ("paragraph", "The budget is a record."),
        ],
    ),
    "hard-wrapped": (
        "A long paragraph that was cut at the margin by an editor of old, and\n"
        "which therefore goes on in lower case on the line below, until it ends.\n\n"
        "- an item that was cut at the margin by the very same editor of old and\n"
        "goes on without a margin of its own\n",
        [
            (
                "paragraph",
                "A long paragraph that was cut at the margin by an editor of old, and which therefore goes on in lower "
                "case on the line below, until it ends.",
            ),
            (
                "item1",
                "an item that was cut at the margin by the very same editor of old and goes on without a margin of its "
                "own",
                "",
            ),
        ],
    ),
    "names below one another are no headings": (
        "Notes on the market today.\n\nAcme\nBolt\nCrane\nThey all make tools.\n",
        [
            ("paragraph", "Notes on the market today."),
            ("paragraph", "Acme"),
            ("paragraph", "Bolt"),
            ("paragraph", "Crane"),
            ("paragraph", "They all make tools."),
        ],
    ),
    "news archive": (
        "-- Acme may outsource production\n-- By A. Writer\n-- Mon Sep 7, 2009 1:46am EDT\n\n Acme is in talks.\n",
        [
            ("title", "Acme may outsource production"),
            ("paragraph", "By A. Writer"),
            ("paragraph", "Mon Sep 7, 2009 1:46am EDT"),
            ("paragraph", "Acme is in talks."),
        ],
    ),
    "pasted table without an alignment row": (
        "Rivals of Acme today.\n| Firm | Share |\n| Bolt | 30% |\n| Crane | 20% |\n",
        [
            ("paragraph", "Rivals of Acme today."),
            ("cell", "Bolt", "Firm", "Bolt"),
            ("cell", "30%", "Share", "Bolt"),
            ("cell", "Crane", "Firm", "Crane"),
            ("cell", "20%", "Share", "Crane"),
        ],
    ),
    "rows from the middle of a table": (
        "| Bolt | 30% |\n| Crane | 20% |\n",
        [
            ("cell", "Bolt", "", "Bolt"),
            ("cell", "30%", "", "Bolt"),
            ("cell", "Crane", "", "Crane"),
            ("cell", "20%", "", "Crane"),
        ],
    ),
    "one line": ("Acme makes tools.", [("paragraph", "Acme makes tools.")]),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    text, expected = CASES[name]
    assert outline(text, "note.txt") == expected
    assert document(text, "note.txt").media_type == "text/plain"


def test_plain_text_in_a_markdown_file_is_read_as_plain_text() -> None:
    text, expected = CASES["profile"]
    assert outline(text, "note.md") == expected


@pytest.mark.parametrize("text", ["# Acme\n\nMakes tools.", "**Acme** \n\nText.\n", "---\ntitle: A\n---\nText.\n"])
def test_markdown_in_a_text_file_is_read_as_markdown(text: str) -> None:
    assert document(text, "note.txt").media_type == "text/markdown"


def test_json_in_a_text_file_is_read_as_json() -> None:
    found = document('{"title": "Acme wins", "body": "It won."}', "note.txt")
    assert (found.media_type, found.name) == ("application/json", "note.txt")


def test_what_only_looks_like_json_is_text() -> None:
    assert document('{"title": said Acme, and left.', "note.txt").media_type == "text/plain"
