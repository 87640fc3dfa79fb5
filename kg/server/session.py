"""The store as a worker has it open: always a snapshot, moved on between requests when there is a newer one."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import TypeVar

from kg.errors import KgError, StoreError
from kg.server.limits import Limits
from kg.settings import Endpoint, Place
from kg.store import OpenStore, RemoteStore, open_store
from kg.store.layout import MANIFEST

_T = TypeVar("_T")
Mark = tuple[int, int, int] | str
# How long what a store on a server said of its version holds.
_REMOTE_SECONDS = 1.0
_remote_marks: dict[Endpoint, tuple[float, str]] = {}


def mark_of(place: Place) -> Mark | None:
    """What tells a store's state from another without opening it; None where there is no store."""
    if isinstance(place, Endpoint):
        return _remote_mark(place)
    try:
        found = (place / MANIFEST).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _remote_mark(place: Endpoint) -> str | None:
    """The version of a store on a server, at most a second old; None where it cannot be had."""
    asked, version = _remote_marks.get(place, (0.0, ""))
    if monotonic() - asked > _REMOTE_SECONDS:
        with suppress(KgError), RemoteStore(place) as store:
            version = store.version
        _remote_marks[place] = monotonic(), version
    return version or None


class Session:
    """An open store, and what was worked out from it.

    Attributes:
        limits: what an answer may take.
    """

    def __init__(self, place: Place, limits: Limits) -> None:
        """Opens the store.

        Raises:
            StoreError: it cannot be opened.
        """
        self._place = place
        self.limits = limits
        self._mark = mark_of(place)
        self._store = open_store(place)
        self._kept: dict[str, object] = {}

    @property
    def place(self) -> Place:
        """Where the store is."""
        return self._place

    @property
    def store(self) -> OpenStore:
        """The store."""
        return self._store

    @property
    def version(self) -> str:
        """The version of the store that is open."""
        return self._store.version

    def refresh(self, *, at_once: bool = False) -> None:
        """Moves to the newest version; where the store cannot be opened just now, the old one serves on.

        Args:
            at_once: whether a version that was asked for a moment ago does not count.
        """
        if at_once and isinstance(self._place, Endpoint):
            _remote_marks.pop(self._place, None)
        mark = mark_of(self._place)
        if mark in {None, self._mark}:
            return
        with suppress(StoreError):
            newer = open_store(self._place)
            self._store.close()
            self._store, self._mark = newer, mark
            self._kept.clear()

    def kept(self, name: str, compute: Callable[[OpenStore], _T]) -> _T:
        """What ``compute`` makes of the store, worked out once for each version."""
        if name not in self._kept:
            self._kept[name] = compute(self._store)
        return self._kept[name]  # type: ignore[return-value]
