"""Where answers come from: the operations of the JSON interface and SPARQL, in workers as the web service has them."""

import json
from collections.abc import Mapping
from typing import Any

from kg.server.api import OPERATIONS, parse
from kg.server.limits import Limits
from kg.server.pool import Pool
from kg.settings import Place

TRIPLES = "application/n-triples"
"""Media type of an answer that is triples, one a line; that of any other is SPARQL's results in JSON."""
_FORMS = f"application/sparql-results+json, {TRIPLES};q=0.9"


class Source:
    """A store, read by workers that can be stopped."""

    def __init__(self, store: Place, limits: Limits) -> None:
        """A source that is not started; see :meth:`start`."""
        self._pool = Pool(store, limits)

    async def start(self) -> None:
        """Starts the workers.

        Raises:
            StoreError: the store cannot be opened.
        """
        await self._pool.start()

    async def stop(self) -> None:
        """Ends the workers, whatever they do."""
        await self._pool.stop()

    async def read(self, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON value of an operation of the JSON interface.

        Args:
            operation: its name in :data:`kg.server.api.OPERATIONS`.
            given: its arguments: texts, numbers, lists of texts; None where one is left out.

        Raises:
            Refusal: an argument is wrong, there is no such thing, or a limit is reached.
        """
        about = OPERATIONS[operation]
        texts = [
            (name, ",".join(value) if isinstance(value, list) else str(value))
            for name, value in given.items()
            if value is not None
        ]
        values = parse(about.fields, texts, free=about.free)
        answer = await self._pool.run("api", {"operation": operation, "values": values})
        value: dict[str, Any] = json.loads(answer.body)
        return value

    async def sparql(self, query: str) -> tuple[str, str]:
        """Media type and text of a query's answer: :data:`TRIPLES`, or rows or a truth value in JSON.

        Raises:
            Refusal: the query is wrong, would change something or leave the store, or a limit is reached.
        """
        arguments = {
            "query": query,
            "default_graphs": (),
            "named_graphs": (),
            "base": None,
            "accept": _FORMS,
            "format": "",
        }
        answer = await self._pool.run("sparql", arguments)
        return answer.media.partition(";")[0].strip(), answer.body.decode("utf-8")
