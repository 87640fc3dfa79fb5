"""From a name that a person types to the thing in the store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import UnknownEntityError
from kg.model import MentionKind
from kg.query.similar import near
from kg.store import Store, select
from kg.terms import ROOT, SP, local_name

_CLASSES = {
    str(SP.Organisation): MentionKind.ORGANISATION,
    str(SP.PackagingTechnology): MentionKind.TECHNOLOGY,
    str(SP.Place): MentionKind.PLACE,
}
_KIND_ORDER = tuple(MentionKind)
# Better names first: a key names one thing only, a label rarely two, an alias or ambiguous name more often.
_RANKS = {"key": 0, "prefLabel": 1, "altLabel": 2, "ambiguousLabel": 3}
_SUGGESTIONS = 3
# One scan each, joined here: the engine joins them ten times slower.
_MEMBERS = "SELECT DISTINCT ?iri WHERE { ?iri a <%s> }"
_NAMED = "SELECT DISTINCT ?iri ?name WHERE { ?iri %s ?name }"
NAME_PROPERTIES = {
    "key": "sp:key",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "ambiguousLabel": "sp:ambiguousLabel",
}
"""How an entity is named, the better ways first, and the property of each."""


# One look each: joined, the engine would read all names.
_EXACTLY = "SELECT DISTINCT ?iri { ?iri %s %s }"
_WHAT = "SELECT DISTINCT ?class ?label { %s a ?class . OPTIONAL { %s skos:prefLabel ?label } } ORDER BY ?label"


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
    """The entity with that IRI, key, label or alias, letter case of names ignored.

    Keys win over labels, labels over aliases, and the order of ``kinds`` decides between things of different kinds. A
    name that is written just so wins over one in other letter case.

    Raises:
        UnknownEntityError: there is none, or several that fit equally well; the message offers close names.
    """
    kinds = tuple(kinds)
    if name.startswith(ROOT):
        found = _by_iri(store, name)
        if found and found.kind in kinds:
            return found
    return _exact(store, " ".join(name.split()), kinds) or Names(store, kinds).find(name)


def _by_iri(store: Store, iri: str) -> Found | None:
    try:
        return _described(store, iri)
    except ValueError:
        # It is no valid IRI, so nothing has it.
        return None


def _exact(store: Store, name: str, kinds: tuple[MentionKind, ...]) -> Found | None:
    """The one entity that is best named just so, found without reading all names; None where there is not one."""
    for way, path in NAME_PROPERTIES.items():
        given = ox.Literal(name.casefold() if way == "key" else name)
        # The second has the language of the ontology's schemes.
        terms = (str(given), f"{given}@en")
        iris = {row["iri"] for term in terms for row in select(store, _EXACTLY % (path, term))}
        named = [found for iri in sorted(iris) if (found := _described(store, iri)) and found.kind in kinds]
        if named:
            first = min(kinds.index(found.kind) for found in named)
            best = [found for found in named if kinds.index(found.kind) == first]
            return best[0] if len(best) == 1 else None
    return None


def _described(store: Store, iri: str) -> Found | None:
    """The entity with that IRI; None where it is of no kind that has names."""
    node, key = str(ox.NamedNode(iri)), local_name(iri)
    rows = select(store, _WHAT % (node, node))
    kind = next((_CLASSES[row["class"]] for row in rows if row["class"] in _CLASSES), None)
    label = next((row["label"] for row in rows if row["label"]), key)
    return Found(iri, key, label, kind) if kind else None


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
        classes = {iri: kind for iri, kind in _members(store) if kind in kinds}
        named = {name: select(store, _NAMED % path) for name, path in NAME_PROPERTIES.items()}
        labels = {row["iri"]: row["name"] for row in named["prefLabel"]}
        for name, rows in named.items():
            for row in rows:
                kind = classes.get(row["iri"])
                if kind is not None:
                    key = local_name(row["iri"])
                    self._enter(
                        row["name"], name, kinds.index(kind), Found(row["iri"], key, labels.get(row["iri"], key), kind)
                    )

    def _enter(self, name: str, way: str, place: int, found: Found) -> None:
        rank = (_RANKS[way], place)
        self.entries.append((name, rank, found))
        self._fits[name.casefold()].append((rank, found))
        self._spellings[name.casefold()] = found.label

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


def _members(store: Store) -> Iterator[tuple[str, MentionKind]]:
    """Pairs (entity, kind)."""
    for class_, kind in _CLASSES.items():
        for row in select(store, _MEMBERS % class_):
            yield row["iri"], kind
