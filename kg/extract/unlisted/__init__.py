"""A learned decision on which names are organisations, for those that no registry lists."""

from kg.extract.unlisted.model import NameModel
from kg.extract.unlisted.tagger import MODEL, Tagger

__all__ = ["MODEL", "NameModel", "Tagger"]
