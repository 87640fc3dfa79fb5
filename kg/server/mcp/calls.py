"""What the tools do: the operations of the JSON interface, put together as an assistant needs them."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from math import isfinite, nan
from typing import Any

from kg.query.render import shorten
from kg.server.mcp.clean import cleaned
from kg.server.mcp.schema import slim
from kg.server.mcp.source import TRIPLES, Source
from kg.server.refusal import Refusal

Values = Mapping[str, Any]
_AT_ONCE = 4
_MOST_FURTHER_QUOTES = 5
_MOST_FIGURES = 30
_MOST_ROW_CHARACTERS = 100_000
_ABOUT_DOCUMENT = ("title", "publisher", "url")
_NUMBERS: Mapping[str, Callable[[str], float]] = {"integer": int, "decimal": float, "double": float, "float": float}


async def search(source: Source, values: Values) -> dict[str, Any]:
    """Entities by a part of their name."""
    return _object(await source.read("search", values))


async def entity(source: Source, values: Values) -> dict[str, Any]:
    """All about an entity; of many figures the first ones.

    Raises:
        Refusal: nothing, or more than one thing, is named so.
    """
    told = _object(await source.read("entity", await _found(source, values["name"])))
    return _fewer_figures(told)


async def neighbours(source: Source, values: Values) -> dict[str, Any]:
    """What an entity is connected with.

    Raises:
        Refusal: nothing, or more than one thing, is named so, or there is no such relation.
    """
    filters = {name: value for name, value in values.items() if name != "name"}
    return _object(await source.read("neighbours", {**await _found(source, values["name"]), **filters}))


async def evidence(source: Source, values: Values) -> dict[str, Any]:
    """Claims with their quotes, reasons and qualifiers, and where their documents come from.

    Raises:
        Refusal: neither subject nor object is given, a name means nothing, or there is no such relation.
    """
    page = await source.read("evidence", values)
    gate = asyncio.Semaphore(_AT_ONCE)
    sources = {claim["document"]["id"] for claim in page["claims"]}
    ids = sorted(sources)
    documents, claims = await asyncio.gather(
        asyncio.gather(*(_origin(source, id_, gate) for id_ in ids)),
        asyncio.gather(*(_detailed(source, claim, gate) for claim in page["claims"])),
    )
    origins = dict(zip(ids, documents, strict=True))
    told = [{**claim, "document": {**claim["document"], **origins[claim["document"]["id"]]}} for claim in claims]
    return _object({**page, "claims": told})


async def claim(source: Source, values: Values) -> dict[str, Any]:
    """A claim, or a figure, with all quotes and their places.

    Raises:
        Refusal: there is neither.
    """
    kind = "claim"
    try:
        found = await source.read("claim", values)
    except Refusal as error:
        if error.status != 404:
            raise
        kind, found = "figure", await _figure(source, values["id"])
    origin = await _origin(source, found["document"]["id"], asyncio.Semaphore(_AT_ONCE))
    return _object({kind: {**found, "document": {**found["document"], **origin}}})


async def path(source: Source, values: Values) -> dict[str, Any]:
    """The best chains of facts between two entities.

    Raises:
        Refusal: a name means nothing, or a limit does.
    """
    return _object(await source.read("path", values))


def answer(operation: str) -> Callable[[Source, Values], Awaitable[dict[str, Any]]]:
    """The call of an operation that is an answer by itself, with its quotes."""

    async def call(source: Source, values: Values) -> dict[str, Any]:
        return _object(await source.read(operation, values))

    return call


async def documents(source: Source, values: Values) -> dict[str, Any]:
    """The documents by name."""
    return _object(await source.read("documents", values))


async def document(source: Source, values: Values) -> dict[str, Any]:
    """A document with its claims.

    Raises:
        Refusal: there is no such document.
    """
    return _fewer_figures(_object(await source.read("document", values)))


async def overview(source: Source, values: Values) -> dict[str, Any]:
    """How much there is of what."""
    return _object(await source.read("facets", values))


async def queries(source: Source, values: Values) -> dict[str, Any]:
    """The named queries with their parameters."""
    return _object(await source.read("queries", values))


async def query(source: Source, name: str, parameters: Mapping[str, str], limit: int) -> dict[str, Any]:
    """The rows of a named query.

    Raises:
        Refusal: there is no such query, or a parameter is missing, unknown or of the wrong type.
    """
    if "name" in parameters:
        raise Refusal(400, "No query has a parameter called name; the tool queries tells the parameters")
    told = await source.read("query", {"name": name, **parameters})
    # Columns are named by the query, and none of them is left out.
    rows = [{column: _object({"": cell})[""] for column, cell in row.items()} for row in told["rows"]]
    return {**_object({**told, "rows": []}), **_bounded("rows", rows, limit)}


async def sparql(source: Source, text: str, limit: int) -> dict[str, Any]:
    """The answer to a SPARQL query: rows, a yes or no, or triples one a line.

    Raises:
        Refusal: it is no query, would change something or leave the store, or a limit is reached.
    """
    media, body = await source.sparql(text)
    if media == TRIPLES:
        return _bounded("triples", [cleaned(line) for line in body.splitlines() if line.strip()], limit)
    answer = json.loads(body)
    if "boolean" in answer:
        return {"answer": bool(answer["boolean"])}
    columns = answer["head"]["vars"]
    rows = [
        {name: _value(row[name]) if name in row else None for name in columns} for row in answer["results"]["bindings"]
    ]
    return {"columns": columns, **_bounded("rows", rows, limit)}


async def _found(source: Source, name: str) -> dict[str, str]:
    """Kind and key of what a key, name, alias or IRI means, by the rule for the ends of evidence.

    Raises:
        Refusal: it means nothing, or more than one thing.
    """
    subject = (await source.read("evidence", {"subject": name, "limit": 1}))["subject"]
    return {"kind": subject["kind"], "key": subject["key"]}


async def _figure(source: Source, id_: str) -> dict[str, Any]:
    try:
        return await source.read("observation", {"id": id_})
    except Refusal as error:
        if error.status != 404:
            raise
        raise Refusal(404, f"The store has no claim and no figure {id_!r}; other tools give the ids") from None


async def _detailed(source: Source, claim: Mapping[str, Any], gate: asyncio.Semaphore) -> dict[str, Any]:
    """A claim with its reasons, qualifiers and further quotes; without where it has just been taken away."""
    try:
        async with gate:
            full = await source.read("claim", {"id": claim["id"]})
    except Refusal as error:
        if error.status != 404:
            raise
        return {**claim, "reasons": [], "qualifiers": {}, "further_quotes": []}
    further = [each["text"] for each in full["quotes"] if not each["main"]]
    return {
        **claim,
        "reasons": full["reasons"],
        "qualifiers": full["qualifiers"],
        "further_quotes": further[:_MOST_FURTHER_QUOTES],
    }


async def _origin(source: Source, id_: str, gate: asyncio.Semaphore) -> dict[str, Any]:
    """Title, publisher and address of a document; nothing where it has just been taken away."""
    try:
        async with gate:
            full = await source.read("document", {"id": id_, "limit": 1})
    except Refusal as error:
        if error.status != 404:
            raise
        full = {}
    return {name: full.get(name) for name in _ABOUT_DOCUMENT}


def _object(value: Mapping[str, Any]) -> dict[str, Any]:
    """The value as an assistant gets it."""
    found: dict[str, Any] = cleaned(slim(dict(value)))
    return found


def _fewer_figures(told: Mapping[str, Any]) -> dict[str, Any]:
    figures = told["figures"]
    return {**told, "figures": figures[:_MOST_FIGURES], "figures_left_out": max(0, len(figures) - _MOST_FIGURES)}


def _bounded(name: str, items: Sequence[Any], limit: int) -> dict[str, Any]:
    """So many of the items as are wanted and can be taken in, and how many there were."""
    shown, size = [], 0
    for item in items[:limit]:
        size += len(json.dumps(item, ensure_ascii=False))
        if size > _MOST_ROW_CHARACTERS:
            break
        shown.append(item)
    return {name: shown, "total": len(items), "truncated": len(shown) < len(items)}


def _value(term: Mapping[str, Any]) -> Any:  # noqa: ANN401 - text, number or truth value
    """A term of SPARQL's JSON results as a plain value."""
    text = str(term["value"])
    if term["type"] == "uri":
        return cleaned(shorten(text))
    kind = str(term.get("datatype", "")).rpartition("#")[2]
    if kind == "boolean":
        return text in {"true", "1"}
    try:
        number = _NUMBERS[kind](text) if kind in _NUMBERS else nan
    except ValueError:
        number = nan
    return number if isfinite(number) else cleaned(text)
