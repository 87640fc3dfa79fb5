"""A store as an rdflib Dataset: nothing is copied, every look goes to the store."""

from collections.abc import Generator, Iterator, Mapping
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset, Graph, Literal, URIRef, Variable
from rdflib.query import Result
from rdflib.store import Store as RdflibStore
from rdflib.term import Node

from kg.errors import QueryError, StoreError
from kg.store import Solutions, Store, Triples, Verdict
from kg.terms import PREFIXES

_NAMES = ("s", "p", "o")


def to_rdflib(store: Store) -> Dataset:
    """A ``rdflib.Dataset`` over a store, to be read: its default graph is the union of all named graphs.

    Its queries are answered by the store's own engine, which takes the project's prefixes as declared. It can be read
    until the store is closed. A triple that several documents give is met once for each of them.
    """
    dataset = Dataset(store=_View(store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


class _View(RdflibStore):
    """What rdflib asks a store for, as queries."""

    context_aware = True
    graph_aware = True

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._namespaces: dict[str, URIRef] = {}

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:  # noqa: ANN401 - as rdflib has it
        """The triples that fit a pattern, each with the graph that holds it."""
        for row in self._rows(triple_pattern, _name_of(context)):
            triple = tuple(
                _back(row[name]) if given is None else given for name, given in zip(_NAMES, triple_pattern, strict=True)
            )
            yield triple, iter([Graph(self, _back(row["g"])) if context is None else context])

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:  # noqa: ANN401
        """The named graphs, all or those that hold a triple."""
        if triple is None or triple == (None, None, None):
            query = "SELECT DISTINCT ?g { GRAPH ?g { } FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }"
            rows = self._found(query)
        else:
            rows = self._rows(triple, None)
        for name in dict.fromkeys(_back(row["g"]) for row in rows):
            yield Graph(self, name)

    def __len__(self, context: Any = None) -> int:  # noqa: ANN401
        """How many triples there are; one that several graphs hold counts once."""
        name = _name_of(context)
        graph = "?g" if name is None else _term(name)
        rows = self._found(f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ GRAPH {graph} {{ ?s ?p ?o }} }} }}")
        return int(next(iter(rows))["n"].value)

    def query(self, query: Any, initNs: Mapping[str, Any], initBindings: Any, queryGraph: Any, **_: Any) -> Result:  # noqa: ANN401, N803
        """The answer of the store's own engine."""
        if not isinstance(query, str):
            raise NotImplementedError("a query that is parsed already goes to rdflib's own engine")
        if initBindings:
            raise QueryError("initBindings are not taken here; write the values into the query")
        head = "".join(f"PREFIX {name}: <{iri}> " for name, iri in initNs.items() if name not in PREFIXES)
        graphs = () if queryGraph in {None, "__UNION__"} else (str(queryGraph),)
        return _result(self._store.query(head + query, default_graphs=graphs))

    def add(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Refused."""
        raise StoreError("A graph of kg is only read through rdflib; use `kg add`")

    def addN(self, *_: Any) -> None:  # noqa: ANN401, N802
        """Refused."""
        self.add()

    def remove(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Refused."""
        self.add()

    def update(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Refused."""
        self.add()

    def add_graph(self, graph: Graph) -> None:
        """Nothing: a graph is there when something stands in it."""

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Declares a prefix for this view."""
        if override or prefix not in self._namespaces:
            self._namespaces[prefix] = namespace

    def namespace(self, prefix: str) -> URIRef | None:
        """The namespace of a prefix."""
        return self._namespaces.get(prefix)

    def prefix(self, namespace: URIRef) -> str | None:
        """The prefix of a namespace."""
        return next((name for name, iri in self._namespaces.items() if str(iri) == str(namespace)), None)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """The prefixes."""
        yield from self._namespaces.items()

    def _rows(self, pattern: Any, graph: URIRef | None) -> Iterator[dict[str, Any]]:  # noqa: ANN401
        terms = [f"?{name}" if given is None else _term(given) for name, given in zip(_NAMES, pattern, strict=True)]
        if not all(terms) or (graph is not None and not _term(graph)):
            return iter(())
        inside = f"GRAPH {'?g' if graph is None else _term(graph)} {{ {' '.join(terms)} }}"
        return self._found(f"SELECT * {{ {inside} }}")

    def _found(self, query: str) -> Iterator[dict[str, Any]]:
        answer = self._store.query(query)
        if isinstance(answer, Solutions):
            for row in answer:
                yield dict(zip(answer.columns, row, strict=True))


def _name_of(context: Any) -> URIRef | None:  # noqa: ANN401
    """The graph that rdflib means; None for all. What it calls the default graph is none of ours, and empty."""
    name: URIRef | None = getattr(context, "identifier", context)
    return name


def _term(node: Any) -> str:  # noqa: ANN401
    """A node as SPARQL writes it; empty for what no store holds, as a blank node or a name that is no IRI."""
    try:
        if isinstance(node, URIRef):
            return str(ox.NamedNode(str(node)))
        if isinstance(node, Literal) and node.language:
            return str(ox.Literal(str(node), language=node.language))
        if isinstance(node, Literal):
            return str(ox.Literal(str(node), datatype=ox.NamedNode(node.datatype) if node.datatype else None))
    except ValueError:
        return ""
    return ""


def _back(term: Any) -> Any:  # noqa: ANN401
    """A term of the store as rdflib's."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        kind = URIRef(term.datatype.value)
        plain = term.language or kind == URIRef("http://www.w3.org/2001/XMLSchema#string")
        return Literal(term.value, lang=term.language, datatype=None if plain else kind, normalize=False)
    raise StoreError(f"The store holds {term}, which is no IRI; build it again with `kg build PATH`")


def _result(answer: Solutions | Verdict | Triples) -> Result:
    if isinstance(answer, Verdict):
        result = Result("ASK")
        result.askAnswer = bool(answer)
    elif isinstance(answer, Solutions):
        result = Result("SELECT")
        names = [Variable(name) for name in answer.columns]
        result.vars = names
        result.bindings = [
            {name: _back(term) for name, term in zip(names, row, strict=True) if term is not None} for row in answer
        ]
    else:
        result = Result("CONSTRUCT")
        result.graph = Graph()
        for each in answer:
            triple: tuple[Node, Node, Node] = (_back(each.subject), _back(each.predicate), _back(each.object))
            result.graph.add(triple)
    return result
