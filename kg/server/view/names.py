"""Names that begin, or nearly begin, as somebody types: sorted once, then found by halving."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analytics.network import Network, Strings
from kg.query.similar import near

_WORD = re.compile(r"\w+")
_LONGEST = 200  # characters of a name by which it is found
_EXACT = 200  # names that are what was typed, letter for letter
_LOOKED_AT = 400  # of the names that begin so
_FOUND_INSIDE = 2000
# Spelling is compared in Python; with more names it would take too long while somebody types.
_MOST_COMPARED = 5_000
# By which of its names an entity is shown where several fit: its label before its key.
_SHOWN_FIRST = {0: 1, 1: 0, 2: 2, 3: 3}


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names of a network's entities.

    Attributes:
        texts: the names as they are written.
        folded: the names without letter case and accents, a line feed behind each.
        starts: where each folded name begins in ``folded``, in bytes, and one more.
        entities: whose name each is.
        ranks: how well it names it; the lower the better.
        beginnings: place in ``folded`` of each beginning of a word, in the order of what stands there.
        owners: the name that each beginning is in.
        worth: how good each beginning is: those of whole names first, then by the claims about the entity.
    """

    texts: Strings
    folded: NDArray[np.uint8]
    starts: NDArray[np.int64]
    entities: NDArray[np.int32]
    ranks: NDArray[np.uint8]
    beginnings: NDArray[np.int64]
    owners: NDArray[np.int32]
    worth: NDArray[np.int64]

    def find(self, text: str, most: int, kinds: NDArray[np.bool_]) -> list[tuple[int, str]]:
        """Pairs (entity, name), the best first: the whole name, its beginning, a word's beginning, a part of it.

        Args:
            text: what somebody typed.
            most: how many entities at most.
            kinds: whether each entity may be found.
        """
        wanted = fold(text).encode("utf-8", "replace")
        if not wanted:
            return []
        found = self._beginning(wanted, kinds)
        if len({int(self.entities[name]) for name in found}) < most:
            found += [name for name in self._holding(wanted) if kinds[self.entities[name]]]
        if not found and len(self.texts) <= _MOST_COMPARED:
            found = [name for name in self._alike(text) if kinds[self.entities[name]]]
        best: dict[int, str] = {}
        for name in found:
            if len(best) >= most:
                break
            best.setdefault(int(self.entities[name]), self.texts[name])
        return list(best.items())

    def of(self, entity: int, rank: int) -> list[str]:
        """The names of an entity that name it so well."""
        start, end = (int(np.searchsorted(self.entities, entity, side)) for side in ("left", "right"))
        return [self.texts[name] for name in range(start, end) if self.ranks[name] == rank]

    def _beginning(self, wanted: bytes, kinds: NDArray[np.bool_]) -> list[int]:
        """The names with a word that begins so, best first."""
        low = bisect_left(_Beginnings(self, len(wanted) + 1), wanted)
        # No text holds this byte, so that it stands behind all that begin as wanted.
        high = bisect_left(_Beginnings(self, len(wanted)), wanted + b"\xff")
        places = np.arange(low, high)
        places = places[kinds[self.entities[self.owners[places]]]]
        if len(places) > _LOOKED_AT:
            exact = places[:_EXACT]
            likely = places[np.argpartition(-self.worth[places], _LOOKED_AT)[:_LOOKED_AT]]
            places = np.union1d(exact, likely)
        names = self.owners[places]
        whole = self.starts[names] == self.beginnings[places]
        order = [
            (
                0 if is_whole and self._length(name) == len(wanted) else 1 if is_whole else 2,
                -worth,
                _SHOWN_FIRST[int(self.ranks[name])],
                name,
            )
            for name, is_whole, worth in zip(
                names.tolist(), whole.tolist(), (self.worth[places] & 0xFFFFFFFF).tolist(), strict=True
            )
        ]
        return [name for _, _, _, name in sorted(order)]

    def _holding(self, wanted: bytes) -> list[int]:
        """The names that hold it anywhere, by the claims about their entities."""
        spots = []
        for spot in re.finditer(re.escape(wanted), self.folded.data):
            spots.append(spot.start())
            if len(spots) == _FOUND_INSIDE:
                break
        names = np.unique(np.searchsorted(self.starts, spots, side="right") - 1)
        return sorted(names.tolist(), key=lambda name: (_SHOWN_FIRST[int(self.ranks[name])], self._length(name), name))

    def _alike(self, text: str) -> list[int]:
        spelled = {fold(self.texts[name]): name for name in range(len(self.texts) - 1, -1, -1)}
        return [spelled[each] for each in near(fold(text), spelled)]

    def _length(self, name: int) -> int:
        return int(self.starts[name + 1] - self.starts[name]) - 1


class _Beginnings:
    """The first bytes of what stands at each beginning, as a sequence to halve."""

    def __init__(self, index: NameIndex, length: int) -> None:
        self._index = index
        self._length = length

    def __len__(self) -> int:
        return len(self._index.beginnings)

    def __getitem__(self, place: int) -> bytes:
        start = int(self._index.beginnings[place])
        return self._index.folded[start : start + self._length].tobytes().partition(b"\n")[0]


def fold(text: str) -> str:
    """A name without letter case, accents and double spaces, by which it is found."""
    if text.isascii():
        return " ".join(text[:_LONGEST].casefold().split())
    apart = unicodedata.normalize("NFKD", text[:_LONGEST])
    return " ".join(
        "".join(each for each in apart if not unicodedata.category(each).startswith("M")).casefold().split()
    )


def sorted_names(network: Network, weights: NDArray[Any]) -> NameIndex:
    """The names of a network's entities, sorted."""
    named = zip(network.name_entities.tolist(), network.name_ranks.tolist(), network.names, strict=True)
    rows = sorted(row for row in named if row[2].strip())
    folded = [fold(name) for _, _, name in rows]
    blob = "".join(f"{name}\n" for name in folded).encode("utf-8", "replace")
    lengths = [len(name.encode("utf-8", "replace")) + 1 for name in folded]
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    beginnings, owners = [], []
    for number, name in enumerate(folded):
        for word in _WORD.finditer(name):
            beginnings.append(int(starts[number]) + len(name[: word.start()].encode("utf-8", "replace")))
            owners.append(number)
    order = sorted(range(len(beginnings)), key=lambda each: (_until_end(blob, beginnings[each]), beginnings[each]))
    entities = np.array([entity for entity, _, _ in rows], np.int32)
    sorted_owners = np.array(owners, np.int32)[order]
    sorted_beginnings = np.array(beginnings, np.int64)[order]
    whole = starts[sorted_owners] == sorted_beginnings
    worth = whole.astype(np.int64) * (1 << 32) + weights[entities[sorted_owners]].astype(np.int64)
    return NameIndex(
        Strings.of(name for _, _, name in rows),
        np.frombuffer(blob, np.uint8),
        starts,
        entities,
        np.array([rank for _, rank, _ in rows], np.uint8),
        sorted_beginnings,
        sorted_owners,
        worth,
    )


def name_columns(index: NameIndex) -> dict[str, NDArray[Any]]:
    """The index's columns by name."""
    found: dict[str, NDArray[Any]] = {"texts": index.texts.data, "text_ends": index.texts.ends}
    return found | {name: getattr(index, name) for name in NameIndex.__slots__ if name != "texts"}


def names_from(found: Mapping[str, NDArray[Any]]) -> NameIndex:
    """The index that :func:`name_columns` took apart; raises ``KeyError`` where one is missing."""
    columns = {name: found[name] for name in NameIndex.__slots__ if name != "texts"}
    return NameIndex(Strings(found["texts"], found["text_ends"]), **columns)


def _until_end(blob: bytes, start: int) -> bytes:
    return blob[start : blob.index(b"\n", start)]
