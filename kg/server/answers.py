"""SPARQL queries, in a worker: the query's own kind of answer decides which forms it may have."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.server.forms import RDF_FORMATS, ROW_FORMATS, ROWS, TRIPLES
from kg.server.negotiate import choose
from kg.server.reply import Bounded, Reply
from kg.server.session import Session
from kg.store import Triples
from kg.terms import PREFIXES

_VARY = {"Vary": "Accept, Accept-Encoding"}


def sparql(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The answer to a query.

    Args:
        session: the open store.
        arguments: ``query``; ``default_graphs``, ``named_graphs`` and ``base``; ``accept`` and ``format`` as in
            :func:`kg.server.negotiate.choose`.

    Raises:
        QueryError: the query does not parse, or would change or leave the store.
        Refusal: the client accepts none of the forms, or the answer is too large.
    """
    answer = session.store.query(
        arguments["query"],
        default_graphs=arguments["default_graphs"],
        named_graphs=arguments["named_graphs"],
        base=arguments["base"],
    )
    if isinstance(answer, Triples):
        return rdf(session, once(answer), arguments)
    form = choose(arguments["accept"], ROWS, arguments["format"])
    out = Bounded(session.limits.max_result_bytes)
    answer.write(out, ROW_FORMATS[form.name])
    return Reply(out.getvalue(), form.content_type, _VARY)


def rdf(session: Session, statements: Iterable[ox.Triple | ox.Quad], arguments: Mapping[str, Any]) -> Reply:
    """Triples or quads in the form that the client likes best; forms without named graphs leave these out.

    Raises:
        Refusal: the client accepts none of the forms, or the answer is too large.
    """
    form = choose(arguments["accept"], TRIPLES, arguments["format"])
    format_ = RDF_FORMATS[form.name]
    out = Bounded(session.limits.max_result_bytes)
    if format_.supports_datasets:
        quads = (each if isinstance(each, ox.Quad) else ox.Quad(*each) for each in statements)
        ox.serialize(quads, out, format_, prefixes=PREFIXES)
    else:
        triples = (each.triple if isinstance(each, ox.Quad) else each for each in statements)
        ox.serialize(once(triples), out, format_, prefixes=PREFIXES)
    return Reply(out.getvalue(), form.content_type, _VARY)


def once(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Each triple once; the union of named graphs gives one for each graph that holds it."""
    seen = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple
