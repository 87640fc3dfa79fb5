"""The description of the JSON interface in OpenAPI 3.1, made from the table of operations."""

from functools import cache
from typing import Any

from kg import __version__
from kg.server.api import OPERATIONS, Field, Operation
from kg.server.schemas import ANSWERS, SCHEMAS

_TYPES = {"text": "string", "integer": "integer", "number": "number", "date": "string"}
_PROBLEMS = {
    "400": "a parameter is missing or not what it may be",
    "404": "there is no such thing in the store",
    "413": "the answer is larger than the service gives",
    "503": "there is too much to do; the Retry-After header says when to come back",
    "504": "it took longer than the service allows",
}


@cache
def description(address: str) -> dict[str, Any]:
    """The whole description, for an interface that lives at ``address``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "semipack",
            "version": __version__,
            "summary": "Who packages for whom in semiconductors, each statement with its sentence.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "paths": {each.path: {"get": _operation(each)} for each in OPERATIONS.values()},
        "components": {"schemas": SCHEMAS, "responses": {code: _problem(about) for code, about in _PROBLEMS.items()}},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    parameters = [_parameter(field) for field in operation.fields]
    if operation.free:
        parameters.append(_free_parameter())
    return {
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": operation.about,
                "headers": {"ETag": {"schema": {"type": "string"}, "description": "by which to ask if it still holds"}},
                "content": {"application/json": {"schema": ANSWERS[operation.name]}},
            },
            "304": {"description": "the answer that If-None-Match names still holds"},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in _PROBLEMS},
        },
    }


def _parameter(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES[field.kind]}
    if field.kind == "date":
        schema["pattern"] = r"^\d{4}(-\d{2}(-\d{2})?)?$"
    if field.choices:
        schema["enum"] = list(field.choices)
    if field.least is not None:
        schema["minimum"] = field.least
    if field.most is not None:
        schema["maximum"] = field.most
    if field.many:
        schema = {"type": "array", "items": schema}
    if field.default is not None:
        schema["default"] = field.default
    described: dict[str, Any] = {
        "name": field.name,
        "in": "path" if field.in_path else "query",
        "description": field.about,
        "required": field.required,
        "schema": schema,
    }
    return {**described, "style": "form", "explode": False} if field.many else described


def _free_parameter() -> dict[str, Any]:
    """The parameters of a named query, which :samp:`/queries` lists."""
    return {
        "name": "parameters",
        "in": "query",
        "description": "the query's own parameters, each by its name",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    }


def _problem(about: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": about, "content": {"application/problem+json": {"schema": schema}}}
