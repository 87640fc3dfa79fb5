"""Takes the markup out of a line or paragraph and remembers where each character came from.

Markdown libraries give line numbers for blocks but no offsets for inline text, and every quote here must point at its
characters. Hence this scanner: one pass finds the marks, each becomes a cut, and what is left is copied with its
offsets. It never looks back over text that it has passed, so hostile input costs no more than its length.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from html import unescape

from kg.documents.base import Span

Runs = tuple[tuple[int, int], ...]
Edit = tuple[int, int, str]

_MARK = re.compile(
    r"https?://[^\s<>\[\]()|*`\"]+"
    r"|\\[!-/:-@\[-`{-~]"
    r"|`+|<|&|!\[|\[|\]|\*+|_+|~~+|==|\{[{%:#.]|[\u200b\u2060\ufeff\u00ad]"
)
_WIKI = re.compile(r"\[\[([^\[\]|\n\\]*+)(\\?\|)?([^\[\]|\n]*+)\]\]")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]*+\]")
_DESTINATION = re.compile(
    r"\(\s*+(?:<[^<>\n]*+>|(?:[^\s()<>]|\([^\s()]*+\))*+)(?:\s++(?:\"[^\"]*+\"|'[^']*+'))?+\s*+\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]*+)\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]*+|[\w.+-]++@[\w.-]++)>")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])[^<>]*+>")
_NOTE_TAG = re.compile(r"<sup>(?:<a\b[^<>]*+>)?\[?\d{1,3}\]?(?:</a>)?</sup>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TEMPLATE = re.compile(
    r"\{:[^{}\n]*+\}|\{\{[^{}]*+\}\}|\{%[^{}%]*+%\}|\{[#.][\w\s.#=\"'-]*+\}",
)
_GAP = re.compile(r"\s{2,}|[^\S ]")
_LABEL_LIMIT = 200
_BREAKING_TAGS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img legend li link main meta nav object ol option p "
        "picture pre script section select source style summary svg table tbody td template tfoot th thead title tr "
        "ul video",
    )
)
_INLINE_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big button cite code data del dfn em font i input ins kbd label mark math noscript "
        "path q rect rp rt ruby s samp small span strike strong sub sup time tt u use var wbr",
    )
)


def plain(field: str, spans: Sequence[Span], labels: frozenset[str] = frozenset()) -> tuple[str, Runs]:
    """The text of ``spans`` of ``field`` without markup, and its runs (see ``kg.model.Block``).

    Spans are joined by a space; white space is folded to single spaces and trimmed. ``labels`` are the names of the
    link references that the document defines, in lower case.
    """
    if len(spans) == 1:
        start, end = spans[0]
        work = field[start:end]
        sources = [(0, start)]
    else:
        work, sources = _join(field, spans)
    return _compose(work, _Marks(work, labels).edits(), sources)


def _join(field: str, spans: Sequence[Span]) -> tuple[str, list[tuple[int, int]]]:
    pieces, sources, length = [], [], 0
    for start, end in spans:
        sources.append((length, start))
        pieces.append(field[start:end])
        length += end - start + 1
    return " ".join(pieces), sources


class _Marks:
    """Finds the marks of one text; ``edits`` says what to cut or replace."""

    def __init__(self, work: str, labels: frozenset[str]) -> None:
        self._work = work
        self._labels = labels
        self._edits: list[Edit] = []
        self._brackets: list[tuple[int, bool]] = []
        self._openers: dict[str, list[Span]] = {"*": [], "_": [], "~": [], "=": []}
        self._ticks: dict[int, list[int]] | None = None
        self._no_comment_end = False
        self._handlers: dict[str, Callable[[int, str], int]] = {
            "\\": self._escape,
            "`": self._code,
            "<": self._angle,
            "&": self._entity,
            "!": self._image,
            "[": self._open,
            "]": self._close,
            "{": self._template,
        }

    def edits(self) -> list[Edit]:
        """Edits in ascending order; one inside another is to be passed over."""
        position = 0
        while match := _MARK.search(self._work, position):
            start, mark = match.start(), match.group()
            if mark[0] in self._openers:
                self._emphasis(start, mark)
                position = match.end()
            elif mark[0] in self._handlers:
                position = self._handlers[mark[0]](start, mark)
            else:
                if mark[0] != "h":
                    self._cut(start, match.end())
                position = match.end()
        for start, end in self._openers["*"]:
            self._drop_stray(start, end)
        return sorted(self._edits, key=lambda edit: (edit[0], -edit[1]))

    def _cut(self, start: int, end: int, replacement: str = "") -> None:
        if end > start:
            self._edits.append((start, end, replacement))

    def _escape(self, start: int, mark: str) -> int:
        self._cut(start, start + 1)
        return start + len(mark)

    def _code(self, start: int, mark: str) -> int:
        if self._ticks is None:
            self._ticks = {}
            for run in re.finditer("`+", self._work):
                self._ticks.setdefault(run.end() - run.start(), []).append(run.start())
        same = self._ticks.get(len(mark), [])
        index = bisect_right(same, start)
        if index == len(same):
            return start + len(mark)
        end = same[index]
        self._cut(start, start + len(mark))
        self._cut(end, end + len(mark))
        return end + len(mark)

    def _angle(self, start: int, mark: str) -> int:
        if self._work.startswith("<!--", start):
            return self._comment(start)
        if match := _AUTOLINK.match(self._work, start):
            self._cut(start, start + 1)
            self._cut(match.end() - 1, match.end())
            return match.end()
        if match := _NOTE_TAG.match(self._work, start):
            self._cut(start, match.end())
            return match.end()
        match = _TAG.match(self._work, start)
        name = match.group(1).lower() if match else ""
        if match and (name in _BREAKING_TAGS or name in _INLINE_TAGS):
            self._cut(start, match.end(), " " if name in _BREAKING_TAGS else "")
            return match.end()
        return start + len(mark)

    def _comment(self, start: int) -> int:
        end = -1 if self._no_comment_end else self._work.find("-->", start + 4)
        if end < 0:
            self._no_comment_end = True
            return start + 4
        self._cut(start, end + 3)
        return end + 3

    def _entity(self, start: int, mark: str) -> int:
        match = _ENTITY.match(self._work, start)
        if not match:
            return start + len(mark)
        decoded = unescape(match.group())
        if decoded != match.group():
            self._cut(start, match.end(), decoded)
        return match.end()

    def _template(self, start: int, mark: str) -> int:
        match = _TEMPLATE.match(self._work, start)
        if not match:
            return start + len(mark)
        self._cut(start, match.end())
        return match.end()

    def _image(self, start: int, mark: str) -> int:
        if match := _WIKI.match(self._work, start + 1):
            self._cut(start, match.end())
            return match.end()
        self._brackets.append((start, True))
        return start + len(mark)

    def _open(self, start: int, mark: str) -> int:
        if match := _WIKI.match(self._work, start):
            self._cut(start, match.start(3) if match.group(2) else start + 2)
            self._cut(match.end() - 2, match.end())
            return match.end()
        if match := _FOOTNOTE.match(self._work, start):
            return match.end()
        self._brackets.append((start, False))
        return start + len(mark)

    def _close(self, end: int, mark: str) -> int:
        after = end + len(mark)
        if not self._brackets:
            return after
        start, image = self._brackets.pop()
        target = self._target_end(start + (2 if image else 1), end)
        if target is None:
            return after
        if image:
            self._cut(start, target)
            self._forget_openers(start)
        elif self._work[start + 1 : min(end, start + 5)].isdigit() and end - start <= 5:
            self._cut(after, target)
        else:
            self._cut(start, start + 1)
            self._cut(end, target)
        return target

    def _target_end(self, text_start: int, text_end: int) -> int | None:
        """Where the link ends whose text was given; None where it is none."""
        if match := _DESTINATION.match(self._work, text_end + 1):
            return match.end()
        if not self._labels or text_end - text_start > _LABEL_LIMIT:
            return None
        text = self._work[text_start:text_end]
        match = _REFERENCE.match(self._work, text_end + 1)
        if match and (match.group(1) or text).strip().lower() in self._labels:
            return match.end()
        return text_end + 1 if text.strip().lower() in self._labels else None

    def _emphasis(self, start: int, mark: str) -> None:
        """Pairs runs of *, _, ~~ and == with the nearest opener; more forgiving than Markdown for ``**bold:**text``."""
        char, end = mark[0], start + len(mark)
        before = self._work[start - 1] if start else " "
        after = self._work[end] if end < len(self._work) else " "
        closes, opens = not before.isspace(), not after.isspace()
        if char == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        elif (char == "*" and before.isdigit() and after.isdigit()) or (char != "*" and len(mark) != 2):
            return
        if closes:
            start = self._pair(char, start, end)
        if start == end:
            return
        if opens:
            self._openers[char].append((start, end))
        elif char == "*":
            self._drop_stray(start, end)

    def _pair(self, char: str, start: int, end: int) -> int:
        """Closes as many openers as the run reaches; gives where its unused rest begins."""
        stack = self._openers[char]
        while start < end and stack:
            opener_start, opener_end = stack.pop()
            count = min(end - start, opener_end - opener_start)
            self._cut(opener_end - count, opener_end)
            self._cut(start, start + count)
            start += count
            self._forget_openers(opener_start)
            if opener_end - count > opener_start:
                stack.append((opener_start, opener_end - count))
        return start

    def _forget_openers(self, start: int) -> None:
        for stack in self._openers.values():
            while stack and stack[-1][0] > start:
                stack.pop()

    def _drop_stray(self, start: int, end: int) -> None:
        """A lone ``**`` is a leftover of bold text that was cut; a lone ``*`` is a footnote mark and stays."""
        if end - start >= 2:
            self._cut(start, end)


def _compose(work: str, edits: list[Edit], sources: list[tuple[int, int]]) -> tuple[str, Runs]:
    out = _Output(work, sources)
    position = 0
    for start, end, replacement in edits:
        if start < position:
            continue
        out.copy(position, start)
        if replacement:
            out.put(replacement, start)
        position = end
    out.copy(position, len(work))
    return out.result()


class _Output:
    """Collects text and runs, folding white space over the seams."""

    def __init__(self, work: str, sources: list[tuple[int, int]]) -> None:
        self._work = work
        self._sources = sources
        self._source = 0
        self._pieces: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._length = 0
        self._spaced = True

    def copy(self, start: int, end: int) -> None:
        """Copies a stretch of the work text."""
        position = start
        while position < end:
            gap = _GAP.search(self._work, position, end)
            stop = gap.start() if gap else end
            if self._spaced and position < stop and self._work[position] == " ":
                position += 1
            self._emit(position, stop)
            if not gap:
                return
            self._space(gap.start())
            position = gap.end()

    def put(self, text: str, at: int) -> None:
        """Puts a replacement for what stands at ``at``."""
        if text.isspace():
            self._space(at)
            return
        self._run(at)
        self._add(text)

    def result(self) -> tuple[str, Runs]:
        """The text, trimmed, and its runs."""
        text = "".join(self._pieces).rstrip(" ")
        while self._runs and self._runs[-1][0] >= len(text):
            self._runs.pop()
        return text, tuple(self._runs)

    def _space(self, at: int) -> None:
        if not self._spaced:
            self._run(at)
            self._add(" ")

    def _emit(self, start: int, end: int) -> None:
        while start < end:
            self._run(start)
            last = self._source + 1 == len(self._sources)
            stop = end if last else min(end, self._sources[self._source + 1][0])
            self._add(self._work[start:stop])
            start = stop

    def _run(self, at: int) -> None:
        while self._source + 1 < len(self._sources) and self._sources[self._source + 1][0] <= at:
            self._source += 1
        work_start, source_start = self._sources[self._source]
        source = source_start + at - work_start
        if self._runs:
            length, previous = self._runs[-1]
            if previous - length == source - self._length:
                return
        self._runs.append((self._length, source))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._spaced = text.endswith(" ")
