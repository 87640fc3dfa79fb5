"""The view of a store's version, worked out by a process of its own, so that no request waits for it."""

import asyncio
import sys
import time
from contextlib import suppress
from multiprocessing.context import ForkServerContext

from kg.analytics.network import network_folder
from kg.errors import KgError
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.server.view.kept import View, kept_view, make_view
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
    return session.kept("view", _ready)


def _ready(store: OpenStore) -> View:
    view = kept_view(store)
    if view is None and network_folder(store) is None:
        # There is no place where another process could leave it.
        view = make_view(store)
    if view is None:
        told = f"This version of the store is still being prepared; try again in {_COME_AGAIN} seconds"
        raise Refusal(503, told, {"Retry-After": str(_COME_AGAIN)})
    return view


class Preparer:
    """Works out the view of each version of a store, one after the other."""

    def __init__(self, how: ForkServerContext, place: Place) -> None:
        self._how = how
        self._place = place

    async def run(self) -> None:
        """Works out the view of the newest version, where it is not there yet."""
        process = self._how.Process(target=prepare, args=(str(self._place),), daemon=True)
        process.start()
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(process.sentinel, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(process.sentinel)
            process.kill()


def prepare(place: str) -> None:
    """Works out the view of a store, and says so where it takes a while; what goes wrong is said, and no more."""
    told = Telling()
    with suppress(KeyboardInterrupt):
        try:
            with open_store(place_of(place)) as store:
                if kept_view(store) is None and network_folder(store) is not None:
                    make_view(store, told.progress)
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
