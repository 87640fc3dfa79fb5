"""The limits of an answer in words."""

from kg.analytics.scope import FIRM, Scope
from kg.model import Modality
from kg.query import visible


def limits(scope: Scope) -> str:
    """The limits of a scope in half a sentence ("asserted or reported, confidence 0.7 or more")."""
    said = [str(each) for each in Modality if each in scope.modalities]
    parts = ["however it is said" if scope.modalities == frozenset(Modality) else " or ".join(said)]
    if scope.least:
        parts.append(f"confidence {scope.least:g} or more")
    if scope.relations:
        parts.append(f"only {', '.join(sorted(scope.relations))}")
    if scope.without:
        parts.append(f"without {', '.join(sorted(scope.without))}")
    if scope.since:
        parts.append(f"since {scope.since}")
    if scope.until:
        parts.append(f"until {scope.until}")
    if scope.documents:
        parts.append(f"only in {', '.join(sorted(scope.documents))}")
    return visible(", ".join(parts))


def is_usual(scope: Scope) -> bool:
    """Whether nothing is limited beyond what every answer limits where it is not asked otherwise."""
    return scope == Scope(modalities=FIRM)


def undated(count: int) -> list[str]:
    """The remark on documents without a date that are left out; none where there are none."""
    if not count:
        return []
    documents = "1 document without a date is" if count == 1 else f"{count} documents without a date are"
    return ["", f"{documents} left out."]
