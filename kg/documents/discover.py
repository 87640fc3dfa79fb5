"""Finds the documents among the paths that a user gives."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.documents.base import printable
from kg.errors import DocumentError


def discover(paths: Iterable[Path], suffixes: frozenset[str]) -> list[Path]:
    """The files to read, in the order given, each once.

    A file counts as given, whatever its suffix. A folder is walked with its subfolders in sorted order; hidden files
    and folders and files with other ``suffixes`` are passed over. Raises DocumentError for a path that does not exist
    and for a folder that holds no document.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not _exists(path):
            raise DocumentError(f"{printable(str(path))} does not exist; check the path")
        files = list(_inside(path, suffixes)) if path.is_dir() else [path]
        if not files:
            known = ", ".join(sorted(suffixes))
            raise DocumentError(f"{printable(str(path))} holds no document; put files with {known} in it")
        for file in files:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _inside(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(base, name)
            if not name.startswith(".") and path.suffix.lower() in suffixes and path.is_file():
                yield path
