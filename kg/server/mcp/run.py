"""Runs the server: over standard input and output for the one who has started it, or over HTTP for many."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from io import TextIOWrapper

import anyio
import uvicorn
from mcp.server.stdio import stdio_server

from kg.errors import UsageError
from kg.server.limits import Limits
from kg.server.mcp.app import create_server
from kg.server.mcp.source import Source
from kg.server.run import Announced, address_of, listen
from kg.settings import Place

ADDRESS = "/mcp"
"""The path at which the server answers over HTTP."""
_ENDING_SECONDS = 3


def serve_stdio(store: Place, limits: Limits) -> None:
    """Serves until standard input ends, or SIGINT or SIGTERM comes.

    Raises:
        StoreError: the store cannot be opened.
        UsageError: standard input or output is closed.
    """
    asyncio.run(_serve_stdio(Source(store, limits)))


def serve_http(store: Place, limits: Limits, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serves at :data:`ADDRESS` until SIGINT or SIGTERM comes.

    Args:
        store: the store.
        limits: what the workers take on.
        host: name or address of the interface.
        port: the port; 0 for any that is free.
        announce: is called with the URL once requests are taken.

    Raises:
        StoreError: the store cannot be opened.
        UsageError: the address cannot be used.
    """
    with listen(host, port) as listener:
        url = address_of(host, listener).rstrip("/") + ADDRESS
        asyncio.run(_serve_http(Source(store, limits), host, listener, lambda: announce(url)))


async def _serve_http(source: Source, host: str, listener: socket.socket, announce: Callable[[], None]) -> None:
    # No state between requests: each is answered on its own, and nobody notices a restart.
    app = create_server(source).streamable_http_app(
        streamable_http_path=ADDRESS, host=host, json_response=True, stateless_http=True
    )
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    server = Announced(config, announce)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.end)
    try:
        await source.start()
        if not server.should_exit:
            await server.serve([listener])
    finally:
        await source.stop()


async def _serve_stdio(source: Source) -> None:
    # Before the workers come, who would inherit both and could mix what they print into the answers.
    incoming, outgoing = _wire()
    await source.start()
    ending: set[asyncio.Task[None]] = set()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, lambda: ending.add(loop.create_task(_end(source))))
    try:
        server = create_server(source)
        async with stdio_server(anyio.wrap_file(incoming), anyio.wrap_file(outgoing)) as (requests, answers):
            await server.run(requests, answers, server.create_initialization_options())
    finally:
        await source.stop()


async def _end(source: Source) -> None:
    """Ends the program, though a thread of it waits for the next line of input and cannot be interrupted."""
    await source.stop()
    os._exit(0)


def _wire() -> tuple[TextIOWrapper, TextIOWrapper]:
    """Standard input and output as streams of our own; from now on, who reads and prints reaches neither.

    Raises:
        UsageError: one of them is closed.
    """
    try:
        incoming, outgoing = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
    except OSError as error:
        raise UsageError(f"kg mcp speaks over standard input and output ({error}); leave them open") from error
    return (
        TextIOWrapper(os.fdopen(incoming, "rb"), encoding="utf-8", errors="replace"),
        TextIOWrapper(os.fdopen(outgoing, "wb"), encoding="utf-8", newline="\n"),
    )
