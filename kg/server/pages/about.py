"""What the words of the graph mean, drawn and told from the ontology."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg import __version__
from kg.server.html import page
from kg.server.ontology import terms
from kg.server.reply import Reply
from kg.server.session import Session
from kg.server.view.preparing import view_of
from kg.store import OpenStore, select
from kg.terms import SP, local_name

_RELATIONS = """
SELECT DISTINCT ?relation ?label ?comment ?domain ?range ?inverse ?symmetric WHERE {
  ?relation a sp:Relation ; rdfs:label ?label ; rdfs:domain ?domain ; rdfs:range ?range .
  OPTIONAL { ?relation skos:definition ?comment FILTER(LANG(?comment) IN ("", "en")) }
  OPTIONAL { { ?relation owl:inverseOf ?back } UNION { ?back owl:inverseOf ?relation } ?back rdfs:label ?inverse }
  BIND(EXISTS { ?relation a owl:SymmetricProperty } AS ?symmetric)
} ORDER BY ?relation
"""
_SIDE, _WIDTH, _LEFT, _RIGHT, _STEP, _WIDE = 40, 1000, 20, 720, 24, 260


def about_page(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The page; ``base`` is the path under which the service lives."""
    facets = view_of(session).facets
    told = {term["name"]: term for group in terms(session).values() for term in group}
    counts = {row["name"]: row["count"] for row in facets["relations"]}
    relations = session.kept("relations told", _relations)
    labels = {name: term["label"] or name for name, term in told.items()}
    rows = [
        {
            **row,
            "domain": labels.get(row["domain"], row["domain"]),
            "range": labels.get(row["range"], row["range"]),
            "count": counts.get(row["name"], 0),
        }
        for row in relations
    ]
    roles = _counted(facets["roles"], told)
    said = [
        ("How it is said", _counted(facets["modalities"], told)),
        ("Affirmed or negated", _counted(facets["polarities"], told)),
    ]
    return page(
        "about",
        base=arguments["base"],
        here="/about",
        totals=facets["totals"],
        picture=picture(relations, labels, [row["label"] for row in roles]),
        relations=sorted(rows, key=lambda row: (-row["count"], row["label"])),
        said=said,
        roles=roles,
        program=__version__,
        version=session.version,
    )


def _relations(store: OpenStore) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in select(store, _RELATIONS):
        name = local_name(row["relation"])
        symmetric = row["symmetric"] == "true"
        found.setdefault(
            name,
            {
                "name": name,
                "label": row["label"],
                "comment": row["comment"],
                "domain": row["domain"].removeprefix(str(SP)),
                "range": row["range"].removeprefix(str(SP)),
                "inverse": row["label"] if symmetric else row["inverse"],
            },
        )
    return list(found.values())


def _counted(rows: Sequence[Mapping[str, Any]], told: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "comment": told.get(row["name"], {}).get("comment", "")} for row in rows]


def picture(relations: Sequence[Mapping[str, Any]], labels: Mapping[str, str], roles: Sequence[str]) -> dict[str, Any]:
    """The classes as boxes and the relations as arrows between them, as numbers for SVG.

    The class from which most relations lead stands at the left, the others at the right, each as high as its arrows
    need; what leads from a class to itself is a loop below it.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in relations:
        groups[row["domain"], row["range"]].append(row["label"])
    hub = max(sorted({start for start, _ in groups}), key=lambda name: sum(start == name for start, _ in groups))
    others = sorted({end for pair in groups for end in pair} - {hub})
    slots, y = {}, float(_SIDE)
    for name in others:
        labels_here = groups.get((hub, name), []) + groups.get((name, hub), [])
        slots[name] = (y, max(70.0, 30.0 + _STEP * len(labels_here)))
        y += slots[name][1] + 30
    loops = groups.get((hub, hub), [])
    height = max(y - 30 - _SIDE, 120.0)
    boxes = [_box(hub, labels, _LEFT, _SIDE, height, _lines(roles, height))]
    arrows = []
    for name, (top, tall) in slots.items():
        middle = top + tall / 2
        boxes.append(_box(name, labels, _RIGHT, middle - 25, 50, []))
        arrows.append(_straight(middle, groups.get((hub, name), [])))
    if loops:
        arrows.append(_loop(_SIDE + height, loops))
    told = "; ".join(f"{labels.get(a, a)} {', '.join(each)} {labels.get(b, b)}" for (a, b), each in groups.items())
    return {
        "width": _WIDTH,
        "height": round(_SIDE + height + (60 + 22 * ((len(loops) + 2) // 3) if loops else 20)),
        "boxes": boxes,
        "arrows": arrows,
        "told": f"Classes and relations: {told}",
    }


def _box(
    name: str, labels: Mapping[str, str], x: float, y: float, height: float, lines: Sequence[str]
) -> dict[str, Any]:
    label = labels.get(name, name)
    return {"x": x, "y": y, "width": _WIDE, "height": height, "label": label[:1].upper() + label[1:], "lines": lines}


def _lines(roles: Sequence[str], height: float) -> list[str]:
    """As many roles as the box has room for."""
    room = max(int((height - 60) // 20), 0)
    return [*roles[: room - 1], "…"] if len(roles) > room > 0 else list(roles[:room])


def _straight(y: float, labels: Sequence[str]) -> dict[str, Any]:
    start, end = _LEFT + _WIDE, _RIGHT
    first = y - 8 - _STEP * (len(labels) - 1)
    return {
        "line": f"M{start} {y} H{end - 10}",
        "head": f"M{end} {y} l-12 -6 v12 z",
        "labels": [
            {"x": (start + end) / 2, "y": first + _STEP * number, "text": text} for number, text in enumerate(labels)
        ],
    }


def _loop(bottom: float, labels: Sequence[str]) -> dict[str, Any]:
    left, right = _LEFT + 60, _LEFT + 160
    rows = [" · ".join(labels[begin : begin + 3]) for begin in range(0, len(labels), 3)]
    return {
        "line": f"M{left} {bottom} v26 q0 12 12 12 h{right - left - 24} q12 0 12 -12 v-16",
        "head": f"M{right} {bottom} l-6 12 h12 z",
        "labels": [
            {"x": _LEFT + 400, "y": bottom + 36 + 22 * number, "text": text} for number, text in enumerate(rows)
        ],
    }
