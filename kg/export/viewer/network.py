"""A picture as a ``pyvis`` network, for those who go on with it: its notebooks, its options, its own page."""

from collections import defaultdict
from html import escape
from math import sqrt
from typing import Any

from kg.export.viewer.appearance import relation_look, role_look
from kg.export.viewer.payload import main_role, plain
from kg.export.viewer.picture import ClaimRow, EntityRow, Picture
from kg.model import MentionKind, Modality, Polarity

_LEAST, _MOST = 8.0, 24.0
# As in the page: dotted is what may not come, red what is denied.
_DASHES: dict[Modality, bool | list[int]] = {
    Modality.ASSERTED: False,
    Modality.REPORTED: [9, 5],
    Modality.PLANNED: [2, 5],
    Modality.POSSIBLE: [1, 7],
    Modality.HISTORICAL: False,
}
_ORDER = tuple(Modality)
_DENIED = "#b00d28"
_Tie = tuple[str, str, str, Polarity]


def to_pyvis(picture: Picture) -> Any:  # noqa: ANN401 - naming the class would load pyvis with every command
    """A ``pyvis.network.Network``: a node for each entity, where and as the page draws it, and an edge for each tie.

    Edges have ``relation``, ``polarity``, ``modality`` (the firmest way in which it is said), ``claims`` (how many),
    ``confidence`` (the surest) and the best quote as ``title``. Physics are off, since places are given. Texts of
    documents are escaped, as pyvis writes titles into its page as they are.
    """
    from pyvis.network import Network

    from kg.export.viewer.layout import positions  # with numpy, which costs time to load

    ties: dict[_Tie, list[ClaimRow]] = defaultdict(list)
    for row in sorted(picture.claims, key=lambda row: row.id):
        ties[row.subject, row.relation, row.object, row.polarity].append(row)
    labels = {row.id: plain(row.label) or row.id for row in picture.entities}
    organisations = {row.id for row in picture.entities if row.kind is MentionKind.ORGANISATION}
    places = positions(labels, [(subject, object_) for subject, _, object_, _ in ties], organisations)
    network = Network(directed=True)
    network.toggle_physics(False)
    for entity in sorted(picture.entities, key=lambda row: row.id):
        degree = sum(entity.id in {subject, object_} for subject, _, object_, _ in ties)
        network.add_node(entity.id, **_node(entity, degree), x=places[entity.id][0], y=places[entity.id][1])
    names = [row.name for row in picture.relations]
    symmetric = {row.name for row in picture.relations if row.symmetric}
    for tie, claims in sorted(ties.items()):
        number = names.index(tie[1]) if tie[1] in names else len(names)
        colour = relation_look(tie[1], number, symmetric=tie[1] in symmetric).light
        network.add_edge(tie[0], tie[2], **_edge(tie, claims, colour))
    return network


def _node(row: EntityRow, degree: int) -> dict[str, Any]:
    look, role = role_look(main_role(row)), main_role(row)
    label = plain(row.label) or row.id
    return {
        "label": label,
        "title": escape(f"{label}: {role}"),
        "shape": look.shape,
        "color": look.light,
        "size": round(min(_MOST, _LEAST + 2.6 * sqrt(degree)), 1),
        "role": role,
    }


def _edge(tie: _Tie, claims: list[ClaimRow], colour: str) -> dict[str, Any]:
    best = max(claims, key=lambda row: (row.confidence, row.id))
    firmest = min((row.modality for row in claims), key=_ORDER.index)
    denied = tie[3] is Polarity.NEGATED
    return {
        "relation": tie[1],
        "polarity": str(tie[3]),
        "modality": str(firmest),
        "claims": len(claims),
        "confidence": round(best.confidence, 3),
        "title": escape(f"{'not: ' if denied else ''}{best.quotes[0].text}" if best.quotes else tie[1]),
        "color": _DENIED if denied else colour,
        "dashes": _DASHES[firmest],
        "width": min(5.0, 1.25 + 0.55 * (len(claims) - 1)),
    }
