"""The claims, figures and remarks as JSON Lines, in the form of ``kg extract``."""

import json
from collections import defaultdict
from collections.abc import Mapping, Set
from typing import Any, BinaryIO

from kg.claims import to_record
from kg.model import Claim, MentionKind, Observation, Remark
from kg.store import Store, select, stored_contents
from kg.terms import ENTITY, PLACE, TECHNOLOGY

_NAMES = """SELECT DISTINCT ?iri ?name {
  GRAPH graph:entities { VALUES ?property { skos:altLabel sp:ambiguousLabel } ?iri ?property ?name } }"""
_NAMESPACES = {
    MentionKind.ORGANISATION: ENTITY,
    MentionKind.TECHNOLOGY: TECHNOLOGY,
    MentionKind.PLACE: PLACE,
}


def write_claims(store: Store, out: BinaryIO) -> None:
    """Writes the store's claims, figures and remarks, a JSON object a line, document by document.

    Raises:
        ClaimError: a claim of the store lacks something.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for row in select(store, _NAMES):
        names[row["iri"]].add(row["name"])
    for contents in stored_contents(store):
        for id_, item in contents.items.items():
            line = json.dumps(_record(id_, item, names), ensure_ascii=False, allow_nan=False)
            out.write(f"{line}\n".encode())


def _record(id_: str, item: Claim | Observation | Remark, names: Mapping[str, Set[str]]) -> dict[str, Any]:
    record = to_record(item) | {"id": id_}
    ends = {"subject": item.subject} | ({"object": item.object} if isinstance(item, Claim) else {})
    for end, mention in ends.items():
        known = names.get(_NAMESPACES[mention.kind] + mention.key, set()) if mention.key else set()
        record[f"{end}_aliases"] = sorted({*record[f"{end}_aliases"], *known} - {mention.name})
    return record
