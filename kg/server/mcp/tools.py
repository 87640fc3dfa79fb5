"""The table of tools, in the order in which an assistant sees them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.query import catalogue
from kg.server.api import OPERATIONS, Field
from kg.server.mcp import arguments as given
from kg.server.mcp import calls, tell
from kg.server.mcp.outline import outline
from kg.server.mcp.source import Source
from kg.server.mcp.tool import Tool, with_fields
from kg.server.schemas import ANSWERS, Schema

_RULE = "Base what you say on the quotes it gives, and name the document of each; say so where there is none."
_NAME = Field("name", "key, name, alias or IRI of an organisation, technology or place", required=True)
_LIMIT = Field("limit", "how many rows at most", kind="integer", default=50, least=1, most=500)
_QUERY_TEXT: Schema = {"type": "string", "description": "a SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE"}
_QUERY_NAME = Field("query", "the query's name, as the tool queries lists it", required=True)
_QUERY_NAMES: Schema = {"type": "string", "enum": list(catalogue()), "description": _QUERY_NAME.about}
_PARAMETERS: Schema = {
    "type": "object",
    "description": 'the query\'s own parameters by name, such as {"entity": "NVIDIA", "since": "2026"}',
    "additionalProperties": {"type": ["string", "number"]},
}
_WHOLE: Schema = {"type": "integer"}
_TEXT: Schema = {"type": "string"}
_PERHAPS: Schema = {"type": ["string", "null"]}


def _narrowed(operation: str, *left_out: str, default: int, most: int) -> tuple[Field, ...]:
    """The fields of an operation, with a smaller limit than for programs."""
    kept = (each for each in OPERATIONS[operation].fields if each.name not in left_out)
    return tuple(replace(each, default=default, most=most) if each.name == "limit" else each for each in kept)


def _of(required: Mapping[str, Schema], **optional: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


def _all(*schemas: Schema) -> Schema:
    return {"allOf": list(schemas)}


_ORIGIN: Schema = _of({"document": _of({"title": _PERHAPS, "publisher": _PERHAPS, "url": _PERHAPS})})
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_CLAIM: Schema = {"$ref": "#/components/schemas/Claim"}
_REASONED: Schema = _of(
    {
        "reasons": _TEXTS,
        "qualifiers": {"type": "object", "additionalProperties": _TEXTS},
        "further_quotes": _TEXTS,
    }
)
_EVIDENCE: Schema = _all(
    ANSWERS["evidence"], _of({"claims": {"type": "array", "items": _all(_CLAIM, _REASONED, _ORIGIN)}})
)
_ONE: Schema = _of({}, claim=_all(ANSWERS["claim"], _ORIGIN), figure=_all(ANSWERS["observation"], _ORIGIN))
_CUT: Mapping[str, Schema] = {"total": _WHOLE, "truncated": {"type": "boolean"}}
_FEWER_FIGURES: Schema = _of({"figures_left_out": _WHOLE})
_SPARQL: Schema = _of(
    {},
    answer={"type": "boolean"},
    columns=_TEXTS,
    rows={"type": "array", "items": {"type": "object"}},
    triples=_TEXTS,
    **_CUT,
)

_SEARCH = _narrowed("search", default=10, most=50)
_NEIGHBOURS = (_NAME, *_narrowed("neighbours", "kind", "key", default=20, most=100))
_EVIDENCE_FIELDS = _narrowed("evidence", default=10, most=50)
_ID = Field("id", "id of a claim or figure, as other tools give it", required=True)
_PATH = _narrowed("path", default=5, most=20)
_DOCUMENTS = _narrowed("documents", default=20, most=100)
_DOCUMENT = _narrowed("document", default=20, most=100)

_ANSWERS = (
    (
        "impact",
        "Tell who is hit if something fails",
        "Who is hit if an organisation, technology or place fails or an export rule hits a place: by which chain, how "
        "hard, and what else the documents name. What is planned, only possible or over stands apart.",
    ),
    (
        "chokepoints",
        "Tell what most depends on",
        "Whom or what most of the network depends on, and who has only one source in the documents. That they name one "
        "source only is no evidence that there is no other: say so.",
    ),
    (
        "conflicts",
        "Tell what contradicts what",
        "What the documents contradict each other in, both sides quoted, and what later ones replaced.",
    ),
    (
        "timeline",
        "Tell what was said when",
        "What was said of an entity in the order of time, revisions and plans that came true included.",
    ),
    (
        "compare",
        "Put two entities side by side",
        "What two entities share and where they differ, with the quotes of both.",
    ),
    (
        "unknowns",
        "Tell what is left open",
        "What was searched and not found, only planned or rumoured, told by one document alone, or old.",
    ),
)


async def _query(source: Source, arguments: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in arguments.items() if name != "parameters"}
    values = given.checked((_QUERY_NAME, _LIMIT), fields)
    return await calls.query(source, values["query"], given.parameters(arguments), values["limit"])


async def _sparql(source: Source, arguments: Mapping[str, Any]) -> dict[str, Any]:
    values = given.checked((_LIMIT,), {name: value for name, value in arguments.items() if name != "query"})
    return await calls.sparql(source, given.query_text(arguments), values["limit"])


_ALL = (
    Tool(
        "search",
        "Search for entities",
        "Find the organisations, packaging technologies and places that a name or a part of one may mean. Start here "
        "where you are not sure how the graph calls something.",
        with_fields(calls.search, _SEARCH),
        tell.search,
        ANSWERS["search"],
        _SEARCH,
    ),
    Tool(
        "entity",
        "Tell about an entity",
        "What the graph knows of one organisation, technology or place: names, roles, how many connections of which "
        f"kind, and its figures such as capital expenditure, each with its quote. {_RULE}",
        with_fields(calls.entity, (_NAME,)),
        tell.entity,
        _all(ANSWERS["entity"], _FEWER_FIGURES),
        (_NAME,),
    ),
    Tool(
        "neighbours",
        "List connections",
        "Whom or what an entity is connected with: who packages for it, its tool suppliers, rivals, sites and so on, "
        "each with its surest quote. A connection that is no fact is only planned, rumoured, past or denied: read the "
        f"polarity and modality. {_RULE}",
        with_fields(calls.neighbours, _NEIGHBOURS),
        tell.neighbours,
        ANSWERS["neighbours"],
        _NEIGHBOURS,
    ),
    Tool(
        "evidence",
        "Give the evidence",
        "The claims about a subject, a relation and an object (subject or object may be left out), each with its "
        "quote, document, publisher, date, polarity, modality, confidence and reasons. Use it before you state that "
        f"something is so, is planned or is denied. {_RULE}",
        with_fields(calls.evidence, _EVIDENCE_FIELDS),
        tell.evidence,
        _EVIDENCE,
        _EVIDENCE_FIELDS,
    ),
    Tool(
        "claim",
        "Show a claim or figure",
        "One claim or figure by its id, with all its quotes and where in the document they stand, its reasons and its "
        f"qualifiers (product, technology, by way of whom, quantity, period). {_RULE}",
        with_fields(calls.claim, (_ID,)),
        tell.claim,
        _ONE,
        (_ID,),
    ),
    Tool(
        "path",
        "Connect two entities",
        "The best chains of facts from one entity to another, such as a supply chain: in any direction, or with "
        "direction=dependence only from who depends to whom it depends on. Rivals are no tie unless relation names "
        f"competesWith. Each step comes with its surest quote. {_RULE} A chain is only as good as its weakest step.",
        with_fields(calls.path, _PATH),
        tell.path,
        ANSWERS["path"],
        _PATH,
    ),
    *(
        Tool(
            name,
            title,
            f"{about} {_RULE}",
            with_fields(calls.answer(name), OPERATIONS[name].fields),
            outline,
            ANSWERS[name],
            OPERATIONS[name].fields,
        )
        for name, title, about in _ANSWERS
    ),
    Tool(
        "documents",
        "List documents",
        "The documents that the graph was built from, with title, publisher and date. Use it to learn what can be "
        "known at all, and how new it is.",
        with_fields(calls.documents, _DOCUMENTS),
        tell.documents,
        ANSWERS["documents"],
        _DOCUMENTS,
    ),
    Tool(
        "document",
        "Tell what a document says",
        f"One document by its id, with the claims and figures that were read in it. {_RULE}",
        with_fields(calls.document, _DOCUMENT),
        tell.document,
        _all(ANSWERS["document"], _FEWER_FIGURES),
        _DOCUMENT,
    ),
    Tool(
        "overview",
        "Tell what there is",
        "How many documents, claims, figures and entities the graph holds, by relation, metric, publisher and year. "
        "Use it to learn the names of the relations and what the graph can answer.",
        with_fields(calls.overview, ()),
        tell.overview,
        ANSWERS["facets"],
    ),
    Tool(
        "queries",
        "List the named queries",
        "The questions that the graph answers by name, such as who packages for X, chokepoints, or figures that "
        "contradict each other, with their typed parameters. See whether one fits before you write SPARQL.",
        with_fields(calls.queries, ()),
        tell.queries,
        ANSWERS["queries"],
    ),
    Tool(
        "query",
        "Ask a named query",
        f"The rows of one of the named queries; the tool queries tells names and parameters. {_RULE}",
        _query,
        tell.query,
        _all(ANSWERS["query"], _of(_CUT)),
        (_LIMIT,),
        {"query": _QUERY_NAMES, "parameters": _PARAMETERS},
        ("query",),
    ),
    Tool(
        "sparql",
        "Ask in SPARQL",
        "Any read-only SPARQL 1.1 query, for what the other tools cannot answer; it is stopped at the time limit. The "
        "prefixes sp: entity: tech: place: claim: doc: skos: rdfs: dcterms: oa: prov: are there. Facts are plain "
        "triples (entity:tsmc sp:outsourcesTo entity:amkor). A claim has sp:statement (rdf:subject, rdf:predicate, "
        "rdf:object), sp:polarity, sp:modality, sp:confidence, prov:wasDerivedFrom and sp:mainEvidence, which has "
        f"sp:exact, the quote. Say DISTINCT and LIMIT. {_RULE} So select the quotes as well.",
        _sparql,
        tell.sparql,
        _SPARQL,
        (_LIMIT,),
        {"query": _QUERY_TEXT},
        ("query",),
    ),
)
TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in _ALL}
"""By name."""
