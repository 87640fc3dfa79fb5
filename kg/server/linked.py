"""Linked data: what a name of the graph stands for, as RDF or as a page."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.server.answers import once, rdf
from kg.server.api.claims import claim, observation
from kg.server.api.documents import document
from kg.server.api.references import node, path_of
from kg.server.forms import HTML, TRIPLES
from kg.server.html import page
from kg.server.negotiate import choose
from kg.server.ontology import terms
from kg.server.pages.entity import entity_page
from kg.server.refusal import Refusal
from kg.server.reply import Reply
from kg.server.session import Session
from kg.store import Triples
from kg.terms import DOCUMENT, GRAPH, ONTOLOGY_GRAPH, ROOT, SP

_ALL = {"limit": 500, "offset": 0}
# Facts are told from both ends, with the labels of what they join.
_ENTITY = """
CONSTRUCT { $node ?p ?o . ?s ?q $node . ?o skos:prefLabel ?object . ?s skos:prefLabel ?subject } WHERE {
  { $node ?p ?o . OPTIONAL { ?o skos:prefLabel ?object } }
  UNION
  { ?q a sp:Relation . ?s ?q $node . OPTIONAL { ?s skos:prefLabel ?subject } }
}
"""
# With the nodes of its quotes and its statement.
_CLAIM = """
CONSTRUCT { ?s ?p ?o } WHERE { $node ((sp:evidence/oa:hasSelector?)|sp:statement)? ?s . ?s ?p ?o }
"""
_STATEMENT = "CONSTRUCT { $node ?p ?o . ?claim sp:statement $node } { $node ?p ?o . ?claim sp:statement $node }"
_PLAIN = "CONSTRUCT { $node ?p ?o } WHERE { $node ?p ?o }"
_QUERIES = {
    "entity": _ENTITY,
    "technology": _ENTITY,
    "place": _ENTITY,
    "claim": _CLAIM,
    "observation": _CLAIM,
    "statement": _STATEMENT,
    "conflict": _PLAIN,
}


def resource(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """What is known about one name of the graph.

    Args:
        session: the open store.
        arguments: ``kind``, the part of the path in front of the name; ``key``, the name; ``base``; ``accept`` and
            ``format`` as in :func:`kg.server.negotiate.choose`.

    Raises:
        Refusal: there is no such thing, or the client accepts none of the forms.
        UnknownEntityError: there is no such entity.
    """
    kind, key = arguments["kind"], arguments["key"]
    iri = str(SP).rstrip("#") if kind == "ontology" else f"{ROOT}{kind}/{quote(key, safe='')}"
    form = choose(arguments["accept"], (*TRIPLES, HTML), arguments["format"])
    statements = _statements(session, kind, iri)
    first = next(statements, None)
    if first is None:
        raise Refusal(404, f"The store has no {kind} {key!r}; a build or a removal may have taken it away")
    if form is not HTML:
        return rdf(session, _both(first, statements), arguments)
    shown = {"base": arguments["base"], "iri": iri, "path": path_of(iri), "version": session.version}
    return _PAGES.get(kind, _other)(session, key, shown)


def _statements(session: Session, kind: str, iri: str) -> Iterator[ox.Triple | ox.Quad]:
    if kind == "ontology":
        return iter(session.store.quads(str(ONTOLOGY_GRAPH)))
    if kind in {"document", "graph"}:
        return iter(session.store.quads(iri))
    answer = session.store.query(_QUERIES[kind].replace("$node", node(iri)))
    return once(answer) if isinstance(answer, Triples) else iter(())


def _both(first: ox.Triple | ox.Quad, rest: Iterator[ox.Triple | ox.Quad]) -> Iterator[ox.Triple | ox.Quad]:
    yield first
    yield from rest


def _claim_page(session: Session, key: str, shown: Mapping[str, Any]) -> Reply:
    return page("claim", claim=claim(session, {"id": key}), **shown)


def _figure_page(session: Session, key: str, shown: Mapping[str, Any]) -> Reply:
    return page("figure", figure=observation(session, {"id": key}), **shown)


def _document_page(session: Session, key: str, shown: Mapping[str, Any]) -> Reply:
    return page("document", document=document(session, {"id": key, **_ALL}), **shown)


def _ontology_page(session: Session, key: str, shown: Mapping[str, Any]) -> Reply:  # noqa: ARG001 - as the others
    return page("ontology", groups=terms(session), **shown)


def _other(session: Session, key: str, shown: Mapping[str, Any]) -> Reply:  # noqa: ARG001 - as the others
    """Statements, conflicts and graphs, as a plain table of what is said."""
    kind = shown["path"].split("/")[1]
    rows: list[list[tuple[str, str]]] = []
    for each in _statements(session, kind, shown["iri"]):
        if len(rows) == _ALL["limit"]:
            break
        rows.append([_cell(part) for part in (each.subject, each.predicate, each.object)])
    return page("other", rows=sorted(rows), kind=kind, **shown)


def _cell(term: Any) -> tuple[str, str]:  # noqa: ANN401 - any term
    """A term's text, and the path of its page."""
    text = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return text, path_of(text) if isinstance(term, ox.NamedNode) else ""


_PAGES: Mapping[str, Callable[[Session, str, Mapping[str, Any]], Reply]] = {
    "entity": entity_page,
    "technology": entity_page,
    "place": entity_page,
    "claim": _claim_page,
    "observation": _figure_page,
    "document": _document_page,
    "ontology": _ontology_page,
}
KIND_PATHS = (*_QUERIES, DOCUMENT.removeprefix(ROOT).rstrip("/"), GRAPH.removeprefix(ROOT).rstrip("/"))
"""The parts of a path that may stand in front of a name."""
