"""What users decided: which names are the same, which are not, which claims to reject or accept.

Judgements are a file of JSON objects, one a line, applied last and kept across rebuilds::

    {"judgement": "same", "names": ["TongFu", "Tongfu Microelectronics"]}
    {"judgement": "different", "names": ["Tower", "Tower Semiconductor"]}
    {"judgement": "reject", "claim": "0123456789abcdef"}
    {"judgement": "accept", "claim": "0123456789abcdef"}

Each may carry a ``note``. Of two judgements about the same thing the later one holds.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kg.errors import JudgementError
from kg.model import Claim, Observation, Remark
from kg.resolve.normalise import short_form

NAMES = frozenset({"same", "different"})
CLAIMS = frozenset({"reject", "accept"})
_Item = TypeVar("_Item", Claim, Observation, Remark)
_CLAIM_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a user.

    Attributes:
        kind: ``same``, ``different``, ``reject`` or ``accept``.
        names: for the first two, the names it is about, two or more.
        claim: for the others, the id of the claim, observation or remark.
        note: why, in the user's words.
    """

    kind: str
    names: tuple[str, ...] = ()
    claim: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgements:
    """All decisions, in the order in which they were made."""

    rows: tuple[Judgement, ...] = ()

    @property
    def about_names(self) -> tuple[Judgement, ...]:
        """Those that say which names are the same or not."""
        return tuple(row for row in self.rows if row.kind in NAMES)

    def applied(self, items: Sequence[_Item]) -> list[_Item]:
        """The items without the rejected ones; accepted ones are certain and say so."""
        kinds = {row.claim: row.kind for row in self.rows if row.kind in CLAIMS}
        kept = [item for item in items if kinds.get(item.id) != "reject"]
        return [_accepted(item) if kinds.get(item.id) == "accept" else item for item in kept]

    def unused(self, items: Iterable[Claim | Observation | Remark]) -> list[Judgement]:
        """Judgements on claims that are not among the items: their document has changed or is no longer built."""
        known = {item.id for item in items}
        return [row for row in self.rows if row.kind in CLAIMS and row.claim not in known]


def _accepted(item: _Item) -> _Item:
    return replace(item, confidence=1.0, reasons=(*item.reasons, "accepted by a reader"))


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file; none where the file does not exist.

    Raises:
        JudgementError: a line is no judgement; the message names the line and what it should be.
    """
    if not path.exists():
        return Judgements()
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise JudgementError(f"{path} cannot be read: {error}; mend or remove it") from error
    return Judgements(tuple(_parsed(line, n, path) for n, line in enumerate(lines, 1) if line.strip()))


def append_judgement(path: Path, judgement: Judgement) -> None:
    """Adds a judgement at the end of a file and makes sure that it is on the disk.

    Raises:
        JudgementError: the judgement lacks what its kind needs, or the file cannot be written.
    """
    fault = _fault(judgement)
    if fault:
        raise JudgementError(fault)
    record: dict[str, object] = {"judgement": judgement.kind}
    record |= {"names": list(judgement.names)} if judgement.kind in NAMES else {"claim": judgement.claim}
    if judgement.note:
        record["note"] = judgement.note
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise JudgementError(f"{path} cannot be written: {error.strerror or error}") from error


def _parsed(line: str, number: int, path: Path) -> Judgement:
    try:
        record = json.loads(line)
        names = record.get("names", [])
        row = Judgement(
            record["judgement"],
            tuple(names) if isinstance(names, list) else names,
            record.get("claim", ""),
            record.get("note", ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise JudgementError(
            f'{path}, line {number} is no judgement; write {{"judgement": "same", "names": [...]}}'
        ) from error
    fault = _fault(row)
    if fault:
        raise JudgementError(f"{path}, line {number}: {fault}")
    return row


def _fault(row: Judgement) -> str:
    """What is wrong with a judgement, with the cure; empty if nothing is. Its values may be of any type."""
    if row.kind not in ("same", "different", "reject", "accept"):
        return f"“{row.kind}” is no judgement; use same, different, reject or accept"
    if not (_is_text(row.claim) and _is_text(row.note)):
        return "a claim's id and a note must be texts; put them in quotation marks"
    if row.kind in CLAIMS:
        return "" if _CLAIM_ID.fullmatch(row.claim) else f"“{row.kind}” needs the 16 hex digits of a claim's id"
    if not isinstance(row.names, tuple) or not all(_is_text(name) for name in row.names):
        return f"“{row.kind}” needs a list of names, each a text in quotation marks"
    return _fault_of_names(row)


def _fault_of_names(row: Judgement) -> str:
    seen: dict[str, str] = {}
    for name in row.names:
        form = short_form(name)
        if not any(c.isalnum() for c in form):
            return f"“{name}” is no name; give one with letters or digits"
        if form in seen:
            return f"“{seen[form]}” and “{name}” are one name, legal forms aside; “{row.kind}” needs different names"
        seen[form] = name
    return "" if len(seen) > 1 else f"“{row.kind}” needs two different names"


def _is_text(value: object) -> bool:
    """Whether a value is a text that a file can hold, which lone surrogates are not."""
    return isinstance(value, str) and value == value.encode("utf-8", "ignore").decode("utf-8")
