"""Text from documents as an assistant may have it: on one line, bounded, without what cannot be seen, and quoted."""

import json
import unicodedata
from typing import Any

LONGEST = 1000
"""Characters of the longest text in an answer; what is longer ends in an ellipsis."""
LONGEST_NAME = 160
# Control characters, those that turn the direction of writing or are invisible, halves of pairs, private ones.
_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co"})
# They change nothing that a reader sees, and can carry whole hidden texts.
_VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))


def clean(text: str, most: int = LONGEST) -> str:
    """The text on one line, without invisible and steering characters, at most ``most`` characters long."""
    # Beyond this, nothing can be left of what is cut off below; it bounds the work.
    line = " ".join(text[: 20 * most].split())
    seen = "".join(
        char
        for char in line
        if (char.isascii() and char.isprintable())
        or not (unicodedata.category(char) in _REMOVED or char in _VARIATION_SELECTORS)
    )
    seen = " ".join(seen.split())
    return seen if len(seen) <= most else seen[: most - 1].rstrip() + "…"


def cleaned(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value whose texts are clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    if isinstance(value, dict):
        return {name: cleaned(each) for name, each in value.items()}
    return value


def quoted(text: str, most: int = LONGEST) -> str:
    """The clean text in double quotes; those inside it are escaped, so that it cannot leave them."""
    return json.dumps(clean(text, most), ensure_ascii=False)


def named(text: str) -> str:
    """A name in double quotes."""
    return quoted(text, LONGEST_NAME)
