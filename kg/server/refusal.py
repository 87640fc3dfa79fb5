"""A request that is not answered, and why; each form of the service words it in its own way."""

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818 - it is an answer, not a failure of the service
    """A request gets this status and text in place of an answer.

    Attributes:
        status: HTTP status code.
        text: one or more sentences for the client.
        headers: further headers of the answer.
    """

    def __init__(self, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = dict(headers or {})


def busy(text: str, *, retry_after: int) -> Refusal:
    """The service has too much to do; the client should come back after some seconds."""
    return Refusal(503, text, {"Retry-After": str(retry_after)})
