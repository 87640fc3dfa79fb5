"""Remarks: where an organisation stands, and what was searched and not found."""

from kg.extract.remarks.finder import RemarkFinder, remarks_once
from kg.extract.remarks.said import Said

__all__ = ["RemarkFinder", "Said", "remarks_once"]
