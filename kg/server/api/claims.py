"""One claim or figure with all that it rests on."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from kg.server.api.fields import Values
from kg.server.api.figures import figures
from kg.server.api.references import entity_reference, find, labels, node, statement_of, ways
from kg.server.api.rows import about, as_claims, claim_rows, claims_page, met, narrowed
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.store import select
from kg.terms import CLAIM, OBSERVATION, ROOT, local_name

_DETAILS = """
SELECT DISTINCT ?name ?value WHERE {
  VALUES ?name { sp:reason sp:extractor sp:product sp:technology sp:via sp:viaName sp:quantity sp:period
    sp:subjectText sp:objectText sp:statement sp:supersedes }
  GRAPH ?source { %s ?name ?value }
}
"""
_QUOTES = """
SELECT ?evidence ?quote ?start ?end ?pointer ?cell ?main WHERE {
  GRAPH ?source {
    %s sp:evidence ?evidence ; sp:mainEvidence ?best .
    ?evidence sp:exact ?quote ; oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end .
    OPTIONAL { ?position sp:pointer ?pointer }
    OPTIONAL { ?position sp:cell ?cell }
  }
  BIND(?evidence = ?best AS ?main)
} ORDER BY DESC(?main) ?evidence
"""
_QUALIFIERS = ("product", "technology", "via", "quantity", "period")


def claim(session: Session, values: Values) -> dict[str, Any]:
    """A claim with its reasons, qualifiers and quotes.

    Raises:
        Refusal: the store has no such claim.
    """
    iri = str(CLAIM) + _id(values["id"])
    rows = claim_rows(session, [iri])
    if not rows:
        raise Refusal(404, f"The store has no claim {values['id']}; a build or a removal may have taken it away")
    details = _details(session, iri)
    qualifiers = {name: sorted(details[name]) for name in _QUALIFIERS if details[name]}
    qualifiers["via"] = sorted({value for value in details["via"] if not value.startswith(ROOT)} | details["viaName"])
    return {
        **as_claims(session, rows)[0],
        "statement": min(details["statement"], default=None),
        "qualifiers": {name: found for name, found in qualifiers.items() if found},
        **_made(session, iri, details),
    }


def observation(session: Session, values: Values) -> dict[str, Any]:
    """A figure with its reasons and quotes.

    Raises:
        Refusal: the store has no such figure.
    """
    iri = str(OBSERVATION) + _id(values["id"])
    found = figures(session, f"VALUES ?figure {{ {node(iri)} }}", "", 1)
    if not found:
        raise Refusal(404, f"The store has no figure {values['id']}; a build or a removal may have taken it away")
    details = _details(session, iri)
    return {**found[0], "supersedes": sorted(details["supersedes"]), **_made(session, iri, details)}


def evidence(session: Session, values: Values) -> dict[str, Any]:
    """The claims with a subject, relation and object, each with its quote; of a symmetric relation either way round.

    Raises:
        Refusal: neither subject nor object is given, or there is no such relation.
        UnknownEntityError: a name means nothing in the store, or several things.
    """
    subject, object_ = (find(session, values[name]) if values[name] else "" for name in ("subject", "object"))
    if not subject and not object_:
        raise Refusal(400, "Give subject, or object, or both")
    filters = narrowed(session, values)
    patterns = about(_between(session, subject, object_), filters) if subject and object_ else ""
    known = labels(session, [iri for iri in (subject, object_) if iri])
    return {
        "subject": entity_reference(subject, known) if subject else None,
        "object": entity_reference(object_, known) if object_ else None,
        **claims_page(session, patterns or met(_ways_round(session, subject, object_), filters), values),
    }


def _between(session: Session, subject: str, object_: str) -> list[str]:
    """The statements that there may be about the two."""
    return [statement_of(session, subject, relation, object_) for relation in sorted(ways(session))]


def _ways_round(session: Session, subject: str, object_: str) -> list[str]:
    """Patterns for the statement's one end, also turned round where the relation has no direction."""
    symmetric = ", ".join(node(iri) for iri, way in ways(session).items() if way.symmetric)
    turned = f"{_pattern(object_, subject)} ?statement rdf:predicate ?either . FILTER(?either IN ({symmetric}))"
    return [_pattern(subject, object_), turned] if symmetric else [_pattern(subject, object_)]


def _pattern(subject: str, object_: str) -> str:
    ends = (("rdf:subject", subject), ("rdf:object", object_))
    return f"?statement {' ; '.join(f'{name} {node(iri)}' for name, iri in ends if iri)} ."


def _id(text: str) -> str:
    """The id, if it can be one.

    Raises:
        Refusal: it cannot.
    """
    if not text.isascii() or not text.isalnum():
        raise Refusal(404, f"{text!r} is no id; ids are letters and digits")
    return text


def _details(session: Session, iri: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in select(session.store, _DETAILS % node(iri)):
        found[local_name(row["name"])].add(row["value"])
    return found


def _made(session: Session, iri: str, details: Mapping[str, set[str]]) -> dict[str, Any]:
    """How it was made, and the words it rests on."""
    rows = select(session.store, _QUOTES % node(iri))
    return {
        "reasons": sorted(details["reason"]),
        "extractor": min(details["extractor"], default=None),
        "quotes": [
            {
                "text": row["quote"],
                "start": int(row["start"]),
                "end": int(row["end"]),
                "pointer": row["pointer"] or None,
                "cell": row["cell"] or None,
                "main": row["main"] == "true",
            }
            for row in rows
        ],
    }
