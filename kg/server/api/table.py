"""The table of operations: all that the JSON interface offers, in the order of its description."""

from collections.abc import Mapping

from kg.server.api.claims import claim, evidence, observation
from kg.server.api.documents import document, documents
from kg.server.api.entities import entity, neighbours
from kg.server.api.facets import facets
from kg.server.api.fields import Field
from kg.server.api.named import queries, run_query
from kg.server.api.operation import Operation
from kg.server.api.paths import path
from kg.server.api.references import KINDS
from kg.server.api.rows import FILTERS, PAGE
from kg.server.api.search import search

_ENTITY = (
    Field("kind", "what it is", required=True, choices=KINDS, in_path=True),
    Field("key", "the last part of its IRI", required=True, in_path=True),
)
_ID = Field("id", "the last part of its IRI", required=True, in_path=True)
_RELATION = Field("relation", "only this relation, by its name in the ontology or its label")

_ALL = (
    Operation(
        "search",
        "/search",
        "Entities whose name or alias fits, best first.",
        search,
        (
            Field("q", "what to look for", required=True),
            Field("kind", "only this kind", choices=KINDS),
            Field("limit", "how many at most", kind="integer", default=10, least=1, most=100),
        ),
        "/search?q=amk",
    ),
    Operation(
        "entity",
        "/entities/{kind}/{key}",
        "Names, roles, relations and figures of an entity.",
        entity,
        _ENTITY,
        "/entities/organisation/amkor",
    ),
    Operation(
        "neighbours",
        "/entities/{kind}/{key}/neighbours",
        "What an entity is connected with: each relation and neighbour once, with the surest quote.",
        neighbours,
        (*_ENTITY, _RELATION, *FILTERS, *PAGE),
        "/entities/organisation/amkor/neighbours?relation=outsourcesTo",
    ),
    Operation("claim", "/claims/{id}", "A claim with its reasons, qualifiers and quotes.", claim, (_ID,)),
    Operation("observation", "/observations/{id}", "A figure with its reasons and quotes.", observation, (_ID,)),
    Operation(
        "evidence",
        "/evidence",
        "The claims about a subject, a relation and an object, with their quotes.",
        evidence,
        (
            Field("subject", "key, name or IRI of the subject"),
            _RELATION,
            Field("object", "key, name or IRI of the object"),
            *FILTERS,
            *PAGE,
        ),
        "/evidence?subject=tsmc&relation=outsourcesTo",
    ),
    Operation(
        "path",
        "/path",
        "The shortest chains of facts between two entities, each step with its surest quote.",
        path,
        (
            Field("from", "key, name or IRI of the first entity", required=True),
            Field("to", "key, name or IRI of the last entity", required=True),
            Field("relations", "only these relations, with commas between", many=True),
            Field("max", "the longest path", kind="integer", default=4, least=1, most=8),
            Field("limit", "how many paths at most", kind="integer", default=10, least=1, most=100),
        ),
        "/path?from=nvidia&to=amkor",
    ),
    Operation(
        "documents",
        "/documents",
        "The documents by name.",
        documents,
        (Field("q", "only those whose name or title holds this"), *PAGE),
        "/documents?limit=20",
    ),
    Operation("document", "/documents/{id}", "A document with its claims and figures.", document, (_ID, *PAGE)),
    Operation("facets", "/facets", "How much there is of what.", facets, (), "/facets"),
    Operation("queries", "/queries", "The named queries with their parameters.", queries, (), "/queries"),
    Operation(
        "query",
        "/queries/{name}",
        "The rows of a named query; its parameters are given by name.",
        run_query,
        (Field("name", "the query's name", required=True, in_path=True),),
        "/queries/packages-for?entity=nvidia",
        free=True,
    ),
)
OPERATIONS: Mapping[str, Operation] = {operation.name: operation for operation in _ALL}
