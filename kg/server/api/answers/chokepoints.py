"""Who or what most of the network depends on, over HTTP."""

from typing import Any

from kg.analytics import as_json
from kg.analytics.chokepoints import ORDERS, SHOWN
from kg.analytics.chokepoints import chokepoints as answer
from kg.model import MentionKind
from kg.server.api.answers.limits import LIMITS, scope_of
from kg.server.api.answers.ready import store_with_network
from kg.server.api.fields import Field, Values
from kg.server.api.references import KINDS
from kg.server.session import Session

FIELDS = (
    Field("kind", "what is ranked", default=str(MentionKind.ORGANISATION), choices=KINDS),
    Field("by", "what ranks them", default=ORDERS[0], choices=ORDERS),
    *LIMITS,
    Field("most", "how many", kind="integer", default=SHOWN, least=1, most=1000),
)


def chokepoints(session: Session, values: Values) -> Any:  # noqa: ANN401 - a JSON value
    """Whom or what others depend on, as ``kg chokepoints --format json`` gives it.

    Raises:
        Refusal: the store is still being prepared, a limit means nothing in it.
    """
    return as_json(
        answer(
            store_with_network(session),
            scope_of(session, values),
            kind=MentionKind(values["kind"]),
            by=values["by"],
            most=values["most"],
        )
    )
