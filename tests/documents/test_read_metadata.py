"""Dates as written, and what documents say of themselves."""

import pytest
from reading import document

from kg.documents.dates import is_date, parse_date

DATES = [
    ("2026-06-24", "2026-06-24"),
    ("2026-06-24T08:22:32Z", "2026-06-24"),
    ("2026-06-24 08:22:32+00:00", "2026-06-24"),
    ("2026/6/4", "2026-06-04"),
    ("2026.06.24", "2026-06-24"),
    ("20260624", "2026-06-24"),
    ("2025-08", "2025-08"),
    ("2025", "2025"),
    ("27 August 2025", "2025-08-27"),
    ("27th of Aug. 2025", "2025-08-27"),
    ("August 27, 2025", "2025-08-27"),
    ("Aug 27 2025", "2025-08-27"),
    ("Sept. 3rd, 2025", "2025-09-03"),
    ("Wednesday, August 27, 2025 at 9:15:00 AM", "2025-08-27"),
    ("Mon Sep 7, 2009 1:46am EDT", "2009-09-07"),
    ("Tue, 11 Feb 2025 23:53:33 GMT", "2025-02-11"),
    ("11-Feb-2025", "2025-02-11"),
    ("August 2025", "2025-08"),
    ("2025-13-01", ""),
    ("2025-02-30", ""),
    ("03/04/2025", ""),
    ("1234", ""),
    ("20251", ""),
    ("May be", ""),
    ("Undated (August 2025)", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_dates(text: str, iso: str) -> None:
    assert parse_date(text) == iso
    assert is_date(text) == bool(iso)


@pytest.mark.parametrize("text", ["2025 was a good year", "August 27, 2025 was hot", "2025-08-27 and on"])
def test_a_sentence_is_no_date(text: str) -> None:
    assert not is_date(text)


HEADS = [
    ("# A\n**Generated:** Wednesday, August 27, 2025 at 9:15:00 AM\n\nText.\n", ("A", "2025-08-27", "", "")),
    ("Acme wins the race\nPublished: 3 May 2026\nSource: Daily Chip\nURL: https://d.example/a\nIt won.\n",
     ("Acme wins the race", "2026-05-03", "Daily Chip", "https://d.example/a")),
    ("Acme wins the race\nJune 24, 2026\nhttps://d.example/a\nIt won.\n",
     ("Acme wins the race", "2026-06-24", "", "https://d.example/a")),
    ("# A\nSource: [Daily Chip](https://d.example) \n\nText.\n", ("A", "", "Daily Chip", "")),
    ("# A\nSource: Daily Chip, https://d.example/a\n", ("A", "", "Daily Chip", "https://d.example/a")),
    ("# A\nURL: javascript:alert(1)\n", ("A", "", "", "")),
    ("---\nurl: ftp://a.example\ntitle: A\ndate: soon\n---\nText.\n", ("A", "", "", "")),
    ("# A\n\n## B\n\nText.\n\n## C\n\n- **Date:** 2025-01-01\n", ("A", "", "", "")),
    ("# A\n\n| Founded | Where |\n|-|-|\n| 1987 | Here |\n", ("A", "", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_metadata(text: str, expected: tuple[str, ...]) -> None:
    found = document(text).metadata
    assert (found.title, found.date, found.publisher, found.url) == expected
