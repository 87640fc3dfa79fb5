"""What one entity is connected with, out of the columns; only the words shown are read from the store."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.analytics.network.columns import MODALITIES, POLARITIES
from kg.server.api.fields import Values
from kg.server.api.references import entity_reference, labels, path_of, relation_iri, term_reference, ways
from kg.server.api.rows import claim_rows, document_reference, paged
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.server.view.choose import claim_counts, passing
from kg.server.view.index import Index, Numbers
from kg.server.view.preparing import view_of
from kg.terms import SP, local_name


@dataclass(frozen=True, slots=True)
class _Group:
    """One relation to one neighbour: its direction as seen from the entity, and the claims."""

    relation: str
    direction: str
    other: int
    claims: Numbers


def neighbours(session: Session, iri: str, values: Values) -> dict[str, Any]:
    """What an entity is connected with, one element for each relation, direction and neighbour.

    Raises:
        Refusal: there is no such relation, or no such entity.
    """
    index, entity = _entity(session, iri)
    relation = relation_iri(session, values["relation"]) if values["relation"] else ""
    filters = {**values, "relation": local_name(relation) if relation else None}
    groups = _groups(session, index, entity, filters)
    shown = groups[values["offset"] : values["offset"] + values["limit"]]
    best = {place: index.surest(group.claims) for place, group in enumerate(shown)}
    surest = [index.network.claim_iri(_leading(index, best[place])) for place in best]
    rows = {row["claim"]: row for row in claim_rows(session, surest)}
    network = index.network
    iris = {iri, *(network.iris[group.other] for group in shown), *(str(SP[group.relation]) for group in shown)}
    known = labels(session, iris)
    items = [
        _told(session, index, group, rows[claim], known)
        for group, claim in zip(shown, surest, strict=True)
        if claim in rows
    ]
    return {"entity": entity_reference(iri, known), **paged("neighbours", items, len(groups), values)}


def related(session: Session, iri: str) -> list[dict[str, Any]]:
    """How many claims and neighbours an entity has by relation and direction."""
    index, entity = _entity(session, iri)
    network = index.network
    statements = index.statements_of(entity)
    others, counts = index.others(statements, entity), claim_counts(index, statements)
    forward = network.subjects[statements] == entity
    known = ways(session)
    found = []
    for number, name in enumerate(network.relation_names):
        way = known.get(str(SP[name]))
        if way is None:
            continue
        ours = network.relation_of[statements] == number
        for direction in ("both",) if way.symmetric else ("in", "out"):
            here = ours if way.symmetric else ours & (forward == (direction == "out"))
            if here.any():
                found.append(
                    {
                        **term_reference(str(SP[name]), {str(SP[name]): way.label}),
                        "read": way.read(forward=direction != "in"),
                        "direction": direction,
                        "claims": int(counts[here].sum()),
                        "neighbours": len(np.unique(others[here])),
                    }
                )
    return sorted(found, key=lambda each: (each["iri"], each["direction"]))


def _entity(session: Session, iri: str) -> tuple[Index, int]:
    index = view_of(session).index
    entity = index.network.entity(iri)
    if entity is None:
        raise Refusal(404, f"The store has no <{iri}>; a build or a removal may have taken it away")
    return index, entity


def _groups(session: Session, index: Index, entity: int, filters: Mapping[str, Any]) -> list[_Group]:
    """The groups of claims that pass the filters, by relation and direction, those with most claims first."""
    network, known = index.network, ways(session)
    claims = passing(index, index.claims_of(index.statements_of(entity)), filters)
    if not len(claims):
        return []
    statements = network.claim_statements[claims]
    edges, places = np.unique(statements, return_inverse=True)
    order = np.argsort(places, kind="stable")
    parts = np.split(claims[order], np.cumsum(np.bincount(places, minlength=len(edges)))[:-1])
    found = []
    for statement, part in zip(edges.tolist(), parts, strict=True):
        name = network.relation_names[network.relation_of[statement]]
        way = known.get(str(SP[name]))
        if way is not None:
            forward = int(network.subjects[statement]) == entity
            other = int(network.objects[statement] if forward else network.subjects[statement])
            found.append(_Group(name, way.direction(forward=forward), other, part))
    return sorted(found, key=lambda each: (each.relation, each.direction, -len(each.claims), each.other))


def _leading(index: Index, claims: Numbers) -> int:
    """The surest claim that affirms, or denies where none affirms."""
    affirming = claims[index.network.polarities[claims] == 0]
    return int(affirming[0] if len(affirming) else claims[0])


def _told(
    session: Session, index: Index, group: _Group, best: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, Any]:
    network, claims = index.network, group.claims
    sources = np.unique(network.documents[claims]).tolist()
    dates = sorted(date for date in (network.document_dates[source] for source in sources) if date)
    relation = str(SP[group.relation])
    return {
        "relation": {
            **term_reference(relation, known),
            "read": ways(session)[relation].read(forward=group.direction != "in"),
        },
        "direction": group.direction,
        "neighbour": entity_reference(network.iris[group.other], known),
        "fact": bool(index.facts[claims].any()),
        "claims": len(claims),
        "documents": len(sources),
        "polarity": dict(Counter(str(POLARITIES[each]) for each in network.polarities[claims].tolist())),
        "modality": dict(Counter(str(MODALITIES[each]) for each in network.modalities[claims].tolist())),
        "confidence": round(float(network.confidences[claims].max()), 6),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "quote": best["quote"],
        "claim": {"id": local_name(best["claim"]), "path": path_of(best["claim"])},
        "document": document_reference(best),
    }
