"""Sentences of a block."""

import re

_END = re.compile(
    r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|(?:\\[nrt])+(?:\s*[-*•]\s)?|\s[-•]\s(?=20\d\d-\d\d)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|Bros|Mr|Ms|Mrs|Dr|Prof|St|No|Nos|Fig|vs|etc|e\.g|i\.e|approx|est|Sen|Gov|Jan|Feb|Aug|Sept?|"
    r"Oct|Nov|Dec|U\.S|U\.K|N\.V|S\.A|a\.m|p\.m)|\b[A-Z])\.$"
)
_QUESTION = re.compile(r"\?[\"”’')\]]*,?\s*$")
_LONGEST = 1200


def sentence_spans(text: str) -> list[tuple[int, int]]:
    r"""The sentences of a text as offsets, in order, white space around them left out.

    A line break that stands escaped in the text ("\n") ends one. A period behind an abbreviation ends no sentence,
    except behind a legal form when a new sentence plainly follows. A stretch of more than 1,200 characters without an
    end is cut at white space, so that one hostile line cannot make the later steps slow.
    """
    spans = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return [piece for span in spans for piece in _pieces(text, *span)]


def is_question(text: str, start: int, end: int) -> bool:
    """Whether the sentence ``text[start:end]`` asks, and so states nothing."""
    return _QUESTION.search(text, start, end) is not None


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    return [span for span in (_trim(text, *piece) for piece in pieces) if span[0] < span[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    stripped = text[start:end]
    left = len(stripped) - len(stripped.lstrip())
    return start + left, start + len(stripped.rstrip())
