"""What the SPARQL endpoint says of itself: as RDF, or as a page with a form."""

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.server.forms import HTML, RDF_FORMATS, TRIPLES
from kg.server.html import page
from kg.server.negotiate import choose
from kg.server.respond import respond
from kg.server.service import base_of

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)
_EXAMPLE = """SELECT DISTINCT ?customer ?provider WHERE {
  ?customer sp:outsourcesTo ?provider
} LIMIT 20"""


def description(request: Request, wanted: str) -> Response:
    """The description in the form that the client likes best.

    Raises:
        Refusal: the client accepts none of the forms.
    """
    form = choose(request.headers.get("accept", ""), (*TRIPLES, HTML), wanted)
    if form is HTML:
        return respond(page("endpoint", base=base_of(request), example=_EXAMPLE))
    address = str(request.url.replace(query="", fragment=""))
    body = ox.serialize(_triples(address), format=RDF_FORMATS[form.name], prefixes={"sd": _SD})
    return Response(body, headers={"Vary": "Accept, Accept-Encoding"}, media_type=form.content_type)


def _triples(address: str) -> list[ox.Triple]:
    service, dataset, graph = (ox.NamedNode(address + part) for part in ("", "#dataset", "#default-graph"))
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return [
        ox.Triple(service, kind, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, kind, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, kind, _sd("Graph")),
        *(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS),
    ]


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
