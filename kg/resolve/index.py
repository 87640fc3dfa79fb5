"""The registry's organisations by their names."""

from collections.abc import Iterable, Mapping

from kg.ontology import Entry
from kg.resolve.normalise import full_form, short_form
from kg.resolve.similarity import alike


class NameIndex:
    """Finds the organisation that a name belongs to."""

    def __init__(self, organisations: Mapping[str, Entry]) -> None:
        """An index over labels, aliases and ambiguous names, each in its full and its short form."""
        self.organisations = organisations
        rows = organisations.values()
        self._certain = _table((e, (e.label, *e.aliases)) for e in rows)
        self._ambiguous = _table((e, e.ambiguous) for e in rows)
        self._blocks = _blocks(form for form, entry in self._certain.items() if entry is not None)

    def certain(self, name: str) -> Entry | None:
        """The entry that has the name as its label or alias, legal forms aside; None where none or several have."""
        return self._certain.get(full_form(name)) or self._certain.get(short_form(name))

    def ambiguous(self, name: str) -> Entry | None:
        """The one entry that has the name among its ambiguous ones only; None where another claims it too."""
        form = short_form(name)
        return None if form in self._certain else self._ambiguous.get(form)

    def nearly(self, form: str) -> Entry | None:
        """The one entry that has a name spelled nearly like a short form; None where two have."""
        near = {
            entry.key: entry
            for name in self._blocks.get(form[:1], ())
            if (entry := self._certain[name]) is not None and alike(form, name)
        }
        return next(iter(near.values())) if len(near) == 1 else None


def _table(names: Iterable[tuple[Entry, Iterable[str]]]) -> dict[str, Entry | None]:
    """Form → entry; a form of two entries belongs to the one whose label it is, else to neither."""
    table: dict[str, Entry | None] = {}
    for entry, own in names:
        for name in own:
            for form in {full_form(name), short_form(name)}:
                table[form] = entry if table.get(form, entry) is entry else _owner(form, table[form], entry)
    return table


def _owner(form: str, first: Entry | None, second: Entry) -> Entry | None:
    owners = [e for e in (first, second) if e is not None and full_form(e.label) == form]
    return owners[0] if len(owners) == 1 else None


def _blocks(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for form in sorted(forms):
        grouped.setdefault(form[:1], []).append(form)
    return {initial: tuple(block) for initial, block in grouped.items()}
