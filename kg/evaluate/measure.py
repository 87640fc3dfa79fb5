"""Compares extracted claims with annotations."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import ClaimError, DocumentError
from kg.evaluate.gold import GoldDocument, GoldObservation, Key, claim_key, read_gold
from kg.evaluate.scores import OBSERVATION, RELATIONS, Evaluation, Score, Share

Record = Mapping[str, Any]
"""A claim or observation as a line of ``claims.jsonl`` has it."""

TOLERANCE = 0.02
"""How far a figure may be off, as a share of the annotated one (and never less than of 1)."""

_SHOWN = 160
_SPACE = re.compile(r"\s+")


def evaluate(
    gold: Path,
    docs: Path,
    records: Iterable[Record],
    *,
    aliases: Path | None = None,
    min_confidence: float = 0.0,
) -> Evaluation:
    """Measures extracted claims.

    Args:
        gold: folder of the annotations, ``*.gold.json``.
        docs: folder of the annotated documents.
        records: the claims and observations, as ``kg.claims`` writes them; those of other documents are passed over.
        aliases: names of one organisation, a JSON list of lists; None for the first ``aliases.json`` in ``gold``, its
            parent and its grandparent, if there is one.
        min_confidence: claims below it are passed over; one that states no confidence counts as certain.

    Raises:
        DocumentError: a folder or a document is missing, there is no annotation, or one is malformed.
        ClaimError: a record lacks its document, subject, relation or object.
    """
    annotations = read_gold(gold, aliases)
    if not docs.is_dir():
        raise DocumentError(f"{docs} is no folder; give the one that holds the annotated documents")
    by_file: dict[str, list[Record]] = defaultdict(list)
    for number, record in enumerate(records, 1):
        _check(record, number)
        if float(record.get("confidence") or 1.0) >= min_confidence:
            by_file[_file(record)].append(record)
    return Evaluation.total(_of_document(document, docs, by_file[document.file]) for document in annotations)


def _check(record: Record, number: int) -> None:
    needed = ["doc", "subject", "relation", *(["object"] if record.get("relation") in RELATIONS else [])]
    for name in needed:
        if not isinstance(record.get(name), str):
            raise ClaimError(f"Claim {number} has no text as {name!r}; make the claims anew with `kg extract`")


def _file(record: Record) -> str:
    """The name of the file that a record comes from; one of several records of a file has a pointer behind it."""
    return Path(str(record["doc"]).split("#/", 1)[0]).name


def _of_document(gold: GoldDocument, docs: Path, records: Sequence[Record]) -> Evaluation:
    claims, modality, claim_errors = _claims(gold, records)
    figures, figure_errors = _figures(gold, [record for record in records if record["relation"] == OBSERVATION])
    return Evaluation(
        documents=1,
        scores=claims | {OBSERVATION: figures},
        modality=modality,
        grounding=_grounding(docs / gold.file, records),
        errors=(*claim_errors, *figure_errors),
    )


def _claims(gold: GoldDocument, records: Iterable[Record]) -> tuple[dict[str, Score], Share, list[str]]:
    wanted = {claim.key: claim for claim in gold.claims if not claim.arguable}
    arguable = {claim.key for claim in gold.claims if claim.arguable}
    found = _distinct(gold, records)
    right = [key for key in found if key in wanted]
    false = [key for key in found if key not in wanted and key not in arguable]
    missed = [key for key in wanted if key not in found]
    scores = {
        name: Score(*(sum(key[0] == name for key in keys) for keys in (right, false, missed))) for name in RELATIONS
    }
    agreeing = sum(found[key].get("modality", "asserted") in wanted[key].modalities for key in right)
    errors = [
        *(_claim_line("FALSE ", gold, key, str(found[key].get("quote") or "")) for key in false),
        *(_claim_line("MISSED", gold, key, wanted[key].quote) for key in missed),
    ]
    return scores, Share(agreeing, len(right)), errors


def _distinct(gold: GoldDocument, records: Iterable[Record]) -> dict[Key, Record]:
    """What the records claim, each claim once; of repetitions the first."""
    found: dict[Key, Record] = {}
    for record in records:
        if record["relation"] in RELATIONS:
            subject, obj = _entity(gold, record, "subject"), _entity(gold, record, "object")
            key = claim_key(record["relation"], subject, obj, record.get("polarity", "affirmed"))
            found.setdefault(key, record)
    return found


def _entity(gold: GoldDocument, record: Record, end: str) -> str:
    """The key of the entity at one end of a claim, or its name with a question mark where nobody annotated it."""
    names = [record[end], *record.get(f"{end}_aliases", [])]
    return gold.names.key(names) or f"?{record[end]}"


def _figures(gold: GoldDocument, records: Sequence[Record]) -> tuple[Score, list[str]]:
    """Matches figures one to one, in the order of the annotations.

    Figures of markets and of others whom nobody annotated are not judged.
    """
    unmatched = dict(enumerate(records))
    right = 0
    errors = []
    for figure in gold.observations:
        match = next((number for number, record in unmatched.items() if _agrees(gold, figure, record)), None)
        if match is not None:
            del unmatched[match]
            right += not figure.arguable
        elif not figure.arguable:
            errors.append(f"MISSED {gold.file}: {_figure_text(figure)}")
    missed = len(errors)
    false = [record for record in unmatched.values() if not _entity(gold, record, "subject").startswith("?")]
    errors += [f"FALSE  {gold.file}: observation {_record_text(record)}" for record in false]
    return Score(right, len(false), missed), errors


def _agrees(gold: GoldDocument, figure: GoldObservation, record: Record) -> bool:
    if record.get("metric") not in figure.metrics or _entity(gold, record, "subject") != figure.subject:
        return False
    try:
        value = float(record["value"])
    except (KeyError, TypeError, ValueError):
        return False
    return abs(value - figure.value) <= TOLERANCE * max(1.0, abs(figure.value))


def _grounding(path: Path, records: Sequence[Record]) -> Share:
    """How many records quote the document word for word, line breaks and runs of spaces aside."""
    texts = [_squashed(text) for text in _texts(path)]
    quotes = [_squashed(str(record.get("quote") or "")) for record in records]
    return Share(sum(bool(quote) and any(quote in text for text in texts) for quote in quotes), len(quotes))


def _texts(path: Path) -> Iterator[str]:
    """A document's text and, of JSON or JSON Lines, each string in it."""
    try:
        raw = path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise DocumentError(
            f"{path} is annotated but cannot be read ({error.strerror}); put the document there"
        ) from error
    yield raw
    whole = _json(raw)
    if whole is not None:
        yield from _strings(whole)
        return
    for line in raw.splitlines():
        value = _json(line)
        if value is None:
            return
        yield from _strings(value)


def _json(text: str) -> object:
    """The value that a text spells in JSON; None where it spells none."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from _strings(value)


def _squashed(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _claim_line(verdict: str, gold: GoldDocument, key: Key, quote: str) -> str:
    relation, subject, obj, polarity = key
    return f"{verdict} {gold.file}: {subject} {relation} {obj} ({polarity}) « {_squashed(quote)[:_SHOWN]} »"


def _figure_text(figure: GoldObservation) -> str:
    return f"{figure.subject} {'|'.join(figure.metrics)} {figure.value:.15g} {figure.text}".rstrip()


def _record_text(record: Record) -> str:
    parts = [str(record.get(name) or "") for name in ("subject", "metric", "value", "unit", "period")]
    return " ".join(part for part in parts if part)
