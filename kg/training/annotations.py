"""Annotations whose documents are told by reference: which stretch of which file, so that no text need be given on.

``benchmarks/corpus/README.md`` tells the form of the file. It may come from anywhere, so what it says of files, offsets
and names is checked before anything is made of it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import DocumentError

_ID = re.compile(r"[a-z]{1,16}[0-9]{1,9}")
_FORMS = ("json", "md", "txt")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/(?!\.{1,2}\Z)[A-Za-z0-9._-]+")
_OBJECT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_POINTER = re.compile(r"(/([^/~]|~[01])*)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_ENTITY = {"aliases": [], "type": "organisation"}
_CLAIM = {"polarity": "affirmed", "modality": "asserted"}
_FIGURE = {"unit": "", "period": ""}
"""What holds where a line says nothing."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file of a public repository.

    Attributes:
        repository: owner and name.
        commit: a commit that has it.
        path: where it lies there; empty where it is told by its blob alone.
        blob: Git's name of its content, or empty.
    """

    repository: str
    commit: str
    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a file, and what was annotated in it.

    Attributes:
        id: letters of its set and a number.
        form: ending of the document's name.
        origin: the file.
        pointer: JSON pointer to the value of the file that is its text, indented by two; None where the file is.
        start: first character of that text; of a file as UTF-8 with CR LF as LF.
        end: the character after the last.
        sha256: of the document as UTF-8.
        blind: whether nobody who wrote rules had it in view.
        entities: as they stand in the file of annotations.
        claims: the same.
        observations: the same.
    """

    id: str
    form: str
    origin: Origin
    pointer: str | None
    start: int
    end: int
    sha256: str
    blind: bool
    entities: tuple[Mapping[str, Any], ...]
    claims: tuple[Mapping[str, Any], ...]
    observations: tuple[Mapping[str, Any], ...]

    @property
    def file(self) -> str:
        """The document's name."""
        return f"{self.id}.{self.form}"

    def cut(self, data: bytes) -> str:
        """The document in the content of its file; a line break ends it, unless it is JSON.

        Raises:
            ValueError: the file is no JSON that has the pointer's value.
        """
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        if self.pointer is not None:
            text = _value(text, self.pointer)
        text = text[self.start : self.end]
        return text if self.form == "json" else f"{text}\n"

    def fits(self, text: str) -> bool:
        """Whether a text is the one that was annotated.

        Raises:
            ValueError: it holds half a surrogate pair, as JSON may, and so is none.
        """
        return sha256(text.encode("utf-8")).hexdigest() == self.sha256

    def gold(self, text: str) -> dict[str, Any]:
        """The annotations of the document in the form of a ``*.gold.json``, with the quotes from its text."""

        def quoted(data: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
            start, end = data["quote"]
            return {**defaults, **data, "quote": text[start:end]}

        return {
            "id": self.id,
            "file": self.file,
            "entities": [{**_ENTITY, **entity} for entity in self.entities],
            "claims": [quoted(claim, _CLAIM) for claim in self.claims],
            "observations": [quoted(figure, _FIGURE) for figure in self.observations],
        }

    def origins(self) -> dict[str, Any]:
        """The document's line in a corpus's ``manifest.jsonl``."""
        origin = self.origin
        place = {"path": origin.path} if origin.path else {"blob": origin.blob}
        line = {"id": self.id, "file": self.file, "repo": origin.repository, "commit": origin.commit, **place}
        pointer = {} if self.pointer is None else {"pointer": self.pointer}
        stretch = {"start": self.start, "end": self.end, "sha256": self.sha256}
        return {**line, **pointer, **stretch, **({"blind": True} if self.blind else {})}


def read_annotations(path: Path) -> list[Excerpt]:
    """The excerpts of a file of annotations, in the order of their ids.

    Raises:
        DocumentError: the file is missing, a line is malformed or names something it must not, or an id stands twice.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise DocumentError(f"{path} cannot be read ({reason}); give a file of annotations") from error
    excerpts: dict[str, Excerpt] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            excerpt = _excerpt(json.loads(line))
            _require(excerpt.id not in excerpts, "its id stands twice")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            detail = f"lacks {error}" if isinstance(error, KeyError) else " ".join(str(error).split())
            raise DocumentError(f"{path}, line {number} is malformed: {detail}; restore the file") from error
        excerpts[excerpt.id] = excerpt
    if not excerpts:
        raise DocumentError(f"{path} holds no annotations; restore the file")
    return sorted(excerpts.values(), key=lambda e: e.id)


def _excerpt(data: Mapping[str, Any]) -> Excerpt:
    json.dumps(data, ensure_ascii=False).encode("utf-8")  # half a surrogate pair could not be written
    excerpt = Excerpt(
        id=_matched(data["id"], _ID, "id"),
        form=data.get("form", "md"),
        origin=_origin(data),
        pointer=data.get("pointer"),
        start=data["start"],
        end=data["end"],
        sha256=_matched(data["sha256"], _SHA256, "sha256"),
        blind=data.get("blind", False) is True,
        entities=tuple(data["entities"]),
        claims=tuple(data["claims"]),
        observations=tuple(data.get("observations", ())),
    )
    _require(excerpt.form in _FORMS, f"form is none of {', '.join(_FORMS)}")
    _require(excerpt.pointer is None or _POINTER.fullmatch(excerpt.pointer) is not None, "pointer is no JSON pointer")
    _check_span((excerpt.start, excerpt.end), None, "start and end")
    _check_annotations(excerpt)
    return excerpt


def _value(text: str, pointer: str) -> str:
    """The value that a JSON pointer (RFC 6901) names, indented by two."""
    try:
        value = json.loads(text)
        for part in pointer.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            value = value[int(name)] if isinstance(value, list) else value[name]
        return json.dumps(value, indent=2, ensure_ascii=False)
    except (KeyError, IndexError, TypeError, RecursionError) as error:
        raise ValueError(f"there is no {pointer}") from error


def _check_annotations(excerpt: Excerpt) -> None:
    for entity in excerpt.entities:
        _text(entity, "name")
        aliases = entity.get("aliases", [])
        _require(isinstance(aliases, list) and all(isinstance(a, str) for a in aliases), "aliases are no list of names")
    keys = {_text(entity, "key") for entity in excerpt.entities}
    for claim in excerpt.claims:
        _text(claim, "relation")
        _require(_text(claim, "object") in keys, "a claim's object is no entity")
    for figure in excerpt.observations:
        _text(figure, "metric")
        float(figure["value"])
    for said in (*excerpt.claims, *excerpt.observations):
        _require(_text(said, "subject") in keys, "a claim's subject is no entity")
        _check_span(said["quote"], excerpt.end - excerpt.start, "quote")


def _origin(data: Mapping[str, Any]) -> Origin:
    path, blob = data.get("path", ""), data.get("blob", "")
    _require(bool(path) is not bool(blob), "it needs either path or blob")
    _require(isinstance(path, str) and not _CONTROL.search(path), "path is no path")
    _require(not path or not {"", ".", ".."} & set(path.split("/")), "path leads out of its repository")
    return Origin(
        repository=_matched(data["repository"], _REPOSITORY, "repository"),
        commit=_matched(data["commit"], _OBJECT, "commit"),
        path=path,
        blob=_matched(blob, _OBJECT, "blob") if blob else "",
    )


def _check_span(span: Any, length: int | None, name: str) -> None:  # noqa: ANN401 - whatever JSON holds
    start, end = span
    whole = type(start) is int and type(end) is int
    _require(whole and 0 <= start < end and (length is None or end <= length), f"{name} is no stretch of the text")


def _matched(value: Any, pattern: re.Pattern[str], name: str) -> str:  # noqa: ANN401 - whatever JSON holds
    _require(isinstance(value, str) and pattern.fullmatch(value) is not None, f"{name} may not be {value!r}"[:200])
    return str(value)


def _text(data: Mapping[str, Any], name: str) -> str:
    _require(isinstance(data[name], str) and data[name] != "", f"{name} is no text")
    return str(data[name])


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
