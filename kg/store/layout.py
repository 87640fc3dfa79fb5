"""The files of a store's folder, and whether a folder is a store this version can read.

::

    store.json         the manifest: format, and the version whose snapshot readers open
    snapshots/N/       the triples as they stand; readers open it, nobody writes it
    oxigraph/          the triples that the one writer works on
    writing            there while a writer works: if it was killed, its last change may lack its snapshot
    documents.jsonl    a note of where the documents' files were read
    refusals.jsonl     what the last build refused, for people to look up
    judgements.jsonl   the user's; kept across builds
    network/           what was worked out of a version to be read quickly; made anew where it is missing
    rules              a digest of what the last build went by: ontology, judgements, version of the program
    extracted.jsonl    only in a folder that is being built: what was extracted so far
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

from kg.errors import StoreError

KIND = "semipack"
FORMAT = 2
MANIFEST = "store.json"
DOCUMENTS = "documents.jsonl"
REFUSALS = "refusals.jsonl"
JUDGEMENTS = "judgements.jsonl"
EXTRACTED = "extracted.jsonl"
WRITING = "writing"
RULES = "rules"
TRIPLES = "oxigraph"
SNAPSHOTS = "snapshots"
NETWORK = "network"

_NEW = ".new"
# What stores of earlier formats had, which a build replaces, comes last.
_FILES = frozenset(
    {MANIFEST, MANIFEST + _NEW, DOCUMENTS, REFUSALS, JUDGEMENTS, EXTRACTED, WRITING, RULES, "claims.jsonl"}
)
# What the engine keeps in its folder.
_ENGINE_FILE = re.compile(
    r"CURRENT|IDENTITY|LOCK|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?|(bulk-)?\d+\.(sst|log|blob|dbtmp)(\.trash)?"
)
_SNAPSHOT = re.compile(r"\d+(\.tmp)?")
_NETWORK_FILE = re.compile(r"about\.json|[a-z_.]+\.npy")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``store.json`` says.

    Attributes:
        version: number of the snapshot that readers open; it grows with every change.
        build: hex digits that tell one build from another.
        kind: says whose folder it is.
        format: the layout's version.
    """

    version: int
    build: str
    kind: str = KIND
    format: int = FORMAT

    @property
    def tag(self) -> str:
        """A text that no other state of any store has."""
        return f"{self.build}.{self.version}"


def write_manifest(folder: Path, version: int, build: str = "") -> Manifest:
    """Makes ``folder`` a store of this format whose readers open that version; nothing, or all of it, is written.

    Args:
        folder: the store's folder.
        version: the snapshot's number.
        build: hex digits of the build; empty for new ones.
    """
    manifest = Manifest(version, build or token_hex(4))
    new = folder / (MANIFEST + _NEW)
    with new.open("w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(manifest)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / MANIFEST)
    sync_folder(folder)
    return manifest


def read_manifest(path: Path) -> Manifest:
    """The manifest of the store at ``path``.

    Raises:
        StoreError: there is no store, or it is of another format.
    """
    if not (path / MANIFEST).is_file():
        raise StoreError(f"No store at {path}; build one with `kg build PATH`")
    found = _manifest_of(path)
    if found is None:
        raise StoreError(f"{path / MANIFEST} is no store's manifest; choose another --store, or move it away")
    if found.get("format") != FORMAT:
        told = f"The store {path} has format {found.get('format')}, this version reads {FORMAT}"
        raise StoreError(f"{told}; build it again with `kg build PATH`")
    version, build = found.get("version"), found.get("build")
    if not isinstance(version, int) or not isinstance(build, str):
        raise StoreError(f"{path / MANIFEST} names no version; build the store again with `kg build PATH`")
    return Manifest(version, build)


def is_store(path: Path) -> bool:
    """Whether ``path`` is the folder of a store, of any format."""
    found = _manifest_of(path)
    return found is not None and isinstance(found.get("format"), int)


def check_format(path: Path) -> None:
    """Makes sure that ``path`` holds a store of this format.

    Raises:
        StoreError: there is none, or it is of another format.
    """
    read_manifest(path)


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
        if entry.name == TRIPLES and _is_folder(entry):
            yield from _foreign_to_engine(entry)
        elif entry.name == SNAPSHOTS and _is_folder(entry):
            for inner in sorted(entry.iterdir()):
                if _SNAPSHOT.fullmatch(inner.name) and _is_folder(inner):
                    yield from _foreign_to_engine(inner)
                else:
                    yield inner
        elif entry.name == NETWORK and _is_folder(entry):
            yield from (inner for inner in sorted(entry.rglob("*")) if not _is_of_network(inner, entry))
        elif not _is_file(entry, _FILES.__contains__):
            yield entry


def discard(path: Path) -> None:
    """Removes the folder of a store; what is not of the store stays, and the folders around it."""
    kept = set(foreign(path)) if path.is_dir() else set()
    if not kept:
        shutil.rmtree(path, ignore_errors=True)
        return
    inner = [*(path / TRIPLES).glob("*"), *(path / SNAPSHOTS).glob("*/*"), *(path / NETWORK).glob("*/*")]
    for entry in [*inner, *path.iterdir()]:
        if entry not in kept and not entry.is_dir():
            entry.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes sure that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _foreign_to_engine(folder: Path) -> Iterator[Path]:
    return (inner for inner in sorted(folder.iterdir()) if not _is_file(inner, _ENGINE_FILE.fullmatch))


def _is_of_network(path: Path, folder: Path) -> bool:
    """Whether a path below the folder of networks is one's folder, or one of its files."""
    if path.parent == folder:
        return _is_folder(path)
    return path.parent.parent == folder and _is_file(path, _NETWORK_FILE.fullmatch)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_file(path: Path, ours: Callable[[str], object]) -> bool:
    return bool(ours(path.name)) and path.is_file() and not path.is_symlink()


def _manifest_of(path: Path) -> dict[str, object] | None:
    """What the folder's manifest says; None where it has none of ours."""
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND or not isinstance(manifest.get("format"), int):
        return None
    return manifest
