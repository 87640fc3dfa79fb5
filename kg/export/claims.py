"""The claims as they were extracted, before resolution."""

import shutil
from typing import BinaryIO

from kg.errors import ExportError
from kg.store import CLAIMS, Store


def write_claims(store: Store, out: BinaryIO) -> None:
    """Copies the store's claims, a JSON object a line.

    Raises:
        ExportError: the store keeps none, since it lives in memory or its file is gone.
    """
    path = None if store.path is None else store.path / CLAIMS
    if path is None or not path.is_file():
        raise ExportError(f"{path or 'A store in memory'} holds no claims; build the store again with `kg build PATH`")
    with path.open("rb") as file:
        shutil.copyfileobj(file, out)
