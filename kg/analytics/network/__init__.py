"""All entities, statements, claims and documents of a store as columns, read once for each version of the store."""

from kg.analytics.network.columns import Network, Strings
from kg.analytics.network.keep import Report, is_kept, network_folder, open_network
from kg.analytics.network.names import entity_named, find
from kg.analytics.network.select import Selection, select, undated
from kg.analytics.network.ties import Edges, Ties, edges, ties

__all__ = [
    "Edges",
    "Network",
    "Report",
    "Selection",
    "Strings",
    "Ties",
    "edges",
    "entity_named",
    "find",
    "is_kept",
    "network_folder",
    "open_network",
    "select",
    "ties",
    "undated",
]
