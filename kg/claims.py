"""Claims, observations and remarks as JSON Lines: the public joint between the stages.

One object a line. A claim has ``doc``, ``document``, ``subject``, ``subject_aliases``, ``relation``, ``object``,
``object_aliases``, ``polarity``, ``modality``, ``quote``, ``start``, ``end``, ``pointer``, ``confidence``, ``reasons``,
``qualifiers``, ``extractor``, ``id``, and ``subject_mention``, ``object_mention``, ``quotes``, from which it can be
read back whole. An observation has ``relation: "observation"``, ``subject``, ``metric``, ``value``, ``unit``,
``period`` and the same evidence. A remark has ``relation: "remark"``, ``subject``, ``kind``, ``topic``, ``rank``,
``scope``, ``others``, ``other_mentions`` and the same evidence. Names are the registry's labels where the text's name
is known; identity beyond that is settled later.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.errors import ClaimError
from kg.model import Claim, Mention, MentionKind, Modality, Observation, Polarity, Quote, Remark, RemarkKind
from kg.ontology import Ontology

OBSERVATION = "observation"
REMARK = "remark"


def to_record(item: Claim | Observation | Remark, ontology: Ontology | None = None) -> dict[str, Any]:
    """The JSON object of a claim, observation or remark; with an ontology, the registry's aliases join the names."""
    quote = item.quotes[0]
    record: dict[str, Any] = {
        "id": item.id,
        "doc": item.doc,
        "document": item.document,
        "subject": item.subject.name,
        "subject_aliases": _aliases(item.subject, ontology),
    }
    record |= _said(item, ontology)
    return record | {
        "polarity": item.polarity.value,
        "modality": item.modality.value,
        "quote": quote.text,
        "start": quote.start,
        "end": quote.end,
        "pointer": quote.pointer,
        "confidence": item.confidence,
        "reasons": list(item.reasons),
        "extractor": item.extractor,
        "quotes": [_quote(q) for q in item.quotes],
        "subject_mention": _mention(item.subject),
    }


def _said(item: Claim | Observation | Remark, ontology: Ontology | None) -> dict[str, Any]:
    """What kind of item it is, and what only that kind has."""
    if isinstance(item, Claim):
        return {
            "relation": item.relation,
            "object": item.object.name,
            "object_aliases": _aliases(item.object, ontology),
            "qualifiers": {name: list(values) for name, values in sorted(item.qualifiers.items())},
            "object_mention": _mention(item.object),
        }
    if isinstance(item, Observation):
        return {
            "relation": OBSERVATION,
            "metric": item.metric,
            "value": int(item.value) if item.value.is_integer() else item.value,
            "unit": item.unit,
            "period": item.period,
            "earlier": item.earlier,
        }
    return {
        "relation": REMARK,
        "kind": item.kind.value,
        "topic": item.topic,
        "rank": item.rank,
        "scope": list(item.scope),
        "others": [other.name for other in item.others],
        "other_mentions": [_mention(other) for other in item.others],
    }


def write_lines(items: Iterable[Claim | Observation | Remark], ontology: Ontology | None = None) -> Iterator[str]:
    """One line of JSON for each item, without the line break; keys in a fixed order.

    Raises:
        ClaimError: an item has a number that is none or infinite, which JSON cannot hold.
    """
    for item in items:
        try:
            yield json.dumps(to_record(item, ontology), ensure_ascii=False, allow_nan=False)
        except ValueError as error:
            raise ClaimError(f"{item.doc}: the number of {item.id} is not finite; leave it out") from error


def read_lines(lines: Iterable[str], source: str = "claims") -> Iterator[Claim | Observation | Remark]:
    """The claims, observations and remarks of JSON Lines; blank lines are passed over.

    Raises:
        ClaimError: a line is not JSON or lacks something; the message names ``source`` and the line's number.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield from_record(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            detail = f"lacks {error}" if isinstance(error, KeyError) else " ".join(str(error).split())
            raise ClaimError(
                f"{source}, line {number} is no claim: {detail}; make it anew with `kg extract`"
            ) from error


def from_record(record: Mapping[str, Any]) -> Claim | Observation | Remark:
    """The claim, observation or remark behind a JSON object.

    Raises:
        KeyError, ValueError, TypeError: the object lacks a field or has one of another type.
    """
    common: dict[str, Any] = {
        "document": record["document"],
        "doc": record["doc"],
        "subject": _mention_back(record["subject_mention"]),
        "polarity": Polarity(record["polarity"]),
        "modality": Modality(record["modality"]),
        "confidence": record["confidence"],
        "reasons": tuple(record["reasons"]),
        "quotes": tuple(_quote_back(q) for q in record["quotes"]),
        "extractor": record["extractor"],
    }
    if record["relation"] == OBSERVATION:
        return Observation(
            metric=record["metric"],
            value=float(record["value"]),
            unit=record["unit"],
            period=record["period"],
            earlier=record["earlier"],
            **common,
        )
    if record["relation"] == REMARK:
        return Remark(
            kind=RemarkKind(record["kind"]),
            topic=record["topic"],
            rank=record["rank"],
            scope=tuple(record["scope"]),
            others=tuple(_mention_back(other) for other in record["other_mentions"]),
            **common,
        )
    return Claim(
        relation=record["relation"],
        object=_mention_back(record["object_mention"]),
        qualifiers={name: tuple(values) for name, values in record["qualifiers"].items()},
        **common,
    )


def _aliases(mention: Mention, ontology: Ontology | None) -> list[str]:
    entry = ontology.entries[mention.kind].get(mention.key) if ontology and mention.key else None
    names = {*(entry.aliases if entry else ()), *(entry.ambiguous if entry else ())}
    if not mention.is_pronoun:
        names.add(mention.surface)
    return sorted(names - {mention.name})


def _mention(mention: Mention) -> dict[str, Any]:
    """Without its place in the block, which no later stage needs: quotes say where a claim stands."""
    return {"kind": mention.kind.value, "surface": mention.surface, "name": mention.name, "key": mention.key}


def _mention_back(record: Mapping[str, Any]) -> Mention:
    return Mention(MentionKind(record["kind"]), record["surface"], record["name"], record["key"])


def _quote(quote: Quote) -> dict[str, Any]:
    record: dict[str, Any] = {"text": quote.text, "start": quote.start, "end": quote.end, "pointer": quote.pointer}
    return record | ({"cell": list(quote.cell)} if quote.cell else {})


def _quote_back(record: Mapping[str, Any]) -> Quote:
    cell = record.get("cell")
    place = (cell[0], cell[1], cell[2]) if cell else None
    return Quote(record["text"], record["start"], record["end"], record["pointer"], place)
