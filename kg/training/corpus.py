"""A folder of annotated documents: ``docs/``, ``gold/`` (``*.gold.json``) and ``manifest.jsonl``."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.documents import read
from kg.errors import DocumentError
from kg.evaluate.gold import GoldDocument, Key, claim_key, read_gold
from kg.extract import Extractor
from kg.extract.assemble import Assembler
from kg.extract.mentions import MentionFinder, Names
from kg.extract.pairs.vocabulary import Vocabulary
from kg.extract.pairs.windows import WindowMaker
from kg.extract.unlisted import MODEL
from kg.model import Claim, Document, Mention, MentionKind
from kg.ontology import Entry, Ontology
from kg.settings import Settings
from kg.training.samples import Sample, Sampler

_LETTERS = re.compile(r"[^\W\d_]*")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document of the corpus with its annotations.

    Attributes:
        document: the document.
        names: what the finder finds in it.
        repository: where it comes from; folds keep a repository together.
        kind: the letters that its id starts with; the report tells the kinds apart.
        blind: whether nobody who wrote rules had it in view, so that they do on it what they do on unseen text.
        gold: its annotations.
        want: the claims that count, in the annotations' keys.
        arguable: the claims that count neither way.
        ruled: what the rules find.
        training: the pairs of the finder's and the annotated names, labelled.
    """

    document: Document
    names: Names
    repository: str
    kind: str
    blind: bool
    gold: GoldDocument
    want: frozenset[Key]
    arguable: frozenset[Key]
    ruled: tuple[Claim, ...]
    training: tuple[Sample, ...]


class Corpus:
    """Reads annotated documents; make one and use it for many folders.

    Args:
        ontology: what relations there are and how they are said.
        unlisted: file of the model of names.
    """

    def __init__(self, ontology: Ontology, unlisted: Path = MODEL) -> None:
        self.ontology = ontology
        self.vocabulary = Vocabulary.of(ontology)
        self._finder = MentionFinder(ontology, unlisted)
        self._rules = Extractor(ontology, learned=False, unlisted=unlisted)
        self._sampler = Sampler(WindowMaker(ontology), Assembler(ontology), self.vocabulary)

    def load(self, folder: Path) -> list[Annotated]:
        """Every document that has annotations, in the order of their files.

        Raises:
            DocumentError: a file is missing or malformed.
        """
        rows = _manifest(folder / "manifest.jsonl")
        gold = read_gold(folder / "gold")
        paths = sorted((folder / "gold").glob("*.gold.json"))
        return [self._annotated(folder, g, annotated_names(path), rows) for g, path in zip(gold, paths, strict=True)]

    def key(self, gold: GoldDocument, mention: Mention) -> str:
        """The annotations' key of what a mention names, or its name with a question mark where they lack it."""
        entry = self.ontology.organisations.get(mention.key)
        others = [entry.label, *entry.aliases, *entry.ambiguous] if entry else [mention.surface]
        return gold.names.key([mention.name, *others]) or f"?{mention.name}"

    def said(self, row: Annotated, relation: str, subject: Mention, obj: Mention, polarity: str = "affirmed") -> Key:
        """A claim in the annotations' keys."""
        return claim_key(relation, self.key(row.gold, subject), self.key(row.gold, obj), polarity)

    def _annotated(
        self, folder: Path, gold: GoldDocument, also: list[Entry], rows: Mapping[str, "_Origin"]
    ) -> Annotated:
        if gold.file not in rows:
            raise DocumentError(f"{folder / 'manifest.jsonl'} has no line for {gold.file}; add it with its id and repo")
        document = read_document(folder, gold.file)
        relations = set(self.vocabulary.relations)
        claims = [c for c in gold.claims if c.key[0] in relations]
        wider = self._finder.find(document, also)
        return Annotated(
            document=document,
            names=self._finder.find(document),
            repository=rows[gold.file].repository,
            kind=rows[gold.file].kind,
            blind=rows[gold.file].blind,
            gold=gold,
            want=frozenset(c.key for c in claims if not c.arguable),
            arguable=frozenset(c.key for c in claims if c.arguable),
            ruled=tuple(c for c in self._rules.extract(document).claims if c.relation in relations),
            training=tuple(self._sampler.samples(document, wider, claims, lambda m: self.key(gold, m))),
        )


def read_document(folder: Path, file: str) -> Document:
    """An annotated document of a corpus.

    Raises:
        DocumentError: the file is missing, or holds none.
    """
    reading = read(folder / "docs" / file, limit=Settings.from_environment().max_document_bytes)
    if not reading.documents:
        raise DocumentError(f"{folder / 'docs' / file} holds no document; restore it")
    return reading.documents[0]


class _Origin(NamedTuple):
    """A line of the manifest."""

    kind: str
    repository: str
    blind: bool


def _manifest(path: Path) -> dict[str, _Origin]:
    """Where each file comes from."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return {
            str(row["file"]): _Origin(_kind(str(row["id"])), str(row["repo"]), bool(row.get("blind"))) for row in rows
        }
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}); it tells each document's repository") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DocumentError(f"{path} is malformed ({error}); each line needs file, id and repo") from error


def _kind(name: str) -> str:
    match = _LETTERS.match(name)
    return match[0] if match else ""


def annotated_names(path: Path) -> list[Entry]:
    """The organisations that a gold file names, so that training sees every annotated pair."""
    record: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return [
        Entry("", MentionKind.ORGANISATION, e["name"], tuple(a for a in e.get("aliases", []) if len(a) > 1))
        for e in record["entities"]
        if e.get("type") == "organisation"
    ]
