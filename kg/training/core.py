"""Samples from CORE, a data set of company pairs in sentences of Wikipedia (Borchert and others, 2023; CC BY 4.0)."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import DocumentError
from kg.extract.assemble import Assembler
from kg.extract.gazetteer import Gazetteer, mention_of
from kg.extract.mentions import name_key
from kg.extract.pairs.features import features
from kg.extract.pairs.vocabulary import SUBJECT_LEFT, SUBJECT_RIGHT, PairClass, Vocabulary
from kg.extract.pairs.windows import SENTENCE, Pair, Token, Window, tokens
from kg.model import BlockKind, Mention, MentionKind
from kg.ontology import Ontology
from kg.training.samples import Sample

WEIGHT = 0.25
"""The weight of a sample of CORE beside 1 for one of the corpus."""

_SKIPPED = frozenset({"product_or_service_of", "brand_of", "traded_on", "regulated_by"})
"""Relations of CORE that join no two companies."""


def core_samples(path: Path, ontology: Ontology) -> list[Sample]:
    """The samples of CORE's ``train.json``.

    Raises:
        DocumentError: the file is missing or malformed.
    """
    known = Gazetteer(ontology.organisations.values())
    assembler, vocabulary = Assembler(ontology), Vocabulary.of(ontology)
    try:
        rows = [row for row in json.loads(path.read_text("utf-8")) if row["relation"] not in _SKIPPED]
        built = [_sample(row, known, assembler, vocabulary) for row in rows]
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}); give CORE's train.json") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise DocumentError(f"{path} is malformed ({error}); give CORE's train.json") from error
    return [sample for sample in built if sample is not None]


def _sample(row: Mapping[str, Any], known: Gazetteer, assembler: Assembler, vocabulary: Vocabulary) -> Sample | None:
    text = " ".join(row["context"])
    hits = [mention_of(hit, text) for hit in known.hits(text)]
    ends = [_end(row, end, hits) for end in ("e1", "e2")]
    if ends[0].end > ends[1].start or name_key(ends[0]) == name_key(ends[1]):
        return None
    others = [h for h in hits if all(h.end <= e.start or h.start >= e.end for e in ends)]
    words: tuple[Token, ...] = tuple(tokens(text, sorted([*ends, *others], key=lambda m: m.start), SENTENCE))
    left, right = (next(i for i, t in enumerate(words) if t.mention == e) for e in ends)
    pair = Pair(Window.of(0, 0, len(text), BlockKind.PARAGRAPH, words), left, right)
    return Sample(features(pair, assembler), labels=_labels(row, vocabulary))


def _labels(row: Mapping[str, Any], vocabulary: Vocabulary) -> dict[int, tuple[int, float]]:
    """What CORE's relation says of each class; weight 0 where it says nothing."""
    ahead, back = (SUBJECT_LEFT, SUBJECT_RIGHT)[:: -1 if row["invert_relation"] else 1]
    owned: list[PairClass] = [("subsidiaryOf", SUBJECT_LEFT), ("subsidiaryOf", SUBJECT_RIGHT)]
    states: dict[str, tuple[list[PairClass], list[PairClass]]] = {
        "collaboration": ([("partnersWith", SUBJECT_LEFT)], []),
        "competitor_of": ([("competesWith", SUBJECT_LEFT)], []),
        "acquired_by": ([("subsidiaryOf", ahead)], []),
        "subsidiary_of": ([("subsidiaryOf", ahead)], []),
        "client_of": ([("suppliesTo", back)], [("outsourcesTo", ahead), ("suppliesToolTo", back)]),
        "shareholder_of": ([], owned),
        "merged_with": ([], owned),
    }
    stated, unknown = states.get(row["relation"], ([], []))
    labels = dict.fromkeys(range(len(vocabulary.classes)), (0, WEIGHT))
    for number, pair_class in enumerate(vocabulary.classes):
        if pair_class in stated:
            labels[number] = (1, WEIGHT)
        elif pair_class in unknown:
            labels[number] = (0, 0.0)
    return labels


def _end(row: Mapping[str, Any], end: str, hits: Iterable[Mention]) -> Mention:
    """One of the two companies, whose place CORE gives in words."""
    starts = [0]
    for word in row["context"]:
        starts.append(starts[-1] + len(word) + 1)
    first, last = starts[row[f"{end}_start"]], starts[row[f"{end}_end"] + 1] - 1
    name = " ".join(row["context"])[first:last]
    key = next((h.key for h in hits if (h.start, h.end) == (first, last)), "")
    return Mention(MentionKind.ORGANISATION, name, name, key, first, last)
