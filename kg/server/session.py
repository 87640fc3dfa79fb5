"""The store as a worker has it open: always a snapshot, moved on between requests when there is a newer one."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from kg.errors import StoreError
from kg.server.limits import Limits
from kg.store import ReadStore, open_store
from kg.store.layout import MANIFEST

_T = TypeVar("_T")
Mark = tuple[int, int, int]


def mark_of(path: Path) -> Mark | None:
    """What tells a store's state from another without opening it; None where there is no store."""
    try:
        found = (path / MANIFEST).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


class Session:
    """An open store, and what was worked out from it.

    Attributes:
        limits: what an answer may take.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        """Opens the store.

        Raises:
            StoreError: it cannot be opened.
        """
        self._path = path
        self.limits = limits
        self._mark = mark_of(path)
        self._store = open_store(path)
        self._kept: dict[str, object] = {}

    @property
    def store(self) -> ReadStore:
        """The store."""
        return self._store

    @property
    def version(self) -> str:
        """The version of the store that is open."""
        return self._store.version

    def refresh(self) -> None:
        """Moves to the newest version; where the store cannot be opened just now, the old one serves on."""
        mark = mark_of(self._path)
        if mark in {None, self._mark}:
            return
        with suppress(StoreError):
            newer = open_store(self._path)
            self._store.close()
            self._store, self._mark = newer, mark
            self._kept.clear()

    def kept(self, name: str, compute: Callable[[ReadStore], _T]) -> _T:
        """What ``compute`` makes of the store, worked out once for each version."""
        if name not in self._kept:
            self._kept[name] = compute(self._store)
        return self._kept[name]  # type: ignore[return-value]
