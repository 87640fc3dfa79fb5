"""Answers as JSON values: the same for the command line, the HTTP interface and Python."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

_DIGITS = 6


def as_json(answer: Any) -> Any:  # noqa: ANN401 - any value in, any JSON value out
    """A frozen result as plain JSON: an object for a dataclass, a list for a tuple, a sorted list for a set.

    A field whose name had to be written ``from_`` is ``from``. Numbers are rounded to six digits behind the point, so
    that the same answer is the same text everywhere.

    Raises:
        TypeError: it holds something that JSON has no form for.
    """
    if is_dataclass(answer) and not isinstance(answer, type):
        return {field.name.rstrip("_"): as_json(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, Enum):
        return as_json(answer.value)
    if answer is None or isinstance(answer, bool | int | str):
        return answer
    if isinstance(answer, float):
        return round(answer, _DIGITS)
    if isinstance(answer, Mapping):
        return {str(as_json(key)): as_json(value) for key, value in answer.items()}
    if isinstance(answer, AbstractSet):
        return sorted(as_json(each) for each in answer)
    if isinstance(answer, tuple | list):
        return [as_json(each) for each in answer]
    raise TypeError(f"{type(answer).__name__} has no form in JSON")
