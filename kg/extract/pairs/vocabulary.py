"""Which relations pairs are judged on, and what a claim says in the terms of that judgement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.extract.mentions import name_key
from kg.model import Claim, MentionKind, Polarity
from kg.ontology import Ontology

SUBJECT_LEFT, SUBJECT_RIGHT = ">", "<"

PairClass = tuple[str, str]
"""A relation and which of the two, in the order of the text, is its subject."""

Triple = tuple[str, str, str]
"""A relation and the keys of its subject and object, sorted where it is symmetric."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The relations between organisations.

    Attributes:
        classes: the relations with their directions, in the order of the model's columns.
        symmetric: those that hold both ways; they have one direction.
    """

    classes: tuple[PairClass, ...]
    symmetric: frozenset[str]

    @classmethod
    def of(cls, ontology: Ontology) -> "Vocabulary":
        """All that the ontology declares between two organisations, by name."""
        both = sorted(
            (r.name, r.symmetric)
            for r in ontology.relations.values()
            if r.subject_kind is r.object_kind is MentionKind.ORGANISATION
        )
        classes = [(name, side) for name, symmetric in both for side in _sides(symmetric)]
        return cls(tuple(classes), frozenset(name for name, symmetric in both if symmetric))

    @classmethod
    def known_to(cls, ontology: Ontology, names: Sequence[str]) -> "Vocabulary":
        """The classes that a model was trained on, from their names.

        Relations that came to the ontology later are left out: the model says nothing of them.

        Raises:
            OntologyError: a class is not, or no longer, the ontology's.
        """
        whole = cls.of(ontology)
        table = {name_of(pair_class): pair_class for pair_class in whole.classes}
        unknown = sorted(set(names) - set(table))
        if unknown or len(set(names)) != len(names):
            raise OntologyError(
                f"The model of pairs was trained for {', '.join(map(repr, unknown)) or 'a relation twice'}, which the"
                " ontology does not declare so between organisations; restore the ontology or train the model anew with"
                " `python -m kg.training`"
            )
        return cls(tuple(table[name] for name in names), whole.symmetric)

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations, each once, in the order of the classes."""
        return tuple(dict.fromkeys(relation for relation, _ in self.classes))

    def triple(self, relation: str, subject: str, obj: str) -> Triple:
        """The triple, its ends sorted where the relation is symmetric."""
        if relation in self.symmetric:
            subject, obj = min(subject, obj), max(subject, obj)
        return relation, subject, obj

    def said_by(self, claim: Claim) -> Triple:
        """What a claim says, in the keys of its document."""
        return self.triple(claim.relation, name_key(claim.subject), name_key(claim.object))

    def affirmed(self, claims: Iterable[Claim]) -> dict[Triple, tuple[float, str]]:
        """What claims affirm of these relations: of each triple the best confidence and its extractor."""
        relations = set(self.relations)
        rules: dict[Triple, tuple[float, str]] = {}
        for claim in claims:
            if claim.relation in relations and claim.polarity is Polarity.AFFIRMED:
                said = self.said_by(claim)
                rules[said] = max(rules.get(said, (0.0, "")), (claim.confidence, claim.extractor))
        return rules


def name_of(pair_class: PairClass) -> str:
    """How a model's file writes a class (``outsourcesTo >``)."""
    return " ".join(pair_class)


def _sides(symmetric: bool) -> tuple[str, ...]:
    return (SUBJECT_LEFT,) if symmetric else (SUBJECT_LEFT, SUBJECT_RIGHT)
