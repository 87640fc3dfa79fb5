"""Claims and figures as pandas has them."""

import sys

import pytest

import kg
from kg.api.tables import CLAIM_COLUMNS, FIGURE_COLUMNS
from kg.errors import UsageError

NEEDS_PANDAS = "pandas is not installed: no test of DataFrames"


def test_claims_and_figures_become_frames(small: kg.Graph) -> None:
    pytest.importorskip("pandas", reason=NEEDS_PANDAS)
    claims, figures = small.to_pandas()
    assert (tuple(claims.columns), len(claims)) == (CLAIM_COLUMNS, 23)
    assert (tuple(figures.columns), len(figures)) == (FIGURE_COLUMNS, 6)
    row = claims[
        (claims.subject == "TSMC") & (claims.object_key == "amkor") & (claims.relation == "outsourcesTo")
    ].iloc[0]
    assert (row["product"], row["technology"], row["via"], row["confidence"]) == ("Rubin", "CoWoS", "", 0.9)
    assert claims.groupby("polarity").size().to_dict() == {"affirmed": 22, "negated": 1}
    assert figures[figures.replaced].value.tolist() == [7e9, 7e9]
    assert figures.value.dtype.kind == "f"


def test_frames_are_limited_and_keep_their_columns_when_empty(small: kg.Graph) -> None:
    pytest.importorskip("pandas", reason=NEEDS_PANDAS)
    assert set(small.to_pandas(documents="report.txt").claims.document) == {"report.txt"}
    empty = small.to_pandas(since="2030")
    assert (len(empty.claims), len(empty.figures), tuple(empty.claims.columns)) == (0, 0, CLAIM_COLUMNS)


def test_without_pandas_the_cure_is_told(small: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install 'semipack\[pandas\]'"):
        small.to_pandas()
