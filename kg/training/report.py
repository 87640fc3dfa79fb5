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
CONFIDENCES = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
_INNER = 3
_NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What a model that saw nothing of a document's repository says of it.

    Attributes:
        row: the document.
        probabilities: of each triple that the rules leave to the judge, in the annotations' keys.
        confidence: of each triple that a rule affirms, how probable the judge finds it.
        ruled: what the rules say, of the wordings that are not hidden.
    """

    row: Annotated
    probabilities: dict[Key, float]
    confidence: dict[Key, float]
    ruled: frozenset[Key]


def report(corpus: Corpus, rows: Sequence[Annotated], extra: Sequence[Sample]) -> Iterator[str]:
    """The lines of the report; some minutes of work."""
    yield from _totals("every rule", cross_validated(corpus, rows, extra, 0.0))
    for part in PARTS:
        decided = cross_validated(corpus, rows, extra, HIDDEN, part)
        yield from _totals(f"{HIDDEN:.0%} of the wordings hidden, {part:.0%} of the training documents", decided)
    yield "claims by probability, of what only pairs give and of what a rule gives:"
    yield from _reliability(decided, ruled=False)
    yield from _reliability(decided, ruled=True)
    blind = [one for one in decided if one.row.blind]
    if blind:
        yield from _totals("blind documents alone", blind)
        yield from _least(blind)


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
                ruled = row.ruled if row.blind else hidden(row, share, draw)
                said = frozenset(corpus.said(row, c.relation, c.subject, c.object, c.polarity.value) for c in ruled)
                probabilities: dict[Key, float] = {}
                confidence: dict[Key, float] = {}
                for key, values, undecided in judge_rows(corpus, row, evidence, ruled):
                    if undecided or key in said:
                        where = confidence if key in said else probabilities
                        where[key] = max(where.get(key, 0.0), judge.probability(values))
                out.append(Decided(row, probabilities, confidence, said))
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


def _reliability(decided: Sequence[Decided], *, ruled: bool) -> Iterator[str]:
    """How many claims are right, by probability."""
    for tenth in range(1, 10):
        judged = [
            (key in one.row.want, p)
            for one in decided
            for key, p in (one.confidence if ruled else one.probabilities).items()
            if tenth <= 10 * p < tenth + 1 and key not in one.row.arguable - one.row.want
        ]
        if judged:
            right, mean = (sum(column) / len(judged) for column in zip(*judged, strict=True))
            who = "rules" if ruled else "pairs"
            yield f"  {who} {tenth / 10:.1f}: {len(judged):5d} claims, mean probability {mean:.2f}, right {right:.2f}"


def _least(decided: Sequence[Decided]) -> Iterator[str]:
    """What is left from a least confidence on; claims that a rule found denied stay."""
    yield "  least confidence, blind documents:"
    for least in CONFIDENCES:
        right = false = missed = 0
        for one in decided:
            sure = {key for key, p in one.probabilities.items() if p >= max(least, THRESHOLD)}
            sure |= {key for key in one.ruled if one.confidence.get(key, 1.0) >= least}
            right += len(sure & one.row.want)
            false += len(sure - one.row.want - one.row.arguable)
            missed += len(one.row.want - sure)
        yield f"  {least:.2f} {_figures(Score(right, false, missed))}"


def _figures(measured: Score) -> str:
    return f"{measured.precision:.3f}/{measured.recall:.3f}/{measured.f1:.3f}"
