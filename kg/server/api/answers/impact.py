"""Who is hit if something fails, over HTTP."""

from kg.analytics.impact import LEVELS, SHOWN, ImpactAnswer
from kg.analytics.impact import impact as answer
from kg.errors import UsageError
from kg.server.api.answers.limits import LIMITS, scope_of
from kg.server.api.answers.ready import store_with_network
from kg.server.api.fields import Field, Values
from kg.server.refusal import Refusal
from kg.server.session import Session

FIELDS = (
    Field("what", "key, name or IRI of an organisation, technology or place", required=True),
    Field(
        "event",
        "failure: it closes or cannot be had; export-rule: nothing may be supplied to the place any more",
        default="failure",
        choices=("failure", "export-rule"),
    ),
    *LIMITS,
    Field("most", "how many of each order", kind="integer", default=SHOWN, least=1, most=1000),
    Field("levels", "how many orders", kind="integer", default=LEVELS, least=1, most=6),
)


def impact(session: Session, values: Values) -> ImpactAnswer:
    """Who is hit, as ``kg impact`` tells it.

    Raises:
        UnknownEntityError: the name means nothing in the store, or several things.
        Refusal: the store is still being prepared, a limit means nothing in it, or an export rule is asked of
            something that is no place.
    """
    try:
        return answer(
            store_with_network(session),
            values["what"],
            scope_of(session, values),
            export_rule=values["event"] == "export-rule",
            most=values["most"],
            levels=values["levels"],
        )
    except UsageError as error:
        raise Refusal(400, str(error)) from None
