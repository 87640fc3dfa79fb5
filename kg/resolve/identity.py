"""Which names are one organisation, after the users' judgements.

A judged name is first looked up in the registry, so that "SPIL" and "Siliconware" both stand for one entry. ``same``
then joins what the names stand for. ``different`` parts what is joined; where both names are names of one entry, the
entry keeps its label (of two other names the first) and all its mentions save those that are worded like the other
name, which becomes an organisation of its own.
"""

from itertools import combinations
from typing import NamedTuple

from kg.model import Mention
from kg.ontology import Entry
from kg.resolve.index import NameIndex
from kg.resolve.judgements import Judgement, Judgements
from kg.resolve.normalise import short_form


class Node(NamedTuple):
    """What a name stands for before judgements join it to others: an entry by its key, else a short form."""

    key: str = ""
    form: str = ""


class Identities:
    """The users' judgements on names, applied in their order.

    Attributes:
        without_effect: the judgements that changed nothing: their names were one already, or apart already.
    """

    def __init__(self, index: NameIndex, judgements: Judgements) -> None:
        self._index = index
        self._groups: dict[Node, frozenset[Node]] = {}
        self._parted: dict[str, str] = {}
        self._written: dict[Node, tuple[str, ...]] = {}
        self._turn: dict[Node, int] = {}
        self.without_effect = tuple(row for row in judgements.about_names if not self._apply(row))

    def node(self, mention: Mention) -> Node | None:
        """What the mention of an organisation stands for; None where neither registry nor judgements know it."""
        if mention.key in self._index.organisations:
            form = short_form(mention.surface)
            return Node(form=form) if self._parted.get(form) == mention.key else Node(mention.key)
        for form in (short_form(mention.name), short_form(mention.surface)):
            if Node(form=form) in self._groups:
                return Node(form=form)
        entry = self._index.certain(mention.name)
        return Node(entry.key) if entry else None

    def members(self, node: Node) -> list[Node]:
        """All that the node is joined with, itself included, in the order in which they were judged."""
        return sorted(self._groups.get(node, (node,)), key=lambda n: (self._turn.get(n, 0), n))

    def written(self, node: Node) -> tuple[str, ...]:
        """The names of judgements that stand for the node, as the user wrote them."""
        return self._written.get(node, ())

    def is_parted(self, name: str, entry: Entry) -> bool:
        """Whether a judgement says that this name of an entry means another organisation."""
        return self._parted.get(short_form(name)) == entry.key

    def _apply(self, row: Judgement) -> bool:
        """Applies a judgement; whether it changed anything."""
        if row.kind == "same":
            return self._join(row.names)
        names = sorted(row.names, key=self._claim)
        changes = [self._part(kept, parted) for kept, parted in combinations(names, 2)]
        return any(changes)

    def _join(self, names: tuple[str, ...]) -> bool:
        nodes = [node for name in names for node in self._note(name, self._nodes(name))]
        for node in nodes:
            self._turn.setdefault(node, len(self._turn) + 1)
        before = {self._groups.get(node, frozenset({node})) for node in nodes}
        joined = frozenset[Node]().union(*before)
        for node in joined:
            self._groups[node] = joined
        return len(before) > 1

    def _part(self, kept: str, parted: str) -> bool:
        """Takes the second name away from the first."""
        stays, goes = self._nodes(kept, spelled=True), self._nodes(parted, spelled=True)
        form = short_form(parted)
        shared = [node for node in goes if node in stays]
        if shared and form == short_form(kept):
            return False
        if shared:
            self._parted[form] = shared[0].key
            self._isolate(self._note(parted, [Node(form=form)]))
            return True
        if not any(node in self._groups.get(other, ()) for node in goes for other in stays):
            return False
        self._isolate(goes)
        return True

    def _isolate(self, nodes: list[Node]) -> None:
        for node in nodes:
            rest = self._groups.get(node, frozenset()) - {node}
            for other in rest:
                self._groups[other] = rest
            self._groups[node] = frozenset({node})
            self._turn.pop(node, None)

    def _note(self, name: str, nodes: list[Node]) -> list[Node]:
        for node in nodes:
            self._written[node] = tuple(dict.fromkeys((*self.written(node), name)))
        return nodes

    def _nodes(self, name: str, *, spelled: bool = False) -> list[Node]:
        """What a judged name stands for.

        An ambiguous name is both its entry and, in documents that do not name the entry in full, a name of its own.
        A spelling that is nearly an entry's counts only where asked for: who judges a name knows it better.
        """
        own = Node(form=short_form(name))
        if own.form in self._parted:
            return [own]
        entry = self._index.certain(name)
        if entry:
            return [Node(entry.key)]
        entry = self._index.ambiguous(name)
        if entry:
            return [Node(entry.key), own]
        near = self._index.nearly(own.form) if spelled and own not in self._groups else None
        return [Node(near.key)] if near else [own]

    def _claim(self, name: str) -> int:
        """How good a name's claim to its entry is: 0 for the label, 1 for other names, 2 for names of no entry."""
        entry = self._index.certain(name) or self._index.ambiguous(name)
        if entry is None:
            return 2
        return 0 if short_form(name) == short_form(entry.label) else 1
