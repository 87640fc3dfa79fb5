"""From documents to a store: built whole, or changed document by document."""

from kg.pipeline.building import EXPORTED, build
from kg.pipeline.change import add, remove
from kg.pipeline.checking import ENGINES, validate_store
from kg.pipeline.reading import extracted
from kg.pipeline.report import AddReport, BuildReport, DocumentRow, Progress, Summary, Work

__all__ = [
    "ENGINES",
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
