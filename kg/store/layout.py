"""The files of a store's folder, and whether a folder is a store this version can read."""

import json
from pathlib import Path

from kg.errors import StoreError

FORMAT = 1
MANIFEST = "store.json"
CLAIMS = "claims.jsonl"
DOCUMENTS = "documents.jsonl"
REFUSALS = "refusals.jsonl"
JUDGEMENTS = "judgements.jsonl"


def is_store(path: Path) -> bool:
    """Whether ``path`` is the folder of a store, of any version."""
    return (path / MANIFEST).is_file()


def check_format(path: Path) -> None:
    """Makes sure that ``path`` holds a store of this version.

    Raises:
        StoreError: there is none, or it is of another version.
    """
    if not is_store(path):
        raise StoreError(f"No store at {path}; build one with `kg build PATH`")
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path / MANIFEST} cannot be read; build the store again with `kg build PATH`") from error
    found = manifest.get("format") if isinstance(manifest, dict) else None
    if found != FORMAT:
        raise StoreError(f"The store {path} has format {found}, this version reads {FORMAT}; build it again")
