"""``kg mcp``: the graph for assistants."""

import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import click

from kg.cli.options import quiet_option, store_option
from kg.cli.output import remark
from kg.errors import UsageError
from kg.settings import Place
from kg.store import open_store

_NEEDED = ("mcp", "starlette", "uvicorn", "jinja2")
_OLDEST_SDK = 2
_MEGABYTE = 1024 * 1024
_PORTS = range(65536)


@click.command(epilog="Example: kg mcp --store kg-store")
@store_option
@click.option("--http", metavar="HOST:PORT", help="Serve over HTTP there, not over standard input and output.")
@click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds after which a query is stopped.")
@click.option("--workers", type=int, default=3, show_default=True, help="Processes that answer.")
@click.option("--max-result-mb", type=float, default=16.0, show_default=True, help="Largest answer of the store.")
@click.option("--max-memory-mb", type=int, default=2048, show_default=True, help="Memory that a worker may take.")
@quiet_option
def mcp(
    store: Place,
    http: str | None,
    timeout: float,
    workers: int,
    max_result_mb: float,
    max_memory_mb: int,
    quiet: bool,
) -> None:
    """Serve the graph to an assistant, over the model context protocol.

    An assistant starts this command itself and speaks with it over standard input and output. It can look for
    entities, connections, paths and figures, each with its quotes, and ask named queries and SPARQL; it cannot change
    anything. Queries run in processes of their own, which are ended at the time limit.
    """
    _check_installed()
    host, port = ("", 0) if http is None else _address(http)
    # Looked for before the SDK is loaded, which takes a while.
    open_store(store).close()
    from kg.server import Limits
    from kg.server.mcp import serve_http, serve_stdio

    limits = Limits(
        timeout=timeout,
        workers=workers,
        max_result_bytes=int(max_result_mb * _MEGABYTE),
        memory_bytes=max_memory_mb * _MEGABYTE,
    )
    if http is not None:
        serve_http(store, limits, host, port, lambda url: remark(f"Serving {store} at {url}", quiet=quiet))
        return
    if sys.stdin.isatty():
        remark("An assistant starts this command and speaks with it here (Ctrl-C ends)", quiet=quiet)
    serve_stdio(store, limits)


def _check_installed() -> None:
    """Makes sure that the extra is there.

    Raises:
        UsageError: it is not.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if not missing and _sdk() < _OLDEST_SDK:
        missing = [f"mcp {_OLDEST_SDK} or later"]
    if missing:
        raise UsageError(f"kg mcp needs {', '.join(missing)}; install them with pip install 'semipack[mcp]'")


def _sdk() -> int:
    """The SDK's major version; 0 where it is not known."""
    try:
        return int(version("mcp").partition(".")[0])
    except (PackageNotFoundError, ValueError):
        return 0


def _address(text: str) -> tuple[str, int]:
    """Host and port.

    Raises:
        UsageError: the text is not of that form.
    """
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) not in _PORTS:
        raise UsageError(f"{text!r} is no address; write --http 127.0.0.1:8001")
    return host.strip("[]"), int(port)
