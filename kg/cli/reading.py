"""What comes from standard input."""

import sys

from kg.errors import DocumentError


def standard_input() -> str:
    """All of standard input.

    Raises:
        DocumentError: it is empty or not UTF-8.
    """
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"Standard input is not UTF-8 at byte {error.start}; convert it, for example by iconv"
        ) from error
    if not text.strip():
        raise DocumentError("Standard input is empty; give it text")
    return text
