"""What is left of a request that calls other machines once its calls are taken out: whether it is well formed.

The engine parses and answers in one step, so a request that must not be answered cannot be parsed by it as it stands.
Here each call is written as something local of the same grammar, and the engine has an empty store to answer from.
"""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.terms import PREFIXES

Token = tuple[str, str]
_CALLS = ("service", "load")


def check_rest(found: Sequence[Token], *, update: bool) -> None:
    """Parses a request whose calls of other machines are replaced; where more calls may hide in it, it is let be.

    Args:
        found: the request's tokens, see :func:`kg.store.guard.tokens`.
        update: whether it is an update.

    Raises:
        SyntaxError: it is not well formed, apart from what its calls may hide.
    """
    local = list(_local(found))
    text = "".join(text for _, text in local)
    # The engine reads character escapes as letters, so one may spell another call.
    names = [text.casefold() for kind, text in local if kind in {"word", "name"}]
    if "\\u" in text.casefold() or any(call in name for name in names for call in _CALLS):
        return
    store = ox.Store()
    # Relative IRIs are no mistake here, whatever they are resolved against.
    answer = store.update if update else store.query
    try:
        answer(text, base_iri="urn:base:", prefixes=PREFIXES)
    except (OSError, RuntimeError, ValueError):
        return


def _local(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens with GRAPH for SERVICE, and with COPY or CLEAR, by whether a target is given, for LOAD."""
    for index, (kind, text) in enumerate(found):
        word = text.casefold() if kind == "word" else ""
        before = _word(found, index, -1)
        if word == "service":
            yield kind, "GRAPH"
        elif word == "silent" and before in _CALLS:
            yield "other", " "
        elif word == "load":
            yield from ((kind, "COPY" if _is_loaded_into(found, index) else "CLEAR"), ("other", " "))
            yield from (("word", "SILENT"), ("other", " "), ("word", "GRAPH"))
        elif word == "into" and _word(found, index, 1) == "graph":
            yield (kind, "TO") if _is_loaded_from(found, index) else (kind, text)
        else:
            yield kind, text


def _word(found: Sequence[Token], index: int, step: int) -> str:
    """The nearest token before or behind a place that is no space or comment, in small letters; "" where none is."""
    index += step
    while 0 <= index < len(found):
        kind, text = found[index]
        if kind != "comment" and text.strip():
            return text.casefold()
        index += step
    return ""


def _is_loaded_into(found: Sequence[Token], index: int) -> bool:
    """Whether the LOAD at a place is followed by INTO before its operation ends."""
    for kind, text in found[index:]:
        if kind == "other" and text == ";":
            return False
        if kind == "word" and text.casefold() == "into":
            return True
    return False


def _is_loaded_from(found: Sequence[Token], index: int) -> bool:
    """Whether the INTO at a place belongs to a LOAD."""
    for kind, text in reversed(found[:index]):
        if kind == "other" and text == ";":
            return False
        if kind == "word" and text.casefold() == "load":
            return True
    return False
