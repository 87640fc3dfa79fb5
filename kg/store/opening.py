"""A store in a folder as readers and as its one writer have it."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import EvaluationError, QueryError, StoreError
from kg.store import snapshots
from kg.store.base import Change
from kg.store.embedded import EmbeddedStore
from kg.store.guard import check_update, syntax_message
from kg.store.layout import WRITING, read_manifest, sync_folder, write_manifest
from kg.terms import DERIVED_GRAPH, PREFIXES


class ReadStore(EmbeddedStore):
    """The store as it stood when it was opened, whatever a writer does meanwhile."""

    def __init__(self, path: Path) -> None:
        """Opens the store in the folder ``path``.

        Raises:
            StoreError: there is no store, it is of another format, or its triples are gone.
        """
        self._path = path
        self._manifest, self._handle = snapshots.hold(path)
        try:
            super().__init__(path, triples=snapshots.snapshot_folder(path, self._manifest.version), read_only=True)
        except StoreError:
            os.close(self._handle)
            raise

    @property
    def version(self) -> str:
        """A text that no other state of any store has."""
        return self._manifest.tag

    @contextmanager
    def stated(self) -> Iterator[EmbeddedStore]:
        """The store without what follows from the facts and no document states.

        A query over thousands of graphs that are named one by one takes the engine seconds for every pattern. A copy
        of the snapshot, by hard links, from which the derived graph is dropped costs a moment once.

        Raises:
            StoreError: there is no place for the copy.
        """
        # Beside the store, on the same disk; where that is not ours to write, the copy takes longer.
        beside = self._path.resolve().parent
        place = beside if os.access(beside, os.W_OK) else None
        try:
            folder = tempfile.mkdtemp(prefix=f".{self._path.name}.stated-", dir=place)
        except OSError as error:
            raise StoreError(f"{beside} cannot be written: {error.strerror or error}") from error
        triples = snapshots.clear(Path(folder), 0)
        try:
            self.back_up(triples)
            with snapshots.kept(triples), EmbeddedStore(self._path, triples=triples) as copy:
                copy.apply(Change(drop=(str(DERIVED_GRAPH),)))
                yield copy
        finally:
            snapshots.remove(Path(folder))

    def close(self) -> None:
        """Lets go of files, so that the writer may remove what was read."""
        if self._store is not None:
            os.close(self._handle)
        super().close()


class WriteStore(EmbeddedStore):
    """The store for its one writer: every change is safe, and in the sight of new readers, when its call returns."""

    def __init__(self, path: Path) -> None:
        """Opens the store in the folder ``path`` and finishes what a killed writer left undone.

        Raises:
            StoreError: there is no store, it is of another format, or another process is writing it.
        """
        self._handle = lock_store(path)
        self._behind = False
        try:
            self._manifest = read_manifest(path)
            super().__init__(path)
            self._mark = path / WRITING
            if self._mark.exists():
                self._changed()
            else:
                self._mark.touch()
                sync_folder(path)
        except OSError as error:
            os.close(self._handle)
            raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
        except StoreError:
            os.close(self._handle)
            raise

    @property
    def version(self) -> str:
        """A text that no other state of any store has."""
        return self._manifest.tag

    def update(self, sparql: str, *, base: str = "") -> None:
        """Makes the changes of a SPARQL 1.1 Update request as it stands, wholly or not at all.

        What `kg add` and `kg remove` keep up beside the documents, such as conflicts and derived facts, is not.

        Args:
            sparql: the request.
            base: what relative IRIs are resolved against where the request has no BASE.

        Raises:
            QueryError: the request does not parse, or would reach outside the store.
            StoreError: the disk refuses.
        """
        check_update(sparql)
        behind = self._behind
        try:
            self._writable().update(sparql, base_iri=base or None, prefixes=PREFIXES)
        except SyntaxError as error:
            self._behind = behind
            raise QueryError(syntax_message(error)) from None
        except RuntimeError as error:
            self._behind = behind
            raise EvaluationError(f"The update cannot be made: {' '.join(str(error).split())}") from error
        except OSError as error:
            raise self._refused(error) from error
        self._changed()

    def close(self) -> None:
        """Lets go of files and of the right to write."""
        if self._store is not None:
            super().close()
            if not self._behind:
                self._mark.unlink(missing_ok=True)
            os.close(self._handle)

    def _writable(self) -> ox.Store:
        """The engine, for a change that no snapshot shows yet."""
        self._behind = True
        return super()._writable()

    def _changed(self) -> None:
        """Shows the change to new readers: first a snapshot, then the manifest that names it."""
        path = self._mark.parent
        version = self._manifest.version + 1
        try:
            self.back_up(snapshots.clear(path, version))
            snapshots.settle(path)
            self._manifest = write_manifest(path, version, self._manifest.build)
        except OSError as error:
            raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error
        self._behind = False
        snapshots.prune(path, version)


def lock_store(path: Path) -> int:
    """A handle that holds the right to write the store until it is closed or the process ends.

    Raises:
        StoreError: there is no store, or another process writes or replaces it.
    """
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"No store at {path}; build one with `kg build PATH`") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        same = os.fstat(handle).st_ino == path.stat().st_ino
    except OSError as error:
        os.close(handle)
        raise StoreError(f"Another process is writing {path}; wait until it is done") from error
    if not same:
        os.close(handle)
        raise StoreError(f"{path} has just been built anew; try again")
    return handle
