"""Claims from running text: the ontology's wordings, sentence by sentence."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.extract.assemble import Assembler, Found
from kg.extract.clauses import clause_end, clause_start
from kg.extract.mask import Masked
from kg.extract.mentions import name_key
from kg.extract.stance import Stance, stance
from kg.model import Block, Mention, MentionKind, Modality, Polarity
from kg.ontology import Cues, Ontology, Wording
from kg.ontology.macros import BOUNDARY, NAMED, ORGANISATION
from kg.ontology.wording import SUPPLY

_OBJECT_KIND = {"T": MentionKind.TECHNOLOGY, "L": MentionKind.PLACE}


@dataclass(frozen=True, slots=True)
class Arguments:
    """A wording's arguments in one sentence, and whether one of them came from the context."""

    subjects: list[Mention]
    objects: list[Mention]
    implied: bool


class ProseMatcher:
    """Finds the ontology's wordings in masked sentences."""

    def __init__(self, ontology: Ontology, assembler: Assembler) -> None:
        self._cues = ontology.wordings.cues
        self._assembler = assembler
        self._wordings = ontology.wordings.prose
        self._asked = {wording.say: _asked(wording) for wording in self._wordings}
        self._always, self._triggers, self._by_trigger = _indexed(self._wordings)

    def find(self, block: Block, masked: Masked, fallback: Mention | None) -> Iterator[tuple[Found, int, int]]:
        """What each wording finds in a sentence, with the stretch of the masked text that says it.

        Args:
            block: the sentence's block.
            masked: the sentence.
            fallback: whom an argument that the sentence lacks is taken to be.
        """
        kinds = Counter(m.kind for m in masked.mentions.values())
        for wording in self._called(masked.text):
            if wording.blocks and block.kind not in wording.blocks:
                continue
            if any(kinds[kind] < count for kind, count in self._asked[wording.say].items()):
                continue
            if wording.needs and not wording.needs.search(masked.text):
                continue
            for match in wording.pattern.finditer(masked.text):
                yield from self._found(wording, match, masked, fallback, block.text)

    def _called(self, text: str) -> list[Wording]:
        """The wordings that may match a text, in the ontology's order: those without triggers and those it triggers."""
        numbers = set(self._always)
        for index, _, _ in self._triggers.find_matches_as_indexes(text, overlapping=True):
            numbers.update(self._by_trigger[index])
        return [self._wordings[number] for number in sorted(numbers)]

    def _found(
        self, wording: Wording, match: re.Match[str], masked: Masked, fallback: Mention | None, text: str
    ) -> Iterator[tuple[Found, int, int]]:
        arguments = self._arguments(wording, match, masked, fallback)
        if arguments is None:
            return
        subjects = [m for m in arguments.subjects if self._assembler.fits(m, wording.subject_roles)]
        objects = [m for m in arguments.objects if self._assembler.fits(m, wording.object_roles)]
        found = Found(
            relation=wording.relation,
            subjects=subjects,
            objects=objects,
            stance=_stance(self._cues, wording, masked.text, match.start(), match.end()),
            confidence=wording.confidence,
            reason=f"says “{_shown(text[slice(*masked.span(match.start(), match.end()))])}”",
            implied=arguments.implied,
            words=masked.words,
        )
        yield found, match.start(), match.end()
        rejected = _rejected(masked, match.end())
        if rejected is not None and "O" in wording.slots:
            denied = replace(
                found.stance, polarity=Polarity.NEGATED, reasons=(*found.stance.reasons, "named as not chosen")
            )
            mentions = masked.group(*rejected)
            yield replace(found, objects=mentions, stance=denied), match.start(), rejected[1]

    def _arguments(
        self, wording: Wording, match: re.Match[str], masked: Masked, fallback: Mention | None
    ) -> Arguments | None:
        if "G" in wording.slots:
            members = _group(match, "G", masked)
            return Arguments(members, members, False)
        left, right = ("P", "C") if wording.relation == SUPPLY else ("S", "O")
        right = next((slot for slot in _OBJECT_KIND if slot in wording.slots), right)
        subjects, objects = _group(match, left, masked), _group(match, right, masked)
        if right in _OBJECT_KIND and subjects and _COMPARED.search(masked.text, 0, match.start(left)):
            return None
        if subjects and objects:
            subjects, objects = _owners(masked, subjects, objects), _owners(masked, objects, subjects)
            first = min((slot for slot in (left, right)), key=match.start)
            owner = _participle_owner(masked, match, first)
            if owner is not None:
                return Arguments([owner], objects, True) if first == left else Arguments(subjects, [owner], True)
            return Arguments(subjects, objects, False)
        if not subjects and not objects:
            return _both_implied(masked, match.start(), fallback)
        named = subjects or objects
        implied = _before(masked, match.start(), named, right, fallback)
        if {name_key(m) for m in implied} & {name_key(m) for m in named}:
            return None
        return Arguments(subjects or implied, objects or implied, True) if implied else None


def _indexed(wordings: Sequence[Wording]) -> tuple[list[int], AhoCorasick, list[list[int]]]:
    """Numbers of the wordings without triggers; an automaton of all triggers; whom each trigger calls."""
    table: dict[str, list[int]] = {}
    for number, wording in enumerate(wordings):
        for word in wording.triggers:
            table.setdefault(word, []).append(number)
    words = sorted(table)
    automaton = AhoCorasick(words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    return [n for n, w in enumerate(wordings) if not w.triggers], automaton, [table[word] for word in words]


_SHOWN = 120


def _shown(words: str) -> str:
    """Words found, short enough for a reason."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN // 2].rstrip()} … {line[-_SHOWN // 2 :].lstrip()}"


_COMPARED = re.compile(r"\b(?:after|behind|than|unlike|beyond|besides) (?:the )?$")
_PARTICIPLE = re.compile(r"(?:[^,]*, (?:\w+ly |also |thus |thereby )?|\s(?:by|while|after|before|when) )[a-z]+ing\b")
_AS = re.compile(r"\b(?:as|among) (?:one of )?$")


def _participle_owner(masked: Masked, match: re.Match[str], slot: str) -> Mention | None:
    """The sentence's first organisation, where a wording's verb is a participle behind a comma and so belongs to it."""
    if slot not in match.re.groupindex or not _PARTICIPLE.match(masked.text, match.end(slot), match.end()):
        return None
    first = next(iter(_before(masked, match.start(slot), [], slot)), None)
    return first if first and first not in masked.group(*match.span(slot)) else None


def _owners(masked: Masked, ends: list[Mention], others: Sequence[Mention]) -> list[Mention]:
    """One end of a claim; a pronoun behind "as" that would mean a member of the other end means who stands before it.

    In "X, which counts A and B as its customers" the possessive is X, though B stands nearer.
    """
    named = {name_key(mention) for mention in others}
    if len(ends) != 1 or not ends[0].is_pronoun or name_key(ends[0]) not in named:
        return ends
    place = next(at for at, sign in enumerate(masked.text) if masked.mentions.get(sign) is ends[0])
    if not _AS.search(masked.text, max(0, place - 16), place):
        return ends
    before = [m for m in masked.group(0, place) if m.kind is MentionKind.ORGANISATION and m.start < others[0].start]
    return [before[-1]] if before and name_key(before[-1]) not in named else ends


def _both_implied(masked: Masked, position: int, fallback: Mention | None) -> Arguments | None:
    """For a wording that names nobody: the nearest organisation before it beside the context's subject, and that."""
    if fallback is None:
        return None
    before = [m for m in masked.group(0, position) if m.kind is MentionKind.ORGANISATION]
    others = [m for m in before if name_key(m) != name_key(fallback)]
    return Arguments([others[-1]], [fallback], True) if others else None


def _asked(wording: Wording) -> Mapping[MentionKind, int]:
    """How many mentions of each kind a sentence must at least hold for a wording."""
    organisations = 2 if "G" in wording.slots else len(wording.slots & set("SOPC"))
    others = {kind: 1 for slot, kind in _OBJECT_KIND.items() if slot in wording.slots}
    return {MentionKind.ORGANISATION: organisations, **others}


def _group(match: re.Match[str], slot: str, masked: Masked) -> list[Mention]:
    if slot not in match.re.groupindex or match[slot] is None:
        return []
    kind = _OBJECT_KIND.get(slot, MentionKind.ORGANISATION)
    return [m for m in masked.group(*match.span(slot)) if m.kind is kind]


_DEPENDENT = re.compile(
    r"(?:\b(?:with|from|by|to|at|of|for|against|in|on|like|as|including|include|includes|than|via|through|and|or|between)|[,/&(])"
    r"\s?(?:the |its |their )?$"
)


# Whom all clauses of a line are about: "X: market leader; used by Y".
_HEAD = re.compile(rf"\W*?([{NAMED}])[^:;{ORGANISATION}]{{0,40}}?(?::|\s[—–-])\s")


def _before(
    masked: Masked, position: int, named: Sequence[Mention], slot: str, fallback: Mention | None = None
) -> list[Mention]:
    """Whom an argument that a wording does not name means, among the organisations before it in the sentence.

    In a relation between organisations the clause's first one that no preposition or list makes dependent on another
    word, else the fallback; for technologies and places, or without a fallback, the nearest one.
    """
    begin = max(masked.text.rfind(sign, 0, position) for sign in (BOUNDARY, ";")) + 1
    nearest: Mention | None = None
    known = {name_key(mention) for mention in named}
    for place, character in enumerate(masked.text[:position]):
        mention = masked.mentions.get(character)
        if mention is None or mention.kind is not MentionKind.ORGANISATION or name_key(mention) in known:
            continue
        nearest = mention
        if (
            slot not in _OBJECT_KIND
            and place >= begin
            and not _DEPENDENT.search(masked.text, max(0, place - 16), place)
        ):
            return [mention]
    if nearest and (fallback is None or slot in _OBJECT_KIND):
        return [nearest]
    head = _HEAD.match(masked.text) if begin and begin <= position else None
    if head and name_key(masked.mentions[head[1]]) not in known:
        return [masked.mentions[head[1]]]
    return [fallback] if fallback else []


_NOT_CHOSEN = re.compile(
    r"[^;.]{0,40}?"
    rf"\s?(?:\([^()]*\))?\)?,?\s(?:rather than|instead of|and not|but not|not)\s(?:to |with |from |by |on )?"
    rf"(?P<X>[{ORGANISATION}](?:(?:, | or | and )[{ORGANISATION}])*)"
)


def _rejected(masked: Masked, position: int) -> tuple[int, int] | None:
    """The group that stands behind a claim as the one not chosen ("to Amkor rather than X")."""
    match = _NOT_CHOSEN.match(masked.text, position)
    if match is None or re.search(f"[{ORGANISATION}]", masked.text[position : match.start("X")].split("(")[0]):
        return None
    return match.span("X")


_ROLE = re.compile(
    r"\b(?:rivals?|competitors?|peers|suppliers?|customers?|clients?|partners|vendors?|subsidiar(?:y|ies)|owner|parent)\b"
)


def _stance(cues: Cues, wording: Wording, text: str, start: int, end: int) -> Stance:
    begin = clause_start(text, start)
    read = stance(cues, text[begin:end], text[begin : clause_end(text, end)])
    if read.modality in (Modality.PLANNED, Modality.POSSIBLE) and _ROLE.search(text, start, end):
        # "A could be hurt if suppliers such as B fall short": what B is does not hang on the clause's verb.
        own = stance(cues, text[start:end])
        read = replace(
            read, modality=own.modality, reasons=tuple(r for r in read.reasons if r.startswith("negated")) + own.reasons
        )
    polarity = Polarity(wording.polarity) if wording.polarity else read.polarity
    modality = Modality(wording.modality) if wording.modality and read.modality is Modality.ASSERTED else read.modality
    return replace(read, polarity=polarity, modality=modality)
