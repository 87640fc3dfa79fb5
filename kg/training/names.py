"""Fits the model of names, which tells the organisations that no registry lists."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.evaluate.gold import read_gold
from kg.extract.candidates import bare
from kg.extract.gazetteer import Hit
from kg.extract.mentions import MentionFinder
from kg.extract.unlisted import MODEL
from kg.extract.unlisted.candidates import candidates, marks, small_words
from kg.extract.unlisted.features import counted, hashed, placed, whole, written
from kg.extract.unlisted.model import NameModel
from kg.extract.unlisted.tagger import PLACES
from kg.model import Document, MentionKind
from kg.ontology import Entry, Ontology
from kg.training.corpus import annotated_names, read_document

STRENGTH = 0.1
"""Inverse strength of the regularisation."""
RAREST, RAREST_WORD = 5, 3
"""A feature that fewer candidates have is left out, and so is an ordinary word that fewer documents have."""
ANNOTATED, LISTED = 2.0, 0.5
"""The weights of an organisation that the annotations name, and of one that only the registry tells to be one."""
DOUBTFUL = -1.0
"""The log odds from which on a candidate that no annotation names counts neither way when all is fitted anew: most
organisations of a document stand in no claim, so that nobody annotated them."""


def train_names(folders: Sequence[Path], ontology: Ontology, out: Path) -> Path:
    """Train on corpora and write the file of the model, whose path it gives; the same input gives the same bytes.

    Args:
        folders: the corpora.
        ontology: the registry and the word lists.
        out: folder, made where it is missing.

    Raises:
        DocumentError: a file of the corpus is missing or malformed.
        UsageError: there are no examples of both kinds, or scikit-learn or SciPy is not installed.
    """
    model = fit_names([row for folder in folders for row in load_named(folder, ontology)], ontology)
    out.mkdir(parents=True, exist_ok=True)
    model.save(out / MODEL.name)
    return out / MODEL.name


@dataclass(frozen=True, slots=True)
class Named:
    """A document with the organisations that its annotations name.

    Attributes:
        document: the document.
        known: the registry's names in each of its blocks.
        names: what the annotators call its organisations.
    """

    document: Document
    known: Sequence[Sequence[Hit]]
    names: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate: its features as hashes, whether it is an organisation, and its weight."""

    features: tuple[int, ...]
    right: bool
    weight: float = 1.0


def load_named(folder: Path, ontology: Ontology) -> list[Named]:
    """The annotated documents of a corpus, in the order of their files.

    Raises:
        DocumentError: a file is missing or malformed.
    """
    finder = MentionFinder(ontology, None)
    rows = []
    paths = sorted((folder / "gold").glob("*.gold.json"))
    for gold, path in zip(read_gold(folder / "gold"), paths, strict=True):
        document = read_document(folder, gold.file)
        rows.append(Named(document, finder.registered(document)[0], annotated_names(path)))
    return rows


def fit_names(rows: Sequence[Named], ontology: Ontology) -> NameModel:
    """Train on every candidate of the documents, as if there were no registry of organisations.

    Raises:
        UsageError: there are no examples of both kinds, or scikit-learn or SciPy is not installed.
    """
    ordinary = _ordinary(rows)
    examples = [example for row in rows for example in _examples(row, ordinary, ontology)]
    right = np.array([e.right for e in examples], bool)
    if not 0 < right.sum() < len(right):
        raise UsageError("The corpus gives the model of names no examples of both kinds; annotate more documents")
    counts = Counter(feature for example in examples for feature in example.features)
    hashes = np.array(sorted(f for f, n in counts.items() if n >= RAREST), np.uint32)
    matrix, weight = _matrix(examples, hashes), np.array([e.weight for e in examples])
    first = _regression().fit(matrix, right, sample_weight=weight)
    doubtful = ~right & (first.decision_function(matrix) > DOUBTFUL)
    second = _regression().fit(matrix, right, sample_weight=np.where(doubtful, 0.0, weight))
    return NameModel(
        hashes,
        second.coef_[0].astype(np.float16),
        second.intercept_.astype(np.float32),
        np.array(sorted(ordinary), np.uint32),
    )


def _ordinary(rows: Iterable[Named]) -> frozenset[int]:
    """The hashes of words that several documents write in small letters."""
    seen = Counter(w for row in rows for w in set(small_words(b.text for b in row.document.blocks)))
    return frozenset(hashed(word) for word, count in seen.items() if count >= RAREST_WORD)


def _examples(row: Named, ordinary: frozenset[int], ontology: Ontology) -> list[Example]:
    blocks = row.document.blocks
    names = {form.lower() for e in row.names for name in (e.label, *e.aliases) for form in (name, bare(name))}
    listed = {
        block.text[hit.start : hit.end]
        for block, hits in zip(blocks, row.known, strict=True)
        for hit in hits
        if hit.name.entry.kind is MentionKind.ORGANISATION
    }
    small = frozenset(small_words(block.text for block in blocks))
    near = [marks(hits) for hits in row.known]
    made = []
    for name, places in candidates(blocks).items():
        spans = [place.span for place in places]
        features = {*written(spans[0], ordinary, ontology.wordings.names["given_names"])}
        features.update(whole(counted(spans, small)))
        for place in places[:PLACES]:
            features.update(placed(blocks[place.number], place.span, *near[place.number]))
        weight = ANNOTATED if name.lower() in names else LISTED if name in listed else 0.0
        hashes = tuple(sorted({hashed(feature) for feature in features}))
        made.append(Example(hashes, weight > 0, weight or 1.0))
    return made


def _matrix(examples: Sequence[Example], hashes: NDArray[np.uint32]) -> Any:  # noqa: ANN401 - SciPy has no types
    try:
        from scipy import sparse
    except ImportError as error:
        raise UsageError('Training needs SciPy; run `pip install "semipack[train]"`') from error
    index = {int(h): i for i, h in enumerate(hashes)}
    known = [[index[f] for f in e.features if f in index] for e in examples]
    ends = np.cumsum([0, *map(len, known)])
    columns = np.array([i for row in known for i in row], int)
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), (len(examples), len(hashes)))


def _regression() -> Any:  # noqa: ANN401 - scikit-learn has no types
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError('Training needs scikit-learn; run `pip install "semipack[train]"`') from error
    return LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
