"""Answers of any shape as an outline: what they say, and every quote with its document.

Whatever comes from documents, names included, stands in double quotes that it cannot leave.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kg.server.mcp.clean import named, quoted

_ENTITY = frozenset({"key", "label", "kind"})
_EVIDENCE = frozenset({"claim", "quote", "document"})


def outline(answer: Mapping[str, Any]) -> Iterable[str]:
    """One line for each entity, quote or number, those that belong together indented below their name."""
    for name, value in answer.items():
        if name != "scope" and value not in (None, "", [], {}):
            yield from _told(name, value, "")


def _told(name: str, value: Any, indent: str) -> Iterable[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        yield f"{indent}{name}: {len(value)}"
        for number, each in enumerate(value, 1):
            yield from _told(f"{number}.", each, f"{indent}  ")
    elif isinstance(value, dict) and value.keys() >= _EVIDENCE:
        yield from _evidence(name, value, indent)
    elif isinstance(value, dict) and value.keys() >= _ENTITY:
        yield f"{indent}{name}: {named(value['label'])} [{value['kind']} {value['key']}]"
    elif isinstance(value, dict):
        yield f"{indent}{name}:"
        for inner, each in value.items():
            if each not in (None, "", [], {}):
                yield from _told(inner, each, f"{indent}  ")
    else:
        yield f"{indent}{name}: {quoted(value) if isinstance(value, str) else value}"


def _evidence(name: str, told: Mapping[str, Any], indent: str) -> Iterable[str]:
    said = ", ".join(str(told[each]) for each in ("polarity", "modality") if each in told)
    yield f"{indent}{name}: {said}, confidence {told.get('confidence', 0):g}; claim {told['claim']}"
    yield f"{indent}   quote: {quoted(told['quote'])}"
    known = (each for each in ("title", "publisher", "url") if told.get(each))
    date = named(told["date"]) if told.get("date") else "undated"
    parts = [named(str(told["document"])), *(f"{each} {named(told[each])}" for each in known), date]
    yield f"{indent}   document {', '.join(parts)}"
