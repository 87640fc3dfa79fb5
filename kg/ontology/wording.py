"""How relations are worded: the ``relations/*.yaml`` files compiled to regular expressions.

See :mod:`kg.ontology.macros` for the language they are written in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.errors import OntologyError
from kg.ontology.macros import expand, outline
from kg.ontology.remarks import RemarkWords, remark_words
from kg.ontology.triggers import triggers_of

SUPPLY = "supply"
_SLOT = re.compile(r"\{([SOPCGTLsopc])\}")
VAGUE_FLOOR = 0.7


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a relation in a sentence.

    Attributes:
        relation: local name of the relation, or ``supply``.
        say: the wording as written, for reasons and messages.
        expression: the regular expression; its groups are the arguments that the wording names.
        confidence: of a claim that it finds, before context raises or lowers it.
        polarity: ``negated`` for a wording that denies, else empty.
        modality: the modality that the wording itself carries, else empty.
        subject_roles: if any, the subject (provider) must have one of these roles or none at all.
        object_roles: if any, the object (customer) must have one of these roles or none at all.
        blocks: kinds of blocks it is for; empty for all.
        needs: words (a regular expression) that the sentence must hold, else None.
        triggers: literal words of which a sentence that it matches holds at least one; empty where none can be told.
    """

    relation: str
    say: str
    expression: str
    confidence: float
    polarity: str = ""
    modality: str = ""
    subject_roles: frozenset[str] = frozenset()
    object_roles: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    needs: re.Pattern[str] | None = None
    triggers: frozenset[str] = frozenset()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression; each is compiled when it is first tried, which most are not on a short text."""
        return _compiled(self.expression)

    @property
    def slots(self) -> frozenset[str]:
        """The arguments that the wording names."""
        return frozenset(letter.upper() for letter in _SLOT.findall(self.say))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, list lead-in, label or table header whose names stand in a relation to the document's subject.

    Attributes:
        relation: local name of the relation, or ``supply``.
        pattern: what the heading (label, header) must match, lower case.
        subject: whether the document's own subject stands as the claim's subject (provider); else as its object.
        confidence: of a claim that it finds.
        about_roles: if any, the document's subject must have one of these roles or none at all.
        places: where it applies: ``heading``, ``label``, ``column``, ``cell`` (a column behind the first), ``row``,
            ``versus`` (a column whose header names the other side), ``tag`` (the words behind the name that a list item
            begins with), ``link`` (the word that joins two ends in a row or record; the first end counts as the
            subject).
        unless: headings that it is not for, else None.
    """

    relation: str
    pattern: re.Pattern[str]
    subject: bool
    confidence: float
    about_roles: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset({"heading", "label", "column"})
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the table that turns "A supplies B" into a relation.

    Attributes:
        relation: the relation it decides for.
        provider: whether the provider stands as subject.
        roles: the provider has one of these, or no role and ``unknown`` is true; empty for any provider.
        never: the provider has none of these.
        unknown: whether it is for providers of unknown role too.
        words: what the sentence must hold, else None.
    """

    relation: str
    provider: bool
    roles: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    unknown: bool = False
    words: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """What may stand at one end of a relation; an organisation of unknown role always may.

    Attributes:
        only: if any, one of these roles is needed.
        never: something with no role besides these may not.
        never_keys: keys of entries that may not.
        never_under: keys of entries that may not, nor anything narrower.
        vague: keys of entries that may only by a wording of at least ``VAGUE_FLOOR`` confidence.
    """

    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    never_keys: frozenset[str] = frozenset()
    never_under: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()

    def allows(self, roles: frozenset[str]) -> bool:
        """Whether something with these roles may stand here."""
        return not roles or (bool(roles - self.never) and (not self.only or bool(roles & self.only)))

    def admits(self, key: str, broader: frozenset[str], confidence: float) -> bool:
        """Whether the entry of that key, with these broader entries, may stand here by a wording of that confidence."""
        if key in self.never_keys or self.never_under & (broader | {key}):
            return False
        return key not in self.vague or confidence >= VAGUE_FLOOR


@dataclass(frozen=True, slots=True)
class Fit:
    """Which roles fit a relation's two ends."""

    subject: Seat
    object: Seat


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that say how something is said: modality → expression, in the order in which they apply, and negation."""

    modalities: tuple[tuple[str, re.Pattern[str]], ...]
    negation: re.Pattern[str]
    replaced: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """How a metric is worded.

    Attributes:
        metric: local name of the metric.
        words: what stands near the figure, lower case.
        units: the kinds of unit it takes: ``money``, ``percent``, ``count:wafers`` ...
        unless: words that rule it out, else None.
    """

    metric: str
    words: re.Pattern[str]
    units: frozenset[str]
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Wordings:
    """All that ``relations/`` says.

    Attributes:
        prose: the sentence wordings.
        sections: the structure wordings.
        decisions: who supplies whom with what, first match applies.
        figures: the metrics' words, first match applies.
        cues: words of modality and negation.
        fits: relation → which roles fit its ends.
        details: relation → the qualifiers that its claims carry.
        names: word lists for finding names: list name → expression.
        remarks: how standings and gaps are worded.
        examples: relation → (sentences that say it, sentences that do not); run as tests.
    """

    prose: tuple[Wording, ...]
    sections: tuple[Section, ...]
    decisions: tuple[Decision, ...]
    figures: tuple[Figure, ...]
    cues: Cues
    fits: Mapping[str, Fit]
    details: Mapping[str, frozenset[str]]
    names: Mapping[str, re.Pattern[str]]
    remarks: RemarkWords
    examples: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)


def load_wordings(folder: Path) -> Wordings:
    """Read every YAML file of the folder.

    Raises:
        OntologyError: the folder or a file is missing or malformed; the message names file and entry.
    """
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise OntologyError(f"no relations/*.yaml in {folder.parent}; restore the ontology's files")
    merged: dict[str, Any] = {
        "prose": [],
        "sections": [],
        "decide": [],
        "figures": [],
        "names": {},
        "cues": {},
        "examples": {},
        "fits": {},
        "details": {},
        "remarks": {},
    }
    for path in files:
        _merge(path, merged)
    try:
        cues = merged["cues"]
        return Wordings(
            prose=tuple(merged["prose"]),
            sections=tuple(merged["sections"]),
            decisions=tuple(merged["decide"]),
            figures=tuple(merged["figures"]),
            cues=Cues(
                tuple((name, _any(words)) for name, words in cues["modality"].items()),
                _any(cues["negation"]),
                _any(cues["replaced"]),
            ),
            fits=merged["fits"],
            details=merged["details"],
            names={name: _any(words) for name, words in merged["names"].items()},
            remarks=remark_words(merged["remarks"]),
            examples=merged["examples"],
        )
    except (KeyError, re.error) as error:
        raise OntologyError(
            f"relations/: the entry {error} is missing or malformed; restore the ontology's files"
        ) from error


def _merge(path: Path, merged: dict[str, Any]) -> None:
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
        relation = data.get("relation", path.stem)
        merged["prose"] += [_wording(relation, row) for row in data.get("prose", ())]
        merged["sections"] += [_section(relation, row) for row in data.get("sections", ())]
        merged["decide"] += [_decision(row) for row in data.get("decide", ())]
        merged["figures"] += [_figure(row) for row in data.get("figures", ())]
        merged["names"] |= data.get("names", {})
        merged["remarks"] |= data.get("remarks", {})
        merged["cues"] |= data.get("cues", {})
        if "roles" in data:
            merged["fits"][relation] = Fit(*(_seat(data["roles"].get(end, {})) for end in ("subject", "object")))
        if "qualifiers" in data:
            merged["details"][relation] = frozenset(data["qualifiers"])
        examples = data.get("examples")
        if examples:
            merged["examples"][relation] = (tuple(examples.get("positive", ())), tuple(examples.get("negative", ())))
    except (OSError, yaml.YAMLError, re.error, ValueError, KeyError, TypeError, AttributeError) as error:
        detail = " ".join(str(error).split())
        raise OntologyError(f"relations/{path.name} is malformed: {detail}; mend it or restore the file") from error


def _wording(relation: str, row: str | Mapping[str, Any]) -> Wording:
    options: Mapping[str, Any] = {"say": row} if isinstance(row, str) else row
    expression = expand(options["say"])
    try:
        triggers = triggers_of(outline(options["say"]))
    except re.error as error:
        raise ValueError(f"the wording “{options['say']}”: {error}") from error
    return Wording(
        relation=relation,
        say=options["say"],
        expression=expression,
        confidence=options.get("confidence", 0.8),
        polarity=options.get("polarity", ""),
        modality=options.get("modality", ""),
        subject_roles=frozenset(options.get("subject_roles", ())),
        object_roles=frozenset(options.get("object_roles", ())),
        blocks=frozenset(options.get("blocks", ())),
        needs=_optional(options.get("needs")),
        triggers=triggers,
    )


def _section(relation: str, row: Mapping[str, Any]) -> Section:
    return Section(
        relation=relation,
        pattern=re.compile(row["heading"]),
        subject=row["about"] == "subject",
        confidence=row.get("confidence", 0.8),
        about_roles=frozenset(row.get("about_roles", ())),
        places=frozenset(row.get("places", ("heading", "label", "column"))),
        unless=_optional(row.get("unless")),
    )


def _seat(row: Mapping[str, Any]) -> Seat:
    return Seat(
        **{name: frozenset(row.get(name, ())) for name in ("only", "never", "never_keys", "never_under", "vague")}
    )


def _decision(row: Mapping[str, Any]) -> Decision:
    return Decision(
        relation=row["relation"],
        provider=row["provider_is"] == "subject",
        roles=frozenset(row.get("roles", ())),
        never=frozenset(row.get("never", ())),
        unknown=row.get("unknown", False),
        words=_optional(row.get("words")),
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    return Figure(row["metric"], re.compile(row["words"]), frozenset(row["units"]), _optional(row.get("unless")))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _optional(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(expand(pattern)) if pattern else None


def _any(words: list[str] | str) -> re.Pattern[str]:
    return re.compile(expand(words if isinstance(words, str) else "|".join(f"(?:{w})" for w in words)))
