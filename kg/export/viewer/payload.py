"""A picture as the data of its page: rows, how they are called and look, and where entities stand, ready for JSON."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analytics.conflicts import conflict_kinds
from kg.export.viewer.appearance import Look, relation_look, role_look
from kg.export.viewer.picture import ClaimRow, DocumentRow, EntityRow, ObservationRow, Picture, QuoteRow, RemarkRow
from kg.model import MentionKind, Modality, Polarity
from kg.query import told
from kg.terms import PREFIXES, ROOT

# Controls, zero-width characters and direction marks: invisible, so they could make one name look like another.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_TURTLE = (
    "sp",
    "rdf",
    "rdfs",
    "skos",
    "dcterms",
    "prov",
    "oa",
)  # prefixes of the claims that the page copies as Turtle
_LABELS = {
    "organisation": "Other organisation",
    "technology": "Technology",
    "place": "Place",
    "asserted": "Stated",
    "reported": "Reported",
    "planned": "Planned",
    "possible": "Possible",
    "historical": "Past",
    "affirmed": "Affirmed",
    "negated": "Negated",
}


@dataclass(frozen=True, slots=True)
class Live:
    """A page that a server stands behind.

    Attributes:
        base: address under which the server's pages lie (``/``).
        api: address of its interface (``/api/v1``).
    """

    base: str
    api: str


def payload(
    picture: Picture, *, title: str, live: Live | None = None, later: Sequence[EntityRow] = ()
) -> dict[str, Any]:
    """The data of the page in a stable order: what is called how and looks how, the rows, and where entities stand.

    With ``live`` the page asks that server for what ``picture`` lacks; ``later`` are entities of each role that may
    then come, and all relations of the ontology are listed.
    """
    from kg.export.viewer.layout import arranged  # with numpy, which costs time to load

    rows = fragment(picture)
    data = {
        "title": plain(title),
        "roles": _roles(picture, [*picture.entities, *later]),
        "roleNames": _role_names(picture, [*picture.entities, *later]),
        "relations": _relations(
            picture, {row.relation for row in picture.claims} | {row.name for row in picture.relations if later}
        ),
        "modalities": [{"id": str(each), "label": _LABELS[each]} for each in Modality],
        "polarities": [{"id": str(each), "label": _LABELS[each]} for each in Polarity],
        "conflictKinds": {each.name: {"label": each.label, "about": each.about} for each in conflict_kinds().values()},
        "chokepoints": [{"id": row.entity, "why": plain(row.why)} for row in picture.chokepoints],
        "terms": {"root": ROOT, "prefixes": {prefix: PREFIXES[prefix] for prefix in _TURTLE}},
        **rows,
        **arranged(
            {row["id"]: row["label"] for row in rows["entities"]},
            [(row["subject"], row["object"]) for row in rows["claims"]],
            {row["id"] for row in rows["entities"] if row["kind"] == MentionKind.ORGANISATION},
        ),
    }
    return data if live is None else data | {"live": {"base": live.base, "api": live.api}}


def fragment(picture: Picture) -> dict[str, Any]:
    """The rows of a picture alone, in a stable order; what is said of an entity that is not among them is left out."""
    entities = sorted(picture.entities, key=lambda row: row.id)
    known = {row.id for row in entities}
    claims = sorted(
        (row for row in picture.claims if row.subject in known and row.object in known), key=lambda row: row.id
    )
    figures = sorted((row for row in picture.observations if row.subject in known), key=lambda row: row.id)
    return {
        "entities": [_entity(row) for row in entities],
        "claims": [_claim(row) for row in claims],
        "figures": [_figure(row) for row in figures],
        "remarks": [_remark(row) for row in sorted(picture.remarks, key=lambda row: row.id) if row.subject in known],
        "documents": [_document(row) for row in sorted(picture.documents, key=lambda row: row.id)],
        "conflicts": sorted(
            ({"id": row.id, "kind": row.kind, "members": sorted(row.members)} for row in picture.conflicts),
            key=lambda row: (row["kind"], row["members"], row["id"]),
        ),
    }


def plain(text: str) -> str:
    """A name fit to be shown on one line: invisible characters and runs of space become one space."""
    return " ".join(_INVISIBLE.sub(" ", text).split())


def main_role(row: EntityRow) -> str:
    """The role that decides an entity's colour, shape and line in the legend."""
    if row.kind is MentionKind.ORGANISATION:
        return row.roles[0] if row.roles else "organisation"
    return str(row.kind)


def _entity(row: EntityRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "label": plain(row.label) or row.id,
        "aliases": sorted({plain(alias) for alias in row.aliases} - {plain(row.label), ""}),
        "kind": str(row.kind),
        "role": main_role(row),
        "roles": list(row.roles),
        "known": row.known,
    }


def _document(row: DocumentRow) -> dict[str, str]:
    return {
        "id": row.id,
        "title": plain(row.title or row.file_name or row.id),
        "publisher": plain(row.publisher),
        "date": plain(row.date),
        "url": row.url if re.match(r"https?://[^\s]+\Z", row.url, re.IGNORECASE) else "",
        "file": plain(row.file_name),
    }


def _claim(row: ClaimRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "subject": row.subject,
        "relation": row.relation,
        "object": row.object,
        "qualifiers": [
            [plain(name), [plain(each) for each in row.qualifiers[name]]] for name in sorted(row.qualifiers)
        ],
        **_said(row),
    }


def _figure(row: ObservationRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "subject": row.subject,
        "metric": plain(row.metric),
        "value": row.value,
        "unit": plain(row.unit),
        "period": plain(row.period),
        "earlier": row.earlier,
        **_said(row),
    }


def _remark(row: RemarkRow) -> dict[str, Any]:
    topic, scope = plain(row.topic), [plain(each) for each in row.scope]
    return {
        "id": row.id,
        "subject": row.subject,
        "kind": str(row.kind),
        "topic": topic,
        "rank": row.rank,
        "scope": scope,
        "others": list(row.others),
        "told": told(row.kind, topic, row.rank, scope),
        **_said(row),
    }


def _said(row: ClaimRow | ObservationRow | RemarkRow) -> dict[str, Any]:
    """How, where and how surely a claim, figure or remark is said."""
    return {
        "polarity": str(row.polarity),
        "modality": str(row.modality),
        "confidence": round(row.confidence, 3),
        "reasons": [plain(reason) for reason in row.reasons],
        "document": row.document,
        "quotes": [_quote(quote) for quote in row.quotes],
    }


def _quote(row: QuoteRow) -> dict[str, str]:
    return {"text": row.text, "document": row.document, "pointer": plain(row.pointer), "cell": plain(row.cell)}


def _look(look: Look) -> dict[str, str]:
    return {"shape": look.shape, "light": look.light, "dark": look.dark}


def _role_names(picture: Picture, entities: Iterable[EntityRow]) -> dict[str, str]:
    """How each role that occurs is called, also those that never decide how an entity looks."""
    labels = _LABELS | {row.name: plain(row.label) for row in picture.roles}
    names = {name for row in entities for name in (*row.roles, main_role(row))}
    return {name: labels.get(name, name) for name in sorted(names)}


def _roles(picture: Picture, entities: Iterable[EntityRow]) -> list[dict[str, Any]]:
    """The roles that occur as a main role, those of organisations by number, then technologies and places."""
    labels = _role_names(picture, entities)
    counts = Counter(main_role(row) for row in entities)
    kinds = [str(kind) for kind in MentionKind]
    names = sorted(counts, key=lambda name: (kinds.index(name) + 1 if name in kinds else 0, -counts[name], name))
    return [
        {"id": name, "label": labels[name], "off": name in ("technology", "place"), **_look(role_look(name))}
        for name in names
    ]


def _relations(picture: Picture, used: set[str]) -> list[dict[str, Any]]:
    """The relations that occur, in the ontology's order; one that the ontology does not list keeps its name."""
    listed = {row.name: row for row in picture.relations}
    names = [name for name in listed if name in used] + sorted(used - set(listed))
    rows = []
    for number, name in enumerate(names):
        row = listed.get(name)
        symmetric = row is not None and row.symmetric
        rows.append(
            {
                "id": name,
                "label": plain(row.label if row else name),
                "inverse": plain(row.inverse_label if row else "") or f"{plain(row.label if row else name)} (of)",
                "symmetric": symmetric,
                **_look(relation_look(name, number, symmetric=symmetric)),
            }
        )
    return rows
