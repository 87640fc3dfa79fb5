"""The details of a claim that its own sentence gives: product, technology, via whom, how much, when."""

import re
from collections.abc import Mapping, Sequence

from kg.extract.gazetteer import fold
from kg.extract.numbers import numbers, period_near
from kg.model import Mention, MentionKind

_PRODUCT = re.compile(
    r"(?:[\"“][A-Z][\w.-]*[\"”]|\b[A-Z][a-z]+[\w-]*(?:\s[A-Z0-9][\w-]*)?|\b[A-Z]{1,3}\d[\w-]*)"
    r"(?=\s(?:(?:AI|server|GPU|next-gen|data center)\s)?(?:chips?|CPUs?|GPUs?|accelerators?|processors?|ASICs?|"
    r"SoCs?|platforms?|modems?|TPUs?)\b)"
)
_VIA_ROOM = 20
_VIA = re.compile(
    r"(?:\bvia|\bthrough|\bby way of|\brouted from|\bpassed on by|\boutsourced (?:from|by)|\bout of)\s$|→\s?$",
    re.IGNORECASE,
)


def qualifiers(
    text: str, start: int, end: int, mentions: Sequence[Mention], arguments: Sequence[Mention]
) -> Mapping[str, tuple[str, ...]]:
    """What ``text[start:end]`` says beside a claim's two ends, each value as the text gives it.

    Args:
        text: the block's text.
        start: where the claim's clause begins.
        end: where it ends.
        mentions: mentions of the block.
        arguments: the claim's two ends.
    """
    mentions = [m for m in mentions if start <= m.start and m.end <= end]
    taken = {(m.start, m.end) for m in arguments}
    found: dict[str, tuple[str, ...]] = {}
    products = [
        m[0].strip('"“”') for m in _PRODUCT.finditer(text, start, end) if not _overlaps(m.start(), m.end(), mentions)
    ]
    technologies = [m.surface for m in mentions if m.kind is MentionKind.TECHNOLOGY and (m.start, m.end) not in taken]
    via = [
        m.surface
        for m in mentions
        if m.kind is MentionKind.ORGANISATION
        and (m.start, m.end) not in taken
        and _VIA.search(text[max(start, m.start - _VIA_ROOM) : m.start])
    ]
    sentence = fold(text[start:end])
    counted = [n for n in numbers(sentence) if n.kind in ("count", "rate")]
    quantities = [text[start + n.start : start + n.end].strip() for n in counted]
    periods = [period_near(sentence, n) for n in counted]
    for name, values in (
        ("product", products),
        ("technology", technologies),
        ("via", via),
        ("quantity", quantities),
        ("period", periods),
    ):
        unique = tuple(dict.fromkeys(v for v in values if v))
        if unique:
            found[name] = unique
    return found


def _overlaps(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(m.start < end and start < m.end for m in mentions)
