"""Decides by content which form a text has."""

import re

from kg.documents.headings import is_bold_line, is_label_line

_HEAD = 65_536
_FIRST_LINES = 40
_SIGN = re.compile(
    r"(?:[-*+][ \t]+)?#{1,6}[ \t]+\S|={3,}$|```|~~~|\{:[ .#]|!\[|<!--|\[[^\]\n]{1,80}\]:[ \t]|>[ \t]*\[!"
)
_RECORD = re.compile(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]]))')


def looks_like_json(text: str) -> bool:
    """Whether the text begins like a JSON object or a JSON array of records or texts."""
    return _RECORD.match(text, 0, _HEAD) is not None


def looks_like_markdown(text: str) -> bool:
    """Whether Markdown's own signs stand in the first lines.

    Lists, tables and links alone do not tell: plain text holds them too, and there each line stands for itself.
    """
    head = text[:_HEAD]
    if re.match(r"\s*---[ \t]*\r?\n[^\n]*:", head):
        return True
    lines = [line.strip() for line in head.splitlines()]
    filled = [line for line in lines if line][:_FIRST_LINES]
    return any(_SIGN.match(line) or is_bold_line(line) or is_label_line(line) for line in filled)
