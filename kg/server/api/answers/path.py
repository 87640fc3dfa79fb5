"""How one entity depends on another, or is tied to it, over HTTP."""

from kg.analytics.path import PathAnswer
from kg.analytics.path import path as answer
from kg.errors import UsageError
from kg.server.api.answers.limits import LIMITS, scope_of
from kg.server.api.answers.ready import store_with_network
from kg.server.api.fields import Field, Values
from kg.server.refusal import Refusal
from kg.server.session import Session

FIELDS = (
    Field("from", "key, name or IRI of the first entity", required=True),
    Field("to", "key, name or IRI of the last entity", required=True),
    Field(
        "direction",
        "any: ties count both ways; dependence: only from who depends to whom it depends on",
        default="any",
        choices=("any", "dependence"),
    ),
    Field("relations", "the same as relation", many=True),
    *LIMITS,
    Field("max", "the longest path", kind="integer", default=4, least=1, most=12),
    Field("limit", "how many paths at most", kind="integer", default=10, least=1, most=100),
)


def path(session: Session, values: Values) -> PathAnswer:
    """The best chains between two entities, as ``kg path`` tells them.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: the store is still being prepared, a limit means nothing in it, or both names mean the same.
    """
    relations = [*(values["relation"] or ()), *(values["relations"] or ())]
    try:
        return answer(
            store_with_network(session),
            values["from"],
            values["to"],
            scope_of(session, {**values, "relation": relations}),
            any_direction=values["direction"] == "any",
            most=values["limit"],
            longest=values["max"],
        )
    except UsageError as error:
        raise Refusal(400, str(error)) from None
