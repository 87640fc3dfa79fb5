"""Builds a store beside the old one and swaps it in whole, so that an interrupted build changes nothing."""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

from kg.errors import StoreError
from kg.store import snapshots
from kg.store.embedded import EmbeddedStore
from kg.store.layout import (
    EXTRACTED,
    JUDGEMENTS,
    check_replaceable,
    discard,
    is_store,
    read_manifest,
    sync_folder,
    write_manifest,
)
from kg.store.opening import lock_store

# How long a reader waits for a build that is between its two renames, or that has no old store to offer.
_SWAP_TRIES = 5
_SWAP_PAUSE = 0.02


class StoreBuilder:
    """A store under construction; leaving the ``with`` block without an error puts it in place.

    Enter it before any long work: what stands in the way is told at once. Other files of the store (documents,
    refusals) are written into :attr:`folder`; the user's judgements are carried over from the old store, those that
    are made meanwhile included. Where the block fails or the process is killed, what stands in the folder's
    ``extracted.jsonl`` is given to the next build.

    Attributes:
        path: where the store will stand.
        folder: where it is built meanwhile.
        store: the new, empty store.
    """

    def __init__(self, path: Path) -> None:
        # Through symbolic links: the new folder must be built on the old one's disk, and not replace the link.
        self.path = path.resolve()
        self.folder = self.path
        self._lock: int | None = None
        self._old: int | None = None
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
            killed = [_left_behind(folder) for folder in _folders(self.path, "building")]
            # Before the check: under a writer's hands files come and go.
            self._old = lock_store(self.path) if is_store(self.path) else None
            check_replaceable(self.path)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._make_folder(killed)
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

    def _make_folder(self, killed: list[Path]) -> None:
        """Makes the folder, with what killed builds extracted, and removes theirs."""
        prefix = f".{self.path.name}.building-"
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=self.path.parent))
        self._lock = _locked(self.folder)
        self.folder.chmod(0o777 & ~_umask())
        with (self.folder / EXTRACTED).open("ab") as file:
            for folder in killed:
                if (folder / EXTRACTED).is_file():
                    file.write((folder / EXTRACTED).read_bytes())
                    # Its last line may be torn.
                    file.write(b"\n")
        for folder in killed:
            discard(folder)
        if is_store(self.path):
            for folder in (*_folders(self.path, "old"), *_folders(self.path, "stated")):
                if not snapshots.is_read(folder):
                    discard(folder)

    def _clean_up(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store = None
        if self._lock is not None:
            if _is_worth_keeping(self.folder):
                _strip(self.folder)
            else:
                discard(self.folder)
            os.close(self._lock)
        self._lock = None
        if self._old is not None:
            os.close(self._old)
        self._old = None

    def _finish(self) -> None:
        version = _next_version(self.path)
        self.store.flush()
        self.store.back_up(snapshots.clear(self.folder, version))
        self.store.close()
        write_manifest(self.folder, version)
        carried = _carry(self.path / JUDGEMENTS, self.folder / JUDGEMENTS)
        _sync(self.folder)
        check_replaceable(self.path)
        (self.folder / EXTRACTED).unlink(missing_ok=True)
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
    for old in _folders(path, "old"):
        if is_store(old) and not path.exists() and not _being_built(path):
            old.rename(path)


def _being_built(path: Path) -> bool:
    """Whether a living process builds the store."""
    for folder in _folders(path, "building"):
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
    sync_folder(path.parent)
    _carry_rest(old / JUDGEMENTS, path / JUDGEMENTS, carried)
    # A reader opens further files as it needs them; the next build removes what one still reads.
    if not snapshots.is_read(old):
        discard(old)


def _folders(path: Path, state: str) -> list[Path]:
    """The hidden folders beside the store at ``path``: of builds (``building``), replaced stores (``old``), copies."""
    return sorted(path.parent.glob(f".{path.name}.{state}-*"))


def _left_behind(folder: Path) -> Path:
    """The folder of a build that is no more.

    Raises:
        StoreError: the build is alive.
    """
    os.close(_locked(folder))
    return folder


def _is_worth_keeping(folder: Path) -> bool:
    """Whether an unfinished build extracted anything."""
    extracted = folder / EXTRACTED
    return extracted.is_file() and extracted.stat().st_size > 1


def _strip(folder: Path) -> None:
    """Leaves of an unfinished build what it extracted, and no more."""
    for entry in folder.iterdir():
        if entry.is_dir():
            snapshots.remove(entry)
        elif entry.name != EXTRACTED:
            entry.unlink(missing_ok=True)


def _next_version(path: Path) -> int:
    """The number behind that of the store at ``path``, so that no two stores at one place have the same."""
    try:
        return read_manifest(path).version + 1
    except StoreError:
        return 1


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
            sync_folder(path)
    sync_folder(folder)
