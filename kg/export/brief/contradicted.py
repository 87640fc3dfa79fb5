"""What is contradicted: the conflicts of the store that an entity's claims and figures take part in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.analytics import Evidence
from kg.export.brief.content import Disagreement
from kg.export.brief.notes import Notes
from kg.export.brief.words import amount
from kg.model import Polarity
from kg.query import Figure
from kg.store import Store, select
from kg.terms import CLAIM, OBSERVATION

_CONFLICTS = """
SELECT DISTINCT ?conflict ?member WHERE {
  VALUES ?mine { %s }
  ?conflict a sp:Conflict ; sp:between ?mine , ?member .
} ORDER BY ?conflict ?member
"""


def disagreements(
    store: Store, claims: Sequence[Evidence], figures: Sequence[Figure], notes: Notes
) -> tuple[Disagreement, ...]:
    """The conflicts among these, each with its sides; one of which less than two sides are here is none."""
    told: dict[str, Evidence | Figure] = {CLAIM + claim.claim: claim for claim in claims}
    told |= {OBSERVATION + figure.claim: figure for figure in figures}
    if not told:
        return ()
    members: dict[str, list[Evidence | Figure]] = defaultdict(list)
    for row in select(store, _CONFLICTS % " ".join(str(ox.NamedNode(iri)) for iri in told)):
        if row["member"] in told:
            members[row["conflict"]].append(told[row["member"]])
    found = [_disagreement(each, notes) for each in members.values()]
    return tuple(each for each in found if len(each.sides) > 1)


def _disagreement(members: Sequence[Evidence | Figure], notes: Notes) -> Disagreement:
    sides: Mapping[str, list[Evidence | Figure]] = defaultdict(list)
    for each in members:
        sides[_side(each)].append(each)
    return Disagreement(_about(members[0]), tuple((side, notes.cite(said)) for side, said in sides.items()))


def _about(said: Evidence | Figure) -> str:
    if isinstance(said, Figure):
        return " ".join(part for part in (said.reads, said.period) if part)
    return f"{said.subject.label} {said.reads} {said.object.label}"


def _side(said: Evidence | Figure) -> str:
    if isinstance(said, Figure):
        return amount(said.value, said.unit)
    return "denied" if said.polarity is Polarity.NEGATED else f"affirmed ({said.modality})"
