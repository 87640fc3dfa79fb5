"""One entity for people: what it is, its figures, whom it is joined with, where sources disagree, what is new."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from kg.server.api.entities import entity
from kg.server.api.figures import figures
from kg.server.api.neighbours import neighbours
from kg.server.api.references import KINDS, node
from kg.server.api.rows import as_claims, claim_rows
from kg.server.html import page
from kg.server.pages.answers import about_one
from kg.server.reply import Reply
from kg.server.session import Session
from kg.server.view.preparing import view_of
from kg.store import select

_KIND_NAMES = dict(zip(("entity", "technology", "place"), KINDS, strict=True))
_ANY = {"polarity": None, "modality": None, "min_confidence": 0.0, "since": None, "offset": 0}
_OF_EACH = 10
_LATEST = 10
_MOST_CONFLICTS = 200
_DISPUTES = """
SELECT DISTINCT ?conflict ?side WHERE {
  GRAPH graph:conflicts { ?conflict sp:concerns %s ; sp:between ?side }
} ORDER BY ?conflict ?side LIMIT %d
"""
_SHOWN_DISPUTES = 5
_SIDES = 4


def entity_page(session: Session, key: str, shown: Mapping[str, Any]) -> Reply:
    """The page of an entity.

    Raises:
        UnknownEntityError: there is no such entity.
        Refusal: the store's version is still being prepared.
    """
    told = entity(session, {"kind": _KIND_NAMES[shown["path"].split("/")[1]], "key": key})
    figures_ = with_shares(told["figures"])
    return page(
        "entity",
        entity={**told, "figures": figures_},
        groups=[_group(session, told["iri"], each) for each in told["relations"]],
        disputes=_disputes(session, told["iri"]),
        latest=_latest(session, told["iri"]),
        answers=about_one(),
        **shown,
    )


def with_shares(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Figures, each with its part in hundredths of the largest of its metric and unit."""
    found = []
    for _, group in groupby(rows, key=lambda row: (row["metric"]["iri"], row["unit"])):
        rows_here = list(group)
        most = max(abs(row["value"]) for row in rows_here) or 1.0
        found += [{**row, "share": round(100 * abs(row["value"]) / most, 1)} for row in rows_here]
    return found


def _group(session: Session, iri: str, relation: Mapping[str, Any]) -> dict[str, Any]:
    """The best joined neighbours by one relation and direction."""
    values = {**_ANY, "relation": relation["iri"], "limit": 2 * _OF_EACH}
    found = neighbours(session, iri, values)["neighbours"]
    rows = [row for row in found if row["direction"] == relation["direction"]][:_OF_EACH]
    return {**relation, "rows": rows, "left": relation["neighbours"] - len(rows)}


def _latest(session: Session, iri: str) -> list[dict[str, Any]]:
    """What the newest dated documents say."""
    index = view_of(session).index
    entity_ = index.network.entity(iri)
    if entity_ is None:
        return []
    claims = np.unique(index.claims_of(index.statements_of(entity_)))
    days = index.days[index.network.documents[claims]]
    newest = claims[days > 0][np.lexsort((claims[days > 0], -days[days > 0]))][:_LATEST]
    return as_claims(session, claim_rows(session, [index.network.claim_iri(int(claim)) for claim in newest]))


def _disputes(session: Session, iri: str) -> list[list[dict[str, Any]]]:
    """Sides of conflicts, each told in a few words with its quote."""
    sides: dict[str, list[str]] = defaultdict(list)
    for row in select(session.store, _DISPUTES % (node(iri), _MOST_CONFLICTS)):
        sides[row["conflict"]].append(row["side"])
    chosen = [each[:_SIDES] for each in list(sides.values())[: 2 * _SHOWN_DISPUTES]]
    told = _told(session, {side for each in chosen for side in each})
    found = [[told[side] for side in each if side in told] for each in chosen]
    return [each for each in found if len(each) > 1][:_SHOWN_DISPUTES]


def _told(session: Session, sides: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Claims and figures by IRI, with ``title`` and ``told``."""
    iris = sorted(sides)
    claims = as_claims(session, claim_rows(session, [iri for iri in iris if "/claim/" in iri]))
    found = {
        row["iri"]: {
            **row,
            "title": f"{row['subject']['label']} {row['relation']['label']} {row['object']['label']}",
            "told": "does not hold" if row["polarity"] == "negated" else row["relation"]["label"],
        }
        for row in claims
    }
    observed = [iri for iri in iris if "/observation/" in iri]
    if observed:
        nodes = " ".join(node(iri) for iri in observed)
        for row in figures(session, f"VALUES ?figure {{ {nodes} }}", ""):
            period = f" {row['period']}" if row["period"] else ""
            title = f"{row['entity']['label']}: {row['metric']['label']}{period}"
            found[row["iri"]] = {**row, "title": title, "told": f"{row['value']:,.6g} {row['unit']}"}
    return found
