"""Claims out of arguments: direction by role, fitness of roles, confidence with its reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.mentions import name_key
from kg.extract.stance import Stance
from kg.model import Claim, Document, Mention, MentionKind, Modality, Polarity, Quote
from kg.ontology import Ontology
from kg.ontology.wording import SUPPLY

_PACKAGERS = frozenset({"OSAT", "Foundry", "IDM", "MemoryMaker"})
_GOODS = frozenset({"suppliesTo", "suppliesToolTo"})
_IMPLIED = 0.1
_UNKNOWN = 0.08
_HEDGED = 0.05
_AGREEMENT = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """A relation between two groups of mentions, before direction and fitness are settled.

    Attributes:
        relation: local name, or ``supply``.
        subjects: the subjects (for ``supply`` the providers).
        objects: the objects (for ``supply`` the customers).
        stance: how it is said.
        confidence: of the wording that found it.
        reason: the wording or heading, for people.
        implied: whether an argument was taken from the context.
        words: the masked sentence, for the decision of ``supply``.
    """

    relation: str
    subjects: Sequence[Mention]
    objects: Sequence[Mention]
    stance: Stance
    confidence: float
    reason: str
    implied: bool = False
    words: str = ""


class Assembler:
    """Makes claims; knows the roles of the registry's organisations and which roles fit where."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._symmetric = {r.name for r in ontology.relations.values() if r.symmetric}

    def roles(self, mention: Mention) -> frozenset[str]:
        """The classes of what a mention names, below its kind's own; empty where unknown."""
        entry = self._ontology.entries[mention.kind].get(mention.key)
        return frozenset(entry.roles) if entry else frozenset()

    def fits(self, mention: Mention, allowed: frozenset[str]) -> bool:
        """Whether the mention has one of the allowed roles, or none, or nothing is asked."""
        roles = self.roles(mention)
        return not allowed or not roles or bool(roles & allowed)

    def claims(
        self,
        document: Document,
        found: Found,
        quotes: tuple[Quote, ...],
        extractor: str,
        qualifiers: Mapping[str, tuple[str, ...]],
    ) -> Iterable[Claim]:
        """One claim for each pair of a subject and an object that fit each other."""
        for subject in found.subjects:
            for obj in self._precise(found.objects):
                decided = self._decided(found, subject, obj)
                if decided is None:
                    continue
                relation, left, right = decided
                if name_key(left) == name_key(right) or not self._may_stand(found, relation, left, right):
                    continue
                confidence, reasons = self._confidence(found, left, right)
                carried = self._ontology.wordings.details.get(relation, frozenset())
                yield Claim(
                    document=document.id,
                    doc=document.name,
                    subject=left,
                    relation=relation,
                    object=right,
                    polarity=found.stance.polarity,
                    modality=found.stance.modality,
                    confidence=confidence,
                    reasons=reasons,
                    quotes=quotes,
                    extractor=extractor,
                    qualifiers={name: values for name, values in qualifiers.items() if name in carried},
                )

    def _decided(self, found: Found, subject: Mention, obj: Mention) -> tuple[str, Mention, Mention] | None:
        if found.relation != SUPPLY:
            return found.relation, subject, obj
        roles = self.roles(subject)
        for row in self._ontology.wordings.decisions:
            if row.roles and not (roles & row.roles or (not roles and row.unknown)):
                continue
            if row.never & roles or (row.words and not row.words.search(found.words)):
                continue
            return (row.relation, subject, obj) if row.provider else (row.relation, obj, subject)
        return None

    def _precise(self, objects: Sequence[Mention]) -> list[Mention]:
        """Without the places that only say where another one of them lies ("Austin, Texas")."""
        around = {key for m in objects if m.kind is MentionKind.PLACE for key in self.broader(m)}
        return [m for m in objects if m.kind is not MentionKind.PLACE or m.key not in around]

    def most_precise(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims without those about a place of which the same document names a place inside for the same subject.

        A country in a list of places ("sites in Japan, Malaysia and Taiwan") stays.
        """
        claims = list(claims)
        placed = [c for c in claims if c.object.kind is MentionKind.PLACE]
        around = {(name_key(c.subject), key, c.polarity) for c in placed for key in self.broader(c.object)}
        together = Counter((name_key(c.subject), c.quotes[0]) for c in placed)
        return [
            c
            for c in claims
            if (name_key(c.subject), c.object.key, c.polarity) not in around
            or together[name_key(c.subject), c.quotes[0]] > 1
        ]

    def broader(self, mention: Mention) -> frozenset[str]:
        """Keys of everything that what a mention names is a kind or a part of, near and far."""
        entries = self._ontology.entries[mention.kind]
        found: set[str] = set()
        left = list(entries[mention.key].broader) if mention.key in entries else []
        while left:
            key = left.pop()
            if key not in found:
                found.add(key)
                left += entries[key].broader if key in entries else ()
        return frozenset(found)

    def _may_stand(self, found: Found, relation: str, subject: Mention, obj: Mention) -> bool:
        fit = self._ontology.wordings.fits.get(relation)
        if fit is None:
            return True
        if not self._may_brand(subject, obj):
            return False
        if not fit.object.admits(obj.key, self.broader(obj), found.confidence):
            return False
        return fit.subject.allows(self.roles(subject)) and fit.object.allows(self.roles(obj))

    def _may_brand(self, subject: Mention, obj: Mention) -> bool:
        """Whether the subject may offer a brand: its owner, or one who does the same work as the owner."""
        entry = self._ontology.entries[obj.kind].get(obj.key)
        owner = self._ontology.organisations.get(entry.owner) if entry and entry.owner else None
        roles = self.roles(subject)
        return owner is None or not roles or bool(roles & _like(frozenset(owner.roles)))

    def _confidence(self, found: Found, subject: Mention, obj: Mention) -> tuple[float, tuple[str, ...]]:
        value, reasons = found.confidence, [found.reason]
        if found.implied:
            value -= _IMPLIED
            reasons.append("an argument is taken from the context")
        for mention in (subject, obj):
            if not mention.key and mention.kind is MentionKind.ORGANISATION:
                value -= _UNKNOWN
                reasons.append(f"{mention.name} is in no registry")
        if found.stance.modality is not Modality.ASSERTED or found.stance.polarity is Polarity.NEGATED:
            value -= _HEDGED
        return _rounded(value), (*reasons, *found.stance.reasons)

    def merged(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims of one place that say the same become one; a further wording that agrees raises its confidence."""
        kept: dict[tuple[str, ...], Claim] = {}
        for claim in claims:
            left, right = name_key(claim.subject), name_key(claim.object)
            if claim.relation in self._symmetric:
                left, right = min(left, right), max(left, right)
            key = (claim.relation, left, right, claim.polarity)
            known = kept.get(key)
            kept[key] = claim if known is None else _agreeing(known, claim)
        return [claim for claim in kept.values() if not _outdone(claim, kept.values())]


def _like(roles: frozenset[str]) -> frozenset[str]:
    """Roles of those who package: a foundry's or chip maker's platform may run at an OSAT, and the other way round."""
    return roles | _PACKAGERS if roles & _PACKAGERS else roles


def _outdone(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether a surer claim of the same place reads the same two ends in a way that excludes this one.

    "A outsources its memory's packaging to B" does not say that A supplies B with memory.
    """
    return claim.relation in _GOODS and any(
        other.relation == "outsourcesTo"
        and name_key(other.subject) == name_key(claim.subject)
        and name_key(other.object) == name_key(claim.object)
        and other.confidence >= claim.confidence
        for other in others
    )


def _agreeing(first: Claim, second: Claim) -> Claim:
    better, other = (first, second) if first.confidence >= second.confidence else (second, first)
    new = tuple(r for r in other.reasons if r not in better.reasons)
    raised = _rounded(better.confidence + _AGREEMENT) if new else better.confidence
    return replace(better, confidence=raised, reasons=better.reasons + new)


def _rounded(value: float) -> float:
    return round(min(0.99, max(0.05, value)), 2)
