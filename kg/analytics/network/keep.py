"""Networks on the disk, one for each version of a store, mapped into memory by all who read it.

They lie in the store's own folder, or in the user's cache where that cannot be written or the store is on a server. A
folder is made under another name and renamed, so that it is there whole or not at all; it may be removed at any time,
since what is mapped stays until it is let go.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from kg.analytics.network.columns import Dependence, Network, Strings
from kg.analytics.network.read import read_network
from kg.analytics.network.scans import Progress
from kg.errors import UsageError
from kg.settings import cache_folder
from kg.store import ReadStore, RemoteStore, Store
from kg.store.layout import NETWORK

Report = Progress
_FORMAT = 3
_ABOUT = "about.json"
_NEW = "new-"
_TEXTS = ("data", "ends")
# Seconds after which a folder that was not renamed is a killed process's.
_LONGEST_WRITING = 3600.0


def open_network(store: Store, progress: Report = lambda *_: None) -> Network:
    """The network of a store as it is open; read from the store where no one did so for this version before.

    Args:
        store: the store; one that is no version on the disk or on a server is read each time.
        progress: told how much of the store is read.

    Raises:
        StoreError: the store holds names that are not its own.
    """
    folder = network_folder(store)
    if folder is None:
        return read_network(store, progress)
    network = _loaded(folder, store.version)
    if network is None:
        network = read_network(store, progress)
        if _kept(network, folder):
            network = _loaded(folder, store.version) or network
    return network


def is_kept(store: Store) -> bool:
    """Whether the network of a store is on the disk, so that it need not be read."""
    folder = network_folder(store)
    return folder is not None and _loaded(folder, store.version) is not None


def network_folder(store: Store) -> Path | None:
    """The folder in which the network of a store's version is kept, there or not; None where there is no place."""
    place = _place(store)
    return None if place is None else place / _name(store.version)


def _place(store: Store) -> Path | None:
    """The folder for the networks of a store; None where there is none."""
    if isinstance(store, ReadStore) and store.path is not None:
        if os.access(store.path, os.W_OK):
            return store.path / NETWORK
        return _in_cache(f"network of {store.path.resolve()}")
    return _in_cache(f"network of {store.endpoint}") if isinstance(store, RemoteStore) else None


def _in_cache(name: str) -> Path | None:
    try:
        return cache_folder(name)
    except UsageError:
        return None


def _name(version: str) -> str:
    """The folder's name for a version; what a server calls its version may hold anything."""
    return "".join(each if each.isalnum() or each in ".-" else "_" for each in version).strip(".") or "_"


def _loaded(folder: Path, version: str) -> Network | None:
    """The network in a folder; None where there is none that is whole."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if about["format"] != _FORMAT or about["version"] != version:
            return None
        arrays = {name: _column(folder, name, shape) for name, shape in about["columns"].items()}
        relations = {name: Dependence(**row) for name, row in about["relations"].items()}
        roles, labels = tuple(about["roles"]), tuple(about["role_labels"])
        return Network(version, relations, roles, labels, **_with_texts(arrays))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError):
        # Damaged, or of another make: it is read anew.
        return None


def _column(folder: Path, name: str, shape: list[int]) -> Any:  # noqa: ANN401 - an array of the column's own type
    # Nothing cannot be mapped.
    array = np.load(folder / f"{name}.npy", mmap_mode="r" if all(shape) else None, allow_pickle=False)
    if list(array.shape) != shape:
        raise ValueError(f"{name} has another shape")
    return array.view(np.ndarray)


def _with_texts(arrays: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(Network):
        if field.type is Strings:
            found[field.name] = Strings(*(arrays[f"{field.name}.{part}"] for part in _TEXTS))
        elif field.name in arrays:
            found[field.name] = arrays[field.name]
    return found


def _kept(network: Network, folder: Path) -> bool:
    """Writes a network and removes those of other versions; false where the disk refuses, and nothing is left."""
    new = None
    try:
        folder.parent.mkdir(exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder.parent))
        _write(network, new)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except OSError:
        # Another process may have been quicker, which is as well.
        if new is not None:
            shutil.rmtree(new, ignore_errors=True)
        return folder.exists()
    for other in folder.parent.iterdir():
        if other != folder and not _is_being_written(other):
            shutil.rmtree(other, ignore_errors=True)
    return True


def _write(network: Network, folder: Path) -> None:
    shapes = {}
    for name, array in _arrays(network).items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
        shapes[name] = list(array.shape)
    relations = {name: asdict(row) for name, row in network.relations.items()}
    about = {"format": _FORMAT, "version": network.version, "relations": relations}
    about |= {"roles": network.roles, "role_labels": network.role_labels}
    (folder / _ABOUT).write_text(json.dumps(about | {"columns": shapes}), encoding="utf-8")


def _arrays(network: Network) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(Network):
        value = getattr(network, field.name)
        if isinstance(value, Strings):
            found |= {f"{field.name}.data": value.data, f"{field.name}.ends": value.ends}
        elif isinstance(value, np.ndarray):
            found[field.name] = value
    return found


def _is_being_written(folder: Path) -> bool:
    """Whether a living process may be writing there."""
    with suppress(OSError):
        return folder.name.startswith(_NEW) and time.time() - folder.stat().st_mtime < _LONGEST_WRITING
    return False
