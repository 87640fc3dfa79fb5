"""Markup goes, every character left knows where it came from."""

import pytest

from kg.documents.inline import plain

CASES = [
    ("plain words", "plain words"),
    ("**bold** and *slanted* and __both__ and _one_", "bold and slanted and both and one"),
    ("***strong*** ~~gone~~ ==marked==", "strong gone marked"),
    ("**Label:**text", "Label:text"),
    ("snake_case_name and 5*3*2 and 2 * 3", "snake_case_name and 5*3*2 and 2 * 3"),
    ("a lone * stays, a lone ** goes", "a lone * stays, a lone goes"),
    ("[Acme](https://acme.example/a_(b)) makes tools", "Acme makes tools"),
    ('[Acme](https://acme.example "The *firm*") makes', "Acme makes"),
    ("[Acme](<https://acme.example/a b>) makes", "Acme makes"),
    ("[**Acme**](https://acme.example) makes", "Acme makes"),
    ("![chart](a.png) text ![[embed.png]]", "text"),
    ("[![logo](l.png) Acme](https://acme.example)", "Acme"),
    ("[[Acme]] and [[Acme Corp|the firm]] and [[Acme\\|it]]", "Acme and the firm and it"),
    ("as reported [2][3], see [4](https://x.example)", "as reported [2][3], see [4]"),
    ("a footnote[^1] mark", "a footnote[^1] mark"),
    ("(see [note] here)", "(see [note] here)"),
    ("[known][ref] [other][none] [ref]", "known [other][none] ref"),
    ("R&amp;D at AT&amp;T &lt;5&#37; &unknown; &", "R&D at AT&T <5% &unknown; &"),
    ("x<br>y <b>bold</b> <span class='a'>s</span>", "x y bold s"),
    ("Acme <ACM>, growth <5% and > 3", "Acme <ACM>, growth <5% and > 3"),
    ("seen <!-- hidden --> text", "seen text"),
    ("open <!-- never closed", "open <!-- never closed"),
    ("<https://acme.example/x_y_z> and <me@acme.example>", "https://acme.example/x_y_z and me@acme.example"),
    ("https://acme.example/a_b_c*d stays", "https://acme.example/a_b_c*d stays"),
    ("`code *x*` and ``a ` b``", "code *x* and a ` b"),
    ("\\#2 \\*star\\* \\$5", "#2 *star* $5"),
    ("Title {: .fs-6 } {#anchor}", "Title"),
    ("two  spaces\tand\u00a0hard", "two spaces and hard"),
    ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ("🔍 emoji 👩\u200d🔬 stay", "🔍 emoji 👩\u200d🔬 stay"),
    ("text<sup>3</sup> and m<sup>2</sup>", "text and m"),
    ("", ""),
    ("   ", ""),
]


@pytest.mark.parametrize(("source", "text"), CASES)
def test_plain(source: str, text: str) -> None:
    assert plain(source, [(0, len(source))], frozenset({"ref"}))[0] == text


def test_runs_point_at_the_source() -> None:
    source = "xx **Acme** [makes](http://x.example) R&amp;D"
    text, runs = plain(source, [(3, len(source))])
    assert text == "Acme makes R&D"
    assert runs == ((0, 5), (4, 11), (5, 13), (10, 37), (13, 44))
    assert source[44] == "D"


def test_lines_are_joined_by_the_line_break_between_them() -> None:
    source = "> one *two\n> three* four"
    text, runs = plain(source, [(2, 10), (13, len(source))])
    assert text == "one two three four"
    assert runs == ((0, 2), (4, 7), (8, 13), (13, 19))
