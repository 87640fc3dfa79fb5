"""Requests to a SPARQL server: connections kept open, a login, and patience with what passes.

The standard library's client is all that it takes; a further package would only add to what must be installed.
"""

import base64
import os
import random
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, RemoteDisconnected
from time import sleep
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from kg import __version__
from kg.errors import StoreError, UsageError

TRANSIENT = frozenset({429, 502, 503, 504})
"""Status codes that may be gone at the next try."""
_TRIES = 6
_FIRST_PAUSE, _LONGEST_PAUSE, _LONGEST_WISH = 0.2, 8.0, 60.0
_IDLE_CONNECTIONS = 4
_USUAL_TIMEOUT = 120.0
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"http": 80, "https": 443}


class Reply:
    """A server's answer, whose body is read as it comes; an object that files are read from.

    Attributes:
        status: the status code.
        media: the media type, without parameters, in lower case.
    """

    def __init__(self, response: HTTPResponse, connection: HTTPConnection, idle: list[HTTPConnection]) -> None:
        self.status = response.status
        self.media = (response.getheader("Content-Type") or "").partition(";")[0].strip().casefold()
        self.retry_after = response.getheader("Retry-After") or ""
        self._response = response
        self._connection = connection
        self._idle = idle
        self._released = False
        if response.isclosed():
            self._release()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, all the rest where no size is given; none at the end.

        Raises:
            OSError: the connection breaks.
        """
        try:
            data = self._response.read() if size < 0 else self._response.read(size)
        except HTTPException as error:
            self.close()
            raise ConnectionError("the connection to the store broke off") from error
        if self._response.isclosed():
            self._release()
        return data

    def text(self) -> str:
        """The rest of the body as one line of text for a message, shortened."""
        try:
            return " ".join(self.read().decode("utf-8", "replace").split())[:200]
        except OSError:
            return ""

    def _release(self) -> None:
        """The connection may serve the next request."""
        if self._released:
            return
        self._released = True
        if not self._response.will_close and len(self._idle) < _IDLE_CONNECTIONS:
            self._idle.append(self._connection)
        else:
            self._connection.close()

    def close(self) -> None:
        """Ends the answer; where it is not read to its end, with its connection, on which more is still under way."""
        if not self._released:
            self._released = True
            self._response.close()
            self._connection.close()

    def __del__(self) -> None:
        self.close()


class Client:
    """Sends requests to one server."""

    def __init__(self, url: str, environment: Mapping[str, str] | None = None) -> None:
        """A client for the server behind ``url``, which may be any address there.

        The login is read from ``KG_STORE_TOKEN``, or ``KG_STORE_USER`` and ``KG_STORE_PASSWORD``; the seconds to wait
        for an answer from ``KG_STORE_TIMEOUT``.

        Raises:
            UsageError: the login or the time is malformed.
        """
        env = os.environ if environment is None else environment
        self.url = url
        self._headers = {"User-Agent": f"semipack/{__version__}", **_login(env)}
        self._timeout = _seconds(env.get("KG_STORE_TIMEOUT") or "")
        self._idle: list[HTTPConnection] = []

    def post(self, url: str, body: bytes, media: str, accept: str = "*/*", *, again: bool = True) -> Reply:
        """The answer to a request, whatever its status.

        A transient failure is waited out and the request sent again, a few times, as long as the server asks for where
        it says so.

        Args:
            url: where to send it.
            body: its body.
            media: the body's media type.
            accept: value of the Accept header.
            again: whether the request may reach the server twice without harm.

        Raises:
            StoreError: the server cannot be reached, gives no answer in time, or breaks off again and again.
        """
        headers = self._headers | {"Content-Type": media, "Accept": accept}
        for tried in range(1, _TRIES + 1):
            last = tried == _TRIES or not again
            try:
                reply = self._sent(url, body, headers)
            except (ConnectionResetError, BrokenPipeError, HTTPException) as error:
                if last:
                    raise StoreError(f"The store at {self.url} broke off the connection; try again later") from error
                sleep(_pause(tried, ""))
                continue
            except TimeoutError as error:
                told = f"The store at {self.url} gives no answer within {self._timeout:g} s"
                raise StoreError(f"{told}; try again later, or raise KG_STORE_TIMEOUT") from error
            except OSError as error:
                told = f"The store at {self.url} cannot be reached ({error.strerror or error})"
                raise StoreError(f"{told}; check the address and that its server runs") from error
            if reply.status not in TRANSIENT or last:
                return reply
            reply.text()
            sleep(_pause(tried, reply.retry_after))
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Closes the connections."""
        while self._idle:
            self._idle.pop().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _sent(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """One try; on a connection that was kept open, and may have been closed meanwhile, two."""
        while self._idle:
            connection = self._idle.pop()
            try:
                return self._exchanged(connection, url, body, headers)
            except (RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # The server had closed it before the request came, as servers do after a while.
                self._idle_closed()
        return self._exchanged(_connection(url, self._timeout), url, body, headers)

    def _idle_closed(self) -> None:
        """The others were opened no later."""
        self.close()

    def _exchanged(self, connection: HTTPConnection, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        try:
            connection.request("POST", _target(connection, url), body, dict(headers))
            return Reply(connection.getresponse(), connection, self._idle)
        except BaseException:
            connection.close()
            raise


def _connection(url: str, timeout: float) -> HTTPConnection:
    """A connection to the server, or to the proxy that the environment names for it."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    proxy = "" if host in _LOCAL or proxy_bypass(host) else getproxies().get(parts.scheme, "")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    if not proxy:
        return kind(host, port, timeout=timeout)
    by = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    connection = kind(by.hostname or "", by.port or 80, timeout=timeout)
    if parts.scheme == "https":
        connection.set_tunnel(host, port)
    return connection


def _target(connection: HTTPConnection, url: str) -> str:
    """What the request line names: a path, or the whole address where a proxy passes the request on."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    through_proxy = parts.scheme == "http" and connection.host != parts.hostname
    return f"{parts.scheme}://{parts.netloc}{path}" if through_proxy else path


def _pause(tried: int, wish: str) -> float:
    """Seconds to wait: what the server asks for, else a time drawn from a span that doubles with every try."""
    if wish.strip().isdecimal():
        return min(float(wish), _LONGEST_WISH)
    most: float = min(_FIRST_PAUSE * 2**tried, _LONGEST_PAUSE)
    # Clients that failed together shall not come back together.
    return random.uniform(most / 2, most)  # noqa: S311 - no secret


def _login(env: Mapping[str, str]) -> dict[str, str]:
    token, user, password = (env.get(f"KG_STORE_{name}") or "" for name in ("TOKEN", "USER", "PASSWORD"))
    if not (token + user + password).isprintable() or not token.isascii() or " " in token:
        raise UsageError("KG_STORE_TOKEN, KG_STORE_USER or KG_STORE_PASSWORD holds characters that no login has")
    if token:
        return {"Authorization": f"Bearer {token}"}
    if not user:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")}


def _seconds(text: str) -> float:
    if not text:
        return _USUAL_TIMEOUT
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise UsageError(f"KG_STORE_TIMEOUT is {text!r}; give a number of seconds, such as 300")
    return seconds
