"""The view of a store's version, worked out by a process of its own, so that no request waits for it."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext
from typing import Any, NoReturn

from kg.analytics.network import network_folder
from kg.errors import KgError
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.server.view.kept import kept_first, kept_view, make_first, make_view
from kg.server.view.view import View
from kg.settings import Place, place_of
from kg.store import OpenStore, open_store

_TELL_AFTER = 5.0
_TELL_EVERY = 10.0
_COME_AGAIN = 3


def view_of(session: Session) -> View:
    """The view of the session's store.

    Raises:
        Refusal: it is still being worked out.
    """
    return session.kept("view", _view)


def first_of(session: Session) -> dict[str, Any]:
    """The first picture of the session's store, as data of the explorer's page.

    Raises:
        Refusal: it is still being worked out.
    """
    return session.kept("first", lambda store: _first(store, view_of(session)))


def _view(store: OpenStore) -> View:
    view = kept_view(store)
    if view is None and network_folder(store) is None:
        # There is no place where another process could leave it.
        view = make_view(store)
    return view or _later()


def _first(store: OpenStore, view: View) -> dict[str, Any]:
    first = kept_first(store)
    if first is None and network_folder(store) is None:
        first = make_first(store, view)
    return first or _later()


def _later() -> NoReturn:
    told = f"This version of the store is still being prepared; try again in {_COME_AGAIN} seconds"
    raise Refusal(503, told, {"Retry-After": str(_COME_AGAIN)})


class Preparer:
    """Works out the view of each version of a store, one after the other."""

    def __init__(self, how: ForkServerContext, place: Place) -> None:
        self._how = how
        self._place = place

    async def view(self) -> None:
        """Works out the view of the newest version, where it is not there yet."""
        await self._run(prepare_view)

    async def first(self) -> None:
        """Works out the first picture of the newest version, where it is not there yet."""
        await self._run(prepare_first)

    async def _run(self, work: Callable[[str], None]) -> None:
        process = self._how.Process(target=work, args=(str(self._place),), daemon=True)
        process.start()
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(process.sentinel, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(process.sentinel)
            process.kill()


def prepare_view(place: str) -> None:
    """Works out the view of a store, and says so where it takes a while; what goes wrong is said, and no more."""
    told = Telling()
    with _opened(place) as store:
        if store is not None and kept_view(store) is None:
            make_view(store, told.progress)


def prepare_first(place: str) -> None:
    """Works out the first picture of a store whose view is there."""
    with _opened(place) as store:
        view = kept_view(store) if store is not None else None
        if store is not None and view is not None and kept_first(store) is None:
            make_first(store, view)


@contextmanager
def _opened(place: str) -> Iterator[OpenStore | None]:
    """The store; None where there is no place to keep anything for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with open_store(place_of(place)) as store:
            yield store if network_folder(store) is not None else None
    except KgError as error:
        sys.stderr.write(f"The explorer cannot be prepared: {error}\n")


class Telling:
    """Says how far long work is, now and then."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _TELL_AFTER

    def progress(self, what: str, done: int, of: int) -> None:
        """Says so on standard error, unless it did a moment ago."""
        if time.monotonic() > self._next:
            self._next = time.monotonic() + _TELL_EVERY
            sys.stderr.write(f"For the explorer, once for each version: {what}, {done} of {of}\n")
            sys.stderr.flush()
