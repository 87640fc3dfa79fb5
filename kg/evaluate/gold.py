"""Reads what people have annotated: ``*.gold.json``, one file a document, and the names that organisations share."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import DocumentError
from kg.evaluate.names import Aliases, Names, alias_table

_T = TypeVar("_T")

ALIASES = "aliases.json"
SYMMETRIC = frozenset({"competesWith", "partnersWith"})

Key = tuple[str, str, str, str]
"""Relation, subject, object and polarity; of a symmetric relation the two ends in alphabetical order."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that the annotators found.

    Attributes:
        key: what it says.
        modalities: the modalities that count as right.
        quote: the words that show it.
        arguable: whether careful readers could differ about it.
    """

    key: Key
    modalities: frozenset[str]
    quote: str
    arguable: bool


@dataclass(frozen=True, slots=True)
class GoldObservation:
    """A figure that the annotators found.

    Attributes:
        subject: key of the entity.
        metrics: the metrics that count as right.
        value: in base units.
        text: unit and period, for people.
        arguable: whether careful readers could differ about it.
    """

    subject: str
    metrics: tuple[str, ...]
    value: float
    text: str
    arguable: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The annotations of one document.

    Attributes:
        file: the document's file name.
        names: finds its entities.
        claims: its claims.
        observations: its figures.
    """

    file: str
    names: Names
    claims: tuple[GoldClaim, ...]
    observations: tuple[GoldObservation, ...]


def claim_key(relation: str, subject: str, obj: str, polarity: str) -> Key:
    """What a claim says, the same for both directions of a symmetric relation."""
    if relation in SYMMETRIC:
        subject, obj = sorted((subject, obj))
    return relation, subject, obj, polarity


def annotated(gold: Path, docs: Path) -> list[Path]:
    """The documents in ``docs`` that ``gold`` annotates, in the order of the gold files.

    Raises:
        DocumentError: a folder or a document is missing, or a gold file is malformed.
    """
    return [_document(docs, document.file) for document in read_gold(gold)]


def read_gold(folder: Path, aliases: Path | None = None) -> list[GoldDocument]:
    """The annotations in a folder, sorted by file name.

    Args:
        folder: holds the ``*.gold.json``.
        aliases: names of one organisation, a JSON list of lists; None for the first ``aliases.json`` in the folder,
            its parent and its grandparent, if there is one.

    Raises:
        DocumentError: the folder or the aliases are missing, there is no gold file, or one is malformed.
    """
    if not folder.is_dir():
        raise DocumentError(f"{folder} is no folder; give the one that holds the *.gold.json files")
    paths = sorted(folder.glob("*.gold.json"))
    if not paths:
        raise DocumentError(f"{folder} holds no *.gold.json; give the folder of the annotations")
    found = aliases or _nearest_aliases(folder)
    table = _parsed(found, _aliases) if found else {}
    return [_parsed(path, lambda data: _gold(data, table)) for path in paths]


def _document(docs: Path, file: str) -> Path:
    if not docs.is_dir():
        raise DocumentError(f"{docs} is no folder; give the one that holds the annotated documents")
    path = docs / Path(file).name
    if not path.is_file():
        raise DocumentError(f"{path} is annotated but missing; put the document there or leave out its gold file")
    return path


def _nearest_aliases(folder: Path) -> Path | None:
    folder = folder.resolve()
    candidates = (place / ALIASES for place in (folder, *folder.parents[:2]))
    return next((path for path in candidates if path.is_file()), None)


def _parsed(path: Path, build: Callable[[Any], _T]) -> _T:
    """What ``build`` makes of a JSON file; whatever is wrong with the file becomes one line."""
    try:
        return build(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}); check the path") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        detail = f"lacks {error}" if isinstance(error, KeyError) else " ".join(str(error).split())
        raise DocumentError(f"{path} is malformed: {detail}; correct the annotation") from error


def _aliases(groups: list[list[str]]) -> Aliases:
    return alias_table([[str(name) for name in group] for group in groups])


def _gold(data: Mapping[str, Any], aliases: Aliases) -> GoldDocument:
    entities = {
        entity["key"]: [entity["name"], entity["key"], *entity.get("aliases", [])] for entity in data["entities"]
    }
    return GoldDocument(
        file=str(data["file"]),
        names=Names(entities, aliases),
        claims=tuple(_claim(claim) for claim in data["claims"]),
        observations=tuple(_observation(figure) for figure in data.get("observations", [])),
    )


def _claim(data: Mapping[str, Any]) -> GoldClaim:
    polarity = data.get("polarity", "affirmed")
    modalities = {data.get("modality", "asserted"), data.get("modality_alt")}
    return GoldClaim(
        key=claim_key(data["relation"], data["subject"], data["object"], polarity),
        modalities=frozenset(name for name in modalities if name),
        quote=data.get("quote") or "",
        arguable=bool(data.get("arguable")),
    )


def _observation(data: Mapping[str, Any]) -> GoldObservation:
    metrics = data["metric"] if isinstance(data["metric"], list) else [data["metric"]]
    return GoldObservation(
        subject=data["subject"],
        metrics=tuple(metrics),
        value=float(data["value"]),
        text=f"{data.get('unit', '')} {data.get('period', '')}".strip(),
        arguable=bool(data.get("arguable")),
    )
