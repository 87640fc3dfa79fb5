"""The linker: whom a mention means.

In this order: the registry's key that extraction found; a registry name after normalisation; a spelling that is nearly
a registry name; else an entity of its own under its name. Users' judgements override all of these.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from types import MappingProxyType

from kg.model import Entity, Mention, MentionKind, digest
from kg.ontology import Entry, Ontology
from kg.resolve.identity import Identities, Node
from kg.resolve.index import NameIndex
from kg.resolve.judgements import Judgement, Judgements
from kg.resolve.normalise import short_form
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
        self._organisations = ontology.organisations
        self._index = NameIndex(ontology.organisations)
        self._identities = Identities(self._index, judgements or Judgements())
        self._by_spelling: dict[str, str] = {}
        self._cache: dict[tuple[MentionKind, str, str, str], Entity] = {}
        self._spellings: Mapping[str, Mapping[str, int]] = {}
        self._spellings = self._counted(mentions)
        self._cache.clear()

    def with_mentions(self, mentions: Iterable[Mention]) -> "Linker":
        """A linker to the same entities that labels unknown organisations by these mentions."""
        other = copy(self)
        other._cache = {}
        other._spellings = other._counted(mentions)
        other._cache = {}
        return other

    def is_named_by_texts(self, mention: Mention) -> bool:
        """Whether the names of the mentioned organisation depend on how often the documents spell it which way."""
        return mention.kind is MentionKind.ORGANISATION and any(node.form for node in self._members(mention))

    @property
    def by_spelling(self) -> Mapping[str, str]:
        """Of the mentions asked for so far, the names linked by a near spelling alone → the label linked to."""
        return MappingProxyType(self._by_spelling)

    @property
    def without_effect(self) -> tuple[Judgement, ...]:
        """The judgements on names that changed nothing: their names were one already, or apart already."""
        return self._identities.without_effect

    def entity(self, mention: Mention) -> Entity:
        """The entity that the mention names."""
        asked = (mention.kind, mention.key, mention.name, mention.surface)
        if asked not in self._cache:
            self._cache[asked] = self._linked(mention)
        return self._cache[asked]

    def _linked(self, mention: Mention) -> Entity:
        if mention.kind is not MentionKind.ORGANISATION:
            entry = self._entries[mention.kind].get(mention.key)
            return _known(entry) if entry else _unknown(mention.kind, mention.name, mention.name, {})
        return self._organisation(self._members(mention))

    def _members(self, mention: Mention) -> list[Node]:
        """All that the mentioned organisation is, after the users' judgements."""
        node = self._identities.node(mention) or self._spelled(mention.name) or Node(form=short_form(mention.name))
        return self._identities.members(node)

    def _counted(self, mentions: Iterable[Mention]) -> dict[str, Counter[str]]:
        """Key of an organisation → how often the mentions of it give it which name."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            if mention.kind is MentionKind.ORGANISATION:
                counts[self.entity(mention).key][mention.name] += 1
        return counts

    def _spelled(self, name: str) -> Node | None:
        entry = self._index.nearly(short_form(name))
        if entry is None:
            return None
        self._by_spelling[name] = entry.label
        return Node(entry.key)

    def _organisation(self, members: list[Node]) -> Entity:
        """The one entity that the members are: key and label of the first known one, names and roles of all."""
        entries = [self._organisations[node.key] for node in members if node.key]
        parts = [self._own_entry(entry) for entry in entries] or [self._own_name(members)]
        names = {name for part in parts for name in (part.label, *part.aliases)}
        first = parts[0]
        if len(members) > 1:
            names |= {name for node in members for name in self._names(node, self._spelled_as(node, first.key))}
        return Entity(
            first.key,
            first.kind,
            first.label,
            tuple(sorted(names - {first.label})),
            tuple(sorted({role for part in parts for role in part.roles})),
            first.known,
        )

    def _own_entry(self, entry: Entry) -> Entity:
        """An entry as an entity, without the names that judgements took from it."""
        whole = _known(entry)
        aliases = tuple(name for name in whole.aliases if not self._identities.is_parted(name, entry))
        return Entity(whole.key, whole.kind, whole.label, aliases, whole.roles, True)

    def _own_name(self, members: list[Node]) -> Entity:
        form = members[0].form
        key = _unknown(MentionKind.ORGANISATION, form, form, self._organisations).key
        # Names whose normalised forms differ may share a key ("Foo-Bar", "Foo Bar"); they are one, and have one label.
        seen = self._spellings.get(key, {}) if len(members) == 1 else self._spelled_as(members[0], key)
        label = next(iter(self._names(members[0], seen)), form)
        return _unknown(MentionKind.ORGANISATION, form, label, self._organisations)

    def _spelled_as(self, node: Node, key: str) -> Mapping[str, int]:
        """How often the mentions of an entity give it which name that is worded like the node's."""
        return {name: count for name, count in self._spellings.get(key, {}).items() if short_form(name) == node.form}

    def _names(self, node: Node, seen: Mapping[str, int]) -> tuple[str, ...]:
        """A node's names beyond the registry: its most frequent spelling in the texts, and as judgements write it.

        Of equally frequent spellings the first in the alphabet counts.
        """
        spelling = [min(seen, key=lambda name: (-seen[name], name))] if seen else []
        return (*spelling, *self._identities.written(node))


def _known(entry: Entry) -> Entity:
    roles = tuple(role for role in entry.roles if role not in _BASE_ROLES)
    aliases = tuple(sorted({*entry.aliases, *entry.ambiguous}))
    return Entity(entry.key, entry.kind, entry.label, aliases, roles, True)


def _unknown(kind: MentionKind, form: str, label: str, taken: Mapping[str, Entry]) -> Entity:
    key = key_from(form)
    if not key or key in taken:
        key = f"{key or 'name'}-{digest(form)[:6]}"
    return Entity(key, kind, label, (), (), False)
