"""The linker: whom a mention means.

In this order: the registry's key that extraction found; a registry name after normalisation; a spelling that is nearly
a registry name; else an entity of its own under its name. Users' judgements are applied last and override all else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import Entity, Mention, MentionKind, digest
from kg.ontology import Entry, Ontology
from kg.resolve.judgements import Judgements
from kg.resolve.normalise import full_form, short_form
from kg.resolve.similarity import THRESHOLD, likeness
from kg.terms import key_from

_BASE_ROLES = frozenset({"Organisation", "Place", "PackagingTechnology", "Concept", "Service"})


class Linker:
    """Maps mentions to entities; the same mention always to the same entity."""

    def __init__(
        self, ontology: Ontology, mentions: Iterable[Mention] = (), judgements: Judgements | None = None
    ) -> None:
        """A linker for these mentions.

        Args:
            ontology: whose registry to link to.
            mentions: all mentions that will be asked for; they decide how unknown organisations are labelled.
            judgements: the users' decisions.
        """
        self._entries = ontology.entries
        self._registry = _index(ontology.organisations)
        self._blocks = _blocks(self._registry)
        self._labels = _labels(mentions)
        self._apart: set[str] = set()
        self._merged: dict[str, str] = {}
        self._cache: dict[tuple[MentionKind, str, str], Entity] = {}
        self._judge(judgements or Judgements())

    def entity(self, mention: Mention) -> Entity:
        """The entity that the mention names."""
        asked = (mention.kind, mention.key, mention.name)
        if asked not in self._cache:
            self._cache[asked] = self._linked(mention)
        return self._cache[asked]

    def _linked(self, mention: Mention) -> Entity:
        entry = self._entries[mention.kind].get(mention.key)
        if mention.kind is not MentionKind.ORGANISATION:
            return _known(entry) if entry else _unknown(mention.kind, mention.name, mention.name)
        form = self._merged.get(short_form(mention.name), short_form(mention.name))
        if form in self._apart:
            return self._own(form)
        by_text = entry or self._registry.get(full_form(mention.name))
        judged = form != short_form(mention.name)
        entry = (None if judged else by_text) or self._registry.get(form) or self._nearly(form)
        return _known(entry) if entry else self._own(form)

    def _own(self, form: str) -> Entity:
        return _unknown(
            MentionKind.ORGANISATION, form, self._labels.get(form, form), self._entries[MentionKind.ORGANISATION]
        )

    def _nearly(self, form: str) -> Entry | None:
        """The one registry entry whose name is all but spelled like this; none where two are."""
        near = {
            self._registry[name].key: self._registry[name]
            for name in self._blocks.get(form[:1], ())
            if likeness(form, name) >= THRESHOLD
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def _judge(self, judgements: Judgements) -> None:
        for row in judgements.about_names:
            forms = [short_form(name) for name in row.names]
            if row.kind == "same":
                self._join(forms)
            else:
                self._part(forms)

    def _join(self, forms: list[str]) -> None:
        """The first name that the registry knows, else the first, stands for all."""
        target = next((f for f in forms if f in self._registry), forms[0])
        for form in forms:
            self._apart.discard(form)
            self._merged[form] = target
        for form, old in list(self._merged.items()):
            if old in forms:
                self._merged[form] = target

    def _part(self, forms: list[str]) -> None:
        """Each name but the first stands for itself, whatever the registry says."""
        for form in forms[1:]:
            self._merged.pop(form, None)
            self._apart.add(form)


def _index(organisations: Mapping[str, Entry]) -> dict[str, Entry]:
    """Every certain name of the registry in its full and its short form; a form of two entries belongs to neither."""
    table: dict[str, Entry | None] = {}
    for entry in organisations.values():
        for name in {entry.label, *entry.aliases}:
            for form in {full_form(name), short_form(name)}:
                table[form] = entry if table.get(form, entry) is entry else _owner(form, table[form], entry)
    return {form: entry for form, entry in table.items() if entry is not None}


def _owner(form: str, first: Entry | None, second: Entry) -> Entry | None:
    """Of two entries with the same form, the one that it is the label of."""
    owners = [e for e in (first, second) if e is not None and full_form(e.label) == form]
    return owners[0] if len(owners) == 1 else None


def _blocks(registry: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for form in sorted(registry):
        grouped.setdefault(form[:1], []).append(form)
    return {initial: tuple(forms) for initial, forms in grouped.items()}


def _labels(mentions: Iterable[Mention]) -> dict[str, str]:
    """For each normalised name its most frequent spelling; of equally frequent ones the first in the alphabet."""
    counts: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.kind is MentionKind.ORGANISATION:
            counts.setdefault(short_form(mention.name), Counter())[mention.name] += 1
    return {form: min(names, key=lambda n: (-names[n], n)) for form, names in counts.items()}


def _known(entry: Entry) -> Entity:
    roles = tuple(role for role in entry.roles if role not in _BASE_ROLES)
    aliases = tuple(sorted({*entry.aliases, *entry.ambiguous}))
    return Entity(entry.key, entry.kind, entry.label, aliases, roles, True)


def _unknown(kind: MentionKind, form: str, label: str, taken: Mapping[str, Entry] | None = None) -> Entity:
    key = key_from(form)
    if not key or (taken and key in taken):
        key = f"{key or 'name'}-{digest(form)[:6]}"
    return Entity(key, kind, label, (), (), False)
