"""The parameters by which an answer is limited."""

from kg.analytics import Scope, read_scope
from kg.errors import QueryError
from kg.model import Modality
from kg.server.api.fields import Field, Values
from kg.server.refusal import Refusal
from kg.server.session import Session

LIMITS = (
    Field("relation", "only these relations, by name or label, with commas between", many=True),
    Field("without", "not these relations, with commas between", many=True),
    Field(
        "modality",
        "how it is said, with commas between; asserted and reported where it is not given",
        choices=("all", *(str(each) for each in Modality)),
        many=True,
    ),
    Field("min_confidence", "leave out what is less sure", kind="number", default=0.0, least=0, most=1),
    Field("since", "leave out what older or undated documents say", kind="date"),
    Field("until", "leave out what newer or undated documents say", kind="date"),
    Field("source", "only these documents, by file name, with commas between", many=True),
)
"""What every answer takes, as the options of the command line."""


def scope_of(session: Session, values: Values) -> Scope:
    """The scope that the values of :data:`LIMITS` mean.

    Raises:
        Refusal: a value means nothing in the store.
    """
    try:
        return read_scope(
            session.store,
            relations=values["relation"] or (),
            without=values["without"] or (),
            modalities=values["modality"] or (),
            least=values["min_confidence"],
            since=values["since"] or "",
            until=values["until"] or "",
            sources=values["source"] or (),
        )
    except QueryError as error:
        raise Refusal(400, str(error)) from None
