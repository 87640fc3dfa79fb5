"""Pairs of organisations that stand together, and a learned decision on what the text says of them."""

from kg.extract.pairs.extractor import PairExtractor

__all__ = ["PairExtractor"]
