"""``kg query`` and ``kg queries``: questions to the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from kg.cli.options import format_option, output_option, quiet_option, store_option
from kg.cli.output import as_json, counted, remark, write
from kg.cli.reading import standard_input
from kg.errors import QueryError, UsageError
from kg.query import (
    align,
    ask,
    assign,
    catalogue,
    left_out_undated,
    named_query,
    readable,
    render,
    unknown_terms,
    visible,
)
from kg.settings import Place
from kg.store import Answer, Store, open_store

_NAMED = ("table", "csv", "tsv")
_SPARQL = ("select", "ask", "construct", "describe", "prefix", "base", "#")


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The named queries that begin so, for the shell."""
    return [CompletionItem(name, help=each.title) for name, each in catalogue().items() if name.startswith(incomplete)]


@click.command(epilog="Example: kg query packages-for NVIDIA --format csv --names")
@click.argument("query", shell_complete=_complete)
@click.argument("values", nargs=-1, metavar="[VALUE | NAME=VALUE]...")
@store_option
@format_option(("table", "csv", "tsv", "json", "xml", "ttl"), "table")
@click.option("--names", is_flag=True, help="Names instead of IRIs in csv and tsv.")
@click.option("--asserted", is_flag=True, help="Leave out what follows from the facts and no document states.")
@output_option
@quiet_option
def query(
    query: str,
    values: tuple[str, ...],
    store: Place,
    format_: str,
    names: bool,
    asserted: bool,
    output: Path | None,
    quiet: bool,
) -> None:
    """Ask a named query, or SPARQL.

    QUERY is the name of a query (see `kg queries`) with its VALUEs, a file that ends in .rq or .sparql, the text of a
    SPARQL query, or - for such a text on standard input; the usual prefixes need no declaration.
    """
    if names and format_ not in _NAMED:
        raise UsageError("--names goes with --format csv or tsv; a table has names, the other forms have IRIs")
    with _opened(store, asserted=asserted) as opened:
        text = _sparql(query)
        if text is None:
            given = assign(named_query(query), values)
            answer, remarks = ask(opened, query, given), _undated(opened, query, given)
        elif values:
            raise UsageError("A SPARQL query takes no values; write them into the query, or use a named query")
        else:
            answer, remarks = _answer(opened, text), unknown_terms(opened, text)
        write(render(answer, format_, opened, names=names), output)
    for line in remarks:
        remark(visible(line), quiet=quiet)


@contextmanager
def _opened(path: Place, *, asserted: bool) -> Iterator[Store]:
    with open_store(path) as store:
        if not asserted:
            yield store
            return
        with store.stated() as stated:
            yield stated


def _answer(store: Store, sparql: str) -> Answer:
    try:
        return store.query(sparql)
    except QueryError as error:
        raise QueryError(readable(str(error))) from None


def _undated(store: Store, query: str, values: dict[str, str]) -> list[str]:
    count = left_out_undated(store, query, values)
    rows = counted(count, "row")
    return [f"since leaves out {rows} of documents without a date"] if count else []


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
    if query == "-":
        return standard_input()
    if query.lower().lstrip().startswith(_SPARQL) or any(c in query for c in "{}\n"):
        return query
    if not query.endswith((".rq", ".sparql")):
        return None
    try:
        return Path(query).read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise QueryError(f"The query file {query} does not exist; check the path") from error
    except OSError as error:
        raise QueryError(f"The query file {query} cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"The query file {query} is not UTF-8 at byte {error.start}; convert it") from error
