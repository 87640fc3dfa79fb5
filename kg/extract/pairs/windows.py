"""What a reader sees around a sentence: whom the text is about, headings, lead-in, table headers, the sentence before.

A window is one flat row of tokens; a name is one token. Pairs of organisations are drawn from it, and both the
features of the linear model and the quote of a claim are read off it.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.context import Reader, pronouns
from kg.extract.gazetteer import fold
from kg.extract.mentions import Names, name_key
from kg.extract.sentences import sentence_spans
from kg.model import Block, BlockKind, Document, Mention, MentionKind
from kg.ontology import Ontology

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d[\d.,]*|[^\w\s]")
_ENDING = re.compile(r"(?<=[a-z]{4})(?:ing|ed|es|s|e)$")
_LONGEST_CONTEXT = 240
_MOST_MENTIONS = 24
ABOUT, HEAD, LEAD, COLUMN, ROW, BEFORE, SENTENCE = "about", "head", "lead", "column", "row", "before", "sentence"
NEARNESS = {SENTENCE: 0, ROW: 1, COLUMN: 2, LEAD: 3, BEFORE: 4, HEAD: 5, ABOUT: 6}
"""The parts of a window by how near they stand to its sentence."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, sign or name of a window.

    Attributes:
        text: the word in lower case; of a name its surface.
        part: which part of the window it stands in (``about``, ``head`` ...).
        mention: the name, if it is one.
    """

    text: str
    part: str
    mention: Mention | None = None

    @property
    def organisation(self) -> Mention | None:
        """The organisation that it names, if it names one."""
        return self.mention if self.mention and self.mention.kind is MentionKind.ORGANISATION else None


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence with what stands around it.

    Attributes:
        number: the number of its block.
        start: where the sentence begins in its block.
        end: where it ends.
        kind: the block's kind.
        tokens: the whole window in order.
        words: the tokens as the linear model reads them: stemmed, a name as its kind.
        keys: for each organisation among them what names of one share, else empty.
        organisations: the organisations by their index.
        first: the index of the sentence's first token.
    """

    number: int
    start: int
    end: int
    kind: BlockKind
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    keys: tuple[str, ...]
    organisations: Mapping[int, Mention]
    first: int

    @classmethod
    def of(cls, number: int, start: int, end: int, kind: BlockKind, row: Sequence[Token]) -> "Window":
        """The window of a row of tokens."""
        named = ((index, token.organisation) for index, token in enumerate(row))
        organisations = {index: mention for index, mention in named if mention is not None}
        keys = tuple(name_key(organisations[i]) if i in organisations else "" for i in range(len(row)))
        first = next((i for i, t in enumerate(row) if t.part == SENTENCE), len(row))
        return cls(number, start, end, kind, tuple(row), tuple(map(_word, row)), keys, organisations, first)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations of a window, as indexes of tokens, the left one first."""

    window: Window
    left: int
    right: int

    @property
    def ends(self) -> tuple[Mention, Mention]:
        """The mentions of the two."""
        return self.window.organisations[self.left], self.window.organisations[self.right]


def _word(token: Token) -> str:
    if token.mention is None:
        return "NUM" if token.text[0].isdigit() else _stem(token.text)
    if token.mention.kind is MentionKind.ORGANISATION:
        return "PRON" if token.mention.is_pronoun else "ORG"
    return "TECH" if token.mention.kind is MentionKind.TECHNOLOGY else "PLACE"


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return _ENDING.sub("", word)


class WindowMaker:
    """Cuts a document into windows."""

    def __init__(self, ontology: Ontology) -> None:
        self._lists = ontology.wordings.names
        self._publishers = frozenset(e.key for e in ontology.organisations.values() if set(e.roles) == {"Publisher"})

    def windows(self, document: Document, names: Names) -> Iterator[Window]:
        """The windows of a document that hold at least two organisations."""
        reader = Reader(document, names.blocks, self._publishers)
        search = lru_cache(maxsize=None)(names.search)
        for number, block in enumerate(document.blocks):
            reader.enter(number)
            mentions = names.blocks[number]
            starts = [mention.start for mention in mentions]
            previous = _before(document, number)
            for start, end in sentence_spans(block.text):
                near = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
                inside = pronouns(
                    block.text, (start, end), near, self._lists["pronouns"], reader.antecedent, reader.section
                )
                if any(m.kind is MentionKind.ORGANISATION for m in inside):
                    row = [
                        *_about(reader),
                        *_around(block, search),
                        *tokens(previous, search(previous), BEFORE),
                        *tokens(block.text[start:end], _shifted(inside, start), SENTENCE),
                    ]
                    window = Window.of(number, start, end, block.kind, row)
                    if len(set(window.keys) - {""}) > 1:
                        yield window
                reader.heard(number, inside, self._lists["others"])
                previous = block.text[start:end][-_LONGEST_CONTEXT:]


def pairs(window: Window) -> Iterator[Pair]:
    """Each two organisations of a window of which one stands in its sentence, once, where they are nearest."""
    keys = window.keys
    organisations = [i for i, key in enumerate(keys) if key][-_MOST_MENTIONS:]
    best: dict[tuple[str, str], tuple[tuple[int, int], Pair]] = {}
    for place, left in enumerate(organisations):
        for right in organisations[place + 1 :]:
            if right < window.first or keys[left] == keys[right]:
                continue
            key = (min(keys[left], keys[right]), max(keys[left], keys[right]))
            rank = (NEARNESS[window.tokens[left].part], right - left)
            if key not in best or rank < best[key][0]:
                best[key] = (rank, Pair(window, left, right))
    for _, pair in best.values():
        yield pair


def _about(reader: Reader) -> Iterator[Token]:
    if reader.section is not None:
        yield Token(reader.section.mention.surface, ABOUT, reader.section.mention)


def _around(block: Block, search: Callable[[str], list[Mention]]) -> list[Token]:
    """The tokens of the headings over a block, of its lead-in and of its cell's headers."""
    parts = [(HEAD, text) for text in block.headings[-2:]]
    if block.lead_in:
        parts.append((LEAD, block.lead_in))
    if block.cell is not None:
        parts.append((COLUMN, block.cell.header))
        if block.cell.column:
            parts.append((ROW, block.cell.row_header))
    cut = ((part, text[:_LONGEST_CONTEXT]) for part, text in parts)
    return [t for part, text in cut for t in tokens(text, search(text), part)]


def _before(document: Document, number: int) -> str:
    """What stands before a block: the last sentence of the paragraph above, the item above, the cell to the left."""
    block = document.blocks[number]
    if block.cell is not None:
        left = document.blocks[number - 1] if number else None
        return left.text[-_LONGEST_CONTEXT:] if left and block.cell.column > 1 and left.cell else ""
    if block.kind is BlockKind.ITEM:
        return _parent(document.blocks, number)
    above = document.blocks[number - 1] if number else None
    if above is None or above.kind is not BlockKind.PARAGRAPH or block.kind is BlockKind.HEADING:
        return ""
    spans = sentence_spans(above.text)
    return above.text[slice(*spans[-1])][-_LONGEST_CONTEXT:] if spans else ""


def _parent(blocks: Sequence[Block], number: int) -> str:
    """The list item that a nested item stands under."""
    level = blocks[number].level
    for other in reversed(blocks[max(0, number - 12) : number]):
        if other.kind is not BlockKind.ITEM:
            return ""
        if other.level < level:
            return other.text[:_LONGEST_CONTEXT]
    return ""


def _shifted(mentions: Sequence[Mention], by: int) -> list[Mention]:
    return [replace(m, start=m.start - by, end=m.end - by) for m in mentions]


def tokens(text: str, mentions: Sequence[Mention], part: str) -> Iterator[Token]:
    """The tokens of a text whose mentions are given in order."""
    low = fold(text)
    position = 0
    for mention in mentions:
        if mention.start < position or mention.end > len(text):
            continue
        yield from (Token(m[0], part) for m in _TOKEN.finditer(low, position, mention.start))
        yield Token(mention.surface, part, mention)
        position = mention.end
    yield from (Token(m[0], part) for m in _TOKEN.finditer(low, position))
