"""The named queries: one file each, with a header that gives title, purpose and parameters.

A header line is ``# title: …``, ``# about: …`` or ``# param NAME: TYPE [= DEFAULT] — what it is``. In the query a
parameter is written ``$NAME``; :func:`bind` puts a checked term in its place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import QueryError
from kg.query.similar import offer
from kg.query.values import TYPES, term_of
from kg.store import Answer, Store, select
from kg.store.guard import tokens

_SINCE = "since"
_HEADER = re.compile(r"# (title|about): (.+)")
_NAME = re.compile(r"[^\W\d][\w-]*")
_PARAM = re.compile(r"# param (\w+): (\w+)(?: = (\"[^\"]*\"|\S+))? — (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    Attributes:
        name: its name, without the dollar sign.
        type: one of the keys of :data:`kg.query.values.TYPES`.
        about: what it is.
        default: the value it has where none is given; None where one must be given.
    """

    name: str
    type: str
    about: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the catalogue.

    Attributes:
        name: its name, which is its file's.
        title: the question it answers.
        about: what the answer holds.
        parameters: in the order in which values may be given without names.
        sparql: the query, parameters as ``$name``.
    """

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def catalogue() -> Mapping[str, NamedQuery]:
    """All named queries by name, sorted."""
    folder = files("kg.query").joinpath("catalogue")
    texts = {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".rq")}
    return {name.removesuffix(".rq"): parse_query(name.removesuffix(".rq"), texts[name]) for name in sorted(texts)}


def named_query(name: str) -> NamedQuery:
    """The query of that name.

    Raises:
        QueryError: the catalogue has none.
    """
    found = catalogue().get(name)
    if found is None:
        cure = offer(name, catalogue(), "`kg queries` lists them")
        raise QueryError(f"There is no named query {name!r}; {cure}")
    return found


def assign(query: NamedQuery, arguments: Sequence[str]) -> dict[str, str]:
    """Values by parameter from arguments such as ``NVIDIA since=2026``; those without a name go in order.

    A value that itself reads like ``word=value`` must be given with its parameter's name: ``product=word=value``.

    Raises:
        QueryError: there are more values than parameters, or two for one, or a name that belongs to no parameter.
    """
    names = [parameter.name for parameter in query.parameters]
    values: dict[str, str] = {}
    in_order = iter(names)
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if equals and name not in names and _NAME.fullmatch(name):
            raise QueryError(f"{query.name} does not take {argument!r}; {_usage(query)}")
        if not equals or name not in names:
            name, value = next(in_order, ""), argument
        if not name:
            raise QueryError(f"{query.name} does not take {argument!r}; {_usage(query)}")
        if name in values:
            raise QueryError(f"{query.name} has two values for {name}; give one")
        values[name] = value
    return values


def bind(query: NamedQuery, values: Mapping[str, str], store: Store) -> str:
    """The SPARQL text of ``query`` with its parameters filled in.

    Raises:
        QueryError: a value is missing, is of the wrong type, or belongs to no parameter.
        UnknownEntityError: a value names nothing in the store.
    """
    names = {parameter.name for parameter in query.parameters}
    for name in values:
        if name not in names:
            raise QueryError(f"{query.name} has no parameter {name!r}; {_usage(query)}")
    terms = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"{query.name} needs a value for {parameter.name} ({parameter.about}); {_usage(query)}")
        terms[f"${parameter.name}"] = term_of(parameter.type, value, store)
    return "".join(terms.get(text, text) for _, text in tokens(query.sparql))


def ask(store: Store, name: str, values: Mapping[str, str]) -> Answer:
    """Answers the query of that name.

    Raises:
        QueryError: as for :func:`named_query` and :func:`bind`.
        UnknownEntityError: a value names nothing in the store.
    """
    return store.query(bind(named_query(name), values, store))


def left_out_undated(store: Store, name: str, values: Mapping[str, str]) -> int:
    """Number of rows that the answer lacks only because ``since`` is given and their documents have no date.

    Raises:
        QueryError: as for :func:`ask`.
        UnknownEntityError: as for :func:`ask`.
    """
    if not values.get(_SINCE):
        return 0
    query = named_query(name)
    without = {each: value for each, value in values.items() if each != _SINCE}
    return sum(not row["date"] for row in select(store, bind(query, without, store)))


def parse_query(name: str, text: str) -> NamedQuery:
    """A named query from its file.

    Raises:
        QueryError: the header is incomplete or malformed.
    """
    said: dict[str, str] = {}
    parameters = []
    lines = text.splitlines()
    header = [line for line in lines if line.startswith("#")]
    for line in header:
        if match := _HEADER.fullmatch(line):
            said[match.group(1)] = match.group(2)
        elif match := _PARAM.fullmatch(line):
            parameters.append(_parameter(name, *match.groups()))
        else:
            raise QueryError(f"{name}.rq has a header line that is not understood: {line}")
    if said.keys() != {"title", "about"}:
        raise QueryError(f"{name}.rq needs one title and one about line")
    sparql = "\n".join(line for line in lines if not line.startswith("#")) + "\n"
    return NamedQuery(name, said["title"], said["about"], tuple(parameters), sparql)


def _parameter(query: str, name: str, type_: str, default: str | None, about: str) -> Parameter:
    if type_ not in TYPES:
        raise QueryError(f"{query}.rq gives {name} the type {type_}, which is none of {', '.join(TYPES)}")
    return Parameter(name, type_, about, None if default is None else default.strip('"'))


def _usage(query: NamedQuery) -> str:
    """One line that shows how to call it."""
    parts = [
        parameter.name.upper() if parameter.default is None else f"[{parameter.name}={parameter.default or '…'}]"
        for parameter in query.parameters
    ]
    return " ".join(["use: kg query", query.name, *parts])
