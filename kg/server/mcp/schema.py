"""Schemas of what tools take and give, made from the fields and schemas of the JSON interface."""

from collections.abc import Iterator, Sequence
from typing import Any

from kg.server.api import Field
from kg.server.schemas import SCHEMAS, Schema

_POINTER = "#/components/schemas/"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "date": "string"}
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def input_schema(fields: Sequence[Field], **more: Schema) -> Schema:
    """The schema of a tool's arguments: its fields, and further properties as they are."""
    return {
        "type": "object",
        "properties": {**{field.name: _property(field) for field in fields}, **more},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def _property(field: Field) -> Schema:
    one: Schema = {"type": _TYPES[field.kind]}
    if field.kind == "date":
        one["pattern"] = _DATE
    if field.choices:
        one["enum"] = list(field.choices)
    if field.least is not None:
        one["minimum"] = field.least
    if field.most is not None:
        one["maximum"] = field.most
    found: Schema = {"type": "array", "items": one} if field.many else one
    if field.default is not None:
        found["default"] = field.default
    return {**found, "description": field.about}


def output_schema(schema: Schema) -> Schema:
    """The schema of a tool's structured answer, with all that it refers to inside it.

    An answer is an object at its root, and holds what :func:`slim` leaves of the interface's values.
    """
    needed: dict[str, Schema] = {}
    waiting = list(_names(schema))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = _slim_schema(SCHEMAS[name])
            waiting += _names(SCHEMAS[name])
    found = {"type": "object", **_slim_schema(schema)}
    return {**found, "$defs": {name: needed[name] for name in sorted(needed)}} if needed else found


def slim(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A value of the interface without what an assistant cannot use.

    The paths of pages go, and IRIs beside a key, name or id by which the tools know the thing as well.
    """
    if isinstance(value, list):
        return [slim(each) for each in value]
    if isinstance(value, dict):
        return {name: slim(each) for name, each in value.items() if not _superfluous(name, each, value)}
    return value


def _superfluous(name: str, value: Any, beside: dict[str, Any]) -> bool:  # noqa: ANN401
    """Whether a member is left out; members of a schema's ``properties`` are judged by the same rule."""
    if name == "path":
        return isinstance(value, str) or (isinstance(value, dict) and value.get("type") == "string")
    return name == "iri" and not {"key", "name", "id"}.isdisjoint(beside)


def _slim_schema(schema: Any) -> Any:  # noqa: ANN401
    if isinstance(schema, list):
        return [_slim_schema(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _slim_schema(each) for name, each in schema.items()}
    if "$ref" in found:
        found["$ref"] = f"#/$defs/{found['$ref'].removeprefix(_POINTER)}"
    if isinstance(found.get("properties"), dict):
        kept = {
            name: each
            for name, each in found["properties"].items()
            if not _superfluous(name, each, schema["properties"])
        }
        found["properties"] = kept
        if "required" in found:
            found["required"] = [name for name in found["required"] if name in kept]
    return found


def _names(schema: Any) -> Iterator[str]:  # noqa: ANN401
    """The names of the schemas that one refers to."""
    if isinstance(schema, list):
        for each in schema:
            yield from _names(each)
    elif isinstance(schema, dict):
        for name, each in schema.items():
            if name == "$ref":
                yield each.removeprefix(_POINTER)
            else:
                yield from _names(each)
