"""Measures the model by cross-validation over source repositories: totals, learning curve, reliability."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from kg.evaluate.gold import Key
from kg.evaluate.scores import Score
from kg.extract.pairs.extractor import THRESHOLD
from kg.extract.pairs.scoring import PairScorer
from kg.training.corpus import Annotated, Corpus
from kg.training.fit import DRAWS, FOLDS, HIDDEN, fit_judge, fit_linear, hidden, judge_rows, judged, split
from kg.training.samples import Sample

THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
PARTS = (0.25, 0.5, 1.0)
_INNER = 3
_NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What a model that saw nothing of a document's repository says of it.

    Attributes:
        row: the document.
        probabilities: of each triple that the rules leave to the judge, in the annotations' keys.
        ruled: what the rules say, of the wordings that are not hidden.
    """

    row: Annotated
    probabilities: dict[Key, float]
    ruled: frozenset[Key]


def report(corpus: Corpus, rows: Sequence[Annotated], extra: Sequence[Sample]) -> Iterator[str]:
    """The lines of the report; some minutes of work."""
    yield from _totals("every rule", cross_validated(corpus, rows, extra, 0.0))
    for part in PARTS:
        decided = cross_validated(corpus, rows, extra, HIDDEN, part)
        yield from _totals(f"{HIDDEN:.0%} of the wordings hidden, {part:.0%} of the training documents", decided)
    yield "learned claims by probability:"
    yield from _reliability(decided)


def cross_validated(
    corpus: Corpus, rows: Sequence[Annotated], extra: Sequence[Sample], share: float, part: float = 1.0
) -> list[Decided]:
    """Each document's decisions, once for each draw of hidden wordings.

    A document's linear model and judge saw no document of its repository; the judge's own rows come from an inner
    cross-validation.

    Args:
        corpus: what ``rows`` were loaded by.
        rows: the annotated documents.
        extra: further samples for the linear model.
        share: share of the rules' wordings to hide from the documents that are judged.
        part: share of the other documents to train on.
    """
    out: list[Decided] = []
    for number, (outside, inside) in enumerate(split(rows, FOLDS)):
        # A sample for an experiment, drawn alike each time; no secret depends on it.
        seen = Random(number).sample(outside, round(part * len(outside)))  # noqa: S311
        judge = fit_judge(judged(corpus, seen, extra, _INNER))
        samples = [sample for row in seen for sample in row.training]
        scorer = PairScorer(corpus.ontology, fit_linear([*samples, *extra], corpus.vocabulary))
        for row in inside:
            evidence = scorer.evidence(row.document, row.names, ())
            for draw in range(DRAWS if share else 1):
                ruled = hidden(row, share, draw)
                probabilities: dict[Key, float] = {}
                for key, values, undecided in judge_rows(corpus, row, evidence, ruled):
                    if undecided:
                        probabilities[key] = max(probabilities.get(key, 0.0), judge.probability(values))
                said = (corpus.said(row, c.relation, c.subject, c.object, c.polarity.value) for c in ruled)
                out.append(Decided(row, probabilities, frozenset(said)))
    return out


def score(decided: Sequence[Decided], threshold: float, kind: str = "") -> Score:
    """The rules' claims and the learned ones from a threshold on against the annotations.

    Args:
        decided: the decisions.
        threshold: the least probability of a learned claim.
        kind: of which documents; empty for all.
    """
    right = false = missed = 0
    for one in decided:
        if kind in ("", one.row.kind):
            got = one.ruled | {key for key, p in one.probabilities.items() if p >= threshold}
            right += len(got & one.row.want)
            false += len(got - one.row.want - one.row.arguable)
            missed += len(one.row.want - got)
    return Score(right, false, missed)


def _totals(name: str, decided: Sequence[Decided]) -> Iterator[str]:
    yield f"{name}:"
    kinds = sorted({one.row.kind for one in decided})
    for threshold in (_NEVER, *THRESHOLDS):
        shown = "rules" if threshold == _NEVER else f"{threshold:.2f}{'*' if threshold == THRESHOLD else ''}"
        cells = (f"{kind or 'all'} {_figures(score(decided, threshold, kind))}" for kind in (*kinds, ""))
        yield f"  {shown:6} {'   '.join(cells)}"


def _reliability(decided: Sequence[Decided]) -> Iterator[str]:
    """Of the claims that the rules do not have, how many are right, by probability."""
    for tenth in range(1, 10):
        judged = [
            (key in one.row.want, p)
            for one in decided
            for key, p in one.probabilities.items()
            if tenth <= 10 * p < tenth + 1 and key not in one.ruled | (one.row.arguable - one.row.want)
        ]
        if judged:
            right, mean = (sum(column) / len(judged) for column in zip(*judged, strict=True))
            yield f"  {tenth / 10:.1f}: {len(judged):5d} claims, mean probability {mean:.2f}, right {right:.2f}"


def _figures(measured: Score) -> str:
    return f"{measured.precision:.3f}/{measured.recall:.3f}/{measured.f1:.3f}"
