"""What of a document's named graph concerns other documents too: entities, statements, figures and facts."""

from collections.abc import Set
from dataclasses import dataclass, field

from rdflib import PROV, RDF, URIRef

from kg.graph.conflicts import Stance
from kg.graph.derived import Fact
from kg.graph.lineage import Figure
from kg.graph.reading import Parts, end_of, of_type, one, some, values
from kg.model import Mention, Modality, Polarity
from kg.terms import ENTITY, OA, SP, local_name

Group = tuple[URIRef, URIRef]
"""An organisation and a metric, whose figures are compared."""


@dataclass(slots=True)
class Touched:
    """What some documents' graphs concern.

    Attributes:
        mentions: the mentions of claims and figures, each with the IRI of its entity.
        entities: IRI of every entity → one mention that stands for it.
        stances: the stances of the claims.
        figures: the figures.
        facts: the facts.
    """

    mentions: list[tuple[URIRef, Mention]] = field(default_factory=list)
    entities: dict[URIRef, Mention] = field(default_factory=dict)
    stances: list[Stance] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    facts: set[Fact] = field(default_factory=set)

    @property
    def statements(self) -> set[URIRef]:
        """The statements of the claims."""
        return {stance.statement for stance in self.stances}

    @property
    def groups(self) -> set[Group]:
        """The organisations and metrics of the figures."""
        return {(figure.entity, SP[figure.metric]) for figure in self.figures}

    def add(self, parts: Parts, relations: Set[URIRef]) -> None:
        """Adds what the graph ``parts`` concerns; its facts are those of ``relations``.

        Raises:
            ClaimError: a claim or figure lacks something.
        """
        for node in of_type(parts, SP.Claim):
            self._add_claim(parts, node)
        for node in of_type(parts, SP.Observation):
            self._add_figure(parts, node)
        for subject, rows in parts.items():
            for predicate in relations & {URIRef(name) for name in rows}:
                self.facts |= {(URIRef(subject), predicate, URIRef(end)) for end in values(parts, subject, predicate)}

    def _add_claim(self, parts: Parts, node: str) -> None:
        statement = URIRef(one(parts, node, SP.statement))
        ends = [one(parts, statement, RDF.subject), one(parts, statement, RDF.object)]
        if some(parts, node, SP.reversed) == "true":
            ends.reverse()
        for end, entity in zip(("subject", "object"), ends, strict=True):
            self._add_end(parts, node, end, entity)
        for value in values(parts, node, SP.via):
            if value.startswith(ENTITY):
                self.entities.setdefault(URIRef(value), end_of(value, "", "", ""))
        self.stances.append(Stance(URIRef(node), statement, *_said(parts, node)))

    def _add_figure(self, parts: Parts, node: str) -> None:
        entity = one(parts, node, SP.observedEntity)
        self._add_end(parts, node, "subject", entity)
        position = f"{one(parts, node, SP.mainEvidence)}-position"
        polarity, modality = _said(parts, node)
        self.figures.append(
            Figure(
                node=URIRef(node),
                document=URIRef(one(parts, node, PROV.wasDerivedFrom)),
                entity=URIRef(entity),
                metric=local_name(one(parts, node, SP.metric)),
                unit=one(parts, node, SP.unit),
                period=some(parts, node, SP.period),
                value=float(one(parts, node, SP.value)),
                polarity=polarity,
                modality=modality,
                earlier=some(parts, node, SP.earlier) == "true",
                place=(
                    some(parts, position, SP.pointer),
                    int(one(parts, position, OA.start)),
                    int(one(parts, position, OA.end)),
                ),
            )
        )

    def _add_end(self, parts: Parts, node: str, end: str, entity: str) -> None:
        text, key = (some(parts, node, SP[f"{end}{what}"]) for what in ("Text", "Key"))
        mention = end_of(entity, one(parts, node, SP[f"{end}Name"]), text, key)
        self.mentions.append((URIRef(entity), mention))
        self.entities[URIRef(entity)] = mention


def _said(parts: Parts, node: str) -> tuple[Polarity, Modality]:
    return (
        Polarity(local_name(one(parts, node, SP.polarity))),
        Modality(local_name(one(parts, node, SP.modality))),
    )
