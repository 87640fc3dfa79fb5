"""A picture with dates, revised figures, every kind of conflict and remarks; and the same made of hostile texts."""

from dataclasses import replace
from typing import Any

from pictures import CLAIMS, DOCUMENTS, ENTITIES, HOSTILE_TEXTS, RELATIONS, SAMPLE, hostile

from kg.export.viewer.picture import (
    ChokepointRow,
    ClaimRow,
    ConflictRow,
    DocumentRow,
    ObservationRow,
    Picture,
    QuoteRow,
    RelationRow,
    RemarkRow,
)
from kg.model import Modality, RemarkKind

_MORE = tuple(
    DocumentRow(f"document/{number}", title, "Bond Pad Weekly", date, "", f"{number}.md")
    for number, (title, date) in enumerate(
        (
            ("January review", "2026-01-15"),
            ("Autumn survey", "2025-11"),
            ("Tools of the year", "2025-12-03"),
            ("February figures", "2026-02-01"),
            ("April figures", "2026-04-20"),
            ("Spring plans", "2026-04-02"),
            ("Quiet week", "2026-03-09"),
        ),
        start=3,
    )
)


def _claim(number: int, subject: str, relation: str, other: str, words: str, document: int) -> ClaimRow:
    name = f"document/{document}"
    return ClaimRow(f"claim/{number}", f"entity/{subject}", relation, f"entity/{other}", name, (QuoteRow(words, name),))


def _capex(number: int, value: float, period: str, document: int, **more: Any) -> ObservationRow:
    name = f"document/{document}"
    words = f"ASE spends {value / 1e9:g} billion dollars."
    row = ObservationRow(
        f"observation/{number}",
        "entity/ase",
        "capital expenditure",
        value,
        "USD",
        name,
        (QuoteRow(words, name),),
        period,
    )
    return replace(row, **more)


def _remark(number: int, subject: str, kind: RemarkKind, words: str, document: int, **more: Any) -> RemarkRow:
    name = f"document/{document}"
    row = RemarkRow(f"remark/{number}", subject, kind, name, (QuoteRow(words, name),), "OSAT", confidence=0.8)
    return replace(row, **more)


REMARKS = (
    _remark(1, "entity/ase", RemarkKind.STANDING, "ASE is the largest of all.", 3, rank="first", scope=("world",)),
    _remark(2, "entity/amkor", RemarkKind.STANDING, "Nobody is larger than Amkor.", 4, rank="first"),
    _remark(
        3, "entity/besi", RemarkKind.GAP, "No backlog of BESI for ASE.", 5, topic="backlog", others=("entity/ase",)
    ),
)
RICH = replace(
    SAMPLE,
    remarks=REMARKS,
    chokepoints=(ChokepointRow("entity/ase", "3 depend on it, 2 of them have no other"),),
    documents=DOCUMENTS + _MORE,
    relations=(*RELATIONS, RelationRow("subsidiaryOf", "is part of", "has part")),
    claims=(
        *CLAIMS,
        _claim(12, "amkor", "competesWith", "ase", "January saw Amkor and ASE at odds.", 3),
        _claim(13, "besi", "suppliesToolTo", "ase", "In autumn BESI shipped to ASE.", 4),
        _claim(14, "orbit", "subsidiaryOf", "besi", "Orbit Bonders belongs to BESI.", 5),
        _claim(15, "orbit", "subsidiaryOf", "ase", "ASE owns Orbit Bonders.", 3),
    ),
    observations=(
        *SAMPLE.observations,
        _capex(3, 3.1e9, "2024", 4),
        _capex(4, 5.2e9, "2025", 3),
        _capex(5, 7e9, "2026", 6, earlier=True),
        _capex(6, 8.5e9, "2026", 7),
        _capex(7, 9e9, "2027", 8, modality=Modality.PLANNED),
    ),
    conflicts=(
        *SAMPLE.conflicts,
        ConflictRow("conflict/rich-1", "parent", ("claim/14", "claim/15")),
        ConflictRow("conflict/rich-2", "allocation", ("claim/1", "claim/8")),
        ConflictRow("conflict/rich-3", "superlative", ("remark/1", "remark/2")),
    ),
)


def hostile_rich() -> Picture:
    """Hostile texts in charts, remarks and chokepoints too; figures with times, so that there are charts."""
    picture = hostile()
    first = picture.entities[0].id
    figures = tuple(
        replace(row, id=f"{row.id}{period}", period=period, earlier=period == "2025", metric=HOSTILE_TEXTS[0], unit="x")
        for row in picture.observations[:3]
        for period in ("2024", "2025", "2026")
    )
    remarks = tuple(
        _remark(number, first, list(RemarkKind)[number % 2], text, 1, topic=text, rank=text, scope=(text,))
        for number, text in enumerate(HOSTILE_TEXTS)
    )
    points = tuple(ChokepointRow(first, text) for text in HOSTILE_TEXTS)
    conflicts = (*picture.conflicts, ConflictRow("conflict/rich-4", "superlative", ("remark/1", "remark/2")))
    figures = picture.observations + figures
    return replace(picture, observations=figures, remarks=remarks, conflicts=conflicts, chokepoints=points)


def many(count: int) -> Picture:
    """A picture of so many claims, each with its own words."""
    names = [row.id for row in ENTITIES[:5]]
    claims = tuple(
        ClaimRow(
            f"claim/{number:06d}",
            names[number % 5],
            "competesWith",
            names[(number + 1 + number // 5 % 3) % 5],
            f"document/{1 + number % 9}",
            (QuoteRow(f"Sentence {number} of many.", f"document/{1 + number % 9}"),),
            confidence=(number % 100) / 100,
        )
        for number in range(count)
    )
    return replace(RICH, claims=claims, observations=(), remarks=(), conflicts=(), chokepoints=())
