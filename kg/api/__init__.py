"""The graph from Python: built or opened, asked, and taken into networkx, rdflib and pandas.

``kg.open`` and ``kg.build`` give a :class:`Graph`; all that it answers are frozen rows, each claim and figure with its
quote, its document and how it is said. docs/python.md shows it all.
"""

from kg.analytics import Evidence
from kg.api.graph import Graph
from kg.api.limits import Limits
from kg.api.opening import RefusedWarning, build, open  # noqa: A004 - kg.open reads as it should
from kg.api.rows import Entity
from kg.api.tables import Tables
from kg.api.view import View
from kg.query import Figure, Found
from kg.store import StoredDocument

__all__ = [
    "Entity",
    "Evidence",
    "Figure",
    "Found",
    "Graph",
    "Limits",
    "RefusedWarning",
    "StoredDocument",
    "Tables",
    "View",
    "build",
    "open",
]
