"""What an assistant sends as arguments, checked against a tool's fields by the rules of the JSON interface."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg.server.api import Field, parse
from kg.server.refusal import Refusal

_LONGEST_QUERY = 20_000
_MOST_PARAMETERS = 20


def checked(fields: Sequence[Field], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the fields; None where one is not given and has no default.

    Raises:
        Refusal: an argument is missing, unknown, of the wrong type or out of its range.
    """
    many = {field.name for field in fields if field.many}
    given = [(name, _text(name, value, many=name in many)) for name, value in arguments.items() if value is not None]
    return parse(fields, given)


def query_text(arguments: Mapping[str, Any]) -> str:
    """The SPARQL text among arguments.

    Raises:
        Refusal: there is none, or it is too long.
    """
    text = arguments.get("query")
    if not isinstance(text, str) or not text.strip():
        raise Refusal(400, "query is missing: give the text of a SPARQL query")
    if len(text) > _LONGEST_QUERY:
        raise Refusal(400, f"query is longer than {_LONGEST_QUERY} characters; ask in parts")
    return text


def parameters(arguments: Mapping[str, Any]) -> dict[str, str]:
    """The parameters for a named query, as texts.

    Raises:
        Refusal: they are no object of texts and numbers.
    """
    given = arguments.get("parameters")
    if given is None:
        return {}
    if not isinstance(given, Mapping) or len(given) > _MOST_PARAMETERS:
        raise Refusal(400, 'parameters must be an object of names and values, such as {"entity": "NVIDIA"}')
    return {str(name): _text(str(name), value, many=False) for name, value in given.items() if value is not None}


def _text(name: str, value: Any, *, many: bool) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if many and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    what = "a text or a list of texts" if many else "a text or a number"
    raise Refusal(400, f"{name} must be {what}")
