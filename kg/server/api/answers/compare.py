"""Two entities side by side, over HTTP."""

from kg.analytics.compare import MOST, Comparison
from kg.analytics.compare import compare as answer
from kg.server.api.answers.entities import entity_of
from kg.server.api.answers.limits import LIMITS, scope_of
from kg.server.api.fields import Field, Values
from kg.server.session import Session

FIELDS = (
    Field("first", "key, name or IRI of the one", required=True),
    Field("second", "key, name or IRI of the other", required=True),
    *LIMITS,
    Field("limit", "how many of each at most", kind="integer", default=MOST, least=1, most=100),
)


def compare(session: Session, values: Values) -> Comparison:
    """The comparison, as ``kg compare`` tells it.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: a limit means nothing in the store.
    """
    ends = [entity_of(session, values[name]) for name in ("first", "second")]
    return answer(session.store, ends[0], ends[1], scope_of(session, values), most=values["limit"])
