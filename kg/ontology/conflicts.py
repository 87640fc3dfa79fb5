"""Kinds of contradiction out of ``conflicts.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.errors import OntologyError

KINDS = ("polarity", "value", "parent", "allocation", "superlative")
"""The kinds that there are rules for."""

_COMPARES = ("claims", "figures", "remarks")
_ENDS = ("subject", "object")


@dataclass(frozen=True, slots=True)
class ConflictKind:
    """A kind of contradiction.

    Attributes:
        name: its name, which is its rule's.
        label: how people call it.
        about: what it means, for people.
        compares: ``claims``, ``figures`` or ``remarks``.
        settled_after: days after which what a later document says replaces what an earlier one says.
        within: figures this close, as a share of the larger one, are the same.
        relations: local names of the relations whose claims are compared.
        customers: local name of a relation → which end of its claims is the customer, ``subject`` or ``object``.
        joined_by: local names of relations that join those who are no rivals for an order.
        part: words before a quantity that make it a part of a whole; None where none do.
        ranks: the ranks that only one can hold.
    """

    name: str
    label: str
    about: str
    compares: str
    settled_after: int
    within: float = 0.0
    relations: frozenset[str] = frozenset()
    customers: Mapping[str, str] = field(default_factory=dict)
    joined_by: frozenset[str] = frozenset()
    part: re.Pattern[str] | None = None
    ranks: frozenset[str] = frozenset()


def load_conflict_kinds(path: Path) -> dict[str, ConflictKind]:
    """The kinds by name, in the order of the file.

    Raises:
        OntologyError: the file is missing or malformed, or lacks a kind.
    """
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))["kinds"]
        kinds = {row["name"]: _kind(row) for row in rows}
    except FileNotFoundError as error:
        raise OntologyError(f"{path} is missing; set KG_ONTOLOGY to a complete ontology folder") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, re.error, OSError) as error:
        raise OntologyError(f"{path} is malformed: {' '.join(str(error).split())[:200]}") from error
    if kinds.keys() != set(KINDS):
        raise OntologyError(f"{path} must describe the kinds {', '.join(KINDS)}, each once")
    return kinds


def _kind(row: Mapping[str, Any]) -> ConflictKind:
    kind = ConflictKind(
        name=row["name"],
        label=row["label"],
        about=" ".join(row["about"].split()),
        compares=row["compares"],
        settled_after=int(row["settled_after"]),
        within=float(row.get("within", 0)),
        relations=frozenset(row.get("relations", ())),
        customers=dict(row.get("customers", {})),
        joined_by=frozenset(row.get("joined_by", ())),
        part=re.compile(row["part"], re.IGNORECASE) if "part" in row else None,
        ranks=frozenset(row.get("ranks", ())),
    )
    if kind.compares not in _COMPARES or kind.settled_after < 1 or not set(kind.customers.values()) <= set(_ENDS):
        raise ValueError(f"{kind.name} compares {kind.compares} and is settled after {kind.settled_after} days")
    return kind
