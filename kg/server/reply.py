"""What a worker gives back: an answer's status, headers and bytes, with the version of the store it is about."""

import gzip
from dataclasses import dataclass, field, replace
from io import BytesIO

from kg.server.refusal import Refusal

_SMALLEST_PACKED = 1024
_PACKING = 4


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, ready to be sent.

    Attributes:
        body: its bytes.
        media: its media type, with the charset where it has one.
        headers: further headers.
        status: HTTP status code.
    """

    body: bytes
    media: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


class Bounded(BytesIO):
    """A buffer that refuses to grow over a limit."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Adds ``data``.

        Raises:
            Refusal: the answer has become too large.
        """
        if self.tell() + len(data) > self._most:
            raise too_large(self._most)
        return super().write(data)


def too_large(most: int) -> Refusal:
    """The answer is over the limit, and none of it is sent."""
    megabytes = f"{most / (1024 * 1024):g}"
    told = f"The answer is larger than {megabytes} MB and none of it is sent"
    return Refusal(413, f"{told}; add a LIMIT, ask for fewer columns, or raise --max-result-mb")


def packed(reply: Reply) -> Reply:
    """The answer compressed, where that is worth it."""
    if len(reply.body) < _SMALLEST_PACKED:
        return reply
    body = gzip.compress(reply.body, _PACKING, mtime=0)
    return replace(reply, body=body, headers={**reply.headers, "Content-Encoding": "gzip"})
