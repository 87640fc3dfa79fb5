"""Claims from links: rows and records that name two things and, in a word, how they are joined."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.assemble import Assembler, Found
from kg.extract.gazetteer import fold
from kg.extract.mentions import Names
from kg.extract.stance import stance
from kg.extract.structure import Placed
from kg.model import Block, Document, Mention, MentionKind
from kg.ontology import Ontology, Section

_SEPARATORS = re.compile(r"[_-]+")
_LONGEST = 120
_Place = tuple[str, int, int]


class LinkMatcher:
    """Finds table rows and JSON objects such as ``{"source": "A", "target": "B", "relation": "supplies"}``."""

    def __init__(self, ontology: Ontology, assembler: Assembler) -> None:
        self._assembler = assembler
        self._sections = [section for section in ontology.wordings.sections if "link" in section.places]
        self._cues = ontology.wordings.cues
        self._lists = ontology.wordings.names

    def find(self, document: Document, names: Names) -> dict[int, list[Placed]]:
        """What links say, by the number of the block that holds the link's first end."""
        found: dict[int, list[Placed]] = defaultdict(list)
        for fields in _rows(document.blocks):
            first, second, kind = (self._field(fields, name) for name in ("link_from", "link_to", "link_kind"))
            if first is None or second is None or kind is None:
                continue
            text = _SEPARATORS.sub(" ", document.blocks[kind].text)
            one, other = (_organisations(names, number) for number in (first, second))
            for section in self._matching(text, one):
                found[first].append(self._placed(section, text, one, other, document.blocks[first], (second, kind)))
                break
        return found

    def _field(self, fields: Mapping[str, int], name: str) -> int | None:
        """The number of the block whose header is in a list of the ontology; a name goes before an identifier."""
        fitting = [header for header in fields if self._lists[name].fullmatch(header)]
        return fields[max(fitting, key=lambda header: header.endswith("name"))] if fitting else None

    def _matching(self, text: str, ends: Sequence[Mention]) -> Iterator[Section]:
        low = fold(text)
        for section in self._sections:
            if not section.pattern.search(low) or (section.unless and section.unless.search(low)):
                continue
            if ends and self._assembler.fits(ends[0], section.about_roles):
                yield section

    def _placed(
        self,
        section: Section,
        text: str,
        one: Sequence[Mention],
        other: Sequence[Mention],
        block: Block,
        support: tuple[int, ...],
    ) -> Placed:
        subjects, objects = (one, other) if section.subject else (other, one)
        said = Found(
            relation=section.relation,
            subjects=subjects,
            objects=objects,
            stance=stance(self._cues, fold(text)),
            confidence=section.confidence,
            reason=f"linked by “{text.strip()[:80]}”",
            words=fold(text),
        )
        return Placed(said, (0, len(block.text)), support)


def _rows(blocks: Sequence[Block]) -> Iterator[Mapping[str, int]]:
    """The rows of tables and the objects of JSON records: header or key → number of the block."""
    rows: dict[_Place, dict[str, int]] = defaultdict(dict)
    for number, block in enumerate(blocks):
        if len(block.text) > _LONGEST:
            continue
        if block.cell is not None:
            rows["", block.cell.table, block.cell.row].setdefault(fold(block.cell.header).strip(), number)
        elif block.pointer and block.headings:
            rows[block.pointer.rpartition("/")[0], -1, -1].setdefault(fold(block.headings[-1]), number)
    return iter(rows.values())


def _organisations(names: Names, number: int) -> list[Mention]:
    return [mention for mention in names.blocks[number] if mention.kind is MentionKind.ORGANISATION]
