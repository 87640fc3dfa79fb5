"""Where a SPARQL server takes queries, updates and bulk loads, and what its refusals mean."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import EvaluationError, StoreError, UsageError
from kg.settings import Endpoint, place_of
from kg.store.http import TRANSIENT, Client, Reply

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
_NO_ENDPOINT = frozenset({404, 405, 406, 415, 501})


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a store's services.

    Attributes:
        query: takes queries.
        update: takes updates.
        graphs: takes quads in bulk; empty where nothing is known to.
    """

    query: str
    update: str
    graphs: str


def addresses_of(endpoint: Endpoint, environment: Mapping[str, str] | None = None) -> Addresses:
    """The addresses behind that of a store.

    A bare host is taken for Oxigraph's: ``/query``, ``/update`` and ``/store``. What ends in ``/query`` has the others
    beside it. Any other address takes queries and updates alike. ``KG_STORE_QUERY_URL``, ``KG_STORE_UPDATE_URL`` and
    ``KG_STORE_GRAPHS_URL`` say otherwise.

    Raises:
        UsageError: one of these is no web address, or holds a login.
    """
    env = os.environ if environment is None else environment
    url = endpoint.url.rstrip("/")
    if not urlsplit(url).path:
        found = Addresses(f"{url}/query", f"{url}/update", f"{url}/store")
    elif url.endswith("/query"):
        beside = url.removesuffix("/query")
        found = Addresses(url, f"{beside}/update", f"{beside}/store")
    else:
        found = Addresses(endpoint.url, endpoint.url, "")
    return Addresses(
        _given(env, "KG_STORE_QUERY_URL") or found.query,
        _given(env, "KG_STORE_UPDATE_URL") or found.update,
        _given(env, "KG_STORE_GRAPHS_URL") or found.graphs,
    )


def _given(env: Mapping[str, str], name: str) -> str:
    value = env.get(name) or ""
    if value and not isinstance(place_of(value), Endpoint):
        raise UsageError(f"{name} is no web address; write it like http://localhost:7878/query")
    return value


class Service:
    """A server's services, with its refusals as errors of ours.

    Attributes:
        url: the store's address, for messages.
        addresses: where the services are.
    """

    def __init__(self, endpoint: Endpoint, environment: Mapping[str, str] | None = None) -> None:
        """The services behind a store's address.

        Raises:
            UsageError: the login or the time-out in the environment is malformed.
        """
        self.url = endpoint.url
        self.addresses = addresses_of(endpoint, environment)
        self._client = Client(endpoint.url, environment)

    def ask(self, form: bytes, accept: str) -> Reply:
        """The answer to a query, given as a form.

        Raises:
            EvaluationError: the server refuses the query.
            StoreError: the server cannot be reached, refuses the login, or is no SPARQL server.
        """
        reply = self._client.post(self.addresses.query, form, _FORM, accept)
        if reply.status == 200 and reply.media == accept:
            return reply
        if reply.status == 200:
            reply.close()
            told = "a web page" if reply.media.endswith("html") else f"{reply.media or 'something'}"
            raise StoreError(f"{self.addresses.query} answers with {told}, not as SPARQL does; {_GIVE}")
        said = reply.text()
        self._check(reply, self.addresses.query)
        raise EvaluationError(f"The query cannot be answered: {said or reply.status}")

    def update(self, text: str, *, again: bool = True) -> None:
        """Makes a change, given as a request of SPARQL Update.

        Args:
            text: the request.
            again: whether it may be made twice without harm.

        Raises:
            EvaluationError: the server refuses the update itself.
            StoreError: the server cannot be reached, refuses the login, or cannot be written.
        """
        reply = self._client.post(self.addresses.update, text.encode(), _UPDATE, again=again)
        if reply.status in {200, 201, 202, 204}:
            reply.read()
            return
        said = reply.text()
        if reply.status in _NO_ENDPOINT | {403}:
            told = f"The store at {self.url} cannot be written: {self.addresses.update} refuses updates"
            raise StoreError(f"{told} ({reply.status}); give one that may be written, or KG_STORE_UPDATE_URL")
        self._check(reply, self.addresses.update)
        raise EvaluationError(f"The update cannot be made: {said or reply.status}")

    def load(self, quads: bytes) -> bool:
        """Adds N-Quads in bulk; gives whether the server takes them.

        Raises:
            StoreError: the server cannot be reached or refuses the login.
        """
        if not self.addresses.graphs:
            return False
        # Oxigraph loads four times as fast without a transaction; others know no such parameter and pass it over.
        reply = self._client.post(f"{self.addresses.graphs}?no_transaction", quads, "application/n-quads")
        if reply.status in {200, 201, 202, 204}:
            reply.read()
            return True
        said = reply.text()
        if reply.status in _NO_ENDPOINT | {400}:
            return False
        self._check(reply, self.addresses.graphs)
        raise StoreError(f"The store at {self.url} cannot be loaded: {said or reply.status}")

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _check(self, reply: Reply, url: str) -> None:
        """Raises what a status says of the server rather than of the request."""
        status = reply.status
        if status in {401, 403}:
            cure = "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"
            raise StoreError(f"The store at {self.url} refuses the login ({status}); {cure}")
        if status in TRANSIENT:
            raise StoreError(f"The store at {self.url} is not to be had ({status}); try again later")
        if 300 <= status < 400:
            raise StoreError(f"{url} has moved ({status}); {_GIVE}")
        if status in _NO_ENDPOINT or (status < 500 and reply.media.endswith("html")):
            raise StoreError(f"{url} is no SPARQL endpoint ({status}); {_GIVE}")


_GIVE = "give the endpoint's own address, or KG_STORE_QUERY_URL"
