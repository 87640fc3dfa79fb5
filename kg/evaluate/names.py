"""When two names mean the same entity of an annotated document."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_COMPANY_WORDS = (
    "ag",
    "co",
    "company",
    "corp",
    "corporation",
    "electronics",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "industries",
    "international",
    "kk",
    "limited",
    "llc",
    "ltd",
    r"n\.?v",
    "plc",
    r"s\.?a",
    "semiconductor",
    "semiconductors",
    "technologies",
    "technology",
)
_COMPANY_WORD = re.compile(rf"\b(?:{'|'.join(_COMPANY_WORDS)})\b\.?")
_POSSESSIVE = re.compile(r"[’'`]s\b")
_PUNCTUATION = re.compile(r"[^\w\s.]")

Aliases = Mapping[str, frozenset[str]]
"""A name's full form → the full forms of all names of its organisation."""


@dataclass(frozen=True, slots=True)
class Forms:
    """A name made comparable.

    Attributes:
        full: folded, without punctuation.
        short: the same without words like "Inc." and "Group"; ``full`` where nothing else is left.
    """

    full: str
    short: str


def forms(name: str) -> Forms:
    """The two forms by which a name is compared."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    text = _PUNCTUATION.sub(" ", _POSSESSIVE.sub("", text))
    full = _joined(text)
    return Forms(full, _joined(_COMPANY_WORD.sub(" ", text)) or full)


def _joined(text: str) -> str:
    return " ".join(text.replace(".", "").split())


def alias_table(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """Groups of names, one for each organisation, as a table; of a name in two groups the last one counts."""
    table: dict[str, frozenset[str]] = {}
    for group in groups:
        full = frozenset(forms(name).full for name in group)
        table |= dict.fromkeys(full, full)
    return table


class Names:
    """Finds an entity of one annotated document by any of its names.

    Full names go first, then the names that the alias table knows, then names without company words. Where two
    entities share a form, the one listed first has it.
    """

    def __init__(self, entities: Mapping[str, Sequence[str]], aliases: Aliases) -> None:
        """Takes the names of each entity by its key."""
        named = [(key, forms(name)) for key, names in entities.items() for name in names]
        self._keys: dict[str, str] = {}
        for key, form in named:
            self._keys.setdefault(form.full, key)
        for key, form in named:
            for other in sorted(aliases.get(form.full, ())):
                self._keys.setdefault(other, key)
        for key, form in named:
            self._keys.setdefault(form.short, key)

    def key(self, names: Sequence[str]) -> str | None:
        """The entity that the first of the names to match means; None where the document has none such."""
        compared = [forms(name) for name in names]
        candidates = [form.full for form in compared] + [form.short for form in compared]
        return next((self._keys[form] for form in candidates if form in self._keys), None)
