"""Remarks: where an organisation stands, and what was searched and not found."""

from kg.extract.remarks.finder import Kept, RemarkFinder, remarks_once

__all__ = ["Kept", "RemarkFinder", "remarks_once"]
