"""Runs the service on an address until it is told to stop."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from kg.errors import UsageError
from kg.server.app import create_app
from kg.server.service import Service
from kg.store import check_store

_BACKLOG = 2048
_ENDING_SECONDS = 3


def serve(service: Service, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM comes, then ends what runs.

    Args:
        service: what to serve.
        host: name or address of the interface.
        port: the port; 0 for any that is free.
        announce: is called with the URL once requests are taken.

    Raises:
        StoreError: there is no store, or it cannot be opened.
        UsageError: the address cannot be used.
    """
    check_store(service.path)
    listener = listen(host, port)
    with listener:
        asyncio.run(_serve(service, listener, lambda: announce(address_of(host, listener))))


async def _serve(service: Service, listener: socket.socket, announce: Callable[[], None]) -> None:
    config = uvicorn.Config(
        create_app(service),
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    server = Announced(config, announce)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.end)
    try:
        await service.pool.start()
        if not server.should_exit:
            await server.serve([listener])
    finally:
        await service.pool.stop()


class Announced(uvicorn.Server):
    """A server that leaves signals to us, and says when it is there."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves them as they are."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes requests from now on."""
        await super().startup(sockets)
        self._announce()

    def end(self) -> None:
        """Stops; called a second time, at once."""
        self.force_exit = self.should_exit
        self.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        UsageError: the address is taken, or there is no such one.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # The protocol must be told: only then is Nagle's delay switched off for what is accepted.
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(
            f"There is no address {host!r} here ({error.strerror or error}); give another --host"
        ) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        told = f"Port {port} of {host} cannot be used ({error.strerror or error})"
        raise UsageError(f"{told}; give another --port, or end what uses it") from error
    listener.setblocking(False)
    return listener


def address_of(host: str, listener: socket.socket) -> str:
    """The URL at which a socket listens."""
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
