"""The forms that answers may have, and the engine's formats behind them."""

from collections.abc import Mapping

import pyoxigraph as ox

from kg.server.negotiate import Form

JSON = Form("json", "application/json")
HTML = Form("html", "text/html", ("application/xhtml+xml",), charset=True)

ROWS = (
    Form("json", "application/sparql-results+json", ("application/json",)),
    Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Form("csv", "text/csv", charset=True),
    Form("tsv", "text/tab-separated-values", charset=True),
)
"""Of SELECT and ASK."""

TRIPLES = (
    Form("ttl", "text/turtle", ("application/x-turtle", "application/turtle"), charset=True),
    Form("nt", "application/n-triples", ("text/plain",), charset=True),
    Form("xml", "application/rdf+xml", ("application/xml", "text/xml")),
    Form("json", "application/ld+json", ("application/json",)),
    Form("trig", "application/trig", ("application/x-trig",)),
    Form("nq", "application/n-quads", ("text/x-nquads",)),
)
"""Of CONSTRUCT and DESCRIBE, and of all that is RDF."""

ROW_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
RDF_FORMATS: Mapping[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "xml": ox.RdfFormat.RDF_XML,
    "json": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
