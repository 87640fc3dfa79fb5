"""A document becomes claims and observations."""

from kg.extract.extractor import Extraction, Extractor

__all__ = ["Extraction", "Extractor"]
