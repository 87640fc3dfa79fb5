"""The entities that an answer is about, by the names of a request."""

from kg.analytics.sayings import reference
from kg.query import Found
from kg.server.api.references import find, labels
from kg.server.session import Session


def entity_of(session: Session, name: str) -> Found:
    """The entity that a key, label, alias or IRI names.

    Raises:
        UnknownEntityError: there is none, or several.
        Refusal: there is none.
    """
    iri = find(session, name)
    return reference(iri, labels(session, [iri]))
