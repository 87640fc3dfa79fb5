"""A sentence with each name as one character, so that one regular expression can speak of names and words alike.

Organisations, technologies and places are numbered from three ranges of Unicode's private use area. Everything else is lower
case with plain quotes and dashes; a conjunction that opens a new clause is one boundary character.
"""

import re
from dataclasses import dataclass

from kg.extract.gazetteer import fold
from kg.model import Mention, MentionKind
from kg.ontology.macros import BOUNDARY

_FIRST = {MentionKind.ORGANISATION: 0xE000, MentionKind.TECHNOLOGY: 0xE800, MentionKind.PLACE: 0xEC00}
_ROOM = {MentionKind.ORGANISATION: 0x800, MentionKind.TECHNOLOGY: 0x400, MentionKind.PLACE: 0x400}
_CLAUSE = re.compile(r", (?:while|whereas|but|although|though)\b|(?<=\w) (?:whereas|although)\b|(?<=\w) [—–] (?=\w)")
_POSSESSIVES = frozenset({"its", "our", "their"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence.

    Attributes:
        text: the masked text.
        offsets: for each character of it, and for its end, the offset in the block.
        mentions: private character → mention.
    """

    text: str
    offsets: tuple[int, ...]
    mentions: dict[str, Mention]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the block behind ``text[start:end]``."""
        last = self.text[end - 1]
        mention = self.mentions.get(last)
        return self.offsets[start], mention.end if mention else self.offsets[end - 1] + 1

    def group(self, start: int, end: int) -> list[Mention]:
        """The mentions in ``text[start:end]``, in order."""
        return [self.mentions[c] for c in self.text[start:end] if c in self.mentions]


def mask(text: str, start: int, end: int, mentions: list[Mention]) -> Masked:
    """Mask the sentence ``text[start:end]`` whose mentions are given in order; mentions outside it are ignored."""
    characters: list[str] = []
    offsets: list[int] = []
    table: dict[str, Mention] = {}
    counts = dict.fromkeys(_FIRST, 0)
    position = start
    for mention in mentions:
        if mention.start < position or mention.end > end:
            continue
        _copy(text, position, mention.start, characters, offsets)
        sign = chr(_FIRST[mention.kind] + counts[mention.kind] % _ROOM[mention.kind])
        counts[mention.kind] += 1
        table[sign] = mention
        characters.append(sign)
        offsets.append(mention.start)
        if mention.surface.lower() in _POSSESSIVES:
            characters += "'s"
            offsets += [mention.end - 1, mention.end - 1]
        position = mention.end
    _copy(text, position, end, characters, offsets)
    offsets.append(end)
    return _with_boundaries(Masked("".join(characters), tuple(offsets), table))


def _copy(text: str, start: int, end: int, characters: list[str], offsets: list[int]) -> None:
    if start < end:
        plain = fold(text[start:end]).replace("“", '"').replace("”", '"')
        characters.extend(_PRIVATE.sub(" ", plain))
        offsets.extend(range(start, end))


def _with_boundaries(masked: Masked) -> Masked:
    characters: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _CLAUSE.finditer(masked.text):
        characters += [*masked.text[position : match.start()], BOUNDARY]
        offsets += masked.offsets[position : match.start() + 1]
        position = match.end()
    characters += masked.text[position:]
    offsets += masked.offsets[position:]
    return Masked("".join(characters), tuple(offsets), masked.mentions)
