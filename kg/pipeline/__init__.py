"""From documents to a store: built whole, or changed document by document."""

from kg.pipeline.building import EXPORTED, build, validate_store
from kg.pipeline.change import add, remove
from kg.pipeline.reading import extracted
from kg.pipeline.report import AddReport, BuildReport, DocumentRow, Progress, Summary, Work

__all__ = [
    "EXPORTED",
    "AddReport",
    "BuildReport",
    "DocumentRow",
    "Progress",
    "Summary",
    "Work",
    "add",
    "build",
    "extracted",
    "remove",
    "validate_store",
]
