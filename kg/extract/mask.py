"""A sentence with each name as one character, so that one regular expression can speak of names and words alike.

Organisations, pronouns that mean one, technologies and places are numbered from ranges of Unicode's private use area.
Everything else is lower case with plain quotes and dashes; a conjunction that opens a new clause is one boundary
character.
"""

import re
from collections import Counter
from dataclasses import dataclass

from kg.extract.clauses import clause_end, clause_start
from kg.extract.gazetteer import fold
from kg.extract.mentions import name_key
from kg.model import Mention, MentionKind
from kg.ontology.macros import BOUNDARY, NAMED, PLACE, PRONOUN, TECHNOLOGY

_RANGES = {
    MentionKind.ORGANISATION: (ord(NAMED[0]), 0x700),
    MentionKind.TECHNOLOGY: (ord(TECHNOLOGY[0]), 0x400),
    MentionKind.PLACE: (ord(PLACE[0]), 0x400),
}
_PRONOUNS = (ord(PRONOUN[0]), 0x100)
_CLAUSE = re.compile(r", (?:while|whereas|but|although|though)\b|(?<=\w) (?:whereas|although)\b|(?<=\w) [—–] (?=\w)")
_POSSESSIVES = frozenset({"its", "our", "their"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# What stands behind an organisation's name and says nothing more about it: a legal form, a share in a list of shares.
_BEHIND_NAME = re.compile(
    r"(?:,? (?:Company|Co|Inc|Incorporated|Ltd|Limited|Corp|Corporation|LLC|AG|SE|plc|N\.V|S\.A)\b\.?)*(?:\.(?=,))?"
    r"(?:\s\(?[~≈]?\d+(?:\.\d+)?\s?%\)?(?=\s?(?:,|\+|and\b)))?"
)
_BRACKET = re.compile(r"\s?\(\W{0,2}(?:the |or )?")
_BRACKET_END = re.compile(r"(?:\.[A-Z]{1,3})?[^\w()]{0,2}\)")
_OR = re.compile(r",? (?:or|aka|also known as) [\"“]?")
_OR_END = re.compile(r"[\"”]?,?(?=\s)")


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence.

    Attributes:
        text: the masked text.
        offsets: for each character of it, and for its end, the offset in the block.
        mentions: private character → mention.
        words: the sentence in lower case, technologies and all, for conditions on its words.
    """

    text: str
    offsets: tuple[int, ...]
    mentions: dict[str, Mention]
    words: str = ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the block behind ``text[start:end]``."""
        last = self.text[end - 1]
        mention = self.mentions.get(last)
        return self.offsets[start], mention.end if mention else self.offsets[end - 1] + 1

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the block that holds ``text[start:end]`` and reaches to the ends of its clauses."""
        return self.offsets[clause_start(self.text, start)], self.offsets[clause_end(self.text, end)]

    def group(self, start: int, end: int) -> list[Mention]:
        """The mentions in ``text[start:end]``, in order."""
        return [self.mentions[c] for c in self.text[start:end] if c in self.mentions]


def mask(text: str, start: int, end: int, mentions: list[Mention]) -> Masked:
    """Mask the sentence ``text[start:end]`` whose mentions are given in order; mentions outside it are ignored."""
    characters: list[str] = []
    offsets: list[int] = []
    table: dict[str, Mention] = {}
    counts: Counter[int] = Counter()
    position = start
    last: Mention | None = None
    for mention in mentions:
        if mention.start < position or mention.end > end:
            continue
        again = _restated(text, last, mention) if last else 0
        if again:
            position = again
            continue
        _copy(text, position, mention.start, characters, offsets)
        first, room = _range_of(mention)
        sign = chr(first + counts[first] % room)
        counts[first] += 1
        table[sign] = mention
        characters.append(sign)
        offsets.append(mention.start)
        if mention.surface.lower() in _POSSESSIVES:
            characters += "'s"
            offsets += [mention.end - 1, mention.end - 1]
        position = mention.end
        last = mention
        if mention.kind is MentionKind.ORGANISATION and not mention.is_pronoun:
            behind = _BEHIND_NAME.match(text, position, end)
            position = behind.end() if behind else position
    _copy(text, position, end, characters, offsets)
    offsets.append(end)
    return _with_boundaries(Masked("".join(characters), tuple(offsets), table, fold(text[start:end])))


def _restated(text: str, last: Mention, mention: Mention) -> int:
    """Where to go on behind a name that only repeats the one before it ("Long (L)", "Long, or L,"), else 0."""
    if mention.is_pronoun or last.is_pronoun or mention.kind is not last.kind or name_key(mention) != name_key(last):
        return 0
    for before, after in ((_BRACKET, _BRACKET_END), (_OR, _OR_END)):
        opened = before.match(text, last.end)
        closed = after.match(text, mention.end) if opened and opened.end() == mention.start else None
        if closed:
            return closed.end()
    return 0


def _range_of(mention: Mention) -> tuple[int, int]:
    """First character and size of the range that a mention is numbered from."""
    if mention.kind is MentionKind.ORGANISATION and mention.is_pronoun:
        return _PRONOUNS
    return _RANGES[mention.kind]


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
    return Masked("".join(characters), tuple(offsets), masked.mentions, masked.words)
