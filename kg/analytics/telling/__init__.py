"""Answers in words, as lines for a terminal: one module for each answer."""

from kg.analytics.telling.quotes import UNWRAPPED, named, quoted, wrapped

__all__ = ["UNWRAPPED", "named", "quoted", "wrapped"]
