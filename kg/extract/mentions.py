"""The names of a document: registry names first, then organisations that only this document knows."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from kg.extract.candidates import (
    acronym_after,
    bare,
    introduced_names,
    is_vetoed,
    legal_names,
    nouned_names,
    quotes_ticker,
)
from kg.extract.gazetteer import Gazetteer, Hit, demonym_entries, longest, mention_of
from kg.extract.tickers import Tickers
from kg.extract.unlisted import MODEL, NameModel, Tagger
from kg.model import Block, BlockKind, Document, Mention, MentionKind
from kg.ontology import Entry, Ontology

_LIST_GAP = re.compile(r"\s?(?:,|/|;|&)\s?(?:and |or )?|\s(?:and|or)\s")
_LEGAL_TAIL = re.compile(r"(?:,?\s(?:Inc|Corp|Corporation|Co|Ltd|Limited|LLC|PLC|N\.V|AG|SE|S\.A)\b\.?)+")
_ACRONYM_ROOM = 20
_COINED = re.compile(r"[a-z][A-Z]|^[A-Z][A-Z0-9&]{2,}$|[A-Za-z]\d|^[A-Z]{2,}[a-z]")
# Before and behind an ambiguous word that is used as a name: "by Tower's fabs", not "Target Price".
_NAMED = re.compile(r"[a-z0-9,;)] $|\($")
_AS_NAME = re.compile(r"['’]s\b|[\s,;.)](?![A-Z])|$")
_OFTEN = 2
_LISTED = re.compile(r"[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}")


class MentionFinder:
    """Finds the names in documents; holds the registry's names ready.

    Args:
        ontology: the registry and the word lists.
        unlisted: file of the learned decision on names that no registry lists; None for none.
    """

    def __init__(self, ontology: Ontology, unlisted: Path | None = MODEL) -> None:
        entries = [entry for rows in ontology.entries.values() for entry in rows.values()]
        self._known = Gazetteer([*entries, *demonym_entries(ontology.places)])
        self._lists = ontology.wordings.names
        self._by_bare = _bare_names(ontology.organisations)
        self._tickers = Tickers(ontology.organisations.values())
        self._unlisted = unlisted

    @cached_property
    def _tagger(self) -> Tagger | None:
        given = self._lists["given_names"]
        return Tagger(NameModel.load(self._unlisted), given) if self._unlisted else None

    def find(self, document: Document, also: Iterable[Entry] = ()) -> "Names":
        """The names of the document, block by block.

        Args:
            document: the document.
            also: further entries to find in it, beside the registry's and those that it introduces itself.

        Raises:
            OntologyError: the model of names is malformed.
        """
        texts = [block.text for block in document.blocks]
        known, certain = self.registered(document)
        local = self._local_entries(document.blocks, known)
        entries = [*local.values(), *also]
        names = Names(self._known, Gazetteer(entries) if entries else None, certain, self._tickers)
        names.blocks = [names.search(text) for text in texts]
        return names

    def registered(self, document: Document) -> tuple[list[list[Hit]], frozenset[str]]:
        """The registry's names in each block, and the keys that stand for themselves or have a name that does."""
        texts = [block.text for block in document.blocks]
        known = [_no_tickers(self._known.hits(text), text) for text in texts]
        certain = frozenset(h.name.entry.key for hits in known for h in hits if not h.name.ambiguous)
        certain |= _often_named(texts, known)
        return [_certain(hits, certain) for hits in known], certain

    def _local_entries(self, blocks: Sequence[Block], known: Sequence[list[Hit]]) -> dict[str, Entry]:
        """Entries for the names that the document introduces; those that no registry lists have an empty key."""
        names: dict[str, set[str]] = {}
        for block, hits in zip(blocks, known, strict=True):
            in_text = block.kind not in (BlockKind.HEADING, BlockKind.TITLE)
            for full, aliases in self._introduced(block.text, hits, in_text):
                names.setdefault(full, set()).update(aliases)
        for name in self._tagger.organisations(blocks, known) if self._tagger else ():
            if not is_vetoed(name, self._lists):
                names.setdefault(bare(name), set()).update({name} - {bare(name)})
        local = {}
        for full in sorted(names):
            entry = self._by_bare.get(_form(full))
            short = tuple(sorted(a for a in names[full] if not is_vetoed(a, self._lists)))
            if entry:
                local[full] = replace(entry, label=entry.label, aliases=(full, *short), ambiguous=())
            else:
                local[full] = Entry("", MentionKind.ORGANISATION, full, short)
        return local

    def _introduced(self, text: str, hits: list[Hit], in_text: bool) -> list[tuple[str, set[str]]]:
        """Names with their aliases; a title's capitals prove nothing, so there only a legal form counts."""
        spans: list[tuple[int, int, int]] = list(legal_names(text))
        if in_text:
            spans += [(s, e, e) for s, e in nouned_names(text, self._lists["organisation_nouns"])]
            spans += [(s, e, e) for s, e in introduced_names(text, self._lists["introductions"])]
            spans += [(s, e, e) for s, e in self._listed(text, hits)]
        taken = {(h.start, h.end) for h in hits}
        found = []
        for start, end, full_end in spans:
            name = bare(text[start:end])
            start = end - len(name)
            known_inside = [
                h for h in _from(hits, start, full_end + _ACRONYM_ROOM) if start <= h.start and h.end <= end
            ]
            if (start, end) in taken or is_vetoed(name, self._lists):
                continue
            if not self._is_own_name(name, known_inside, full_end > end):
                continue
            aliases = {text[start:full_end]} if full_end > end else set()
            acronym = acronym_after(text, full_end)
            near = _from(hits, start, full_end + _ACRONYM_ROOM)
            if acronym and not any(h.start < acronym[1] and h.end > full_end for h in near):
                aliases.add(acronym[0])
            found.append((name, aliases))
        found += _acronyms_of_known(text, hits)
        return found

    def _is_own_name(self, name: str, inside: list[Hit], legal: bool) -> bool:
        """Whether a name that holds a registry name is longer by a word that companies carry, and so one of its own."""
        if not inside:
            return True
        if legal:
            return len(name.split()) > max(len(h.name.text.split()) for h in inside)
        if any(h.name.entry.kind is not MentionKind.ORGANISATION for h in inside) and len(inside) == 1:
            return len(name.split()) > len(inside[0].name.text.split())
        return len(inside) == 1 and self._lists["organisation_nouns"].search(name) is not None

    def _listed(self, text: str, hits: list[Hit]) -> list[tuple[int, int]]:
        """Capitalised names that stand in a list beside two known organisations ("Cohu, JMT and FormFactor")."""
        organisations = [h for h in hits if h.name.entry.kind is MentionKind.ORGANISATION]
        if len(organisations) < 2:
            return []
        found: list[tuple[int, int]] = []
        for left, right in pairwise(organisations):
            found += self._between(text, left.end, right.start)
        return found

    def _between(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        stretch = text[start:end]
        if len(stretch) > 200:
            return []
        pieces: list[tuple[int, int]] = []
        position = 0
        for gap in _LIST_GAP.finditer(stretch):
            pieces.append((position, gap.start()))
            position = gap.end()
        pieces.append((position, len(stretch)))
        inner = [(a, b) for a, b in pieces if stretch[a:b].strip()]
        if not inner or not all(_LISTED.fullmatch(stretch[a:b].strip()) for a, b in inner):
            return []
        if (0, 0) not in pieces or stretch.endswith(("'s ", "’s ")) or pieces[-1] in inner:
            return []
        return [(start + a, start + b) for a, b in inner]


class Names:
    """The names of one document.

    Attributes:
        blocks: the mentions of each block, in order, free of overlaps.
    """

    def __init__(self, known: Gazetteer, local: Gazetteer | None, certain: frozenset[str], tickers: Tickers) -> None:
        self._known = known
        self._local = local
        self._certain = certain
        self._tickers = tickers
        self.blocks: list[list[Mention]] = []

    def search(self, text: str) -> list[Mention]:
        """The mentions in any text of the document, such as the header of a table's column."""
        hits = _certain(_no_tickers(self._known.hits(text), text), self._certain)
        if self._local:
            hits = longest([*hits, *self._local.hits(text)])
        found = [_with_legal_form(mention_of(hit, text), text) for hit in hits]
        ticker = None if found else self._tickers.mention(text)
        return [ticker] if ticker else found


def _certain(hits: list[Hit], certain: frozenset[str]) -> list[Hit]:
    """Without the ambiguous names whose owner the document never names in full."""
    return [h for h in hits if not h.name.ambiguous or h.name.entry.key in certain]


def _often_named(texts: Sequence[str], known: Sequence[list[Hit]]) -> frozenset[str]:
    """The owners of ambiguous names that a document uses as names: often, inside sentences, and of one owner."""
    counts = Counter(
        (hit.name.text, hit.name.entry.key)
        for text, hits in zip(texts, known, strict=True)
        for hit in hits
        if hit.name.ambiguous and _NAMED.search(text, 0, hit.start) and _AS_NAME.match(text, hit.end)
    )
    return frozenset(key for (_, key), count in counts.items() if count >= _OFTEN)


def _no_tickers(hits: list[Hit], text: str) -> list[Hit]:
    """Without the exchanges that stand before a ticker."""
    return [h for h in hits if "Publisher" not in h.name.entry.roles or not quotes_ticker(text, h.end)]


def _with_legal_form(mention: Mention, text: str) -> Mention:
    legal = _LEGAL_TAIL.match(text, mention.end) if mention.kind is MentionKind.ORGANISATION else None
    return replace(mention, end=legal.end(), surface=text[mention.start : legal.end()]) if legal else mention


def _from(hits: list[Hit], start: int, end: int) -> list[Hit]:
    """Of hits in order, those that begin in a stretch, and the one before it, which may reach into it."""
    first = bisect_left(hits, start, key=lambda h: h.start)
    return hits[max(0, first - 1) : bisect_left(hits, end, key=lambda h: h.start)]


def _acronyms_of_known(text: str, hits: list[Hit]) -> list[tuple[str, set[str]]]:
    found: list[tuple[str, set[str]]] = []
    for hit in hits:
        entry = hit.name.entry
        acronym = acronym_after(text, hit.end) if entry.kind is MentionKind.ORGANISATION else None
        inside = _from(hits, hit.end, acronym[1]) if acronym else []
        if (
            acronym
            and not any(hit.end < h.end <= acronym[1] for h in inside)
            and _initials_fit(acronym[0], entry.label)
        ):
            found.append((entry.label, {acronym[0]}))
    return found


def _initials_fit(acronym: str, label: str) -> bool:
    letters = iter(label.casefold())
    return all(c in letters for c in acronym.casefold() if c.isalnum())


def _bare_names(organisations: Mapping[str, Entry]) -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for entry in organisations.values():
        for name in (entry.label, *entry.aliases):
            table.setdefault(_form(name), entry)
    return table


def _form(name: str) -> str:
    return re.sub(r"\W+", " ", bare(name).casefold()).strip()


def section_names(block: Block, mentions: Sequence[Mention], names: Mapping[str, re.Pattern[str]]) -> list[Mention]:
    """An unknown name that makes up a whole short block where names are expected, such as a "Customers" list.

    Only coined names are taken (WinWay, JMT, 3DiS): a capitalised word of the language is more often a heading than a
    company.
    """
    text = block.text.strip()
    if mentions or len(text) > 60 or not text:
        return []
    head = re.split(r"\s[—–-]\s|\(", text, maxsplit=1)[0].strip()
    if not _LISTED.fullmatch(head) or is_vetoed(head, names) or not _COINED.search(head):
        return []
    start = block.text.index(head)
    return [Mention(MentionKind.ORGANISATION, head, bare(head), "", start, start + len(head))]


def name_key(mention: Mention) -> str:
    """What two mentions of one organisation share inside a document."""
    return mention.key or mention.name.casefold()
