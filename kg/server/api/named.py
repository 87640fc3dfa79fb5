"""The catalogue of named queries."""

from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import bind, catalogue, labels_of, left_out_undated, named_query
from kg.server.api.fields import Values
from kg.server.api.references import path_of
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.store import Solutions, Term, plain
from kg.terms import local_name

_NUMBERS: Mapping[str, Callable[[str], float]] = {"integer": int, "decimal": float, "double": float}


def queries(session: Session, values: Values) -> dict[str, Any]:  # noqa: ARG001 - every operation takes both
    """The named queries with their parameters."""
    return {
        "queries": [
            {
                "name": query.name,
                "title": query.title,
                "about": query.about,
                "path": f"/api/v1/queries/{query.name}",
                "parameters": [
                    {"name": each.name, "type": each.type, "about": each.about, "default": each.default}
                    for each in query.parameters
                ],
            }
            for query in catalogue().values()
        ]
    }


def run_query(session: Session, values: Values) -> dict[str, Any]:
    """The rows of a named query: numbers as numbers, IRIs as references with their labels, null where unbound.

    Raises:
        Refusal: there is no such query.
        QueryError: a value is missing, unknown or of the wrong type.
        UnknownEntityError: a value names nothing in the store.
    """
    if values["name"] not in catalogue():
        raise Refusal(404, f"There is no named query {values['name']!r}; /api/v1/queries lists them")
    query, given = named_query(values["name"]), values["parameters"]
    try:
        sparql = bind(query, given, session.store)
    except QueryError as error:
        # What else it says is how to call the command.
        raise Refusal(400, f"{str(error).partition('; use: ')[0]}; /api/v1/queries tells the parameters") from None
    answer = session.store.query(sparql)
    if not isinstance(answer, Solutions):
        raise Refusal(500, f"{query.name} is no SELECT query")
    rows = list(answer)
    iris = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    known = labels_of(session.store, iris)
    return {
        "name": query.name,
        "title": query.title,
        "columns": list(answer.columns),
        "rows": [{name: _cell(term, known) for name, term in zip(answer.columns, row, strict=True)} for row in rows],
        "left_out_undated": left_out_undated(session.store, query.name, given),
    }


def _cell(term: Term | None, known: dict[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    if term is None:
        return None
    text = plain(term)
    if isinstance(term, ox.NamedNode):
        return {"iri": text, "label": known.get(text, local_name(text)), "path": path_of(text)}
    kind = local_name(term.datatype.value) if isinstance(term, ox.Literal) else ""
    if kind == "boolean":
        return text in {"true", "1"}
    return _NUMBERS[kind](text) if kind in _NUMBERS else text
