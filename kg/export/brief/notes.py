"""The notes of a brief while it is written: one for each quote, in the order in which the text needs them."""

from collections.abc import Sequence

from kg.analytics import Evidence
from kg.analytics.sayings import Saying
from kg.export.brief.content import Note, Said
from kg.query import Figure

Cited = Evidence | Figure | Saying
"""What a note may stand for."""

_NOTES_EACH = 2


class Notes:
    """Quotes and the numbers by which the text refers to them."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], Cited] = {}
        self._said: dict[tuple[str, str], dict[str, Said]] = {}

    def cite(self, said: Sequence[Cited]) -> tuple[int, ...]:
        """Numbers of the notes for what is said, strongest first, a note for each of two documents at most."""
        cited: dict[str, tuple[str, str]] = {}
        for each in said:
            if len(cited) < _NOTES_EACH and each.document not in cited:
                cited[each.document] = _key(each)
                self._first.setdefault(_key(each), each)
        for each in said:
            if _key(each) in cited.values():
                claims = self._said.setdefault(_key(each), {})
                claims[_id(each)] = Said(_id(each), each.polarity, each.modality, each.confidence)
        order = list(self._first)
        return tuple(order.index(key) + 1 for key in cited.values())

    def lacking(self, said: Sequence[Cited]) -> int:
        """How many of these no note names."""
        return sum(_id(each) not in self._said.get(_key(each), {}) for each in said)

    def all(self) -> tuple[Note, ...]:
        """The notes, by number."""
        return tuple(
            Note(
                number=number,
                quote=each.quote,
                document=each.document,
                title=each.title,
                publisher=each.publisher,
                date=each.date,
                url=each.url,
                said=tuple(claim for _, claim in sorted(self._said.get(key, {}).items())),
            )
            for number, (key, each) in enumerate(self._first.items(), 1)
        )


def _key(said: Cited) -> tuple[str, str]:
    return said.document, said.quote


def _id(said: Cited) -> str:
    return said.id if isinstance(said, Saying) else said.claim
