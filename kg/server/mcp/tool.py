"""A tool: what it is for, what it takes and gives, and how it works that out."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.server.api import Field
from kg.server.mcp import arguments as given
from kg.server.mcp.calls import Values
from kg.server.mcp.source import Source
from kg.server.schemas import Schema

Call = Callable[[Source, Mapping[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool.

    Attributes:
        name: its name, unique.
        title: the same for people.
        about: when to use it, and what the answer is worth.
        call: works out the structured answer from the arguments as they came.
        tell: the lines of the answer as text.
        gives: schema of the structured answer, as in :mod:`kg.server.schemas`.
        fields: its arguments.
        more: schemas of further arguments, which no field can describe.
        needs: those of them that must be given.
    """

    name: str
    title: str
    about: str
    call: Call
    tell: Callable[[Mapping[str, Any]], Iterable[str]]
    gives: Schema
    fields: tuple[Field, ...] = ()
    more: Mapping[str, Schema] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


def with_fields(read: Callable[[Source, Values], Awaitable[dict[str, Any]]], fields: Sequence[Field]) -> Call:
    """A call that checks arguments against the fields and hands their values on."""

    async def call(source: Source, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return await read(source, given.checked(fields, arguments))

    return call
