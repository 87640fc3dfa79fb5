"""Snapshots of a store's triples: what readers open while the one writer works on.

A snapshot's folder is locked by its readers together, so that the writer removes only those that nobody reads.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError
from kg.store.layout import SNAPSHOTS, Manifest, read_manifest, sync_folder

# How often a reader looks again where the writer removes the snapshot that it was about to open.
_TRIES = 100
_PAUSE = 0.01


def snapshot_folder(path: Path, version: int) -> Path:
    """The folder of one version's triples."""
    return path / SNAPSHOTS / str(version)


def hold(path: Path) -> tuple[Manifest, int]:
    """The manifest of the store at ``path``, and a handle that keeps its snapshot until it is closed.

    Raises:
        StoreError: there is no store, it is of another format, or its snapshot is gone.
    """
    for _ in range(_TRIES):
        manifest = read_manifest(path)
        folder = snapshot_folder(path, manifest.version)
        handle = _locked(folder, fcntl.LOCK_SH)
        if handle is not None:
            return manifest, handle
        time.sleep(_PAUSE)
    raise StoreError(f"The triples of {path} cannot be opened; build the store again with `kg build`")


def prune(path: Path, keep: int) -> None:
    """Removes the snapshots that nobody reads, save the version ``keep``."""
    for folder in sorted((path / SNAPSHOTS).iterdir()):
        if folder.name == str(keep):
            continue
        handle = _locked(folder, fcntl.LOCK_EX)
        if handle is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)


def is_read(path: Path) -> bool:
    """Whether somebody reads a snapshot of the store at ``path``."""
    folders = list((path / SNAPSHOTS).glob("*"))
    for folder in folders:
        handle = _locked(folder, fcntl.LOCK_EX)
        if handle is None:
            return True
        os.close(handle)
    return False


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Keeps a snapshot's folder from being removed by others.

    Raises:
        StoreError: it is gone already.
    """
    handle = _locked(folder, fcntl.LOCK_SH)
    if handle is None:
        raise StoreError(f"{folder} is gone; try again")
    try:
        yield
    finally:
        os.close(handle)


def remove(folder: Path) -> None:
    """Removes a folder of an engine that may still write its last words there."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE)


def clear(path: Path, version: int) -> Path:
    """The folder for a snapshot that is about to be made, cleared of what a killed attempt left."""
    folder = snapshot_folder(path, version)
    folder.parent.mkdir(exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def settle(path: Path) -> None:
    """Makes sure that a new snapshot's name is on the disk; the engine has done so for what is in it."""
    sync_folder(path / SNAPSHOTS)


def _locked(folder: Path, how: int) -> int | None:
    """A handle that holds the folder's lock; None where another process holds it otherwise or the folder is gone."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(handle, how | fcntl.LOCK_NB)
        # The folder may have been removed between its opening and its locking.
        if os.fstat(handle).st_ino == folder.stat().st_ino:
            return handle
    os.close(handle)
    return None
