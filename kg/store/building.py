"""Builds a store beside the old one and swaps it in whole, so that an interrupted build changes nothing."""

import fcntl
import os
import shutil
import time
from pathlib import Path

from kg.errors import StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.layout import JUDGEMENTS, check_replaceable, discard, is_store, write_manifest

# How long a reader waits for a build that is between its two renames, or that has no old store to offer.
_SWAP_TRIES = 5
_SWAP_PAUSE = 0.02


class StoreBuilder:
    """A store under construction; leaving the ``with`` block without an error puts it in place.

    Enter it before any long work: what stands in the way is told at once. Other files of the store (claims, documents,
    refusals) are written into :attr:`folder`; the user's judgements are carried over from the old store, those that
    are made meanwhile included.

    Attributes:
        path: where the store will stand.
        folder: where it is built meanwhile.
        store: the new, empty store.
    """

    def __init__(self, path: Path) -> None:
        # Through symbolic links: the new folder must be built on the old one's disk, and not replace the link.
        self.path = path.resolve()
        self.folder = self.path.parent / f".{self.path.name}.building-{os.getpid()}"
        self._lock: int | None = None
        self._store: EmbeddedStore | None = None

    @property
    def store(self) -> EmbeddedStore:
        """The store that is being filled.

        Raises:
            StoreError: used outside the ``with`` block.
        """
        if self._store is None:
            raise StoreError(f"{self.path} is not being built; use StoreBuilder in a with block")
        return self._store

    def __enter__(self) -> "StoreBuilder":
        """Makes the temporary folder and clears away what earlier, interrupted builds left.

        Raises:
            StoreError: something else than a store stands at ``path`` or in it, it cannot be written, or another
                process builds it.
        """
        try:
            recover(self.path)
            check_replaceable(self.path)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _clear_leftovers(self.path)
            self.folder.mkdir()
            self._lock = _locked(self.folder)
            self._store = EmbeddedStore(self.folder)
        except OSError as error:
            self._clean_up()
            raise StoreError(f"{self.path} cannot be written: {error.strerror or error}") from error
        except (KeyboardInterrupt, StoreError):
            self._clean_up()
            raise
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        try:
            if failure is None:
                self._finish()
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written: {error.strerror or error}") from error
        finally:
            self._clean_up()

    def _clean_up(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store = None
        if self._lock is not None:
            os.close(self._lock)
            discard(self.folder)
        self._lock = None

    def _finish(self) -> None:
        self.store.flush()
        self.store.close()
        write_manifest(self.folder)
        carried = _carry(self.path / JUDGEMENTS, self.folder / JUDGEMENTS)
        _sync(self.folder)
        check_replaceable(self.path)
        _swap(self.folder, self.path, carried)


def recover(path: Path) -> None:
    """Puts the old store back where a build was killed between its two renames."""
    path = path.resolve()
    if path.exists():
        return
    for _ in range(_SWAP_TRIES):
        if path.exists() or not _being_built(path):
            break
        time.sleep(_SWAP_PAUSE)
    for old in sorted(path.parent.glob(f".{path.name}.old-*")):
        if is_store(old) and not path.exists() and not _being_built(path):
            old.rename(path)


def _being_built(path: Path) -> bool:
    """Whether a living process builds the store."""
    for folder in sorted(path.parent.glob(f".{path.name}.building-*")):
        try:
            os.close(_locked(folder))
        except StoreError:
            return True
        except FileNotFoundError:
            continue
    return False


def _carry(old: Path, new: Path) -> int:
    """Gives the new store the old one's judgements: the same file, so that none made meanwhile is lost.

    Where the disk has no hard links the file is copied. Gives the number of bytes that are carried over.
    """
    try:
        os.link(old, new)
        return new.stat().st_size
    except FileNotFoundError:
        return 0
    except OSError:
        shutil.copyfile(old, new)
        return new.stat().st_size


def _carry_rest(old: Path, new: Path, carried: int) -> None:
    """Adds to the new store's judgements those that were made while the stores were swapped."""
    if not old.exists() or (new.exists() and new.samefile(old)):
        return
    with old.open("rb") as made, new.open("ab") as kept:
        made.seek(carried)
        kept.write(made.read())
        kept.flush()
        os.fsync(kept.fileno())


def _swap(new: Path, path: Path, carried: int) -> None:
    """Two renames; :func:`recover` mends the moment between them."""
    old = path.parent / f".{path.name}.old-{os.getpid()}"
    if path.exists():
        path.rename(old)
    try:
        new.rename(path)
    except OSError:
        if old.exists():
            old.rename(path)
        raise
    _sync_folder(path.parent)
    _carry_rest(old / JUDGEMENTS, path / JUDGEMENTS, carried)
    discard(old)


def _clear_leftovers(path: Path) -> None:
    for folder in sorted(path.parent.glob(f".{path.name}.building-*")):
        os.close(_locked(folder))
        discard(folder)
    if is_store(path):
        for folder in sorted(path.parent.glob(f".{path.name}.old-*")):
            discard(folder)


def _locked(folder: Path) -> int:
    """A handle that holds the folder's lock until it is closed or the process ends.

    Raises:
        StoreError: a living process holds it.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise StoreError(f"Another process is building this store in {folder}; wait until it is done") from error
    return handle


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        elif path.is_dir():
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
