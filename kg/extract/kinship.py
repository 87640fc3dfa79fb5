"""Subsidiaries that carry their parent's name: "ASMPT Equipment (Shenzhen) Co., Ltd." belongs to ASMPT."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.assemble import Found
from kg.extract.stance import Stance
from kg.model import Mention, MentionKind, Modality, Polarity

_SITE_IN_NAME = re.compile(r"\([A-Z][\w .]+\)")
_CONFIDENCE = 0.65


def namesakes(mentions: Sequence[Mention], parents: dict[str, Mention]) -> Iterator[Found]:
    """A claim of kinship for each organisation in no registry that is named after a known one and a place.

    Args:
        mentions: a block's mentions.
        parents: labels and surfaces of known organisations of the document → a mention of each.
    """
    for mention in mentions:
        if mention.kind is not MentionKind.ORGANISATION or mention.key or not _SITE_IN_NAME.search(mention.surface):
            continue
        first = next((parents[name] for name in _beginnings(mention.surface) if name in parents), None)
        if first is not None:
            yield Found(
                relation="subsidiaryOf",
                subjects=[mention],
                objects=[first],
                stance=Stance(Polarity.AFFIRMED, Modality.ASSERTED),
                confidence=_CONFIDENCE,
                reason=f"named after {first.name} and a place",
            )


def _beginnings(name: str) -> list[str]:
    """What a name may be named after: its first words, the longest such beginning first."""
    words = name.split(" ")
    return [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1)]
