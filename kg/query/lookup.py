"""From a name that a person types to the thing in the store."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import UnknownEntityError
from kg.model import MentionKind
from kg.query.similar import near
from kg.store import Store, select
from kg.terms import SP, local_name

_CLASSES = {
    str(SP.Organisation): MentionKind.ORGANISATION,
    str(SP.PackagingTechnology): MentionKind.TECHNOLOGY,
    str(SP.Place): MentionKind.PLACE,
}
_KIND_ORDER = tuple(MentionKind)
# Better names first: a key names one thing only, a label rarely two, an alias or ambiguous name more often.
_RANKS = {"key": 0, "prefLabel": 1, "altLabel": 2, "ambiguousLabel": 3}
_SUGGESTIONS = 3
_NAMES = """
SELECT DISTINCT ?iri ?class ?property ?name WHERE {
  VALUES ?class { sp:Organisation sp:PackagingTechnology sp:Place }
  VALUES ?property { sp:key skos:prefLabel skos:altLabel sp:ambiguousLabel }
  ?iri a ?class ; ?property ?name .
}
"""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity of the store.

    Attributes:
        iri: its IRI.
        key: last segment of the IRI.
        label: its preferred name.
        kind: what it is.
    """

    iri: str
    key: str
    label: str
    kind: MentionKind


def find_entity(store: Store, name: str, kinds: Iterable[MentionKind] = _KIND_ORDER) -> Found:
    """The entity with that key, label or alias, letter case ignored.

    Keys win over labels, labels over aliases, and the order of ``kinds`` decides between things of different kinds.

    Raises:
        UnknownEntityError: there is none, or several that fit equally well; the message offers close names.
    """
    return Names(store, kinds).find(name)


class Names:
    """All names of the store's entities of some kinds; who looks up many reads them once.

    Attributes:
        entries: triples (name, rank, entity); lower ranks name it better.
    """

    def __init__(self, store: Store, kinds: Iterable[MentionKind] = _KIND_ORDER) -> None:
        """Reads the names; the order of ``kinds`` decides between things of different kinds."""
        kinds = tuple(kinds)
        self.entries: list[tuple[str, tuple[int, int], Found]] = []
        self._fits: dict[str, list[tuple[tuple[int, int], Found]]] = defaultdict(list)
        self._spellings: dict[str, str] = {}
        rows = [row for row in select(store, _NAMES) if _CLASSES[row["class"]] in kinds]
        labels = {row["iri"]: row["name"] for row in rows if local_name(row["property"]) == "prefLabel"}
        for row in rows:
            kind = _CLASSES[row["class"]]
            key = local_name(row["iri"])
            found = Found(row["iri"], key, labels.get(row["iri"], key), kind)
            rank = (_RANKS[local_name(row["property"])], kinds.index(kind))
            self.entries.append((row["name"], rank, found))
            self._fits[row["name"].casefold()].append((rank, found))
            self._spellings[row["name"].casefold()] = found.label

    def find(self, name: str) -> Found:
        """The entity with that key, label or alias, letter case ignored.

        Raises:
            UnknownEntityError: there is none, or several that fit equally well; the message offers close names.
        """
        fits = self.of(name)
        if not fits:
            raise UnknownEntityError(f"Nothing in the store is named {name!r}; {self.cure(name)}")
        best = min(rank for rank, _ in fits)
        candidates = sorted({found for rank, found in fits if rank == best}, key=lambda found: found.iri)
        if len(candidates) > 1:
            keys = ", ".join(found.key for found in candidates)
            raise UnknownEntityError(f"{name!r} may mean {keys}; give one of these keys")
        return candidates[0]

    def of(self, name: str) -> list[tuple[tuple[int, int], Found]]:
        """Pairs (rank, entity) that fit a name; lower ranks fit better."""
        return self._fits.get(" ".join(name.split()).casefold(), [])

    def cure(self, name: str) -> str:
        """What to do about a name that is not there."""
        close = near(name, self._spellings, most=len(self._spellings))
        labels = list(dict.fromkeys(self._spellings[text] for text in close))
        if not labels:
            return "check the spelling, or see `kg query entities` for the names that it holds"
        return f"did you mean {' or '.join(labels[:_SUGGESTIONS])}?"
