"""``kg serve``: the graph on the web."""

import os
from importlib.util import find_spec
from pathlib import Path

import click

from kg.cli.options import quiet_option, store_option
from kg.cli.output import remark
from kg.errors import UsageError
from kg.settings import Place

_NEEDED = ("starlette", "uvicorn", "jinja2")
_MEGABYTE = 1024 * 1024


@click.command(epilog="Example: kg serve --port 8000 --timeout 10")
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
@click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds after which a query is stopped.")
@click.option("--workers", type=int, default=None, help="Processes that answer; by default 8 to 16, by the cores.")
@click.option("--queue", type=int, default=64, show_default=True, help="Requests that may wait for a worker.")
@click.option("--max-result-mb", type=float, default=64.0, show_default=True, help="Largest answer.")
@click.option("--max-memory-mb", type=int, default=2048, show_default=True, help="Memory that a worker may take.")
@click.option("--writable", is_flag=True, help="Take SPARQL updates from who has the token.")
@click.option("--token-env", default="KG_TOKEN", show_default=True, help="Environment variable that holds the token.")
@click.option(
    "--yasgui",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    help="Folder of Yasgui's files, to offer that SPARQL editor as well.",
)
@click.option("--access-log", is_flag=True, help="Log each request to standard error, as a line of JSON.")
@quiet_option
def serve(
    store: Place,
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    queue: int,
    max_result_mb: float,
    max_memory_mb: int,
    writable: bool,
    token_env: str,
    yasgui: Path | None,
    access_log: bool,
    quiet: bool,
) -> None:
    """Serve the graph: SPARQL, linked data and JSON.

    Queries run in processes of their own, which are ended at the time limit; the store may be written meanwhile.
    """
    _check_installed()
    from kg.server import Limits, Service
    from kg.server import serve as run
    from kg.server.yasgui import check_yasgui

    token = os.environ.get(token_env, "") if writable else ""
    if writable and not token:
        raise UsageError(f"--writable needs a token; set {token_env} to a long random text")
    limits = Limits(
        timeout=timeout,
        queue=queue,
        max_result_bytes=int(max_result_mb * _MEGABYTE),
        memory_bytes=max_memory_mb * _MEGABYTE,
        **({} if workers is None else {"workers": workers}),
    )
    if yasgui is not None:
        check_yasgui(yasgui)
    service = Service(store, limits, token=token, access_log=access_log, yasgui=yasgui)
    run(service, host, port, lambda url: remark(f"Serving {store} at {url} (Ctrl-C ends)", quiet=quiet))


def _check_installed() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(f"kg serve needs {', '.join(missing)}; install them with pip install 'semipack[serve]'")
