"""What the JSON interface can do, one object each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.server.api.fields import Field, Values
from kg.server.session import Session


@dataclass(frozen=True, slots=True)
class Operation:
    """A path of the JSON interface.

    Attributes:
        name: its name, unique.
        path: below ``/api/v1``; parts in braces are fields.
        about: what it gives, in a sentence.
        read: works out the JSON value, in a worker.
        fields: its parameters.
        example: a path that shows it.
        free: whether it takes further parameters.
        lists: the names of the lists in the answer.
    """

    name: str
    path: str
    about: str
    read: Callable[[Session, Values], Any]
    fields: tuple[Field, ...] = ()
    example: str = ""
    free: bool = False
