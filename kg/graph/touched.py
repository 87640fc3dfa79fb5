"""What of a document's named graph concerns other documents too: entities, statements, figures and facts."""

from collections.abc import Set
from dataclasses import dataclass, field

from rdflib import RDF, URIRef

from kg.graph.base import Vocabulary
from kg.graph.conflicts.sayings import Sayings
from kg.graph.conflicts.stored import allocation_at, figure_at, ownership_at, stance_at, standing_at
from kg.graph.derived import Fact
from kg.graph.reading import Parts, end_of, of_type, one, some, values
from kg.model import Mention
from kg.terms import ENTITY, SP


@dataclass(slots=True)
class Touched:
    """What some documents' graphs concern.

    Attributes:
        mentions: the mentions of claims, figures and remarks, each with the IRI of its entity.
        entities: IRI of every entity → one mention that stands for it.
        sayings: what is said, as far as it may be in conflict.
        facts: the facts.
    """

    mentions: list[tuple[URIRef, Mention]] = field(default_factory=list)
    entities: dict[URIRef, Mention] = field(default_factory=dict)
    sayings: Sayings = field(default_factory=Sayings)
    facts: set[Fact] = field(default_factory=set)

    def add(self, parts: Parts, relations: Set[URIRef], ontology: Vocabulary) -> None:
        """Adds what the graph ``parts`` concerns; its facts are those of ``relations``.

        Raises:
            ClaimError: a claim or figure lacks something.
        """
        for node in of_type(parts, SP.Claim):
            self._add_claim(parts, node, ontology)
        for node in of_type(parts, SP.Observation):
            self._add_figure(parts, node)
        for node in of_type(parts, SP.Remark):
            self._add_remark(parts, node, ontology)
        for subject, rows in parts.items():
            for predicate in relations & {URIRef(name) for name in rows}:
                self.facts |= {(URIRef(subject), predicate, URIRef(end)) for end in values(parts, subject, predicate)}

    def _add_claim(self, parts: Parts, node: str, ontology: Vocabulary) -> None:
        statement = URIRef(one(parts, node, SP.statement))
        ends = [one(parts, statement, RDF.subject), one(parts, statement, RDF.object)]
        if some(parts, node, SP.reversed) == "true":
            ends.reverse()
        for end, entity in zip(("subject", "object"), ends, strict=True):
            self._add_end(parts, node, end, entity)
        for value in values(parts, node, SP.via):
            if value.startswith(ENTITY):
                self.entities.setdefault(URIRef(value), end_of(value, "", "", ""))
        self.sayings.stances.append(stance_at(parts, node))
        self.sayings.ownerships += ownership_at(parts, node, ontology)
        self.sayings.allocations += allocation_at(parts, node)

    def _add_figure(self, parts: Parts, node: str) -> None:
        self._add_end(parts, node, "subject", one(parts, node, SP.observedEntity))
        self.sayings.figures.append(figure_at(parts, node))

    def _add_remark(self, parts: Parts, node: str, ontology: Vocabulary) -> None:
        self._add_end(parts, node, "subject", one(parts, node, SP.remarkOf))
        for other in values(parts, node, SP.counterpart):
            self._add_end(parts, other, "object", one(parts, other, SP.names))
        self.sayings.standings += standing_at(parts, node, ontology)

    def _add_end(self, parts: Parts, node: str, end: str, entity: str) -> None:
        text, key = (some(parts, node, SP[f"{end}{what}"]) for what in ("Text", "Key"))
        mention = end_of(entity, one(parts, node, SP[f"{end}Name"]), text, key)
        self.mentions.append((URIRef(entity), mention))
        self.entities[URIRef(entity)] = mention
