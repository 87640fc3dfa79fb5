"""Keeps queries inside the store, and turns the engine's words on a broken query into one line."""

import re
from collections.abc import Iterator, Sequence

from kg.errors import QueryError, RefusedQueryError
from kg.store.calls import check_rest

# Stretches of a query in which a word is no keyword, longest forms first; then words; then any other character.
_TOKEN = re.compile(
    r"""
    (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
  | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\" | '''(?:[^\\]|\\.)*?''' | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
  | (?P<name>[\w.\-]*:(?:[\w.\-:%]|\\.)*)
  | (?P<word>@?[^\W\d]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# The letters first: the engine of expressions finds them fast, and looks round them only there.
_MAYBE_FROM = re.compile(r"from(?<![^\W\d]from)(?!\w)")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_AN_END = re.compile(r"[.\\]")
_UPDATES = frozenset({"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"})
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LONGEST_HINT = 120
# The engine crashes on about five times as much.
_OPENING, _CLOSING, _OPERATORS = "([{", ")]}", "!+-*/|&^"
_DEEPEST, _MOST_GROUPS, _MOST_WORDS, _MOST_OPERATORS = 100, 200, 1000, 1000
# Words are at least one character apart, so that no shorter text has too many.
_SHORT = 2 * _MOST_WORDS - 1


def tokens(sparql: str) -> Iterator[tuple[str, str]]:
    """Pairs (kind, text) that make up a query; kinds are ``iri string comment variable name word other``."""
    for match in _TOKEN.finditer(sparql):
        yield match.lastgroup or "other", match.group()


def check_query(sparql: str) -> None:
    """Refuses a query that changes data, would have the engine call another machine, or would exhaust its stack.

    Character escapes are looked through, whether or not the engine reads them as letters.

    Raises:
        RefusedQueryError: it is well formed and calls another machine.
        QueryError: it is refused for another reason.
    """
    if _is_harmless(sparql):
        return
    for found in _readings(sparql, update=False):
        if _first_verb(_words(found)) in _UPDATES:
            raise QueryError("This is an update and queries only read; use SELECT, ASK, CONSTRUCT or DESCRIBE")


def check_update(sparql: str) -> None:
    """Refuses an update that would have the engine call another machine or read a file, or would exhaust its stack.

    Raises:
        RefusedQueryError: it is well formed and calls another machine or reads a file.
        QueryError: it is refused for another reason.
    """
    for found in _readings(sparql, update=True):
        if _calls("load", found):
            _check_rest(found, update=True)
            told = "LOAD is not allowed: updates stay inside the store; use INSERT DATA, or `kg add`"
            raise RefusedQueryError(told)


def _is_harmless(sparql: str) -> bool:
    """Whether a glance tells that a query is let through: taking it apart costs more than many an answer."""
    folded = sparql.casefold()
    return (
        len(sparql) <= _SHORT
        and "\\" not in sparql
        and "service" not in folded
        and not any(verb in folded for verb in _UPDATES)
        and sum(map(sparql.count, _OPENING)) <= _DEEPEST
        and sum(map(sparql.count, _OPERATORS)) <= _MOST_OPERATORS
    )


def _readings(sparql: str, *, update: bool) -> Iterator[list[tuple[str, str]]]:
    """A request's tokens, with character escapes as they stand and looked through.

    Raises:
        QueryError: it calls another machine, well formed or not, or is too large.
    """
    for reading in {sparql, _ESCAPE.sub(_character, sparql)}:
        found = list(tokens(reading))
        _check_size(found)
        if _calls("service", found):
            _check_rest(found, update=update)
            raise RefusedQueryError("SERVICE is not allowed: queries stay inside the store; remove the SERVICE part")
        yield found


def _calls(keyword: str, found: Sequence[tuple[str, str]]) -> bool:
    """Whether the keyword is anywhere: the engine needs no space around it, so it may be joined to a word or name."""
    return any(keyword in word for word in _words(found)) or any(
        _may_hide(keyword, text) for kind, text in found if kind == "name"
    )


def _check_rest(found: Sequence[tuple[str, str]], *, update: bool) -> None:
    """Refuses what is not well formed, so that a client can tell a call that is not allowed from a mistake."""
    try:
        check_rest(found, update=update)
    except SyntaxError as error:
        raise QueryError(syntax_message(error)) from None


def _words(found: Sequence[tuple[str, str]]) -> list[str]:
    return [text.casefold() for kind, text in found if kind == "word"]


def names_graphs(sparql: str) -> bool:
    """Whether a query names the graphs that it is over, by FROM."""
    return bool(_MAYBE_FROM.search(sparql.casefold())) and any(
        text.casefold() == "from" for kind, text in tokens(sparql) if kind == "word"
    )


def syntax_message(error: SyntaxError) -> str:
    """One line with place and cause for the engine's report of a broken query."""
    match = _PLACE.match(str(error))
    if match is None:
        return f"The query does not parse: {_one_line(str(error))}"
    line, column, hint = match.groups()
    if "Prefix not found" in hint:
        hint = "this prefix is not declared; add a PREFIX line for it"
    elif "[_]" in hint and len(hint) < 15:
        hint = "a query ends too early here"
    return f"The query does not parse at line {line}, column {column}: {_one_line(hint)}"


def _check_size(found: Sequence[tuple[str, str]]) -> None:
    """Refuses nesting and chains so long that the engine, which works through them by recursion, would crash."""
    depth = deepest = 0
    for kind, text in found:
        if kind == "other":
            depth += (text in _OPENING) - (text in _CLOSING)
            deepest = max(deepest, depth)
    counts = {
        f"nests {deepest} levels deep": (deepest, _DEEPEST),
        "has too many groups": (sum(text == "{" for kind, text in found if kind == "other"), _MOST_GROUPS),
        "has too many keywords": (sum(kind == "word" for kind, _ in found), _MOST_WORDS),
        "has too many operators": (sum(text in _OPERATORS for kind, text in found if kind == "other"), _MOST_OPERATORS),
    }
    for told, (count, most) in counts.items():
        if count > most:
            raise QueryError(f"The query {told} (at most {most}); split it into smaller ones")


def _may_hide(keyword: str, name: str) -> bool:
    """Whether the engine may read a prefixed name as ending, at a colon, dot or escape, next to the keyword."""
    prefix, _, local = name.casefold().partition(":")
    return keyword in prefix or keyword in "".join(_AN_END.split(local, maxsplit=1)[1:])


def _first_verb(words: list[str]) -> str:
    """The first keyword behind the prologue; prefix names and IRIs are no words, so only its keywords stand before."""
    return next((word for word in words if word not in {"base", "prefix", "version"}), "")


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else ""


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_HINT else line[:_LONGEST_HINT].rstrip() + " …"
