"""What a block stands in: whom the document and the section are about, and whom "the company" means."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.gazetteer import fold
from kg.extract.mentions import name_key
from kg.model import Block, BlockKind, Document, Mention, MentionKind, Quote

_AROUND_NAME = re.compile(
    r"(?:(?:rank|no|pick|case(?: study)?|company|stock|tier|part|section)?[\W\d]*)?"
    r"(?:\([^()]*\)|[A-Z]{2,6}:\s?[\w.]+|profile|overview|research notes|company|deep dive|analysis)?[\W\d]*",
    re.IGNORECASE,
)
# Behind a name that an entry of a list of companies begins with: "Fabrinet (FN) — contract manufacturer".
_ENTRY = re.compile(r"(?:\s?\([^()]{1,60}\))?\s?(?:[-—–:|]|$)")
_NUMBERED = re.compile(r"(?:(?:rank|no\.?|pick|company|stock|part|section)\s)?[\d.\-]*[.:)]?\s?", re.IGNORECASE)
_OPENING = re.compile(r"(?:\s?\([^()]{0,80}\)){0,2},?\s?(?:[—–]|\b(?:is|was|are) (?:a|an|the|one|among)\b|\bis \w+'s )")
_RECORD = re.compile(r"(?:\w+: \S+ )?(?:company[ _])?name: [\"']?")
_OWN_NAME = re.compile(
    r"(?:company|name|company name|ticker|symbol|also known as|full name|legal name|"
    r"issuer)",
    re.IGNORECASE,
)
_COPULA = re.compile(r" (?:is|are|was|were|remains?|became|becomes) (?:now |also |still |among |one of )?")
_BOLD = "**"
_LONGEST_ROW = 500
_LONG_QUOTE = 420
_DOMINANT = 0.35
_CLEAR = 0.2
_RUNNING = 0.45
_HEADING_WEIGHT = 2
_ANNOUNCED = 60
_APPOSED = re.compile(r"\s?,\s")
_JOINED = re.compile(r",?\s?(?:and|or|,|/|&)\s?(?:and\s|or\s)?")
_WE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_LEAST_WE = 6
_MOST_APART = 400
_NEAR = 25
_IN_LIST = re.compile(
    r"(?:[,/&(]|\b(?:and|or|as|including|include|from|by|with|to|against|like|of|than|for|in|at|between))\s?(?:the )?$"
)
_LISTED = re.compile(r"-|\s?(?:\([^()]*\))?\s?(?:[,/]|and\b|or\b)")
_FIRST_PERSON = frozenset({"we", "our", "us"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody that a stretch of the document is about, and the place that says so.

    Attributes:
        mention: the organisation; its offsets are those in ``block``.
        block: number of the block that names it.
        sole: whether that block is hardly more than the name, as in a profile or under a heading "TSMC".
    """

    mention: Mention
    block: int
    sole: bool


def own_subject(block: Block, mentions: Sequence[Mention], number: int) -> Subject | None:
    """The organisation that a title or heading puts first, if it names one alone there."""
    organisations = [m for m in mentions if m.kind is MentionKind.ORGANISATION]
    if not organisations:
        return None
    keys = {name_key(m) for m in organisations}
    first = organisations[0]
    rest = block.text[: first.start] + _without(block.text, organisations)
    sole = len(keys) == 1 and _is_headed(block, first, rest)
    return Subject(first, number, sole)


def _is_headed(block: Block, name: Mention, rest: str) -> bool:
    """Whether a heading is hardly more than a name, or puts it before a colon or dash."""
    if _AROUND_NAME.fullmatch(rest):
        return True
    leads = block.kind is BlockKind.HEADING and _NUMBERED.fullmatch(block.text, 0, name.start)
    return bool(leads) and _ENTRY.match(block.text, name.end) is not None


def _without(text: str, mentions: Sequence[Mention]) -> str:
    pieces = []
    position = mentions[0].start
    for mention in mentions:
        pieces.append(text[position : mention.start])
        position = mention.end
    return " ".join([*pieces, text[position:]])


def document_subject(
    document: Document, mentions: Sequence[Sequence[Mention]], publishers: frozenset[str] = frozenset()
) -> Subject | None:
    """Whom the document is about.

    The title's first organisation; else the one that the first lines define ("Foxconn — ..."); else the one that a
    table of key facts names as its own; else the one that dominates the text, or who "we" are where the text speaks so.
    Publishers (by key) are no subjects.
    """
    rows = [[m for m in row if m.key not in publishers] for row in mentions]
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.TITLE or (block.kind is BlockKind.HEADING and number < 3):
            subject = own_subject(block, rows[number], number)
            if subject and (subject.sole or not _joined(block.text, subject.mention, rows[number])):
                return subject
            if subject:
                return None
    most = _speaking if is_first_person(document) else _dominant
    return _defined(document, rows) or _stated(document, rows) or most(document, rows)


def is_first_person(document: Document) -> bool:
    """Whether the document speaks of its own company as "we", as an annual report does."""
    spoken = sum(len(_WE.findall(block.text)) for block in document.blocks)
    return spoken >= _LEAST_WE and spoken * _MOST_APART >= sum(len(block.text) for block in document.blocks)


def _speaking(document: Document, mentions: Sequence[Sequence[Mention]]) -> Subject | None:
    """Who "we" are: the organisation most often named outside lists and not behind a preposition.

    Those that a report in the first person names otherwise, its rivals and suppliers, stand in lists, and its units
    in headings.
    """
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, Mention]] = {}
    for number, row in enumerate(mentions):
        text = document.blocks[number].text
        if document.blocks[number].kind is BlockKind.HEADING:
            continue
        for mention in row:
            before = text[max(0, mention.start - _NEAR) : mention.start]
            if mention.kind is MentionKind.ORGANISATION and not (
                _IN_LIST.search(before) or _LISTED.match(text, mention.end)
            ):
                counts[name_key(mention)] += 1
                first.setdefault(name_key(mention), (number, mention))
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    number, mention = first[ranked[0][0]]
    return Subject(mention, number, False)


def _defined(document: Document, mentions: Sequence[Sequence[Mention]]) -> Subject | None:
    """The organisation that one of the first paragraphs defines in its first words."""
    for number, block in enumerate(document.blocks[:3]):
        first = mentions[number][0] if mentions[number] else None
        if first is None or block.kind is not BlockKind.PARAGRAPH or first.kind is not MentionKind.ORGANISATION:
            continue
        named = next((m for m in mentions[number] if _RECORD.fullmatch(block.text, 0, m.start)), None)
        if named is not None and named.kind is MentionKind.ORGANISATION:
            return Subject(named, number, False)
        if first.start == 0 and _OPENING.match(block.text, first.end):
            return Subject(first, number, False)
    return None


def _stated(document: Document, mentions: Sequence[Sequence[Mention]]) -> Subject | None:
    """The organisation in a table's row "Company", "Also known as" or the like."""
    for number, block in enumerate(document.blocks):
        if block.cell is None or block.cell.column != 1 or not _OWN_NAME.fullmatch(block.cell.row_header.strip()):
            continue
        first = next((m for m in mentions[number] if m.kind is MentionKind.ORGANISATION), None)
        if first is not None:
            return Subject(first, number, False)
    return None


def _joined(text: str, first: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the first name of a title is joined with another by a slash or comma: then it is about several."""
    return any(
        m is not first
        and m.kind is MentionKind.ORGANISATION
        and re.fullmatch(r"\s?(?:[,/&]|and)\s?", text[first.end : m.start])
        for m in mentions
    )


def _dominant(document: Document, mentions: Sequence[Sequence[Mention]]) -> Subject | None:
    """The organisation named far more often than any other; headings weigh more.

    Lists and tables name many others; where they do, the one that leads in the running text.
    """
    counts: Counter[str] = Counter()
    running: Counter[str] = Counter()
    first: dict[str, tuple[int, Mention]] = {}
    for number, row in enumerate(mentions):
        kind = document.blocks[number].kind
        for key, mention in ((name_key(m), m) for m in row if m.kind is MentionKind.ORGANISATION):
            counts[key] += _HEADING_WEIGHT if kind is BlockKind.HEADING else 1
            running[key] += kind is BlockKind.PARAGRAPH
            first.setdefault(key, (number, mention))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 3:
        return None
    (key, count), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    share = count / sum(counts.values())
    if (share < _DOMINANT or count < 1.25 * second) and (share < _CLEAR or count < 2 * second):
        leads = running[key] >= 3 and running[key] >= _RUNNING * sum(running.values())
        if not leads or count == second:
            return None
    return Subject(first[key][1], first[key][0], False)


class Reader:
    """Walks through a document's blocks and knows, at each, whom the text is about."""

    def __init__(
        self, document: Document, mentions: Sequence[Sequence[Mention]], publishers: frozenset[str] = frozenset()
    ) -> None:
        self._document = document
        self._mentions = mentions
        self.about = document_subject(document, mentions, publishers)
        self._first_person = is_first_person(document)
        self._sections: dict[int, Subject] = {}
        self._entries: dict[int, Subject] = {}
        self._last: Subject | None = None
        self._path: tuple[str, ...] = ()

    def enter(self, number: int) -> None:
        """Go to a block; blocks are entered in order."""
        block = self._document.blocks[number]
        if block.kind is BlockKind.HEADING:
            self._sections = {level: s for level, s in self._sections.items() if level < block.level}
            subject = own_subject(block, self._mentions[number], number)
            if subject and subject.sole:
                self._sections[block.level] = subject
            self._last = None
        self._begin(number)
        if block.kind in (BlockKind.ITEM, BlockKind.CELL) or block.headings != self._path:
            self._last = None
        self._path = block.headings

    def _begin(self, number: int) -> None:
        """Note whom the list below a block is about that begins with a name ("Fabrinet (FN) — contract manufacturer").

        A paragraph's list is what follows it, an item's what is nested below it.
        """
        blocks = self._document.blocks
        level = blocks[number].level if blocks[number].kind is BlockKind.ITEM else 0
        if blocks[number].kind is BlockKind.CELL:
            return
        self._entries = {at: subject for at, subject in self._entries.items() if at < level}
        below = blocks[number + 1] if number + 1 < len(blocks) else None
        if below is None or below.kind is not BlockKind.ITEM or below.level <= level:
            return
        subject = own_subject(blocks[number], self._mentions[number], number)
        if subject and subject.mention.start == 0 and _ENTRY.match(blocks[number].text, subject.mention.end):
            self._entries[level] = subject

    @property
    def section(self) -> Subject | None:
        """Whom the section is about: a list's company, else the innermost heading's, else the document's."""
        if self._entries:
            return self._entries[max(self._entries)]
        return self._sections[max(self._sections)] if self._sections else self.about

    @property
    def speaker(self) -> Subject | None:
        """Whom "we" means: in a document in the first person its company under every heading, else the section's."""
        return self.about if self._first_person and self.about else self.section

    @property
    def antecedent(self) -> Subject | None:
        """Whom a pronoun at the start of the next sentence means."""
        return self._last or self.section

    def heard(self, number: int, sentence: Sequence[Mention], others: re.Pattern[str]) -> None:
        """Take note of a sentence's organisations: its first one is whom the next sentence's pronoun means.

        Not so where words before it announce somebody else than the sentence's subject ("Competitors include X").
        """
        first = next((m for m in sentence if m.kind is MentionKind.ORGANISATION), None)
        text = self._document.blocks[number].text
        if first is not None and not others.search(fold(text[max(0, first.start - _ANNOUNCED) : first.start])):
            self._last = Subject(first, number, False)


def pronouns(
    text: str,
    span: tuple[int, int],
    mentions: Sequence[Mention],
    pattern: re.Pattern[str],
    antecedent: Subject | None,
    speaker: Subject | None,
) -> list[Mention]:
    """The sentence's mentions with "the company", "its" and their like as mentions of whom they mean.

    A pronoun means the nearest organisation before it in its sentence, else the antecedent: also behind "X is", since
    in "X remains its rival" it cannot mean X. "We" means the speaker.
    One that means nobody stays a word.

    Args:
        text: the block's text.
        span: where the sentence begins and ends.
        mentions: the block's mentions.
        pattern: what pronouns look like.
        antecedent: whom a pronoun at the sentence's start means.
        speaker: whom the document is about.
    """
    start, end = span
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    found = list(inside)
    for match in pattern.finditer(fold(text[start:end])):
        first, last = start + match.start(), start + match.end()
        if any(m.start < last and first < m.end for m in inside):
            continue
        before = [m for m in inside if m.end <= first and m.kind is MentionKind.ORGANISATION]
        if before and _APPOSED.fullmatch(text, before[-1].end, first):
            before = _without_last_list(text, before)
            antecedent = speaker or antecedent
        if before and _COPULA.fullmatch(text, before[-1].end, first):
            before = []
        meant = before[-1] if before else (antecedent.mention if antecedent else None)
        if match[0].strip() in _FIRST_PERSON:
            meant = speaker.mention if speaker else None
        if meant is not None:
            found.append(replace(meant, surface=text[first:last], start=first, end=last))
    return sorted(found, key=lambda m: m.start)


def _without_last_list(text: str, organisations: Sequence[Mention]) -> list[Mention]:
    """The organisations before the list that the last one closes: in "X and Y, its rivals" neither is "its"."""
    rest = list(organisations[:-1])
    last = organisations[-1]
    while rest and _JOINED.fullmatch(text, rest[-1].end, last.start):
        last = rest.pop()
    return rest


def quote(document: Document, number: int, start: int, end: int) -> Quote:
    """The quote behind ``text[start:end]`` of a block; for a table's cell, of its whole row if that is not long.

    A cell alone seldom shows a claim: the name stands in the row's first cell, what is said of it in another.
    """
    block = document.blocks[number]
    if block.cell is None:
        return _quoted(document, block, *block.source_span(start, end))
    first, last = _row_span(document.blocks, number)
    if last - first > _LONGEST_ROW:
        first, last = block.source_span(start, end)
    return _quoted(document, block, first, last)


def naming(document: Document, number: int, mention: Mention) -> Quote:
    """The quote of a place that names somebody: the whole block if it is short, else the name alone."""
    text = document.blocks[number].text
    if len(text) <= _LONG_QUOTE:
        return quote(document, number, 0, len(text))
    return quote(document, number, mention.start, mention.end)


def _quoted(document: Document, block: Block, first: int, last: int) -> Quote:
    place = (block.cell.table, block.cell.row, block.cell.column) if block.cell else None
    field = document.fields[block.pointer]
    first, last = _with_marks(field, first, last)
    return Quote(field[first:last], first, last, block.pointer, place)


def _with_marks(field: str, first: int, last: int) -> tuple[int, int]:
    """A stretch with the mark of emphasis just outside that pairs with one inside: no quote holds half a pair."""
    if field.count(_BOLD, first, last) % 2:
        if field.startswith(_BOLD, max(0, first - len(_BOLD))) and first >= len(_BOLD):
            return first - len(_BOLD), last
        if field.startswith(_BOLD, last):
            return first, last + len(_BOLD)
    return first, last


def _row_span(blocks: Sequence[Block], number: int) -> tuple[int, int]:
    """The stretch of the source field that holds the row of a cell; the cells of a row are neighbours."""
    spans = [blocks[n].source_span(0, len(blocks[n].text)) for n in _row_of(blocks, number)]
    return min(first for first, _ in spans), max(last for _, last in spans)


def _row_of(blocks: Sequence[Block], number: int) -> list[int]:
    found = [number]
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(blocks) and _same_row(blocks[number], blocks[other]):
            found.append(other)
            other += step
    return found


def _same_row(one: Block, other: Block) -> bool:
    if one.cell is None or other.cell is None or one.pointer != other.pointer:
        return False
    return (one.cell.table, one.cell.row) == (other.cell.table, other.cell.row)
