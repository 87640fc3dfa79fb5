"""The explorer's operations: what its page asks for while somebody looks around."""

from typing import Any

import numpy as np

from kg.analytics.network.columns import KINDS, POLARITIES
from kg.model import Polarity
from kg.server.api.fields import Values
from kg.server.api.references import find, found_reference, relation_iri, ways
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.server.view import choose
from kg.server.view.fragments import Beside, beside, fragment_of, line_id, short
from kg.server.view.index import Numbers
from kg.server.view.preparing import first_of, view_of
from kg.server.view.routes import ways_between
from kg.server.view.view import View
from kg.terms import ROOT, local_name

_AFFIRMED = POLARITIES.index(Polarity.AFFIRMED)
_MOST_BESIDE = 20  # figures, and remarks
_ROWS = (
    "entities",
    "claims",
    "figures",
    "remarks",
    "documents",
    "conflicts",
    "places",
    "counts",
    "more",
    "communities",
)


def search(session: Session, values: Values) -> dict[str, Any]:
    """The entities whose names fit best: the whole name, its beginning, a word's beginning, then a part of it."""
    view = view_of(session)
    network = view.index.network
    taken = np.ones(len(network.iris), bool)
    if values["kind"]:
        taken = network.kinds == [str(kind) for kind in KINDS].index(values["kind"])
    results = []
    for entity, name in view.names.find(values["q"], values["limit"], taken):
        role = int(network.main_roles[entity])
        results.append(
            {
                **found_reference(network.found(entity)),
                "matched": name,
                "role": network.roles[role] if role >= 0 else None,
                "claims": int(view.index.weights[entity]),
            }
        )
    return {"query": values["q"], "results": results}


def facets(session: Session, values: Values) -> dict[str, Any]:  # noqa: ARG001 - every operation takes values
    """Numbers of claims and figures by what they say, of documents and of organisations; once for each version."""
    return view_of(session).facets


def overview(session: Session, values: Values) -> dict[str, Any]:  # noqa: ARG001 - every operation takes values
    """The first picture."""
    first = first_of(session)
    placed = zip(first["entities"], first["places"] or [None] * len(first["entities"]), strict=True)
    places = {entity["id"]: place for entity, place in placed if place}
    return {**{name: first[name] for name in _ROWS}, "places": places, "total": len(first["entities"])}


def around(session: Session, values: Values) -> dict[str, Any]:
    """An entity with its neighbours, the best joined first, and the lines to and among them.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: there is no such relation.
    """
    view = view_of(session)
    entity, filters = _entity(session, view, values["entity"]), _filters(session, values)
    shown = choose.around(view.index, entity, filters, values["limit"], values["offset"])
    with_it = Beside() if values["offset"] else _beside(session, view, entity)
    return _answer(session, view, shown, values, with_it, start=entity)


def view_path(session: Session, values: Values) -> dict[str, Any]:
    """The shortest ways between two entities over what is affirmed, as ids of lines, with what they rest on.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: there is no such relation.
    """
    view = view_of(session)
    index = view.index
    ends = [_entity(session, view, values[name]) for name in ("from", "to")]
    without = [local_name(relation_iri(session, name)) for name in values["without"] or ()]
    found = ways_between(index, *ends, without=without, most=values["most"])
    statements: Numbers = np.array(sorted({statement for way in found for statement in way}), np.int64)
    claims = index.affirming[statements]
    shown = choose.Shown(np.array(ends), claims, claims[:0], len(found))
    return {
        "paths": [[line_id(index, statement, _AFFIRMED) for statement in way] for way in found],
        "fragment": fragment_of(session.store, view, shown, Beside()),
    }


def view_evidence(session: Session, values: Values) -> dict[str, Any]:
    """The claims about a subject, relation and object, all about one entity, or those named, with their words.

    Raises:
        UnknownEntityError: a name means nothing in the store, or several things.
        Refusal: a relation or an object is given without the others, or there is no such relation, or it is not said
            whose evidence is wanted.
    """
    view = view_of(session)
    index = view.index
    if bool(values["claims"]) == bool(values["subject"]):
        raise Refusal(400, "Give a subject, or the ids of claims")
    if values["claims"]:
        named = index.surest(index.claims_named(values["claims"]))
        shown = choose.Shown(named[:0], named, named[:0], len(named))
        return _answer(session, view, shown, values, Beside())
    subject = _entity(session, view, values["subject"])
    filters = _filters(session, {**values, "relation": None})
    if bool(values["relation"]) != bool(values["object"]):
        raise Refusal(400, "Give relation and object together, or neither")
    statements = index.statements_of(subject)
    if values["object"]:
        statements = _between(session, view, subject, values)
    claims = index.surest(np.unique(choose.passing(index, index.claims_of(statements), filters)))
    page = claims[values["offset"] : values["offset"] + values["limit"]]
    shown = choose.Shown(np.array([subject]), page, page[:0], len(claims))
    alone = values["object"] or values["offset"]
    return _answer(session, view, shown, values, Beside() if alone else _beside(session, view, subject))


def _between(session: Session, view: View, subject: int, values: Values) -> Numbers:
    """The statement with these parts, either way round where its relation has no direction, if there is one."""
    relation = relation_iri(session, values["relation"])
    ends = subject, _entity(session, view, values["object"])
    orders = [ends, ends[::-1]] if ways(session)[relation].symmetric else [ends]
    found = [view.index.statement(a, local_name(relation), b) for a, b in orders]
    return np.array(sorted({each for each in found if each is not None}), np.int64)


def _beside(session: Session, view: View, entity: int) -> Beside:
    return beside(session.store, view.index.network.iris[entity], _MOST_BESIDE)


def _answer(
    session: Session, view: View, shown: choose.Shown, values: Values, with_it: Beside, *, start: int = -1
) -> dict[str, Any]:
    rows = fragment_of(session.store, view, shown, with_it, start=start)
    if start >= 0:
        left = shown.total - values["offset"] - values["limit"]
        rows["more"][short(view.index.network.iris[start])] = max(left, 0)
    return {"limit": values["limit"], "offset": values["offset"], "places": {}, "communities": [], **rows}


def _entity(session: Session, view: View, name: str) -> int:
    """The number of the entity that a short id (``entity/amkor``), key, name or IRI means."""
    network = view.index.network
    number = network.entity(ROOT + name)
    if number is None:
        number = network.entity(find(session, name))
    if number is None:
        raise Refusal(404, f"The store has no {name!r}; a build or a removal may have taken it away")
    return number


def _filters(session: Session, values: Values) -> dict[str, Any]:
    """The filters, a relation by its local name as the index has it."""
    relation = values.get("relation")
    return {**values, "relation": local_name(relation_iri(session, relation)) if relation else None}
