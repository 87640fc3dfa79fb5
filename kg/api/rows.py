"""The rows that a graph gives: entities and claims."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.analytics import Evidence, Scope, evidence_for
from kg.analytics.network import entity_named
from kg.model import MentionKind, Polarity
from kg.query import Found, read_nodes
from kg.query.values import TYPES
from kg.store import Store, select
from kg.terms import local_name

_ALIASES = "SELECT DISTINCT ?iri ?alias WHERE { ?iri sp:key ?key ; skos:altLabel ?alias }"
_STATEMENTS = "?statement rdf:subject %s ; rdf:predicate ?relation ; rdf:object %s . %s"
_ABOUT = """
SELECT DISTINCT ?alias ?role ?known WHERE {
  { %(entity)s skos:altLabel ?alias }
  UNION
  { %(entity)s a ?role . FILTER(?role NOT IN (sp:Organisation, sp:PackagingTechnology, sp:Place, skos:Concept)) }
  UNION
  { %(entity)s sp:known ?known }
}
"""
# A symmetric relation is stored one way round, and holds the other.
_BACKWARDS = "?relation a owl:SymmetricProperty ."


@dataclass(frozen=True, slots=True)
class Entity(Found):
    """Something that claims or figures are about.

    Attributes:
        iri: its IRI.
        key: last segment of its IRI.
        label: its preferred name.
        kind: ``organisation``, ``technology`` or ``place``.
        aliases: further names, sorted.
        roles: local names of its classes (``OSAT`` ...), sorted.
        known: whether the registry or a scheme of the ontology lists it.
    """

    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    known: bool = True


Name = str | Found
"""What stands for an entity: a name, an alias, a key, or a row that a graph gave."""


def found(store: Store, name: Name) -> Found:
    """The entity that is meant.

    Raises:
        UnknownEntityError: there is none, or several that fit equally well.
    """
    return entity_named(store, name) if isinstance(name, str) else name


def named(name: Name) -> str:
    """The text by which an answer looks the entity up."""
    return name if isinstance(name, str) else name.iri


def entity(store: Store, found_: Found) -> Entity:
    """The entity with its other names and its roles."""
    rows = select(store, _ABOUT % {"entity": ox.NamedNode(found_.iri)})
    return Entity(
        found_.iri,
        found_.key,
        found_.label,
        found_.kind,
        aliases=tuple(sorted(row["alias"] for row in rows if row["alias"])),
        roles=tuple(sorted(local_name(row["role"]) for row in rows if row["role"])),
        known=not any(row["known"] == "false" for row in rows),
    )


def entities(store: Store) -> Iterator[Entity]:
    """All things that claims or figures are about, by IRI."""
    aliases: dict[str, set[str]] = {}
    for row in select(store, _ALIASES):
        aliases.setdefault(row["iri"], set()).add(row["alias"])
    for node in read_nodes(store):
        names = tuple(sorted(aliases.get(node.iri, ())))
        yield Entity(node.iri, node.key, node.label, MentionKind(node.kind), names, node.roles, node.known)


def claims(
    store: Store,
    subject: Found | None,
    relation: str | None,
    object_: Found | None,
    scope: Scope,
    polarity: Polarity | None,
) -> tuple[Evidence, ...]:
    """The claims about these, by subject, relation and object, of each the strongest first.

    Claims of a symmetric relation are turned so that their ends stand as they are asked for.

    Raises:
        QueryError: there is no such relation.
    """
    filter_ = "" if relation is None else f"FILTER(?relation = {TYPES['relation'](relation, store)})"
    ends = _term(subject, "?subject"), _term(object_, "?object")
    forwards, backwards = _STATEMENTS % (*ends, filter_), _STATEMENTS % (*reversed(ends), filter_ + _BACKWARDS)
    rows = select(store, f"SELECT DISTINCT ?statement WHERE {{ {{ {forwards} }} UNION {{ {backwards} }} }}")
    statements = [row["statement"] for row in rows]
    evidence = evidence_for(store, statements, scope, polarity=polarity)
    told = [_turned(each, subject, object_) for rows in evidence.values() for each in rows]
    kept = (each for each in told if scope.takes_relation(each.relation))
    return tuple(sorted(kept, key=lambda each: (each.subject.label, each.relation, each.object.label)))


def _term(end: Found | None, variable: str) -> str:
    return variable if end is None else str(ox.NamedNode(end.iri))


def _turned(claim: Evidence, subject: Found | None, object_: Found | None) -> Evidence:
    """The claim with its ends the other way round, where only so it fits what is asked for."""
    ends = (subject, claim.subject), (object_, claim.object)
    fits = all(asked is None or asked.iri == end.iri for asked, end in ends)
    return claim if fits else replace(claim, subject=claim.object, object=claim.subject)
