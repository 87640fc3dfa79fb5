"""What was said of an entity when, over HTTP."""

from kg.analytics.timeline import MOST, Timeline
from kg.analytics.timeline import timeline as answer
from kg.server.api.answers.conflicts import EVERY
from kg.server.api.answers.entities import entity_of
from kg.server.api.answers.limits import LIMITS, scope_of
from kg.server.api.fields import Field, Values
from kg.server.session import Session

FIELDS = (
    Field("entity", "key, name or IRI", required=True),
    *LIMITS,
    Field("limit", "how many entries at most; the newest are kept", kind="integer", default=MOST, least=1, most=1000),
)


def timeline(session: Session, values: Values) -> Timeline:
    """The timeline, as ``kg timeline`` tells it.

    Raises:
        UnknownEntityError: the name means nothing in the store, or several things.
        Refusal: a limit means nothing in the store.
    """
    scope = scope_of(session, {**values, "modality": values["modality"] or EVERY})
    return answer(session.store, entity_of(session, values["entity"]), scope, most=values["limit"])
