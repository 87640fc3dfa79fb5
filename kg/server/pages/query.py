"""Questions in a browser: the named queries as forms, and SPARQL in an editor, with results as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import KgError
from kg.query import bind, catalogue, labels_of, left_out_undated, readable
from kg.query.catalogue import NamedQuery, Parameter
from kg.server.api.references import path_of
from kg.server.html import page, script
from kg.server.reply import Reply
from kg.server.session import Session
from kg.server.view.preparing import view_of
from kg.store import Solutions, Term, Triples, Verdict, plain
from kg.terms import ENTITY, PLACE, PREFIXES, ROOT, TECHNOLOGY, local_name

_MOST_ROWS = 500
_MOST_DRAWN = 12
_KINDS = (str(ENTITY), str(TECHNOLOGY), str(PLACE))
_COMPLETED = frozenset({"entity", "technology", "place"})
_NUMBERS = frozenset({"integer", "decimal", "double"})
_CHOSEN = frozenset({"relation", "metric", "role"})
EXAMPLE = """SELECT DISTINCT ?customer ?provider WHERE {
  ?customer sp:outsourcesTo ?provider
} LIMIT 20"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it: its text, the path of its page here and its whole name, and whether it is a number."""

    text: str
    path: str = ""
    title: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A result as a page shows it.

    Attributes:
        columns: names of the columns.
        rows: their cells.
        whole: whether these are all rows.
        graph: whether it is a graph, as which it may be had in other forms.
        drawn: short ids of entities in it, that the explorer can show.
    """

    columns: tuple[str, ...]
    rows: list[list[Cell]]
    whole: bool
    graph: bool
    drawn: list[str]


def query_page(session: Session, arguments: Mapping[str, Any]) -> Reply:
    """The page, with the answer where something is asked.

    Args:
        session: the open store.
        arguments: ``name`` of a named query, or empty, with ``given``, its parameters; ``query`` in SPARQL, or empty;
            ``base`` and ``yasgui``, whether that editor is there.
    """
    named = catalogue().get(arguments["name"])
    sparql, table, error, undated = arguments["query"], None, "", 0
    try:
        if named is not None and _is_asked(named, arguments["given"]):
            given = {name: text for name, text in arguments["given"].items() if text.strip()}
            sparql = bind(named, given, session.store)
            undated = left_out_undated(session.store, named.name, given)
        if sparql and (named is None or _is_asked(named, arguments["given"])):
            table = _table(session, sparql)
    except KgError as told:
        error = readable(str(told))
    return page(
        "query",
        status=400 if error else 200,
        code=script("ask"),
        base=arguments["base"],
        here="/query",
        named=named,
        fields=[_field(session, each) for each in named.parameters] if named else [],
        given=arguments["given"],
        queries=list(catalogue().values()),
        sparql=sparql or EXAMPLE,
        asked=bool(sparql),
        table=table,
        forms=_forms(arguments["base"], sparql, table),
        explorer=_explorer(arguments["base"], table),
        error=error,
        undated=undated,
        prefixes=sorted(PREFIXES.items()),
        yasgui=arguments["yasgui"],
    )


def _is_asked(query: NamedQuery, given: Mapping[str, str]) -> bool:
    """Whether all that it needs is given, or at once where it needs nothing."""
    needed = [each.name for each in query.parameters if each.default is None]
    return all(given.get(name, "").strip() for name in needed)


def _field(session: Session, parameter: Parameter) -> dict[str, Any]:
    kinds = view_of(session).facets.get(f"{parameter.type}s", ()) if parameter.type in _CHOSEN else ()
    return {
        "name": parameter.name,
        "about": parameter.about,
        "hint": parameter.default or "",
        "required": parameter.default is None,
        "choices": [row["name"] for row in kinds],
        "many": False,
        "entity": parameter.type in _COMPLETED,
        "number": parameter.type in {"integer", "decimal", "confidence"},
    }


def _table(session: Session, sparql: str) -> Table:
    """The answer to a query.

    Raises:
        QueryError: it does not parse, or must not be answered.
    """
    answer = session.store.query(sparql)
    if isinstance(answer, Verdict):
        return Table(("answer",), [[Cell("yes" if answer else "no")]], True, False, [])
    if isinstance(answer, Solutions):
        columns, rows = answer.columns, list(islice(answer, _MOST_ROWS + 1))
    else:
        columns, rows = ("subject", "predicate", "object"), [tuple(each) for each in islice(answer, _MOST_ROWS + 1)]
    iris = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    known = labels_of(session.store, iris)
    drawn = [iri.removeprefix(ROOT) for iri in sorted(iris) if iri.startswith(_KINDS)]
    cells = [[_cell(term, known) for term in row] for row in rows[:_MOST_ROWS]]
    return Table(columns, cells, len(rows) <= _MOST_ROWS, isinstance(answer, Triples), drawn[:_MOST_DRAWN])


def _cell(term: Term | None, known: Mapping[str, str]) -> Cell:
    text = plain(term)
    if isinstance(term, ox.NamedNode):
        path = path_of(text)
        return Cell(known.get(text, local_name(text) if path else text), path, text)
    kind = local_name(term.datatype.value) if isinstance(term, ox.Literal) else ""
    return Cell(text, number=kind in _NUMBERS)


def _forms(base: str, sparql: str, table: Table | None) -> list[tuple[str, str]]:
    """Pairs (name, address) of the forms in which the answer can be had."""
    if table is None:
        return []
    names = ("ttl", "nt", "json", "nq") if table.graph else ("csv", "tsv", "json", "xml")
    return [(name, f"{base}/sparql?{urlencode({'query': sparql, 'format': name})}") for name in names]


def _explorer(base: str, table: Table | None) -> str:
    """Where the explorer shows the answer's entities; empty where it has none."""
    if table is None or not table.drawn:
        return ""
    first, *others = table.drawn
    fields = {"entity": first} | ({"expanded": ",".join(f"{each};0" for each in others)} if others else {})
    return f"{base}/explore#{urlencode(fields)}"
