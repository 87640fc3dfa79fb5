"""The body of a request: bounded in size and in time, and UTF-8."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from kg.server.refusal import Refusal

_SECONDS = 20


async def read_body(request: Request, most: int) -> bytes:
    """The whole body.

    Raises:
        Refusal: it is larger than ``most`` bytes, or takes too long to come.
    """
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        raise _too_large(most)
    parts = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in request.stream():
                parts += part
                if len(parts) > most:
                    raise _too_large(most)
    except TimeoutError:
        raise Refusal(408, f"The request did not come within {_SECONDS} s") from None
    except ClientDisconnect:
        raise Refusal(400, "The request ended too early") from None
    return bytes(parts)


def as_text(data: bytes) -> str:
    """The text of UTF-8 bytes.

    Raises:
        Refusal: they are none.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The request is not UTF-8 at byte {error.start}; send it as UTF-8") from None


def _too_large(most: int) -> Refusal:
    return Refusal(413, f"The request is larger than {most / (1024 * 1024):g} MB; send a smaller one", _CLOSE)


# The rest of the body is not read, so the connection cannot be used again.
_CLOSE = {"Connection": "close"}
