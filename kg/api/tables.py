"""Claims and figures as pandas DataFrames."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from kg.analytics import Evidence
from kg.errors import UsageError
from kg.query import Figure

QUALIFIERS = ("product", "technology", "via", "quantity", "period")
CLAIM_COLUMNS = (
    "subject", "relation", "object", "polarity", "modality", "confidence", *QUALIFIERS,
    "quote", "document", "title", "publisher", "date", "url", "subject_key", "object_key", "claim",
)  # fmt: skip
FIGURE_COLUMNS = (
    "organisation", "metric", "value", "unit", "period", "polarity", "modality", "confidence", "replaced",
    "quote", "document", "title", "publisher", "date", "url", "organisation_key", "figure",
)  # fmt: skip
_ALIKE = ("confidence", "quote", "document", "title", "publisher", "date", "url")


class Tables(NamedTuple):
    """A graph as two ``pandas.DataFrame``: ``claims, figures = graph.to_pandas()``.

    Attributes:
        claims: a row for each claim.
        figures: a row for each figure.
    """

    claims: Any
    figures: Any


def tables(claims: Iterable[Evidence], figures: Iterable[Figure]) -> Tables:
    """The rows as DataFrames; texts are texts, dates too, since many are only a month or a year.

    Raises:
        UsageError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageError("pandas is not installed; run: pip install 'semipack[pandas]'") from error
    return Tables(
        pandas.DataFrame([_claim(claim) for claim in claims], columns=list(CLAIM_COLUMNS)),
        pandas.DataFrame([_figure(figure) for figure in figures], columns=list(FIGURE_COLUMNS)),
    )


def _claim(claim: Evidence) -> dict[str, Any]:
    return {
        "subject": claim.subject.label,
        "relation": claim.relation,
        "object": claim.object.label,
        "polarity": str(claim.polarity),
        "modality": str(claim.modality),
        **{name: "; ".join(claim.qualifiers.get(name, ())) for name in QUALIFIERS},
        **{name: getattr(claim, name) for name in _ALIKE},
        "subject_key": claim.subject.key,
        "object_key": claim.object.key,
        "claim": claim.claim,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "organisation": figure.entity.label,
        "metric": figure.metric,
        "value": figure.value,
        "unit": figure.unit,
        "period": figure.period,
        "polarity": str(figure.polarity),
        "modality": str(figure.modality),
        "replaced": bool(figure.replaced_by),
        **{name: getattr(figure, name) for name in _ALIKE},
        "organisation_key": figure.entity.key,
        "figure": figure.claim,
    }
