"""What goes between the service and a worker: a JSON head, and bytes behind it.

JSON, so that a worker whose engine was turned against it by a hostile query can only give wrong answers.
"""

import json
import socket
import struct
from asyncio import StreamReader
from typing import Any

_SIZES = struct.Struct("!IQ")


def frame(head: Any, body: bytes = b"") -> bytes:  # noqa: ANN401 - any JSON value
    """Head and body as one message."""
    raw = json.dumps(head).encode()
    return _SIZES.pack(len(raw), len(body)) + raw + body


async def receive(reader: StreamReader) -> tuple[Any, bytes]:
    """The next message.

    Raises:
        asyncio.IncompleteReadError: the other side has gone.
        ConnectionError: the same.
    """
    head, body = _SIZES.unpack(await reader.readexactly(_SIZES.size))
    return json.loads(await reader.readexactly(head)), await reader.readexactly(body) if body else b""


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
