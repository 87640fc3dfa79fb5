"""A JSON value as something to read: what it says in a line, the quotes it rests on, and what is inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.server.api.references import path_of

_MOST = 40
_QUOTES = 2
_RELATION_NAMES = ("reads", "read", "relation")
# What the form above the answer shows already, or what another field says in words.
_LEFT_OUT = frozenset({"scope", "relation", "sort", "kind", "id", "iri", "key", "url"})
_PLAIN_LISTS = (str, int, float)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a line: its text, where it leads, and what it is the value of."""

    text: str
    path: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence with what tells where it stands and how it is said."""

    text: str
    source: str
    claim: str = ""
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """One thing of an answer.

    Attributes:
        heading: what it is, where its place does not tell.
        line: what it says.
        quotes: the first sentences it rests on.
        further: those behind them.
        inside: what is inside it.
        left: how many more things of its kind there are than are shown.
    """

    heading: str = ""
    line: list[Words] = field(default_factory=list)
    quotes: list[Quoted] = field(default_factory=list)
    further: list[Quoted] = field(default_factory=list)
    inside: list["Block"] = field(default_factory=list)
    left: int = 0


def told(value: Any, heading: str = "") -> Block:  # noqa: ANN401 - any JSON value
    """A value as a block."""
    block = Block(heading)
    if isinstance(value, Mapping):
        _tell(block, value)
    elif isinstance(value, list):
        _tell_list(block, value)
    elif _says(value):
        block.line.append(Words(_text(value)))
    return block


def _tell(block: Block, value: Mapping[str, Any]) -> None:
    if "quote" in value:
        _quote(block, value)
        return
    if _is_reference(value):
        block.line.append(_reference(value))
        return
    block.line += _line(value)
    for name, each in value.items():
        if name in _LEFT_OUT or not _says(each) or _is_line(each):
            continue
        inner = told(each, _words(name))
        if name in {"evidence", "said", "quotes"}:
            block.quotes += inner.quotes
            block.further += inner.further
            block.line += inner.line
            block.inside += inner.inside
        elif inner.line or inner.inside or inner.quotes:
            block.inside.append(inner)
    block.further = block.quotes[_QUOTES:] + block.further
    block.quotes = block.quotes[:_QUOTES]


def _tell_list(block: Block, values: Sequence[Any]) -> None:
    if all(isinstance(each, _PLAIN_LISTS) for each in values):
        block.line.append(Words(", ".join(_text(each) for each in values)))
        return
    if all(isinstance(each, Mapping) and _is_reference(each) for each in values):
        block.line += [_reference(each) for each in values[:_MOST]]
        block.left = max(len(values) - _MOST, 0)
        return
    if all(isinstance(each, Mapping) and "quote" in each and len(values) > 0 for each in values):
        inner = [told(each) for each in values]
        bare = all(_is_evidence(each) for each in values)
        if bare:
            block.quotes = [quote for each in inner for quote in each.quotes]
            return
    block.inside = [told(each) for each in values[:_MOST]]
    block.left = max(len(values) - _MOST, 0)


def _line(value: Mapping[str, Any]) -> list[Words]:
    """References with the relation between them, then what else is short."""
    references = [_reference(each) for each in value.values() if isinstance(each, Mapping) and _is_reference(each)]
    relation = next((str(value[name]) for name in _RELATION_NAMES if value.get(name)), "")
    if relation:
        references.insert(1, Words(relation))
    rest = [
        Words(_text(each), name=_words(name))
        for name, each in value.items()
        if name not in {*_LEFT_OUT, *_RELATION_NAMES}
        and _says(each)
        and not isinstance(each, Mapping)
        and _is_line(each)
    ]
    return [*references, *rest]


def _quote(block: Block, value: Mapping[str, Any]) -> None:
    """A sentence; where it is told on its own, with who it is about."""
    number = value.get("value")
    if number is not None:
        period = f" {value['period']}" if value.get("period") else ""
        block.line = _line({"subject": value.get("subject")})
        figure = f"{_text(number)} {value.get('unit', '')}".strip()
        block.line.append(Words(f"{_words(str(value.get('relation', '')))}{period}: {figure}"))
    elif isinstance(value.get("subject"), Mapping):
        names = ("subject", "reads", "relation", "object")
        block.line = _line({name: value[name] for name in names if value.get(name)})
    tags = tuple(
        str(value[name])
        for name, usual in (("polarity", "affirmed"), ("modality", "asserted"))
        if value.get(name) and value[name] != usual
    )
    parts = (value.get("title") or value.get("document"), value.get("publisher"), value.get("date"))
    source = ", ".join(str(part) for part in parts if part and not isinstance(part, Mapping))
    claim = str(value.get("claim") or (value.get("id") if value.get("sort") == "claim" else "") or "")
    block.quotes.append(Quoted(str(value["quote"]), source, f"/claim/{claim}" if claim.isalnum() else "", tags))


def _is_evidence(value: Mapping[str, Any]) -> bool:
    """Whether it only says on what something else rests, rather than being told itself."""
    return "claim" in value


def _is_reference(value: Mapping[str, Any]) -> bool:
    return "label" in value and "quote" not in value and bool({"iri", "path"} & value.keys())


def _reference(value: Mapping[str, Any]) -> Words:
    return Words(str(value["label"]), str(value.get("path") or path_of(str(value.get("iri") or ""))))


def _is_line(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether it can stand on a line among others."""
    if isinstance(value, Mapping):
        return _is_reference(value)
    return not isinstance(value, list) or all(isinstance(each, _PLAIN_LISTS) for each in value)


def _says(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    return value is not None and value != "" and value != [] and value != {}


def _text(value: Any) -> str:  # noqa: ANN401 - any plain JSON value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")
