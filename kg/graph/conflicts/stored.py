"""What conflicts are looked for in, out of a graph that holds claims, figures and remarks."""

from rdflib import DCTERMS, PROV, RDF, URIRef

from kg.graph.base import Vocabulary
from kg.graph.conflicts.allocation import Allocation
from kg.graph.conflicts.parent import Ownership
from kg.graph.conflicts.polarity import Stance
from kg.graph.conflicts.sayings import NOW, owning
from kg.graph.conflicts.sides import Place
from kg.graph.conflicts.superlative import Standing
from kg.graph.lineage import Figure
from kg.graph.reading import Parts, one, some, values
from kg.model import Modality, Polarity, RemarkKind
from kg.terms import ENTITY, OA, SP, local_name

QUALIFIERS = ("product", "technology", "quantity", "period")
"""What an order is compared by, beside who passes it on."""


def stance_at(parts: Parts, node: str) -> Stance:
    """The stance of a claim.

    Raises:
        ClaimError: it lacks something.
    """
    statement = one(parts, node, SP.statement)
    polarity, modality = said_at(parts, node)
    return Stance(
        node=URIRef(node),
        statement=URIRef(statement),
        ends=(URIRef(one(parts, statement, RDF.subject)), URIRef(one(parts, statement, RDF.object))),
        polarity=polarity,
        modality=modality,
        date=date_at(parts, node),
        confidence=float(one(parts, node, SP.confidence)),
    )


def figure_at(parts: Parts, node: str) -> Figure:
    """A figure.

    Raises:
        ClaimError: it lacks something.
    """
    polarity, modality = said_at(parts, node)
    document, pointer, start, end = place_at(parts, node)
    return Figure(
        node=URIRef(node),
        document=URIRef(document),
        entity=URIRef(one(parts, node, SP.observedEntity)),
        metric=local_name(one(parts, node, SP.metric)),
        unit=one(parts, node, SP.unit),
        period=some(parts, node, SP.period),
        value=float(one(parts, node, SP.value)),
        polarity=polarity,
        modality=modality,
        earlier=some(parts, node, SP.earlier) == "true",
        place=(pointer, start, end),
        date=date_at(parts, node),
        confidence=float(one(parts, node, SP.confidence)),
    )


def ownership_at(parts: Parts, node: str, ontology: Vocabulary) -> list[Ownership]:
    """What a claim says about an owner, if anything.

    Raises:
        ClaimError: it lacks something.
    """
    statement = one(parts, node, SP.statement)
    polarity, modality = said_at(parts, node)
    relation = URIRef(one(parts, statement, RDF.predicate))
    if relation not in owning(ontology) or polarity is not Polarity.AFFIRMED or modality not in NOW:
        return []
    return [
        Ownership(
            node=URIRef(node),
            child=URIRef(one(parts, statement, RDF.subject)),
            parent=URIRef(one(parts, statement, RDF.object)),
            place=place_at(parts, node),
            date=date_at(parts, node),
            confidence=float(one(parts, node, SP.confidence)),
        )
    ]


def allocation_at(parts: Parts, node: str) -> list[Allocation]:
    """The order that a claim gives to somebody, if any.

    Raises:
        ClaimError: it lacks something.
    """
    customer = some(parts, node, SP.customer)
    if not customer:
        return []
    return Allocation.of(
        node=URIRef(node),
        ends=(URIRef(customer), URIRef(one(parts, node, SP.provider))),
        qualifiers={name: values(parts, node, SP[name]) for name in QUALIFIERS},
        via=[URIRef(value) for value in values(parts, node, SP.via) if value.startswith(ENTITY)],
        place=place_at(parts, node),
        date=date_at(parts, node),
        confidence=float(one(parts, node, SP.confidence)),
    )


def standing_at(parts: Parts, node: str, ontology: Vocabulary) -> list[Standing]:
    """The place at the top that a remark gives to somebody, if any.

    Raises:
        ClaimError: it lacks something.
    """
    polarity, modality = said_at(parts, node)
    rank, topic = some(parts, node, SP.rank), some(parts, node, SP.topic)
    sole = rank in ontology.conflicts["superlative"].ranks and some(parts, node, SP.remarkKind) == RemarkKind.STANDING
    if not sole or not topic or polarity is not Polarity.AFFIRMED or modality not in NOW:
        return []
    return [
        Standing(
            node=URIRef(node),
            entity=URIRef(one(parts, node, SP.remarkOf)),
            topic=topic,
            rank=rank,
            scope=frozenset(values(parts, node, SP.scope)),
            place=place_at(parts, node),
            date=date_at(parts, node),
            confidence=float(one(parts, node, SP.confidence)),
        )
    ]


def said_at(parts: Parts, node: str) -> tuple[Polarity, Modality]:
    """How a claim, a figure or a remark is said."""
    return (
        Polarity(local_name(one(parts, node, SP.polarity))),
        Modality(local_name(one(parts, node, SP.modality))),
    )


def date_at(parts: Parts, node: str) -> str:
    """The date of its document, or empty."""
    return some(parts, one(parts, node, PROV.wasDerivedFrom), DCTERMS.date)


def place_at(parts: Parts, node: str) -> Place:
    """Where its main quote stands."""
    position = f"{one(parts, node, SP.mainEvidence)}-position"
    return (
        one(parts, node, PROV.wasDerivedFrom),
        some(parts, position, SP.pointer),
        int(one(parts, position, OA.start)),
        int(one(parts, position, OA.end)),
    )
