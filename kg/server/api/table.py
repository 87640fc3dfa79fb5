"""The table of operations: all that the JSON interface offers, in the order of its description."""

from collections.abc import Mapping

from kg.analytics.telling.chokepoints import lines as tell_chokepoints
from kg.analytics.telling.compare import lines as tell_compare
from kg.analytics.telling.conflicts import lines as tell_conflicts
from kg.analytics.telling.impact import lines as tell_impact
from kg.analytics.telling.path import lines as tell_path
from kg.analytics.telling.timeline import lines as tell_timeline
from kg.analytics.telling.unknowns import lines as tell_unknowns
from kg.server.api.answers.chokepoints import FIELDS as CHOKEPOINTS
from kg.server.api.answers.chokepoints import chokepoints
from kg.server.api.answers.compare import FIELDS as COMPARE
from kg.server.api.answers.compare import compare
from kg.server.api.answers.conflicts import FIELDS as CONFLICTS
from kg.server.api.answers.conflicts import conflicts
from kg.server.api.answers.impact import FIELDS as IMPACT
from kg.server.api.answers.impact import impact
from kg.server.api.answers.path import FIELDS as PATH
from kg.server.api.answers.path import path
from kg.server.api.answers.timeline import FIELDS as TIMELINE
from kg.server.api.answers.timeline import timeline
from kg.server.api.answers.unknowns import FIELDS as UNKNOWNS
from kg.server.api.answers.unknowns import unknowns
from kg.server.api.claims import claim, evidence, observation
from kg.server.api.documents import document, documents
from kg.server.api.entities import connected, entity
from kg.server.api.fields import Field
from kg.server.api.named import queries, run_query
from kg.server.api.operation import Operation
from kg.server.api.references import KINDS
from kg.server.api.rows import FILTERS, PAGE
from kg.server.api.view import around, facets, overview, search, view_evidence, view_path
from kg.server.view.listing import ORDERS

_ENTITY = (
    Field("kind", "what it is", required=True, choices=KINDS, in_path=True),
    Field("key", "the last part of its IRI", required=True, in_path=True),
)
_ID = Field("id", "the last part of its IRI", required=True, in_path=True)
_SOMETHING = "its short id (entity/amkor), key, name or IRI"
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
        connected,
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
        "The best chains from one entity to another, each hop with its quotes, or what stands in the way.",
        path,
        PATH,
        "/path?from=nvidia&to=amkor",
        tell=tell_path,
    ),
    Operation(
        "conflicts",
        "/conflicts",
        "What the documents contradict each other in, both sides with their quotes, the most important first.",
        conflicts,
        CONFLICTS,
        "/conflicts?entity=amkor",
        tell=tell_conflicts,
    ),
    Operation(
        "timeline",
        "/timeline",
        "What was said of an entity when, with what replaced which figure and which plans came true.",
        timeline,
        TIMELINE,
        "/timeline?entity=amkor",
        tell=tell_timeline,
    ),
    Operation(
        "compare",
        "/compare",
        "What two entities share and where they differ, each with its best quote.",
        compare,
        COMPARE,
        "/compare?first=amkor&second=ase",
        tell=tell_compare,
    ),
    Operation(
        "unknowns",
        "/unknowns",
        "What was searched and not found, what is only planned or possible, told by one document, or old.",
        unknowns,
        UNKNOWNS,
        "/unknowns?first=amkor",
        tell=tell_unknowns,
    ),
    Operation(
        "chokepoints",
        "/chokepoints",
        "Who or what most of the network depends on, in numbers and quotes, and who has only one source.",
        chokepoints,
        CHOKEPOINTS,
        "/chokepoints?most=5",
        tell=tell_chokepoints,
    ),
    Operation(
        "impact",
        "/impact",
        "Who is hit if something fails or an export rule hits a country, by which chain, with quotes and alternatives.",
        impact,
        IMPACT,
        "/impact?what=amkor",
        tell=tell_impact,
    ),
    Operation(
        "documents",
        "/documents",
        "The documents, by name where no other order is asked for.",
        documents,
        (
            Field("q", "only those whose name or title holds this"),
            Field("order", "their order", default="name", choices=tuple(ORDERS)),
            *PAGE,
        ),
        "/documents?limit=20",
    ),
    Operation("document", "/documents/{id}", "A document with its claims and figures.", document, (_ID, *PAGE)),
    Operation("facets", "/facets", "How much there is of what.", facets, (), "/facets"),
    Operation(
        "view-overview",
        "/view/overview",
        "The explorer's first picture: everything of a small store, the best connected of a large one.",
        overview,
        (),
        "/view/overview",
    ),
    Operation(
        "view-around",
        "/view/around",
        "An entity with its neighbours, the best joined first, and the lines to and among them.",
        around,
        (
            Field("entity", _SOMETHING, required=True),
            _RELATION,
            *FILTERS,
            Field("limit", "how many neighbours at most", kind="integer", default=30, least=1, most=100),
            Field("offset", "how many to pass over", kind="integer", default=0, least=0, most=1_000_000),
        ),
        "/view/around?entity=entity/amkor",
    ),
    Operation(
        "view-path",
        "/view/path",
        "The shortest ways between two entities over what is affirmed, with what they rest on.",
        view_path,
        (
            Field("from", _SOMETHING, required=True),
            Field("to", _SOMETHING, required=True),
            Field("without", "not over these relations, with commas between", many=True),
            Field("most", "how many ways at most", kind="integer", default=5, least=1, most=50),
        ),
        "/view/path?from=nvidia&to=amkor",
    ),
    Operation(
        "view-evidence",
        "/view/evidence",
        "Claims with their words, the surest first: of a subject, relation and object, of one entity, or by their ids.",
        view_evidence,
        (
            Field("subject", _SOMETHING),
            _RELATION,
            Field("object", _SOMETHING),
            Field("claims", "instead: ids of two dozen claims at most, with commas between", many=True),
            *FILTERS,
            Field("limit", "how many claims at most", kind="integer", default=40, least=1, most=200),
            Field("offset", "how many to pass over", kind="integer", default=0, least=0, most=1_000_000),
        ),
        "/view/evidence?subject=tsmc&relation=outsourcesTo&object=amkor",
    ),
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
