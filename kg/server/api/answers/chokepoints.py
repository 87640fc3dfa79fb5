"""Who or what most of the network depends on, over HTTP."""

from kg.analytics.chokepoints import ORDERS, SHOWN, ChokepointsAnswer
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


def chokepoints(session: Session, values: Values) -> ChokepointsAnswer:
    """Whom or what others depend on, as ``kg chokepoints`` tells it.

    Raises:
        Refusal: the store is still being prepared, a limit means nothing in it.
    """
    return answer(
        store_with_network(session),
        scope_of(session, values),
        kind=MentionKind(values["kind"]),
        by=values["by"],
        most=values["most"],
    )
