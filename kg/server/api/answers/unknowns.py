"""What the documents leave open, over HTTP."""

from kg.analytics.unknowns import MOST, Unknowns
from kg.analytics.unknowns import unknowns as answer
from kg.graph.periods import span
from kg.server.api.answers.entities import entity_of
from kg.server.api.answers.limits import LIMITS, scope_of
from kg.server.api.fields import Field, Values
from kg.server.session import Session

FIELDS = (
    Field("first", "key, name or IRI of whom; all where it is not given"),
    Field("second", "of somebody whom it shall concern, too"),
    Field("today", "figures are old against this day; the newest document's where it is not given", kind="date"),
    *LIMITS,
    Field("limit", "how many of each at most", kind="integer", default=MOST, least=1, most=100),
)


def unknowns(session: Session, values: Values) -> Unknowns:
    """What is not known, as ``kg unknowns`` tells it.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: a limit means nothing in the store.
    """
    entities = [entity_of(session, values[name]) for name in ("first", "second") if values[name]]
    days = span(values["today"] or "")
    today = days[1] if days else None
    return answer(session.store, entities, scope_of(session, values), today=today, most=values["limit"])
