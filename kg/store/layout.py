"""The files of a store's folder, and whether a folder is a store this version can read."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import StoreError

KIND = "semipack"
FORMAT = 1
MANIFEST = "store.json"
CLAIMS = "claims.jsonl"
DOCUMENTS = "documents.jsonl"
REFUSALS = "refusals.jsonl"
JUDGEMENTS = "judgements.jsonl"
TRIPLES = "oxigraph"

_FILES = frozenset({MANIFEST, CLAIMS, DOCUMENTS, REFUSALS, JUDGEMENTS})
# What the engine keeps in its folder.
_ENGINE_FILE = re.compile(
    r"CURRENT|IDENTITY|LOCK|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?|\d+\.(sst|log|blob|dbtmp)(\.trash)?"
)


def write_manifest(folder: Path) -> None:
    """Marks ``folder`` as a store of this version."""
    (folder / MANIFEST).write_text(json.dumps({"kind": KIND, "format": FORMAT}) + "\n", encoding="utf-8")


def is_store(path: Path) -> bool:
    """Whether ``path`` is the folder of a store, of any version."""
    return _format_of(path) is not None


def check_format(path: Path) -> None:
    """Makes sure that ``path`` holds a store of this version.

    Raises:
        StoreError: there is none, or it is of another version.
    """
    if not (path / MANIFEST).is_file():
        raise StoreError(f"No store at {path}; build one with `kg build PATH`")
    found = _format_of(path)
    if found is None:
        raise StoreError(f"{path / MANIFEST} is no store's manifest; choose another --store, or move it away")
    if found != FORMAT:
        raise StoreError(f"The store {path} has format {found}, this version reads {FORMAT}; build it again")


def check_replaceable(path: Path) -> None:
    """Makes sure that a store may be put at ``path``: nothing is there, an empty folder, or a store and no more.

    Raises:
        StoreError: something of the user's is there, which a build would destroy.
    """
    if not path.exists():
        return
    if not path.is_dir():
        raise StoreError(f"{path} is a file and a store is a folder; choose another --store")
    if not any(path.iterdir()):
        return
    if not is_store(path):
        raise StoreError(f"{path} is not a store of kg; choose another --store, or move it away")
    stray = next(foreign(path), None)
    if stray is not None:
        raise StoreError(f"{stray} is not of the store and a build would remove it; move it away, or choose --store")


def foreign(path: Path) -> Iterator[Path]:
    """What lies in the folder of a store and is none of its files, in sorted order."""
    for entry in sorted(path.iterdir()):
        if entry.name == TRIPLES and entry.is_dir() and not entry.is_symlink():
            yield from (inner for inner in sorted(entry.iterdir()) if not _is_file(inner, _ENGINE_FILE.fullmatch))
        elif not _is_file(entry, _FILES.__contains__):
            yield entry


def discard(path: Path) -> None:
    """Removes the folder of a store; what is not of the store stays, and the folder around it."""
    kept = set(foreign(path)) if path.is_dir() else set()
    if not kept:
        shutil.rmtree(path, ignore_errors=True)
        return
    for entry in [*(path / TRIPLES).glob("*"), *path.iterdir()]:
        if entry not in kept and not entry.is_dir():
            entry.unlink(missing_ok=True)


def _is_file(path: Path, ours: Callable[[str], object]) -> bool:
    return bool(ours(path.name)) and path.is_file() and not path.is_symlink()


def _format_of(path: Path) -> int | None:
    """The format that the folder's manifest tells; None where it has none of ours."""
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        return None
    found = manifest.get("format")
    return found if isinstance(found, int) else None
