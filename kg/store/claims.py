"""Claims, figures and remarks back out of a store."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph import claims_of, document_iri, observations_of, parts_of, remarks_of
from kg.model import Claim, Observation, Remark
from kg.store.base import Store, plain, select
from kg.store.documents import StoredDocument, list_documents

_UNKNOWN = "SELECT DISTINCT ?iri { GRAPH graph:entities { ?iri sp:known false } }"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds of one document: the document, its claims, its figures and its remarks, all by id."""

    document: StoredDocument
    claims: dict[str, Claim]
    observations: dict[str, Observation]
    remarks: dict[str, Remark]

    @property
    def items(self) -> dict[str, Claim | Observation | Remark]:
        """The claims, then the figures, then the remarks."""
        return {**self.claims, **self.observations, **self.remarks}


def stored_contents(store: Store) -> Iterator[Contents]:
    """What a store holds of each of its documents, by label.

    Raises:
        ClaimError: a claim, figure or remark lacks something.
        StoreError: the store's notes are malformed.
    """
    unknown = {row["iri"] for row in select(store, _UNKNOWN)}
    for document in list_documents(store):
        quads = store.quads(document_iri(document.id))
        parts = parts_of((plain(quad.subject), quad.predicate.value, plain(quad.object)) for quad in quads)
        said = (claims_of(parts, unknown), observations_of(parts, unknown), remarks_of(parts, unknown))
        yield Contents(document, *said)
