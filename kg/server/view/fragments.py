"""What the page shows of a choice, in the page's own rows."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyoxigraph as ox

from kg.analytics.network.columns import MODALITIES, POLARITIES
from kg.export.viewer.payload import fragment
from kg.export.viewer.picture import Picture
from kg.export.viewer.reading import Chosen, Words, picture_of
from kg.model import Polarity
from kg.server.view.choose import Shown, claim_counts
from kg.server.view.index import Index, Numbers
from kg.store import Store, select
from kg.terms import ROOT

_MOST_FIGURES = 600
_NEGATED = POLARITIES.index(Polarity.NEGATED)


def fragment_of(
    store: Store, words: Words, index: Index, shown: Shown, *, figures: Sequence[str] = (), start: int = -1
) -> dict[str, Any]:
    """The rows of a choice, with how much more there is of each line and around each entity.

    Args:
        store: where words, entities and documents are read.
        words: what the store's ontology calls things.
        index: of the same version of the store.
        shown: the choice.
        figures: IRIs of figures to show with it.
        start: the entity that it is around, whose further neighbours are known exactly; -1 for none.
    """
    rows = fragment(picture_shown(store, words, index, shown, figures=figures))
    rows["claims"] = sorted(
        [*rows["claims"], *(_bare(index, claim) for claim in shown.bare)], key=lambda row: row["id"]
    )
    return {**rows, **more_than(index, shown, start), "total": shown.total}


def more_than(index: Index, shown: Shown, start: int = -1) -> dict[str, dict[str, int]]:
    """How many claims there are of lines that are not told whole, and how many neighbours beyond those shown."""
    claims = np.concatenate((shown.claims, shown.bare))
    return {"counts": _counts(index, claims), "more": _more(index, shown, claims, start)}


def picture_shown(store: Store, words: Words, index: Index, shown: Shown, *, figures: Sequence[str] = ()) -> Picture:
    """The picture of what is shown with its words."""
    network = index.network
    sources = np.unique(network.documents[shown.bare]) if len(shown.bare) else ()
    chosen = Chosen(
        claims=[network.claim_iri(int(claim)) for claim in shown.claims],
        figures=figures,
        entities=[network.iris[int(entity)] for entity in ends(index, shown)],
        documents=[network.document_iris[int(source)] for source in sources],
    )
    return picture_of(store, words, chosen)


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


def _bare(index: Index, claim: int) -> dict[str, Any]:
    """The row of a claim without its words."""
    network = index.network
    statement = int(network.claim_statements[claim])
    return {
        "id": short(network.claim_iri(claim)),
        "subject": short(network.iris[int(network.subjects[statement])]),
        "relation": network.relation_names[network.relation_of[statement]],
        "object": short(network.iris[int(network.objects[statement])]),
        "polarity": str(POLARITIES[network.polarities[claim]]),
        "modality": str(MODALITIES[network.modalities[claim]]),
        "confidence": round(float(network.confidences[claim]), 3),
        "document": short(network.document_iris[int(network.documents[claim])]),
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


def figures_of(store: Store) -> list[str]:
    """IRIs of figures, a few hundred at most."""
    rows = select(store, f"SELECT ?figure {{ GRAPH ?source {{ ?figure a sp:Observation }} }} LIMIT {_MOST_FIGURES}")
    return sorted(row["figure"] for row in rows)


def figures_about(store: Store, iri: str, most: int) -> list[str]:
    """IRIs of the figures about an entity, in the order in which the store finds them."""
    query = f"SELECT ?figure {{ GRAPH ?source {{ ?figure sp:observedEntity {ox.NamedNode(iri)} }} }} LIMIT {most}"
    return sorted({row["figure"] for row in select(store, query)})
