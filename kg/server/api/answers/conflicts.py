"""What the documents contradict each other in, over HTTP."""

from kg.analytics.conflicts import MOST, Conflicts
from kg.analytics.conflicts import conflicts as answer
from kg.ontology.conflicts import KINDS
from kg.server.api.answers.entities import entity_of
from kg.server.api.answers.limits import LIMITS, scope_of
from kg.server.api.fields import Field, Values
from kg.server.session import Session

EVERY = ("all",)
"""What stands for no modality given where plans and rumours count."""

FIELDS = (
    Field("entity", "key, name or IRI of whom it shall concern; all where it is not given"),
    Field("kind", "only these kinds, with commas between", choices=KINDS, many=True),
    Field("revisions", "whether to tell what was revised, too", default="no", choices=("yes", "no")),
    *LIMITS,
    Field("limit", "how many at most", kind="integer", default=MOST, least=1, most=100),
)


def conflicts(session: Session, values: Values) -> Conflicts:
    """The conflicts, as ``kg conflicts`` tells them.

    Raises:
        UnknownEntityError: the name means nothing in the store, or several things.
        Refusal: a limit means nothing in the store.
    """
    return answer(
        session.store,
        entity_of(session, values["entity"]) if values["entity"] else None,
        scope_of(session, {**values, "modality": values["modality"] or EVERY}),
        kinds=values["kind"] or (),
        most=values["limit"],
        revisions=values["revisions"] == "yes",
    )
