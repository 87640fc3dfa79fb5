"""The answers of :mod:`kg.analytics` over HTTP: one module each, a row each in the table of operations."""
