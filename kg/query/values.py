"""Values of parameters: checked by type, and written as SPARQL terms, so that no value can change a query."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox
from rdflib import XSD

from kg.errors import QueryError
from kg.model import MentionKind
from kg.query.lookup import find_entity
from kg.query.similar import offer
from kg.store import Store, select
from kg.terms import SP, local_name

ANY = "any"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_TERMS_OF = {
    "relation": "SELECT DISTINCT ?iri ?label WHERE { ?iri a sp:Relation . OPTIONAL { ?iri rdfs:label ?label } }",
    "metric": "SELECT DISTINCT ?iri ?label WHERE { ?iri a sp:Metric . OPTIONAL { ?iri rdfs:label ?label } }",
    "role": """SELECT DISTINCT ?iri ?label WHERE {
        ?iri rdfs:subClassOf+ sp:Organisation . OPTIONAL { ?iri rdfs:label ?label } }""",
}


def _is_date(text: str) -> bool:
    """Whether a text is a day, month or year of the calendar: ``2026-06-24``, ``2026-06`` or ``2026``."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - len("2026") :])
    except ValueError:
        return False
    return True


def term_of(kind: str, value: str, store: Store) -> str:
    """The SPARQL term that ``value`` stands for, as a parameter of type ``kind``.

    Raises:
        QueryError: ``value`` is not of that type.
        UnknownEntityError: it names nothing in the store.
    """
    if value == ANY and kind in _MAY_BE_ANY:
        return str(ox.NamedNode(SP.any))
    return str(TYPES[kind](value, store))


def _entity(value: str, store: Store) -> ox.NamedNode:
    return ox.NamedNode(find_entity(store, value, (MentionKind.ORGANISATION,)).iri)


def _technology(value: str, store: Store) -> ox.NamedNode:
    return ox.NamedNode(find_entity(store, value, (MentionKind.TECHNOLOGY,)).iri)


def _place(value: str, store: Store) -> ox.NamedNode:
    return ox.NamedNode(find_entity(store, value, (MentionKind.PLACE,)).iri)


def _relation(value: str, store: Store) -> ox.NamedNode:
    return _named("relation", value, store)


def _metric(value: str, store: Store) -> ox.NamedNode:
    return _named("metric", value, store)


def _role(value: str, store: Store) -> ox.NamedNode:
    return _named("role", value, store)


def _named(kind: str, value: str, store: Store) -> ox.NamedNode:
    """A term of the ontology, by local name or label."""
    names: dict[str, str] = {}
    for row in select(store, _TERMS_OF[kind]):
        names[local_name(row["iri"]).casefold()] = row["iri"]
        names.setdefault(row["label"].casefold(), row["iri"])
    iri = names.get(value.casefold())
    if iri is None:
        known = sorted({local_name(name) for name in names.values()})
        otherwise = f"use one of {', '.join(known)}" if known else "the store holds no ontology; build it again"
        raise QueryError(f"There is no {kind} {value!r}; {offer(value, known, otherwise)}")
    return ox.NamedNode(iri)


def _date(value: str, _: Store) -> ox.Literal:
    if value and not _is_date(value):
        raise QueryError(f"{value!r} is no date; write 2026-06-24, 2026-06 or 2026")
    return ox.Literal(value)


def _integer(value: str, _: Store) -> ox.Literal:
    if not _INTEGER.fullmatch(value):
        raise QueryError(f"{value!r} is no whole number")
    return ox.Literal(str(int(value)), datatype=ox.NamedNode(XSD.integer))


def _decimal(value: str, _: Store) -> ox.Literal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise QueryError(f"{value!r} is no number; write it like 0.75") from None
    if not number.is_finite():
        raise QueryError(f"{value!r} is no number; write it like 0.75")
    return ox.Literal(format(number, "f"), datatype=ox.NamedNode(XSD.decimal))


def _confidence(value: str, store: Store) -> ox.Literal:
    number = _decimal(value, store)
    if not 0 <= Decimal(number.value) <= 1:
        raise QueryError(f"{value!r} is no confidence; write a number from 0 to 1, such as 0.75")
    return number


def _document(value: str, store: Store) -> ox.Literal:
    """The file name of a document, or a part that at least one has."""
    names = [row["name"] for row in select(store, "SELECT DISTINCT ?name WHERE { ?document sp:fileName ?name }")]
    if not any(value.lower() in name.lower() for name in names):
        cure = offer(value, names, "`kg query documents` lists them")
        raise QueryError(f"The name of no document holds {value!r}; {cure}")
    return _text(value, store)


def _text(value: str, _: Store) -> ox.Literal:
    return ox.Literal(value.encode("utf-8", "replace").decode("utf-8"))


TYPES: Mapping[str, Callable[[str, Store], ox.NamedNode | ox.Literal]] = {
    "entity": _entity,
    "technology": _technology,
    "place": _place,
    "relation": _relation,
    "metric": _metric,
    "role": _role,
    "date": _date,
    "integer": _integer,
    "decimal": _decimal,
    "confidence": _confidence,
    "document": _document,
    "text": _text,
}
_MAY_BE_ANY = frozenset({"entity", "technology", "place", "relation", "metric", "role"})
