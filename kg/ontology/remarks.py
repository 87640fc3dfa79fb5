"""How remarks are worded: standings and gaps, from the entry ``remarks`` of ``relations/remarks.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.ontology.macros import expand

Named = tuple[tuple[str, re.Pattern[str]], ...]
"""Names with their words; the first that fits applies."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording of a standing: its expression, the rank that it gives, and the confidence of what it finds."""

    pattern: re.Pattern[str]
    rank: str
    confidence: float


@dataclass(frozen=True, slots=True)
class StandingWords:
    """How standings are worded.

    Attributes:
        ranks: rank → words.
        fields: topic → words of the field in which a rank is held.
        scopes: scope → words, beside places.
        phrase: a ranked phrase ("the world's largest OSAT by revenue").
        field_ends: where the rest of a phrase stops to name the field.
        field_starts: how the rest of a phrase begins that names the field.
        rest_ends: where the rest of a phrase stops altogether.
        only_ends: where the rest of a phrase stops that says what somebody is alone in.
        needs_article: ranks that need an article before them.
        article: what an article looks like.
        of_one: what binds a phrase to one customer or owner, right behind its head.
        over: words that put a standing into the past.
        not_alone: what stands before a phrase that is about several or about somebody's product.
        unless: words of a phrase that is about no company of the trade.
        before: what joins a name to the phrase behind it.
        after: what joins a phrase to the name behind it.
        joined: what joins a phrase to the one before it.
        triggers: words of which a sentence with a standing holds at least one.
        other: standings in other words.
        compared: one company beside another.
        cells: the same in a table's cell.
    """

    ranks: Named
    fields: Named
    scopes: Named
    phrase: re.Pattern[str]
    field_ends: re.Pattern[str]
    field_starts: re.Pattern[str]
    rest_ends: re.Pattern[str]
    only_ends: re.Pattern[str]
    needs_article: frozenset[str]
    article: re.Pattern[str]
    of_one: re.Pattern[str]
    over: re.Pattern[str]
    not_alone: re.Pattern[str]
    unless: re.Pattern[str]
    before: tuple[re.Pattern[str], ...]
    after: re.Pattern[str]
    joined: re.Pattern[str]
    other: tuple[Phrase, ...]
    compared: tuple[re.Pattern[str], ...]
    cells: tuple[re.Pattern[str], ...]
    triggers: frozenset[str]


@dataclass(frozen=True, slots=True)
class GapWords:
    """How gaps are worded.

    Attributes:
        facts: topic → words of what may not be found.
        figures: words for figures as such.
        needs_figures: topics that are a gap only beside such words.
        gaps: how it is said that something was not found; the group ``N`` says what, or the words before.
        withheld: the same of somebody who keeps it back.
        beside: what stands before a name that a gap concerns only besides.
        again: words by which a sentence goes on about those of the one before.
        triggers: words of which a sentence with a gap holds at least one.
    """

    facts: Named
    figures: re.Pattern[str]
    needs_figures: frozenset[str]
    gaps: tuple[re.Pattern[str], ...]
    withheld: tuple[re.Pattern[str], ...]
    beside: re.Pattern[str]
    again: re.Pattern[str]
    triggers: frozenset[str]


@dataclass(frozen=True, slots=True)
class RemarkWords:
    """All wordings of remarks.

    Attributes:
        standings: those of standings.
        gaps: those of gaps.
        examples: sentences that say one, and sentences that do not; run as tests.
    """

    standings: StandingWords
    gaps: GapWords
    examples: tuple[tuple[str, ...], tuple[str, ...]]


def remark_words(data: Mapping[str, Any]) -> RemarkWords:
    """The wordings of a file's entry.

    Raises:
        KeyError, TypeError, re.error: something is missing or malformed.
    """
    return RemarkWords(
        standings=_standings(data),
        gaps=GapWords(
            facts=_named(data["facts"]),
            figures=_compiled(data["figures"]),
            needs_figures=frozenset(data["needs_figures"]),
            gaps=_all(data["gaps"]),
            withheld=_all(data["withheld"]),
            beside=_compiled(data["beside"]),
            again=_compiled(data["again"]),
            triggers=frozenset(data["triggers"]["gaps"]),
        ),
        examples=(tuple(data["examples"]["positive"]), tuple(data["examples"]["negative"])),
    )


def _standings(data: Mapping[str, Any]) -> StandingWords:
    rank = "|".join(data["ranks"].values())
    phrase = data["phrase"].replace("{rank}", rank).replace("{head}", data["heads"])
    return StandingWords(
        ranks=_named(data["ranks"]),
        fields=_named(data["fields"]),
        scopes=_named(data["scopes"]),
        phrase=_compiled(phrase),
        field_ends=_compiled(data["field_ends"]),
        field_starts=_compiled(data["field_starts"]),
        rest_ends=_compiled(data["rest_ends"]),
        only_ends=_compiled(data["only_ends"]),
        needs_article=frozenset(data["needs_article"]),
        article=_compiled(data["article"]),
        of_one=_compiled(data["of_one"]),
        over=_compiled(data["over"]),
        not_alone=_compiled(data["not_alone"]),
        unless=_compiled(data["unless"]),
        before=_all(data["before"]),
        after=_compiled(data["after"]),
        joined=_compiled(data["joined"]),
        other=tuple(Phrase(_compiled(row["say"]), row["rank"], row.get("confidence", 0.8)) for row in data["other"]),
        compared=_all(data["compared"]),
        cells=_all(data["cells"]),
        triggers=frozenset(data["triggers"]["standings"]),
    )


def _named(rows: Mapping[str, str]) -> Named:
    return tuple((name, _compiled(words)) for name, words in rows.items())


def _all(rows: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(row) for row in rows)


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(expand(words))
