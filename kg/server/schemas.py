"""The JSON values of the interface as JSON Schema, for its description."""

from collections.abc import Mapping
from typing import Any

from kg.analytics.chokepoints import ChokepointsAnswer
from kg.analytics.compare import Comparison
from kg.analytics.conflicts import Conflicts
from kg.analytics.impact import ImpactAnswer
from kg.analytics.path import PathAnswer
from kg.analytics.timeline import Timeline
from kg.analytics.unknowns import Unknowns
from kg.server.typed_schema import schema_of

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_WHOLE: Schema = {"type": "integer"}
_FLAG: Schema = {"type": "boolean"}
_PERHAPS: Schema = {"type": ["string", "null"]}
_IRI: Schema = {"type": "string", "format": "iri"}
_COUNTS: Schema = {"type": "object", "additionalProperties": _WHOLE}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _extended(name: str, **properties: Schema) -> Schema:
    return {"allOf": [_named(name), _object(**properties)]}


def _page(**lists: Schema) -> Schema:
    """A part of a list, with the length of the whole."""
    return _object(total=_WHOLE, limit=_WHOLE, offset=_WHOLE, **lists)


_ENTITY, _TERM, _DOCUMENT = _named("Entity"), _named("Term"), _named("DocumentReference")
_SAID: Mapping[str, Schema] = {
    "polarity": {"type": "string", "enum": ["affirmed", "negated"]},
    "modality": {"type": "string", "enum": ["asserted", "reported", "planned", "possible", "historical"]},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "quote": {"type": "string", "description": "the document's own words"},
    "document": _DOCUMENT,
}
_MADE: Mapping[str, Schema] = {
    "reasons": _list(_TEXT),
    "extractor": _PERHAPS,
    "quotes": _list(
        _object(text=_TEXT, start=_WHOLE, end=_WHOLE, pointer=_PERHAPS, cell=_PERHAPS, main=_FLAG),
    ),
}

SCHEMAS: Mapping[str, Schema] = {
    "Problem": _object(type=_TEXT, title=_TEXT, status=_WHOLE, detail=_TEXT),
    "Entity": _object(iri=_IRI, kind=_TEXT, key=_TEXT, label=_TEXT, path=_TEXT),
    "Term": _object(iri=_IRI, name=_TEXT, label=_TEXT, path=_TEXT),
    "DocumentReference": _object(id=_TEXT, iri=_IRI, path=_TEXT, name=_TEXT, date=_PERHAPS),
    "Claim": _object(id=_TEXT, iri=_IRI, path=_TEXT, subject=_ENTITY, relation=_TERM, object=_ENTITY, **_SAID),
    "Figure": _object(
        id=_TEXT,
        iri=_IRI,
        path=_TEXT,
        entity=_ENTITY,
        metric=_TERM,
        value={"type": "number", "description": "in the unit itself, not in thousands or millions"},
        unit=_TEXT,
        period=_PERHAPS,
        superseded={"type": "boolean", "description": "whether a later figure replaces it"},
        **_SAID,
    ),
    "Document": _object(
        id=_TEXT,
        iri=_IRI,
        path=_TEXT,
        name=_TEXT,
        title=_PERHAPS,
        date=_PERHAPS,
        publisher=_PERHAPS,
        url=_PERHAPS,
        media_type=_PERHAPS,
        language=_PERHAPS,
        sha256=_PERHAPS,
        number_of_claims=_WHOLE,
        number_of_figures=_WHOLE,
    ),
    "Neighbour": _object(
        relation=_extended("Term", read={"type": "string", "description": "as read from the entity"}),
        direction={"type": "string", "enum": ["out", "in", "both"]},
        neighbour=_ENTITY,
        fact={"type": "boolean", "description": "whether a claim affirms it, asserted or reported"},
        claims=_WHOLE,
        documents=_WHOLE,
        polarity=_COUNTS,
        modality=_COUNTS,
        confidence=_NUMBER,
        first=_PERHAPS,
        last=_PERHAPS,
        quote=_TEXT,
        claim=_object(id=_TEXT, path=_TEXT),
        document=_DOCUMENT,
    ),
    "Rows": _object(
        **{
            name: _list({"type": "object"})
            for name in ("entities", "claims", "figures", "remarks", "documents", "conflicts")
        },
        counts={**_COUNTS, "description": "how many claims the store has for lines of which not all are here"},
        more={**_COUNTS, "description": "how many neighbours entities have beyond those here"},
        total=_WHOLE,
    ),
    "Fragment": _extended(
        "Rows",
        places={"type": "object", "description": "where entities stand, in pixels"},
        communities=_list({"type": "object"}),
    ),
    "Query": _object(
        name=_TEXT,
        title=_TEXT,
        about=_TEXT,
        path=_TEXT,
        parameters=_list(_object(name=_TEXT, type=_TEXT, about=_TEXT, default=_PERHAPS)),
    ),
}
"""What answers are made of."""

_COUNTED_TERMS = _list(_extended("Term", count=_WHOLE))
_COUNTED_TEXTS = _list(_object(name=_TEXT, count=_WHOLE))

ANSWERS: Mapping[str, Schema] = {
    "search": _object(
        query=_TEXT,
        results=_list(
            _extended(
                "Entity",
                matched=_TEXT,
                role=_PERHAPS,
                claims={"type": "integer", "description": "how many claims are about it"},
            )
        ),
    ),
    "entity": _extended(
        "Entity",
        aliases=_list(_TEXT),
        roles=_list(_TEXT),
        types=_list(_IRI),
        known=_FLAG,
        definition=_PERHAPS,
        ticker=_PERHAPS,
        country=_PERHAPS,
        same_as=_list(_IRI),
        part_of=_list(_ENTITY),
        relations=_list(
            _extended("Term", read=_TEXT, direction=_TEXT, claims=_WHOLE, neighbours=_WHOLE),
        ),
        figures=_list(_named("Figure")),
    ),
    "neighbours": {"allOf": [_object(entity=_ENTITY), _page(neighbours=_list(_named("Neighbour")))]},
    "claim": _extended(
        "Claim",
        statement=_IRI,
        qualifiers={"type": "object", "additionalProperties": _list(_TEXT)},
        **_MADE,
    ),
    "observation": _extended("Figure", supersedes=_list(_IRI), **_MADE),
    "evidence": {
        "allOf": [
            _object(subject={"oneOf": [_ENTITY, {"type": "null"}]}, object={"oneOf": [_ENTITY, {"type": "null"}]}),
            _page(claims=_list(_named("Claim"))),
        ]
    },
    "path": schema_of(PathAnswer),
    "impact": schema_of(ImpactAnswer),
    "chokepoints": schema_of(ChokepointsAnswer),
    "conflicts": schema_of(Conflicts),
    "timeline": schema_of(Timeline),
    "compare": schema_of(Comparison),
    "unknowns": schema_of(Unknowns),
    "documents": _page(documents=_list(_named("Document"))),
    "document": {
        "allOf": [_named("Document"), _page(claims=_list(_named("Claim"))), _object(figures=_list(_named("Figure")))]
    },
    "facets": _object(
        totals=_COUNTS,
        relations=_COUNTED_TERMS,
        metrics=_COUNTED_TERMS,
        polarities=_COUNTED_TERMS,
        modalities=_COUNTED_TERMS,
        roles=_COUNTED_TERMS,
        publishers=_COUNTED_TEXTS,
        years=_COUNTED_TEXTS,
        extractors=_COUNTED_TEXTS,
    ),
    "view-overview": _named("Fragment"),
    "view-around": _extended("Fragment", limit=_WHOLE, offset=_WHOLE),
    "view-path": _object(
        paths={
            "type": "array",
            "items": _list(_TEXT),
            "description": "ids of lines, from the first entity to the last",
        },
        fragment=_named("Rows"),
    ),
    "view-evidence": _extended("Fragment", limit=_WHOLE, offset=_WHOLE),
    "queries": _object(queries=_list(_named("Query"))),
    "query": _object(
        name=_TEXT,
        title=_TEXT,
        columns=_list(_TEXT),
        rows=_list({"type": "object"}),
        left_out_undated={"type": "integer", "description": "rows that `since` left out for want of a date"},
    ),
}
"""The answer of each operation."""
