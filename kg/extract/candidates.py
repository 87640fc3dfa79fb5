"""Organisations that no registry lists, recognised by how their names are written and introduced."""

import re
from collections.abc import Mapping

_WORD = r"(?<!\w)(?:[A-Z][\w’'&.-]{0,38}\w|[A-Z])(?!\w)"
_NAME = rf"{_WORD}(?:\s(?:&|and|of|de|für|für)\s{_WORD}|\s{_WORD}){{0,5}}"
_LEGAL = (
    r"(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|plc|GmbH|AG|SE|S\.?A|S\.?p\.?A|N\.?V|B\.?V|AB|Oy|"
    r"K\.?K|KK|Pte|Pvt|Sdn|Bhd|Berhad|JSC|Holdings?|Group)"
)
LEGAL_FORM = re.compile(rf"(?:,?\s(?:&\s)?{_LEGAL}\b\.?)+")
_EXCHANGE = re.compile(r"(?:\s?[:-]\s?[A-Z0-9.]{1,8}\b)")
_WITH_LEGAL = re.compile(rf"({_NAME}(?:\s\([A-Z]\w+\))?)(?:,?\s{_LEGAL}\b\.?)+(?!\w)")
_ACRONYM = re.compile(r"\s?\((?:[\"“](?:the )?)?([A-Z][A-Za-z&-]{1,11})[\"”]?\)")


def legal_names(text: str) -> list[tuple[int, int, int]]:
    """Names with a legal form: (start, end of the bare name, end with the form)."""
    return [(m.start(1), m.end(1), m.end()) for m in _WITH_LEGAL.finditer(text)]


def nouned_names(text: str, nouns: re.Pattern[str]) -> list[tuple[int, int]]:
    """Capitalised names that end in a noun only organisations carry ("Micro Assembly Technologies")."""
    found = []
    for match in re.finditer(rf"{_WORD}(?:\s(?:&|of|and)\s{_WORD}|\s{_WORD}){{1,5}}", text):
        last = None
        for noun in nouns.finditer(match[0]):
            last = noun
        if last is not None and last.start() > 0:
            found.append((match.start(), match.start() + last.end()))
    return found


def introduced_names(text: str, introductions: re.Pattern[str]) -> list[tuple[int, int]]:
    """Capitalised names behind a noun that introduces a company ("rival Cohu", "toolmaker Genesem")."""
    found = []
    for match in introductions.finditer(text):
        name = re.match(rf"\s({_NAME})", text[match.end() :])
        if name:
            found.append((match.end() + name.start(1), match.end() + name.end(1)))
    return found


def quotes_ticker(text: str, end: int) -> bool:
    """Whether a name that ends there is an exchange before a ticker ("NASDAQ: AMKR")."""
    return bool(_EXCHANGE.match(text, end))


def acronym_after(text: str, end: int) -> tuple[str, int] | None:
    """The short form in brackets right behind a name ("King Yuan Electronics (KYEC)") and where the bracket ends."""
    match = _ACRONYM.match(text, end)
    return (match[1], match.end()) if match else None


def bare(name: str) -> str:
    """A name without its legal form and without a leading article."""
    stripped = LEGAL_FORM.sub("", name).strip(" ,.")
    return re.sub(r"^(?:The|the)\s", "", stripped) or name


def is_vetoed(name: str, names: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a capitalised name is no organisation after the ontology's word lists, or has no letter at all."""
    words = name.split()
    if not words or len(name) < 2 or not any(c.isalpha() for c in name):
        return True
    return bool(names["not_organisations"].fullmatch(name.lower())) or all(
        names["common_words"].fullmatch(w.lower().strip(".,")) for w in words
    )
