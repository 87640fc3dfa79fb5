"""Rows as columns: a field's name once instead of once a row, and a value that repeats once for all its rows.

A large page opens several times faster so: its script parses a few long lists instead of a hundred thousand objects.
"""

from collections.abc import Mapping, Sequence
from typing import Any

_FEW = 0.5  # distinct values by rows, below which a column of texts is worth a list of its own


def packed(rows: Sequence[Mapping[str, Any]], *, but: frozenset[str] = frozenset()) -> dict[str, Any]:
    """``rows``, all of the same fields, without those in ``but``: ``{"count": n, "columns": [[field, values], …]}``.

    The values are a list, or, where texts repeat, ``{"of": distinct values, "at": for each row a number in them}``.
    """
    fields = [field for field in rows[0] if field not in but] if rows else []
    return {"count": len(rows), "columns": [[field, _column([row[field] for row in rows])] for field in fields]}


def _column(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    if not all(isinstance(value, str) for value in values):
        return values
    distinct = sorted(set(values))
    if len(distinct) > _FEW * len(values):
        return values
    number = {value: index for index, value in enumerate(distinct)}
    return {"of": distinct, "at": [number[value] for value in values]}
