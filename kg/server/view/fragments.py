"""What the page shows of a choice, in the page's own rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyoxigraph as ox

from kg.analytics.network.columns import MODALITIES, POLARITIES
from kg.export.viewer.payload import fragment
from kg.export.viewer.picture import ClaimRow, Picture
from kg.export.viewer.reading import Chosen, Known, picture_of
from kg.model import Polarity
from kg.server.view.choose import Shown, claim_counts
from kg.server.view.index import Index, Numbers
from kg.server.view.view import View
from kg.store import Store, select
from kg.terms import ROOT

_MOST_BESIDE = 600
_NEGATED = POLARITIES.index(Polarity.NEGATED)


@dataclass(frozen=True, slots=True)
class Beside:
    """IRIs of what is shown beside claims: figures and remarks."""

    figures: Sequence[str] = ()
    remarks: Sequence[str] = ()


def fragment_of(store: Store, view: View, shown: Shown, beside: Beside, *, start: int = -1) -> dict[str, Any]:
    """The rows of a choice, with how much more there is of each line and around each entity.

    Args:
        store: where the words of claims are read.
        view: of the same version of the store.
        shown: the choice.
        beside: what is shown with it.
        start: the entity that it is around, whose further neighbours are known exactly; -1 for none.
    """
    index = view.index
    rows = fragment(picture_shown(store, view, shown, beside))
    rows["claims"] = sorted(
        [*rows["claims"], *(_bare(index, claim) for claim in shown.bare)], key=lambda row: row["id"]
    )
    return {**rows, **more_than(index, shown, start), "total": shown.total}


def more_than(index: Index, shown: Shown, start: int = -1) -> dict[str, dict[str, int]]:
    """How many claims there are of lines that are not told whole, and how many neighbours beyond those shown."""
    claims = np.concatenate((shown.claims, shown.bare))
    return {"counts": _counts(index, claims), "more": _more(index, shown, claims, start)}


def picture_shown(store: Store, view: View, shown: Shown, beside: Beside) -> Picture:
    """The picture of what is shown with its words, of which only these are read from the store."""
    index, network = view.index, view.index.network
    claims = [_claim(index, claim) for claim in shown.claims.tolist()]
    sources = np.unique(network.documents[shown.bare]) if len(shown.bare) else ()
    chosen = Chosen(
        claims=[ROOT + row.id for row in claims],
        figures=beside.figures,
        remarks=beside.remarks,
        entities=[network.iris[int(entity)] for entity in ends(index, shown)],
        documents=[network.document_iris[int(source)] for source in sources],
    )
    return picture_of(store, view.words, chosen, Known(claims, view.cards.entities, view.cards.documents))


def ends(index: Index, shown: Shown) -> Numbers:
    """All entities that a choice draws."""
    statements = index.network.claim_statements[np.concatenate((shown.claims, shown.bare))]
    return np.unique(
        np.concatenate((shown.entities, index.network.subjects[statements], index.network.objects[statements]))
    )


def line_id(index: Index, statement: int, polarity: int) -> str:
    """What the page calls the line of a statement and polarity."""
    network = index.network
    subject, object_ = (short(network.iris[int(ends_[statement])]) for ends_ in (network.subjects, network.objects))
    return f"{subject} {network.relation_names[network.relation_of[statement]]} {object_} {POLARITIES[polarity]}"


def short(iri: str) -> str:
    """What the page calls an entity, claim or document."""
    return iri.removeprefix(ROOT)


def _claim(index: Index, claim: int) -> ClaimRow:
    """A claim without its words."""
    network = index.network
    statement = int(network.claim_statements[claim])
    return ClaimRow(
        id=short(network.claim_iri(claim)),
        subject=short(network.iris[int(network.subjects[statement])]),
        relation=network.relation_names[network.relation_of[statement]],
        object=short(network.iris[int(network.objects[statement])]),
        document=short(network.document_iris[int(network.documents[claim])]),
        quotes=(),
        polarity=POLARITIES[network.polarities[claim]],
        modality=MODALITIES[network.modalities[claim]],
        confidence=float(network.confidences[claim]),
    )


def _bare(index: Index, claim: int) -> dict[str, Any]:
    """The page's row of a claim without its words."""
    row = _claim(index, claim)
    return {
        "id": row.id,
        "subject": row.subject,
        "relation": row.relation,
        "object": row.object,
        "polarity": str(row.polarity),
        "modality": str(row.modality),
        "confidence": round(row.confidence, 3),
        "document": row.document,
    }


def _counts(index: Index, claims: Numbers) -> dict[str, int]:
    """How many claims the store has for each line of which not all are here."""
    network = index.network
    statements = np.unique(network.claim_statements[claims])
    here = Counter(zip(network.claim_statements[claims].tolist(), network.polarities[claims].tolist(), strict=True))
    found = {}
    for statement, count in zip(statements.tolist(), claim_counts(index, statements).tolist(), strict=True):
        spread = network.claims_of(statement)
        denied = int((network.polarities[spread.start : spread.stop] == _NEGATED).sum())
        for polarity in range(len(POLARITIES)):
            number = denied if polarity == _NEGATED else count - denied
            if 0 < here[statement, polarity] < number:
                found[line_id(index, statement, polarity)] = number
    return dict(sorted(found.items()))


def _more(index: Index, shown: Shown, claims: Numbers, start: int) -> dict[str, int]:
    """How many neighbours each entity has beyond those here."""
    network = index.network
    statements = network.claim_statements[claims]
    pairs = np.unique(np.sort(np.column_stack((network.subjects[statements], network.objects[statements])), 1), axis=0)
    here = Counter(pairs.ravel().tolist())
    found = {}
    for entity in ends(index, shown).tolist():
        left = (shown.total if entity == start else int(index.degrees[entity])) - here[entity]
        if left > 0:
            found[short(network.iris[entity])] = left
    return found


def beside_all(store: Store) -> Beside:
    """Figures and remarks, a few hundred of each at most."""
    return Beside(*(_found(store, f"a {kind}", _MOST_BESIDE) for kind in ("sp:Observation", "sp:Remark")))


def beside(store: Store, iri: str, most: int) -> Beside:
    """Figures about an entity and remarks of it, so many of each at most, those that the store finds first."""
    ways = ("sp:observedEntity", "sp:remarkOf")
    return Beside(*(_found(store, f"{way} {ox.NamedNode(iri)}", most) for way in ways))


def _found(store: Store, what: str, most: int) -> list[str]:
    query = f"SELECT ?item {{ GRAPH ?source {{ ?item {what} }} }} LIMIT {most}"
    return sorted({row["item"] for row in select(store, query)})
