"""Which bare lines are headings: numbered ones, bold ones, short ones in title case."""

import re

from kg.documents.dates import is_date
from kg.documents.lines import Line, list_marker

_BOLD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?[ \t]+)?(\*\*|__)(?=\S)(?:(?!\1).){1,160}(?<=\S)\1:?")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}\.)[ \t]+(?=\S)")
_SPEAKER = re.compile(r"(?:Q|A|Question|Answer|TL;DR)\s*[:.]|By +[A-Z]\S* +[A-Z]")
_LABEL = re.compile(r"[*_]{0,2}[^\W\d][\w &/()'’.-]{0,40}:[*_]{0,2}[ \t]+\S")
_URL = re.compile(r"https?://", re.IGNORECASE)
_CITATIONS = re.compile(r"(?:\[\w{1,4}\])+$")
_SENTENCE_END = (".", ",", ";", ":", "!", "…", '."', ".”", ".)", "。")
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be but by can do does for from how in into is it its of on or per than that the their this "
        "to under up via vs what when which while who why will with",
    )
)
_MAX_WORDS = 14
_MAX_LENGTH = 110
_TITLE_LENGTH = 180
_TITLE_CASE_SHARE = 0.6
_GENERIC = frozenset(
    re.findall(
        r"\S+",
        "abstract background conclusion contents index executive summary introduction key highlights takeaways points "
        "findings overview report short table of tl;dr the in brief at a glance",
    )
)


def is_bold_line(text: str) -> bool:
    """Whether the line is bold from end to end and no sentence."""
    match = _BOLD.fullmatch(text) if text.startswith(("**", "__")) or text[:1].isdigit() else None
    inner = text.strip("*_: ")
    return match is not None and len(inner.split()) <= _MAX_WORDS and not inner.endswith((".", "!", ","))


def runs_on(field: str, lines: list[Line], index: int) -> bool:
    """Whether the very next line begins in lower case, so that the line at ``index`` ends inside a sentence."""
    after = lines[index + 1] if index + 1 < len(lines) else None
    return after is not None and not after.blank and field[after.start].islower()


def is_label_line(text: str) -> bool:
    """Whether the line begins with a bold label (``**Market position:** ...``)."""
    if not text.startswith("**"):
        return False
    end = text.find("**", 2, 90)
    return end > 2 and (text[end - 1] == ":" or text[end + 2 : end + 3] == ":")


def number_depth(text: str) -> int:
    """How deep a numbered heading's number is (``2.1`` is 2); 0 for a line without number."""
    match = _NUMBERED.match(text)
    return match.group().strip(" \t.)").count(".") + 1 if match else 0


def is_short_name(text: str) -> bool:
    """Whether a line could be a heading by its own looks: short, no sentence, no label, begins like a heading."""
    text = _CITATIONS.sub("", text[: _MAX_LENGTH + 1])
    if not text or len(text) > _MAX_LENGTH or text.endswith(_SENTENCE_END) or len(text.split()) > _MAX_WORDS:
        return False
    if _URL.search(text) or _SPEAKER.match(text) or _LABEL.match(text) or is_date(text):
        return False
    first = text.lstrip("*_#\"'“‘( ")[:1]
    return first != "[" and not first.islower() and any(c.isalpha() for c in text)


def is_title_case(text: str) -> bool:
    """Whether most words of weight begin with a capital, or the line begins with an emoji."""
    if ord(text[0]) >= 0x2600:
        return True
    words = [word.strip("\"'“”‘’()[]*_:,&/") for word in text.split()]
    weighty = [word for word in words if word and word.lower() not in _SMALL_WORDS and word[0].isalpha()]
    capital = sum(not word[0].islower() for word in weighty)
    return bool(weighty) and capital >= _TITLE_CASE_SHARE * len(weighty)


def is_title(text: str) -> bool:
    """Whether the first line of a plain text reads as the document's title."""
    if not text or len(text) > _TITLE_LENGTH or text.endswith((".", ",", ";", ":", '."')):
        return False
    if _LABEL.match(text) or _URL.search(text) or _SPEAKER.match(text) or text[0].islower():
        return False
    words = {word.strip(":&").lower() for word in text.split() if any(c.isalpha() for c in word)}
    return bool(words - _GENERIC)


def is_numbered_heading(field: str, lines: list[Line], index: int, *, near_only: bool) -> bool:
    """Whether the numbered line at ``index`` is a heading and no item of a numbered list.

    The trap is ``1. Core business`` with its section right below: Markdown's grammar makes the section part of an
    item. It is a heading when no numbered line stands next to it and what follows is not indented. With
    ``near_only``, what follows must stand on the very next line.
    """
    line = lines[index]
    text = field[line.start : line.end]
    if line.indent or not number_depth(text):
        return False
    match = _NUMBERED.match(text)
    name = text[match.end() :] if match else ""
    if not is_short_name(name) and not is_bold_line(name):
        return False
    after = _neighbour(lines, index, 1)
    before = _neighbour(lines, index, -1)
    if after is None or (near_only and after != index + 1):
        return False
    if lines[after].indent >= 2 or (_is_numbered(field, lines[after]) and not number_depth_grows(field, lines, index)):
        return False
    return before is None or not _is_numbered(field, lines[before]) or number_depth_grows(field, lines, before)


def number_depth_grows(field: str, lines: list[Line], index: int) -> bool:
    """Whether the next line with text has a deeper number than this one (``2.`` above ``2.1``)."""
    after = _neighbour(lines, index, 1)
    if after is None:
        return False
    depth = number_depth(field[lines[index].start : lines[index].end])
    return 0 < depth < number_depth(field[lines[after].start : lines[after].end])


def _neighbour(lines: list[Line], index: int, step: int) -> int | None:
    """Index of the nearest line with text before or behind; looks past a few blank lines only."""
    for distance in range(1, 6):
        near = index + step * distance
        if not 0 <= near < len(lines):
            return None
        if not lines[near].blank:
            return near
    return None


def _is_numbered(field: str, line: Line) -> bool:
    marker = list_marker(field, line)
    return (marker is not None and marker.number > 0) or number_depth(field[line.start : line.end]) > 1
