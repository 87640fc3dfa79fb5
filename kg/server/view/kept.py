"""What the explorer's answers need, worked out once for each version of a store and mapped by all workers."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network import Network, network_folder, open_network
from kg.export.viewer.payload import payload
from kg.export.viewer.picture import EntityRow
from kg.export.viewer.words import Words, read_words
from kg.model import MentionKind
from kg.server.view.cards import card_columns, cards_from, read_cards
from kg.server.view.choose import Shown, overview
from kg.server.view.counts import counted
from kg.server.view.fragments import Beside, beside_all, more_than, picture_shown
from kg.server.view.index import columns, from_columns, indexed
from kg.server.view.listing import listed, listing_columns, listing_from
from kg.server.view.names import name_columns, names_from, sorted_names
from kg.server.view.view import View
from kg.store import Store, select

Progress = Callable[[str, int, int], None]
TITLE = "Semiconductor packaging"
_FORMAT = 3
_PREFIX = "view."
# Written last of the view: where it is there, all are.
_DONE = "view.done"
_FIRST = "first"
_WHAT = "preparing the explorer"
_STEPS = 5
_PLURAL = {
    MentionKind.ORGANISATION: "organisations",
    MentionKind.TECHNOLOGY: "technologies",
    MentionKind.PLACE: "places",
}


def kept_view(store: Store) -> View | None:
    """The view that was worked out for the store's version; None where none was."""
    folder = network_folder(store)
    if folder is None or not (folder / f"{_DONE}.npy").is_file():
        return None
    try:
        names = {path.name.removeprefix(_PREFIX).removesuffix(".npy"): path for path in folder.glob(f"{_PREFIX}*.npy")}
        # What is being written is not the view's any more.
        found = {name: _mapped(path) for name, path in names.items() if "." not in name and name != _FIRST}
        if int(found["done"][0]) != _FORMAT:
            return None
        return _view(open_network(store), read_words(store), found)
    except (OSError, ValueError, KeyError, EOFError):
        # Damaged, or of another make: it is worked out anew.
        return None


def make_view(store: Store, progress: Progress = lambda *_: None) -> View:
    """Works the view out, and keeps it where there is a place for it; a minute or two for a million claims.

    Raises:
        StoreError: the store cannot be read.
    """
    network = open_network(store, progress)
    progress(_WHAT, 0, _STEPS)
    index, words = indexed(network), read_words(store)
    progress(_WHAT, 1, _STEPS)
    names = sorted_names(network, index.weights)
    progress(_WHAT, 2, _STEPS)
    cards = read_cards(store, words, network, names)
    progress(_WHAT, 3, _STEPS)
    facets = counted(store, index, cards)
    progress(_WHAT, 4, _STEPS)
    found = {
        **columns(index),
        **{f"names_{name}": array for name, array in name_columns(names).items()},
        **{f"listing_{name}": array for name, array in listing_columns(listed(network, cards.titles)).items()},
        **{f"cards_{name}": array for name, array in card_columns(cards).items()},
        "facets": _packed(facets),
    }
    folder = network_folder(store)
    if folder is not None and folder.is_dir():
        _write(folder, found | {"done": np.array([_FORMAT])})
    progress(_WHAT, _STEPS, _STEPS)
    return _view(network, words, found)


def kept_first(store: Store) -> dict[str, Any] | None:
    """The first picture that was worked out for the store's version; None where none was."""
    folder = network_folder(store)
    try:
        return None if folder is None else _unpacked(_mapped(folder / f"{_PREFIX}{_FIRST}.npy"))
    except (OSError, ValueError, EOFError):
        return None


def make_first(store: Store, view: View) -> dict[str, Any]:
    """The first picture as the page's data, with what the page must know of all that may come later; kept likewise.

    Finding places for its entities takes most of the time, some seconds.
    """
    shown = overview(view.index)
    whole = len(shown.entities) == shown.total
    said = beside_all(store) if whole else Beside()
    picture = picture_shown(store, view, shown, said)
    data = payload(picture, title=TITLE, later=_kinds_of(view.facets))
    data |= more_than(view.index, shown) | {"totals": _told(view.facets["totals"], shown), "later": _later(store)}
    data["partial"] = not whole
    folder = network_folder(store)
    if folder is not None and folder.is_dir():
        _write(folder, {_FIRST: _packed(data)})
    return data


def _later(store: Store) -> list[str]:
    """What the page calls the records beside claims that the store has."""
    kinds = {"figures": "sp:Observation", "remarks": "sp:Remark"}
    asked = {name: f"SELECT ?item {{ GRAPH ?source {{ ?item a {kind} }} }} LIMIT 1" for name, kind in kinds.items()}
    return [name for name, query in asked.items() if select(store, query)]


def _told(totals: Mapping[str, int], shown: Shown) -> str:
    """How much there is, as the page's heading says it."""
    said = [f"{totals[name]:,} {name}" for name in ("documents", "claims", "figures", "organisations")]
    if len(shown.entities) < shown.total:
        said.append(f"the {len(shown.entities)} best connected first")
    return " · ".join(said)


def _kinds_of(facets: dict[str, Any]) -> list[EntityRow]:
    """An entity of each kind and role that the store has."""
    roles = [EntityRow(row["name"], row["name"], roles=(row["name"],)) for row in facets["roles"]]
    plain = [EntityRow(str(kind), str(kind), kind) for kind in MentionKind if facets["totals"][_PLURAL[kind]]]
    return [*roles, *plain]


def _view(network: Network, words: Words, found: Mapping[str, NDArray[Any]]) -> View:
    names = names_from(_part(found, "names_"))
    return View(
        from_columns(network, found),
        names,
        listing_from(_part(found, "listing_")),
        cards_from(network, names, words, _part(found, "cards_")),
        words,
        _unpacked(found["facets"]),
    )


def _part(found: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): array for name, array in found.items() if name.startswith(prefix)}


def _packed(value: dict[str, Any]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value).encode("ascii"), np.uint8)


def _unpacked(array: NDArray[Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(array.tobytes())
    return found


def _mapped(path: Path) -> NDArray[Any]:
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array.view(np.ndarray)


def _write(folder: Path, found: Mapping[str, NDArray[Any]]) -> None:
    """Writes columns, each whole or not at all; where the disk refuses, they are worked out again."""
    with suppress(OSError):
        for name, array in found.items():
            new = folder / f"{_PREFIX}{name}.new.npy"
            np.save(new, array, allow_pickle=False)
            new.rename(folder / f"{_PREFIX}{name}.npy")
