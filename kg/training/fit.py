"""Fits the two models: the linear one on pairs, the judge on whole documents."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.evaluate.gold import Key
from kg.extract.mentions import Names
from kg.extract.pairs.extractor import JUDGE_FILE, LINEAR_FILE
from kg.extract.pairs.judge import Evidence, Judge, Rows
from kg.extract.pairs.linear import LinearModel
from kg.extract.pairs.scoring import PairScorer
from kg.extract.pairs.vocabulary import Vocabulary
from kg.model import Claim
from kg.training.corpus import Annotated, Corpus
from kg.training.samples import Sample

STRENGTH = 20.0
"""Inverse strength of the linear model's regularisation."""
RAREST = 3
"""A feature that fewer samples have is left out."""
NEVER = -8.0
"""The log odds of a class of which there is no example."""
FOLDS = 5
HIDDEN, DRAWS = 0.4, 3
"""Share of the rules' wordings that are hidden while the judge is trained, and how often it is drawn anew: the rules
were written with most training documents in view, so all of them together would look better there than elsewhere. Of
blind documents nothing is hidden."""

_PLACES = 7
_MISSING = 'Training needs scikit-learn and SciPy; run `pip install "semipack[train]"`'
_DIGITS = re.compile(r"\d+")
_LIST = re.compile(r"\*(?:(?:,? and |,? or |, |/| & )\*)+")

Candidate = tuple[Key, list[float], bool]
"""A triple in the annotations' keys, its features, and whether the rules leave it to the judge."""

Labelled = tuple[bool, list[float]]
"""Whether a triple is right, and its features."""


def train(corpus: Corpus, rows: Sequence[Annotated], extra: Sequence[Sample], out: Path) -> None:
    """Train on everything and write the two files of a model; the same input gives the same bytes.

    Args:
        corpus: what ``rows`` were loaded by.
        rows: the annotated documents.
        extra: further samples for the linear model.
        out: folder, made where it is missing.

    Raises:
        UsageError: scikit-learn or SciPy is not installed.
    """
    linear = fit_linear([*_samples(rows), *extra], corpus.vocabulary)
    judge = fit_judge(judged(corpus, rows, extra, FOLDS))
    out.mkdir(parents=True, exist_ok=True)
    linear.save(out / LINEAR_FILE)
    judge.save(out / JUDGE_FILE)


def folds(rows: Sequence[Annotated], count: int) -> list[int]:
    """A fold for each document: a repository's documents stay together, the folds are of like size."""
    sizes = [0] * count
    where: dict[str, int] = {}
    for repository, size in sorted(Counter(r.repository for r in rows).items(), key=lambda r: (-r[1], r[0])):
        where[repository] = sizes.index(min(sizes))
        sizes[where[repository]] += size
    return [where[r.repository] for r in rows]


def split(rows: Sequence[Annotated], count: int) -> list[tuple[list[Annotated], list[Annotated]]]:
    """For each fold the documents outside it and those in it; folds without documents are left out."""
    fold = folds(rows, count)
    parts = [
        ([r for r, f in zip(rows, fold, strict=True) if f != n], [r for r, f in zip(rows, fold, strict=True) if f == n])
        for n in range(count)
    ]
    return [(outside, inside) for outside, inside in parts if inside]


def fit_linear(samples: Sequence[Sample], vocabulary: Vocabulary) -> LinearModel:
    """One regularised logistic regression for each class, over hashed features that are common enough."""
    regression = _regression()
    count = len(vocabulary.classes)
    seen = Counter(f for s in samples for f in s.features)
    hashes = np.array(sorted(f for f, n in seen.items() if n >= RAREST), np.uint32)
    matrix = _matrix(samples, hashes)
    weights, bias = np.zeros((len(hashes), count), np.float16), np.full(count, NEVER, np.float32)
    for number in range(count):
        known = [s.labels.get(number, (0, 1.0)) for s in samples]
        kept = np.array([weight > 0 for _, weight in known], bool)
        label = np.array([y for y, _ in known], int)[kept]
        if not 0 < label.sum() < len(label) or not len(hashes):
            continue
        model = regression(C=STRENGTH, solver="liblinear", random_state=0)
        model.fit(matrix[kept], label, sample_weight=np.array([w for _, w in known])[kept])
        weights[:, number], bias[number] = model.coef_[0], model.intercept_[0]
    return LinearModel(vocabulary, hashes, weights, bias)


def judged(corpus: Corpus, rows: Sequence[Annotated], extra: Sequence[Sample], count: int) -> list[Labelled]:
    """What the judge is trained on: every document's triples, scored by a linear model that saw none of its fold."""
    found: list[Labelled] = []
    for outside, inside in split(rows, count):
        scorer = PairScorer(corpus.ontology, fit_linear([*_samples(outside), *extra], corpus.vocabulary))
        for row in inside:
            evidence = scorer.evidence(row.document, row.names, ())
            for draw in range(DRAWS):
                ruled = row.ruled if row.blind else hidden(row, HIDDEN, draw)
                found += labelled(row, judge_rows(corpus, row, evidence, ruled))
    return found


def judge_rows(corpus: Corpus, row: Annotated, evidence: Evidence, ruled: Sequence[Claim]) -> list[Candidate]:
    """Each triple of a document, given its scores and what the rules found."""
    vocabulary = corpus.vocabulary
    full = Evidence(evidence.places, vocabulary.affirmed(ruled))
    table = Rows(full, vocabulary)
    mentions = {vocabulary.said_by(c): (c.subject, c.object) for c in ruled}
    out: list[Candidate] = []
    for said in table.triples():
        if said in full.places:
            place = full.places[said][0]
            left, right = place.pair.ends
            subject, obj = (right, left) if place.turned else (left, right)
        else:
            subject, obj = mentions[said]
        out.append((corpus.said(row, said[0], subject, obj), table.row(said), table.undecided(said)))
    return out


def labelled(row: Annotated, candidates: Iterable[Candidate]) -> list[Labelled]:
    """The triples with their labels; arguable ones are left out."""
    return [(key in row.want, values) for key, values, _ in candidates if key in row.want or key not in row.arguable]


def fit_judge(rows: Sequence[Labelled]) -> Judge:
    """A logistic regression over standardised features.

    Raises:
        UsageError: there are no examples of both labels, or scikit-learn is not installed.
    """
    label = np.array([right for right, _ in rows], bool)
    if not 0 < label.sum() < len(label):
        raise UsageError("The corpus gives the judge no examples both right and wrong; annotate more documents")
    table = np.array([values for _, values in rows])
    mean, scale = table.mean(0), table.std(0) + 1e-6
    model = _regression()(C=1.0, max_iter=2000).fit((table - mean) / scale, label)
    return Judge(_rounded(mean), _rounded(scale), _rounded(model.coef_[0]), round(float(model.intercept_[0]), _PLACES))


def hidden(row: Annotated, share: float, draw: int) -> list[Claim]:
    """The rules' claims of a document that remain when that share of the wordings is hidden.

    A claim does not tell which rule found it. A wording is told by its extractor, its relation and the words that it
    matched, with names, lists of names and figures made alike: what one match gave goes together, and so do matches
    that read alike.
    """
    kept = (zlib.crc32(f"{draw}{_wording(claim, row.names)}".encode()) % 1000 >= 1000 * share for claim in row.ruled)
    return [claim for claim, stays in zip(row.ruled, kept, strict=True) if stays]


def _wording(claim: Claim, names: Names) -> str:
    words = claim.reasons[0]
    for mention in reversed(names.search(words)):
        words = f"{words[: mention.start]}*{words[mention.end :]}"
    return f"{claim.extractor} {claim.relation} {_DIGITS.sub('#', _LIST.sub('*', words)).casefold()}"


def _samples(rows: Iterable[Annotated]) -> list[Sample]:
    return [sample for row in rows for sample in row.training]


def _matrix(samples: Sequence[Sample], hashes: NDArray[np.uint32]) -> Any:  # noqa: ANN401 - SciPy has no types
    sparse = _scipy_sparse()
    index = {int(h): i for i, h in enumerate(hashes)}
    known = [[index[f] for f in s.features if f in index] for s in samples]
    lengths = np.array([len(k) for k in known], int)
    values = np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths)
    columns = np.array([i for k in known for i in k], int)
    return sparse.csr_matrix((values, columns, np.concatenate([[0], lengths.cumsum()])), (len(samples), len(hashes)))


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), _PLACES) for value in values]


def _regression() -> Any:  # noqa: ANN401 - scikit-learn has no types
    """scikit-learn's logistic regression."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError(_MISSING) from error
    return LogisticRegression


def _scipy_sparse() -> Any:  # noqa: ANN401 - SciPy has no types
    """SciPy's sparse matrices."""
    try:
        from scipy import sparse
    except ImportError as error:
        raise UsageError(_MISSING) from error
    return sparse
