"""Answers in words, as lines for a terminal: one module for each answer."""

from kg.analytics.telling.quotes import named, quoted, wrapped

__all__ = ["named", "quoted", "wrapped"]
