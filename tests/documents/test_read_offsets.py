"""For any text: blocks are in order, runs ascend, and every literal character is the source's own."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import read_text
from kg.model import Document

MARKS = (
    "Acme¦makes tools.¦**¦*¦_¦`¦[¦]¦(¦)¦[[¦]]¦|¦|-|-|¦# ¦> ¦![¦](https://a.example)¦<b>¦</b>¦<br>¦<!--¦-->¦&amp;¦&#65;¦&"
    "¦\\¦🔍¦Q: ¦:¦{: .a}¦https://b.example/a_b¦[^1]¦~~¦==¦é¦• ¦<ACM>"
)
LINES = (
    "\n¦\n\n¦\r\n¦```\n¦\n|¦|-|-|\n¦\n## ¦\n- ¦\n  - ¦\n1. ¦---\n¦===\n¦---\ntitle: A\n¦[x]: http://c.example\n"
    "¦1. A\n¦B c\n"
)
PIECES = [*MARKS.split("¦"), *LINES.split("¦"), " ", "\t", "\u00a0", "\u200b", "\u2028"]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join) | st.text(max_size=60)

KEYS = st.sampled_from(["title", "body", "summary", "x", "names"])
records = st.dictionaries(KEYS, texts | st.lists(texts, max_size=3))


def check(found: Document) -> None:
    last: dict[str, int] = {}
    for block in found.blocks:
        field = found.fields[block.pointer]
        assert block.text
        assert block.text == block.text.strip()
        assert "\n" not in block.text
        assert block.runs[0][0] == 0
        assert all(a < c and b < d for (a, b), (c, d) in zip(block.runs, block.runs[1:], strict=False))
        offsets = [block.source_offset(index) for index in range(len(block.text))]
        assert offsets == sorted(set(offsets)) or "&" in field
        assert offsets[0] > last.get(block.pointer, -1)
        assert offsets[-1] < len(field)
        last[block.pointer] = offsets[-1]
        for offset, char in zip(offsets, block.text, strict=True):
            folded = char == " " and (field[offset].isspace() or field[offset] in "<&")
            assert field[offset] == char or folded or "&" in field[max(0, offset - 1) : offset + 1]


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(texts, st.sampled_from(["a.md", "a.txt"]))
def test_text_files(text: str, name: str) -> None:
    for found in read_text(text, name).documents:
        check(found)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(
    st.dictionaries(st.sampled_from(["title", "body", "summary", "x", "names"]), texts | st.lists(texts, max_size=3))
)
def test_records(record: dict[str, object]) -> None:
    for found in read_text(json.dumps(record), "a.json").documents:
        check(found)


UNITS = (
    "[¦]¦*¦_¦|¦`¦<¦>¦&¦\\¦{¦#¦-¦=¦~¦(¦!¦:¦[[¦![¦](¦[a](¦<a ¦<!--¦**a¦*a ¦a* ¦> ¦- ¦1. ¦`` ` ¦{{¦{:¦|-¦&amp;¦https://¦1.1"
    "¦ ¦\t¦\n¦# a\n¦- a\n¦|a|\n¦```\n¦<style>\n¦**A**\n¦[a]: b\n¦a:\n¦A\n"
)


@pytest.mark.parametrize("unit", UNITS.split("¦"))
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_hostile_repetition_ends(unit: str, name: str) -> None:
    text = "a " + unit * (100_000 // len(unit) if "\n" not in unit else 2_000) + " b"
    assert read_text(text, name).documents


@pytest.mark.parametrize("front", ["a: " + "[" * 20_000, "? " * 20_000, "- " * 20_000, "a: " + "&a " * 20_000])
def test_hostile_front_matter_ends(front: str) -> None:
    assert read_text(f"---\n{front}\n---\nAcme makes tools.\n", "a.md").documents
