"""What an answer tells a terminal, as paragraphs, quotes and sources of a page, with claims as links."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.server.api.references import node, path_of
from kg.server.session import Session
from kg.store import select
from kg.terms import CLAIM, OBSERVATION, REMARK, local_name

_ID = re.compile(r"\b([0-9a-f]{16})\b")
_NODES = "SELECT DISTINCT ?node { VALUES ?node { %s } ?node a ?kind }"
_DEEPEST, _STEP = 3, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and where it leads; empty for nowhere."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    Attributes:
        kind: ``heading``, ``title`` (of quotes or of what is set in further), ``text``, ``quote`` or ``source``.
        depth: how far it is set in, 0 to 3.
        pieces: its text.
    """

    kind: str
    depth: int
    pieces: tuple[Piece, ...]


def page_lines(session: Session, told: Sequence[str]) -> list[Line]:
    """The lines of an answer that are a paragraph each; what stands above lines that are set in is a heading."""
    paths = _paths(session, {found for line in told for found in _ID.findall(line)})
    kept = [line for line in told if line.strip()]
    return [
        Line(_kind(line, below), _depth(line), tuple(_pieces(line.strip(), paths)))
        for line, below in zip(kept, [*kept[1:], ""], strict=True)
    ]


def _kind(line: str, below: str) -> str:
    if line.lstrip().startswith("“"):
        return "quote"
    if line.lstrip().startswith("— "):
        return "source"
    if _depth(below) > _depth(line):
        return "title" if _depth(line) else "heading"
    return "title" if below.lstrip().startswith("“") else "text"


def _depth(line: str) -> int:
    indent = len(line) - len(line.lstrip())
    return min(_DEEPEST, -(-indent // _STEP))


def _pieces(text: str, paths: Mapping[str, str]) -> Iterator[Piece]:
    for number, part in enumerate(_ID.split(text)):
        if part:
            yield Piece(part, paths.get(part, "") if number % 2 else "")


def _paths(session: Session, ids: set[str]) -> dict[str, str]:
    """Id of a claim, figure or remark → the path of its page."""
    if not ids:
        return {}
    nodes = " ".join(node(space[each]) for each in sorted(ids) for space in (CLAIM, OBSERVATION, REMARK))
    found = (row["node"] for row in select(session.store, _NODES % nodes))
    return {local_name(iri): path_of(iri) for iri in found}
