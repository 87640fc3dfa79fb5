"""``kg query`` and ``kg queries``: questions to the store."""

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import format_option, output_option, quiet_option, store_option
from kg.cli.output import as_json, write
from kg.errors import QueryError, UsageError
from kg.query import align, ask, assign, catalogue, named_query, render
from kg.store import open_store

_SPARQL = ("select", "ask", "construct", "describe", "prefix", "base", "#")


@click.command(epilog="Example: kg query packages-for NVIDIA --format csv")
@click.argument("query")
@click.argument("values", nargs=-1, metavar="[VALUE | NAME=VALUE]...")
@store_option
@format_option(("table", "csv", "tsv", "json", "xml", "ttl"), "table")
@output_option
@quiet_option
def query(query: str, values: tuple[str, ...], store: Path, format_: str, output: Path | None, quiet: bool) -> None:
    """Ask a named query, or SPARQL.

    QUERY is the name of a query (see `kg queries`) with its VALUEs, a file that ends in .rq or .sparql, or the text of
    a SPARQL query; the usual prefixes need no declaration.
    """
    with open_store(store) as opened:
        text = _sparql(query)
        if text is None:
            answer = ask(opened, query, assign(named_query(query), values))
        elif values:
            raise UsageError("A SPARQL query takes no values; write them into the query, or use a named query")
        else:
            answer = opened.query(text)
        write(render(answer, format_, opened), output)


@click.command(epilog="Example: kg queries")
@format_option(("table", "json"), "table")
@output_option
@quiet_option
def queries(format_: str, output: Path | None, quiet: bool) -> None:
    """List the named queries."""
    rows = list(catalogue().values())
    if format_ == "json":
        write(as_json([asdict(row) for row in rows]), output)
        return
    table = [
        (row.name, " ".join(p.name if p.default is None else f"[{p.name}]" for p in row.parameters), row.title)
        for row in rows
    ]
    write(align(("query", "parameters", "question"), table), output)


def _sparql(query: str) -> str | None:
    """The SPARQL text that an argument holds or names; None for the name of a query."""
    if query.lower().lstrip().startswith(_SPARQL) or any(c in query for c in "{}\n"):
        return query
    if not query.endswith((".rq", ".sparql")):
        return None
    try:
        return Path(query).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The query file {query} cannot be read: {error}") from error
