"""What conflicts are looked for in, out of claims, figures and remarks that were just read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import URIRef

from kg.graph.base import Linker, Quad, Vocabulary, entity_iri, in_order, remark_iri
from kg.graph.conflicts.allocation import Allocation, allocation_conflicts
from kg.graph.conflicts.families import Families
from kg.graph.conflicts.parent import Ownership, parent_conflicts
from kg.graph.conflicts.polarity import Stance, polarity_conflicts
from kg.graph.conflicts.sides import Place
from kg.graph.conflicts.superlative import Standing, superlative_conflicts
from kg.graph.conflicts.value import value_conflicts
from kg.graph.derived import Fact, chains_of
from kg.graph.lineage import Figure, figure_of
from kg.graph.orders import customer_end
from kg.graph.triples import claim_iri, fact_of, is_fact, joins_itself, statement_iri, statement_parts
from kg.model import Claim, Mention, MentionKind, Modality, Observation, Polarity, Quote, Remark, RemarkKind
from kg.terms import DOCUMENT, SP

NOW = frozenset({Modality.ASSERTED, Modality.REPORTED})
"""How what holds now is said."""


@dataclass(slots=True)
class Sayings:
    """All that is said about some things, as far as it may be in conflict.

    Attributes:
        stances: of claims.
        figures: the figures.
        ownerships: claims about owners.
        allocations: claims that give an order to somebody.
        standings: remarks about places at the top.
        wholes: owner → all that it is itself part of, by the facts.
        joined: pairs of organisations that are no rivals for an order, by the facts.
    """

    stances: list[Stance] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    ownerships: list[Ownership] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    wholes: Mapping[URIRef, set[URIRef]] = field(default_factory=dict)
    joined: set[frozenset[URIRef]] = field(default_factory=set)

    def extend(self, more: "Sayings") -> None:
        """Adds what others say; the facts stay as they are."""
        self.stances += more.stances
        self.figures += more.figures
        self.ownerships += more.ownerships
        self.allocations += more.allocations
        self.standings += more.standings


def conflict_quads(
    claims: Sequence[Claim],
    observations: Sequence[Observation],
    linker: Linker,
    ontology: Vocabulary,
    *,
    remarks: Sequence[Remark] = (),
    dates: Mapping[str, str] | None = None,
) -> list[Quad]:
    """The conflicts among what all documents say, as sorted quads of the conflicts graph, and what replaced what.

    Args:
        claims: the claims of all documents.
        observations: their figures.
        linker: decides whom a mention means.
        ontology: which kinds of conflict there are, and what they go by.
        remarks: the documents' remarks.
        dates: a document's id → its date; one that is missing is undated.
    """
    dates = dates or {}
    sayings = Sayings(figures=[figure_of(each, linker, dates.get(each.document, "")) for each in observations])
    facts: set[Fact] = set()
    for claim in claims:
        if joins_itself(claim, linker):
            continue
        date = dates.get(claim.document, "")
        sayings.stances.append(stance_of(claim, linker, ontology, date))
        sayings.ownerships += ownership_of(claim, linker, ontology, date)
        sayings.allocations += allocation_of(claim, linker, ontology, date)
        if is_fact(claim):
            facts.add(fact_of(claim, linker))
    sayings.standings = [
        standing for each in remarks for standing in standing_of(each, linker, ontology, dates.get(each.document, ""))
    ]
    sayings.wholes = chains_of(facts, owning(ontology))
    sayings.joined = joined_by(facts, ontology)
    return in_order(conflicts_among(sayings, ontology))


def conflicts_among(sayings: Sayings, ontology: Vocabulary) -> set[Quad]:
    """The conflicts among all that is said about some things; for figures, owners and orders all there is."""
    kinds, families = ontology.conflicts, Families(ontology)
    return {
        *polarity_conflicts(sayings.stances, kinds["polarity"]),
        *value_conflicts(sayings.figures, kinds["value"]),
        *parent_conflicts(sayings.ownerships, kinds["parent"], families, sayings.wholes),
        *allocation_conflicts(sayings.allocations, kinds["allocation"], families, sayings.joined),
        *superlative_conflicts(sayings.standings, kinds["superlative"], families),
    }


def owning(ontology: Vocabulary) -> frozenset[URIRef]:
    """The relations that say who belongs to whom."""
    return frozenset(SP[name] for name in ontology.conflicts["parent"].relations)


def joining(ontology: Vocabulary) -> frozenset[URIRef]:
    """The relations that join those who are no rivals for an order."""
    return frozenset(SP[name] for name in ontology.conflicts["allocation"].joined_by)


def joined_by(facts: Iterable[Fact], ontology: Vocabulary) -> set[frozenset[URIRef]]:
    """The pairs that some facts join so that they are no rivals for an order."""
    relations = joining(ontology)
    return {frozenset({subject, end}) for subject, relation, end in facts if relation in relations}


def stance_of(claim: Claim, linker: Linker, ontology: Vocabulary, date: str = "") -> Stance:
    """The stance of a claim that was just read, in a document of that date."""
    parts = statement_parts(claim, linker, ontology)
    return Stance(
        node=claim_iri(claim),
        statement=statement_iri(parts),
        ends=(parts[0], parts[2]),
        polarity=claim.polarity,
        modality=claim.modality,
        date=date,
        confidence=claim.confidence,
    )


def ownership_of(claim: Claim, linker: Linker, ontology: Vocabulary, date: str = "") -> list[Ownership]:
    """What a claim that was just read says about an owner, if anything."""
    child, relation, parent = fact_of(claim, linker)
    if relation not in owning(ontology) or not is_fact(claim):
        return []
    return [Ownership(claim_iri(claim), child, parent, _place(claim), date, claim.confidence)]


def allocation_of(claim: Claim, linker: Linker, ontology: Vocabulary, date: str = "") -> list[Allocation]:
    """The order that a claim that was just read gives to somebody, if any."""
    from_end = customer_end(claim, ontology.conflicts["allocation"])
    if not from_end:
        return []
    subject, _, end = fact_of(claim, linker)
    customer, provider = (subject, end) if from_end == "subject" else (end, subject)
    via = (linker.entity(_named(name)) for name in claim.qualifiers.get("via", ()))
    return Allocation.of(
        node=claim_iri(claim),
        ends=(customer, provider),
        qualifiers=claim.qualifiers,
        via=[entity_iri(entity) for entity in via if entity.known],
        place=_place(claim),
        date=date,
        confidence=claim.confidence,
    )


def standing_of(remark: Remark, linker: Linker, ontology: Vocabulary, date: str = "") -> list[Standing]:
    """The place at the top that a remark that was just read gives to somebody, if any."""
    if not is_standing(remark, ontology):
        return []
    return [
        Standing(
            node=remark_iri(remark),
            entity=entity_iri(linker.entity(remark.subject)),
            topic=remark.topic,
            rank=remark.rank,
            scope=frozenset(remark.scope),
            place=_place(remark),
            date=date,
            confidence=remark.confidence,
        )
    ]


def is_standing(remark: Remark, ontology: Vocabulary) -> bool:
    """Whether a remark gives somebody, now, a place that only one can hold."""
    says_so = remark.polarity is Polarity.AFFIRMED and remark.modality in NOW
    sole = remark.rank in ontology.conflicts["superlative"].ranks and bool(remark.topic)
    return remark.kind is RemarkKind.STANDING and says_so and sole


def _named(name: str) -> Mention:
    return Mention(MentionKind.ORGANISATION, surface=name, name=name)


def _place(said: Claim | Remark) -> Place:
    quote: Quote = said.quotes[0]
    return str(DOCUMENT[said.document]), quote.pointer, quote.start, quote.end
