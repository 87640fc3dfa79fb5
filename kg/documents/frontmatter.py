"""The YAML block that may stand at the top of a Markdown file."""

import re
from dataclasses import dataclass, field

import yaml

from kg.documents.base import Span

_LIMIT = 65_536
_OPEN = re.compile(r"\s*---[ \t]*\r?\n(?=[^\n]*\S)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"\S(?:[^\n]*\S)?")
_LINE = re.compile(r"^([A-Za-z][\w-]{0,60}):[ \t]*(.*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a front matter says.

    Attributes:
        values: each top-level key, lower case, with its text (of a list, its first element).
        spans: where a key's text stands in the field, line by line.
        end: offset behind the block; 0 where the field has none.
    """

    values: dict[str, str] = field(default_factory=dict)
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    end: int = 0


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of ``text``. Broken YAML is read line by line, as far as its lines are ``key: value``."""
    head = text[:_LIMIT]
    opening = _OPEN.match(head)
    closing = _CLOSE.search(head, opening.end()) if opening else None
    if not opening or not closing:
        return FrontMatter()
    start, stop = opening.end(), closing.start()
    first = head[start:stop].lstrip().split("\n", 1)[0]
    if not _LINE.match(first) and not first.startswith("#"):
        return FrontMatter()
    try:
        node = yaml.compose(head[start:stop], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        node = None
    if not isinstance(node, yaml.MappingNode):
        return _by_lines(head, start, stop, closing.end())
    found = FrontMatter(end=closing.end())
    for key, value in node.value:
        if isinstance(value, yaml.SequenceNode) and value.value:
            value = value.value[0]
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            name = key.value.lower()
            found.values[name] = value.value.strip()
            span = (start + value.start_mark.index, start + value.end_mark.index)
            found.spans[name] = _lines(head, span, is_block=value.style in ("|", ">"))
    return found


def _by_lines(head: str, start: int, stop: int, end: int) -> FrontMatter:
    found = FrontMatter(end=end)
    for match in _LINE.finditer(head, start, stop):
        span = _unquoted(head, match.span(2))
        found.values[match.group(1).lower()] = head[slice(*span)]
        found.spans[match.group(1).lower()] = (span,)
    return found


def _lines(head: str, span: Span, *, is_block: bool) -> tuple[Span, ...]:
    """The lines of a text, white space around them left out; a block's first line only says that it is one."""
    start, end = span if is_block else _unquoted(head, span)
    lines = [match.span() for match in _WORDS.finditer(head, start, end)]
    return tuple(lines[1:] if is_block else lines)


def _unquoted(head: str, span: Span) -> Span:
    start, end = span
    if end - start >= 2 and head[start] in "\"'" and head[end - 1] == head[start]:
        return start + 1, end - 1
    return span
