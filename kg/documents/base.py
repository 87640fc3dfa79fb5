"""What readers take and give: a source goes in, a reading (documents and refusals) comes out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Document

Span = tuple[int, int]
"""A stretch of a field: offset of its first character, offset behind its last."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or record that was not read.

    Attributes:
        name: the name its document would have had.
        reason: one line that names it and the cure.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave; a file that is refused as a whole gives one refusal and no document."""

    documents: tuple[Document, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file.

    Attributes:
        name: the file's name.
        sha256: hex digest of its bytes.
        text: its characters, byte order mark removed.
    """

    name: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """One row of the table of readers.

    Attributes:
        suffixes: file suffixes that name the form, lower case with the dot.
        recognises: whether a text is of this form, given the file's suffix and its text.
        read: reads it.
    """

    suffixes: frozenset[str]
    recognises: Callable[[str, str], bool]
    read: Callable[[Source], Reading]


def printable(name: str) -> str:
    """The name with control characters and undecodable bytes replaced, safe for one line of UTF-8."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", name)
