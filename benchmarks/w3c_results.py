"""Whether an answer is the one that a test expects: rows in any order, blank nodes by any name, values in any form."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
ROWS = {
    ".srx": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ".csv": ("text/csv", ox.QueryResultsFormat.CSV),
}
GRAPHS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
_WHOLE = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger"}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, by the names of their columns."""

    columns: frozenset[str]
    rows: tuple[dict[str, Term], ...]


Found = Table | bool | ox.Dataset


def wanted_form(result: Path, *, triples: bool) -> tuple[str, ox.QueryResultsFormat | ox.RdfFormat]:
    """The media type in which to ask for an answer, so that it compares with the file; and the engine's format."""
    if triples:
        return "application/n-triples", ox.RdfFormat.N_TRIPLES
    return ROWS.get(result.suffix, ROWS[".srx"])


def expected(result: Path, base: str) -> Found:
    """What a test's file says."""
    data = result.read_bytes()
    if result.suffix in ROWS:
        return rows(data, ROWS[result.suffix][1])
    graph = ox.Dataset(ox.parse(data, GRAPHS[result.suffix], base_iri=base))
    return _result_set(graph) if any(graph.quads_for_predicate(ox.NamedNode(RS + "resultVariable"))) else graph


def rows(data: bytes, format_: ox.QueryResultsFormat) -> Found:
    """An answer of rows, or of yes and no."""
    if format_ == ox.QueryResultsFormat.CSV:
        return _csv(data.decode("utf-8"))
    found = ox.parse_query_results(data, format_)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return Table(
        frozenset(names),
        tuple({name: term for name, term in zip(names, row, strict=True) if term is not None} for row in found),
    )


def _csv(text: str) -> Table:
    """The rows of CSV, which tells no types: what reads as a number is taken for one."""
    names, *lines = csv.reader(io.StringIO(text))
    return Table(
        frozenset(names),
        tuple({name: _cell(cell) for name, cell in zip(names, line, strict=True) if cell} for line in lines),
    )


def _cell(text: str) -> Term:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    try:
        return ox.Literal(repr(float(text)))
    except ValueError:
        return ox.Literal(text)


def graph(data: bytes) -> ox.Dataset:
    """An answer of triples."""
    return ox.Dataset(ox.parse(data, ox.RdfFormat.N_TRIPLES))


def same(found: Found, wanted: Found, *, in_order: bool) -> bool:
    """Whether they say the same."""
    if isinstance(found, Table) and isinstance(wanted, Table):
        one, other = (_as_graph(each.rows, in_order=in_order) for each in (found, wanted))
        return found.columns == wanted.columns and len(found.rows) == len(wanted.rows) and _isomorphic(one, other)
    if isinstance(found, ox.Dataset) and isinstance(wanted, ox.Dataset):
        return _isomorphic(_lenient(found), _lenient(wanted))
    return type(found) is type(wanted) and found == wanted


def _isomorphic(one: ox.Dataset, other: ox.Dataset) -> bool:
    for each in (one, other):
        each.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return one == other


def _lenient(given: ox.Dataset) -> ox.Dataset:
    return ox.Dataset(ox.Quad(each.subject, each.predicate, _plain(each.object), each.graph_name) for each in given)


def _as_graph(table: Iterable[dict[str, Term]], *, in_order: bool) -> ox.Dataset:
    """The rows as triples, so that blank nodes may be matched."""
    quads = []
    for number, row in enumerate(table):
        node = ox.BlankNode(f"row{number}")
        quads.append(ox.Quad(node, ox.NamedNode("urn:row"), ox.Literal(number if in_order else 0)))
        quads += [ox.Quad(node, ox.NamedNode(f"urn:column:{name}"), _plain(term)) for name, term in row.items()]
    return ox.Dataset(quads)


def _plain(term: Term) -> Term:
    """A number or truth value in one form for each value; other terms as they are."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    name = term.datatype.value.removeprefix(XSD)
    try:
        if name in _WHOLE:
            return ox.Literal(str(int(term.value)), datatype=term.datatype)
        if name == "boolean":
            return ox.Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
        if name == "decimal":
            return ox.Literal(format(Decimal(term.value).normalize(), "f"), datatype=term.datatype)
        if name in {"double", "float"}:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
    except (ValueError, InvalidOperation):
        return term
    return term


def _result_set(given: ox.Dataset) -> Found:
    """Rows that are written as a graph."""
    found = []
    for solution in given.quads_for_predicate(ox.NamedNode(RS + "solution")):
        row = {
            text(name): value
            for binding in _objects(given, solution.object, "binding")
            for name, value in zip(_objects(given, binding, "variable"), _objects(given, binding, "value"), strict=True)
        }
        place = next((int(text(each)) for each in _objects(given, solution.object, "index")), 0)
        found.append((place, row))
    names = frozenset(text(quad.object) for quad in given.quads_for_predicate(ox.NamedNode(RS + "resultVariable")))
    return Table(names, tuple(row for _, row in sorted(found, key=lambda each: each[0])))


def text(term: Term) -> str:
    """The characters of a literal."""
    return term.value if isinstance(term, ox.Literal) else str(term)


def _objects(given: ox.Dataset, subject: Term, name: str) -> Iterator[Term]:
    for quad in given:
        if quad.subject == subject and quad.predicate.value == RS + name:
            yield quad.object
