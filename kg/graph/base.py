"""What the graph is made of: quads of rdflib terms, and what it asks of resolution and of the ontology."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol
from urllib.parse import quote, urlsplit, urlunsplit

from rdflib import XSD, Graph, Literal, URIRef

from kg.errors import ClaimError
from kg.model import Entity, Mention, MentionKind, Observation, Remark
from kg.ontology import ConflictKind, Entry, Relation
from kg.terms import ENTITY, OBSERVATION, PLACE, REMARK, TECHNOLOGY

Quad = tuple[URIRef, URIRef, URIRef | Literal, URIRef]
"""Subject, predicate, object, named graph. The graph has no blank nodes."""

_NAMESPACES = {
    MentionKind.ORGANISATION: ENTITY,
    MentionKind.TECHNOLOGY: TECHNOLOGY,
    MentionKind.PLACE: PLACE,
}
_HOST = re.compile(r"[^\[\]:@\s%\\]+(:[0-9]{1,5})?")
_SAFE_IN_URL = "/:?@!$&'()*+,;=%~-._"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Linker(Protocol):
    """Decides whom a mention means."""

    def entity(self, mention: Mention) -> Entity:
        """The entity that ``mention`` names; the same for equal mentions."""
        ...


class Vocabulary(Protocol):
    """What the graph must know of the ontology; :class:`kg.ontology.Ontology` has it all."""

    @property
    def relations(self) -> Mapping[str, Relation]:
        """Local name → relation."""
        ...

    @property
    def organisations(self) -> Mapping[str, Entry]:
        """The registry's organisations, by key."""
        ...

    @property
    def places(self) -> Mapping[str, Entry]:
        """The registry's places, by key."""
        ...

    @property
    def conflicts(self) -> Mapping[str, ConflictKind]:
        """The kinds of contradiction, by name."""
        ...

    @property
    def graph(self) -> Graph:
        """Classes, properties and technologies as RDF."""
        ...


def entity_iri(entity: Entity) -> URIRef:
    """The entity's IRI."""
    return URIRef(_NAMESPACES[entity.kind] + quote(entity.key, safe=""))


def observation_iri(observation: Observation) -> URIRef:
    """The observation's IRI."""
    return OBSERVATION[observation.id]


def remark_iri(remark: Remark) -> URIRef:
    """The remark's IRI."""
    return REMARK[remark.id]


def kind_of(iri: str) -> MentionKind:
    """What the IRI of an entity names; an organisation where the IRI is none of ours."""
    kinds = (kind for kind, namespace in _NAMESPACES.items() if iri.startswith(namespace))
    return next(kinds, MentionKind.ORGANISATION)


def in_order(quads: Iterable[Quad]) -> list[Quad]:
    """``quads`` by subject, predicate, object and graph, each once."""
    return sorted(set(quads), key=lambda quad: (quad[0], quad[1], quad[2].n3(), quad[3]))


def text(value: str) -> Literal:
    """A plain string literal; lone surrogates, which no RDF file can hold, become question marks."""
    return Literal(value.encode("utf-8", "replace").decode("utf-8"))


def integer(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer, normalize=False)


def decimal(value: float) -> Literal:
    """An ``xsd:decimal`` in the one form that every store keeps: no exponent, no trailing zeros, no plus sign.

    Raises:
        ClaimError: ``value`` is infinite or not a number.
    """
    number = Decimal(repr(value))
    if not number.is_finite():
        raise ClaimError(f"{value} is no figure; give a finite number")
    plain = format(number.normalize(), "f")
    return Literal("0" if plain == "-0" else plain, datatype=XSD.decimal, normalize=False)


def web_address(url: str) -> URIRef | None:
    """The IRI of an http or https address, odd characters percent-encoded; None for anything else.

    Addresses with a user name or with an IPv6 host are not taken.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return None
    rest = [_encoded(part) for part in (parts.path, parts.query, parts.fragment)]
    return URIRef(urlunsplit((parts.scheme, quote(parts.netloc, safe=":"), *rest)))


def _encoded(part: str) -> str:
    """A path, query or fragment with what may not stand there percent-encoded; what is encoded already stays."""
    encoded = quote(part.encode("utf-8", "replace"), safe=_SAFE_IN_URL)
    return _STRAY_PERCENT.sub("%25", encoded)
