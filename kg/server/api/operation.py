"""What the JSON interface can do, one object each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.analytics import as_json
from kg.server.api.fields import Field, Values
from kg.server.session import Session


@dataclass(frozen=True, slots=True)
class Operation:
    """A path of the JSON interface.

    Attributes:
        name: its name, unique.
        path: below ``/api/v1``; parts in braces are fields.
        about: what it gives, in a sentence.
        read: works out the JSON value, in a worker; for one that has ``tell``, the answer that it is made of.
        fields: its parameters.
        example: a path that shows it.
        free: whether it takes further parameters.
        tell: puts the answer into lines of so many characters, for people.
    """

    name: str
    path: str
    about: str
    read: Callable[[Session, Values], Any]
    fields: tuple[Field, ...] = ()
    example: str = ""
    free: bool = False
    tell: Callable[[Any, int], list[str]] | None = None

    def value(self, session: Session, values: Values) -> Any:  # noqa: ANN401 - any JSON value
        """The JSON value.

        Raises:
            UnknownEntityError: a name means nothing in the store, or several things.
            Refusal: the operation refuses.
        """
        found = self.read(session, values)
        return found if self.tell is None else as_json(found)
