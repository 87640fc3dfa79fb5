"""Parameters of the JSON interface: what each may be, checked before anything is asked of the store."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from kg.query.similar import offer
from kg.server.refusal import Refusal

Values = Mapping[str, Any]
"""Checked values by the parameters' names; None where one is not given and has no default."""
Kind = Literal["text", "integer", "number", "date"]
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter.

    Attributes:
        name: its name.
        about: what it is.
        kind: ``text``, ``integer``, ``number`` or ``date`` (2026, 2026-06 or 2026-06-24).
        required: whether it must be given.
        default: the value where it is not given.
        choices: the texts that it may be; empty for any.
        least: the smallest number.
        most: the largest number.
        in_path: whether it is part of the path.
        many: whether it may be several texts, with commas between.
    """

    name: str
    about: str
    kind: Kind = "text"
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    in_path: bool = False
    many: bool = False


def parse(fields: Sequence[Field], given: Sequence[tuple[str, str]], *, free: bool = False) -> dict[str, Any]:
    """The values of ``fields`` from texts.

    Args:
        fields: what there is.
        given: pairs (name, text) as they come in an address.
        free: whether further names may be given; their texts are under ``parameters``.

    Raises:
        Refusal: a value is missing, given twice, or not what it may be, or a name is unknown.
    """
    known = {field.name: field for field in fields}
    texts: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, text in given:
        into = texts if name in known else others
        if name in into:
            raise Refusal(400, f"{name} is given twice; give it once")
        if name not in known and not free:
            raise Refusal(400, f"There is no parameter {name!r}; {_cure(name, known)}")
        if len(text) > _LONGEST:
            raise Refusal(400, f"{name} is longer than {_LONGEST} characters")
        into[name] = text
    values = {field.name: _value(field, texts.get(field.name)) for field in fields}
    return {**values, "parameters": others} if free else values


def _cure(name: str, known: Mapping[str, Field]) -> str:
    return offer(name, known, f"there is {', '.join(known)}" if known else "none is taken here")


def _value(field: Field, text: str | None) -> Any:  # noqa: ANN401 - by the field's kind
    if text is None or not text.strip():
        if field.required:
            raise Refusal(400, f"{field.name} is missing: {field.about}")
        return field.default
    text = text.strip()
    if field.kind in {"integer", "number"}:
        return _number(field, text)
    if field.kind == "date" and not _DATE.fullmatch(text):
        raise Refusal(400, f"{field.name} is {text!r} and no date; write 2026-06-24, 2026-06 or 2026")
    if field.many:
        return [_chosen(field, each.strip()) for each in text.split(",") if each.strip()]
    return _chosen(field, text)


def _chosen(field: Field, text: str) -> str:
    if field.choices and text not in field.choices:
        raise Refusal(400, f"{field.name} is {text!r}; use one of {', '.join(field.choices)}")
    return text


def _number(field: Field, text: str) -> float | int:
    try:
        number = int(text) if field.kind == "integer" else float(text)
    except ValueError:
        number = float("nan")
    low, high = field.least, field.most
    if not isfinite(number) or (low is not None and number < low) or (high is not None and number > high):
        what = "a whole number" if field.kind == "integer" else "a number"
        between = f" from {low:g}" * (low is not None) + f" to {high:g}" * (high is not None)
        raise Refusal(400, f"{field.name} is {text!r}; give {what}{between}")
    return number
