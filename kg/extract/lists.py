"""Names in lists: which of a text's names stand together, and what is said of each in the brackets behind it."""

import re
from collections.abc import Iterator, Sequence

from kg.model import Mention, MentionKind

FAR = 60
_HEAD_SEPARATOR = re.compile(r"\s?(?:[,/&+]|and|or)?\s?(?:and|or)?\s?")
_BRACKETS = re.compile(r"\([^()]*\)")
_BEHIND = re.compile(r"\s?\(([^()]{3,70})\)")
_SIGNED = re.compile(r"\s?\([A-Z]{1,6}(?:[:.]\s?\w+)?\)")
# Between a list's names: separators, and brackets that say something of the name before.
_JOINT = re.compile(r"\s?(?:\([^()]*\)\s?)?(?:[,/&+;·]|and|or|,\s?and)?\s?(?:\+|and\s|or\s)?(?:the\s)?")
_LABEL_END = re.compile(r"^[^:()]{2,60}:\s(?:\+\s?)?")
_OPENED = re.compile(r"\((?:e\.g\.,?\s|such as\s|including\s|incl\.\s|like\s|i\.e\.,?\s)?$", re.IGNORECASE)
_CLOSED = re.compile(r"(?:,?\s?(?:etc\.?|and others|and more|others|\.\.\.|…))?\)")
_ENDED = re.compile(
    r"\s?(?:\([^()]*\)\s?)?(?:[.;,]?$|[,;]?\s?(?:etc\b|and (?:others|more)|among others|plus |\+ |- |[–—]))"
)
_SHORT = 12


def run(text: str, mentions: Sequence[Mention], kind: MentionKind, *, from_start: bool = False) -> list[Mention]:
    """The mentions of a kind that stand in one list: at the text's start, or from the first one on."""
    found: list[Mention] = []
    position = 0
    for mention in (m for m in mentions if m.kind is kind):
        between = _BRACKETS.sub("", text[position : mention.start])
        limit = 3 if from_start and not found else FAR
        if len(between.strip()) > limit or (found and re.search(r"[.;]\s", between)):
            break
        if from_start and found and not _HEAD_SEPARATOR.fullmatch(between.replace("(", "").replace(")", "")):
            break
        found.append(mention)
        position = mention.end
    return found


def inner(text: str, mentions: Sequence[Mention], kind: MentionKind) -> list[Mention]:
    """The names of an item that are a pure list behind its own label or in its only bracket.

    "Foundries: TSMC, UMC" and "Large banks (e.g., JPMorgan, Citi)" name examples of what the item speaks of.
    """
    named = [m for m in mentions if m.kind is kind]
    if not named:
        return []
    label = _LABEL_END.match(text)
    if label and label.end() == named[0].start:
        together = _joined(text, named)
        return together if together == named and _ENDED.match(text, together[-1].end) else []
    together = _joined(text, named)
    opened = _OPENED.search(text, 0, named[0].start)
    closed = _CLOSED.match(text, together[-1].end)
    return together if opened and opened.start() >= _SHORT and closed and len(text) - closed.end() < _SHORT else []


def _joined(text: str, named: Sequence[Mention]) -> list[Mention]:
    together = [named[0]]
    for mention in named[1:]:
        if not _JOINT.fullmatch(text, together[-1].end, mention.start):
            break
        together.append(mention)
    return together


def bracketed(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """Organisations with the words of the bracket right behind each ("Crown Castle (tower partner)")."""
    for mention in mentions:
        if mention.kind is not MentionKind.ORGANISATION:
            continue
        ticker = _SIGNED.match(text, mention.end)
        behind = _BEHIND.match(text, ticker.end() if ticker else mention.end)
        if behind is not None:
            yield mention, behind[1]
