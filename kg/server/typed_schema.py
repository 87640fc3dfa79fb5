"""JSON Schema of an answer from the types of its dataclasses, as :func:`kg.analytics.as_json` writes them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_PLAIN: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema_of(type_: Any) -> dict[str, Any]:  # noqa: ANN401 - any type of an answer's field
    """The schema of a type: a dataclass, a plain value, or a tuple, set or mapping of such.

    Raises:
        TypeError: it has no form in JSON.
    """
    if type_ in _PLAIN:
        return {"type": _PLAIN[type_]}
    if is_dataclass(type_) and isinstance(type_, type):
        hints = get_type_hints(type_)
        told = {field.name.rstrip("_"): schema_of(hints[field.name]) for field in fields(type_)}
        return {"type": "object", "required": list(told), "properties": told}
    if isinstance(type_, type) and issubclass(type_, Enum):
        return {"type": "string", "enum": [str(each.value) for each in type_]}
    return _composed(get_origin(type_), get_args(type_), type_)


def _composed(origin: Any, parts: tuple[Any, ...], type_: Any) -> dict[str, Any]:  # noqa: ANN401
    if origin is Literal:
        return {"type": "string", "enum": list(parts)}
    if origin in {Union, UnionType} and NoneType in parts:
        (inner,) = (schema_of(each) for each in parts if each is not NoneType)
        if inner["type"] == "object":
            return {"oneOf": [inner, {"type": "null"}]}
        return {**inner, "type": [inner["type"], "null"]}
    if origin in {tuple, list} or (isinstance(origin, type) and issubclass(origin, AbstractSet)):
        return {"type": "array", "items": schema_of(parts[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(parts[1])}
    raise TypeError(f"{type_} has no form in JSON")
