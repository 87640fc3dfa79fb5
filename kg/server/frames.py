"""What goes between the service and a worker: a JSON head, and bytes behind it.

JSON, so that a worker whose engine was turned against it by a hostile query can only give wrong answers.
"""

import asyncio
import json
import socket
import struct
from typing import Any

Message = tuple[Any, bytes]
"""Head and body."""
_SIZES = struct.Struct("!IQ")


def frame(head: Any, body: bytes = b"") -> bytes:  # noqa: ANN401 - any JSON value
    """Head and body as one message."""
    raw = json.dumps(head).encode()
    return _SIZES.pack(len(raw), len(body)) + raw + body


class Channel(asyncio.Protocol):
    """The service's end of the connection to a worker: one message goes, one comes.

    A protocol and not a stream, which takes a turn of the event loop for each part of a message.

    Attributes:
        open: whether the worker can still be heard.
    """

    def __init__(self) -> None:
        self.open = True
        self._came = bytearray()
        self._kept: Message | None = None
        self._turn: asyncio.Future[Message] | None = None
        self._transport: asyncio.WriteTransport | None = None

    def send(self, data: bytes) -> None:
        """Sends a message."""
        if self._transport is not None:
            self._transport.write(data)

    async def next(self) -> Message:
        """The next message; who was interrupted while waiting may wait again.

        Raises:
            ConnectionError: the other side has gone.
        """
        turn: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._turn = turn
        self._deliver()
        try:
            return await turn
        except asyncio.CancelledError:
            # It may have come in the very turn of the loop in which the wait was given up.
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._kept = turn.result()
            raise
        finally:
            self._turn = None

    def close(self) -> None:
        """Hangs up."""
        self.open = False
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        self._came += data
        self._deliver()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the event loop's own signature
        """Called by the event loop."""
        self.open = False
        self._deliver()

    def _deliver(self) -> None:
        """Gives a whole message, or the end, to who waits for it."""
        turn = self._turn
        if turn is None or turn.done():
            return
        message = self._whole()
        if message is not None:
            turn.set_result(message)
        elif not self.open:
            turn.set_exception(ConnectionError("the worker has gone"))

    def _whole(self) -> Message | None:
        """Takes the first message off what came, once all of it is there."""
        if self._kept is not None:
            kept, self._kept = self._kept, None
            return kept
        if len(self._came) < _SIZES.size:
            return None
        head, body = _SIZES.unpack_from(self._came)
        begin, end = _SIZES.size + head, _SIZES.size + head + body
        if len(self._came) < end:
            return None
        message = json.loads(self._came[_SIZES.size : begin]), bytes(self._came[begin:end])
        del self._came[:end]
        return message


def take(connection: socket.socket) -> Any | None:  # noqa: ANN401 - any JSON value
    """The next message's head, in a worker; None where the service has gone."""
    sizes = _exactly(connection, _SIZES.size)
    if sizes is None:
        return None
    head, body = _SIZES.unpack(sizes)
    raw = _exactly(connection, head + body)
    return None if raw is None else json.loads(raw[:head])


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)
