"""Questions to the store: named queries with parameters, look-up of names, answers as text."""

from kg.query.catalogue import NamedQuery, Parameter, ask, assign, bind, catalogue, left_out_undated, named_query
from kg.query.edges import Edge, Node, read_edges, read_nodes
from kg.query.figures import Figure, read_figures
from kg.query.lookup import Found, Names, find_entity
from kg.query.messages import readable, unknown_terms
from kg.query.network import to_networkx
from kg.query.profile import FigureLine, Line, Profile, profile
from kg.query.remarks import RemarkLine, read_remarks, told
from kg.query.render import FORMATS, align, labels_of, render, shorten, visible

__all__ = [
    "FORMATS",
    "Edge",
    "Figure",
    "FigureLine",
    "Found",
    "Line",
    "NamedQuery",
    "Names",
    "Node",
    "Parameter",
    "Profile",
    "RemarkLine",
    "align",
    "ask",
    "assign",
    "bind",
    "catalogue",
    "find_entity",
    "labels_of",
    "left_out_undated",
    "named_query",
    "profile",
    "read_edges",
    "read_figures",
    "read_nodes",
    "read_remarks",
    "readable",
    "render",
    "shorten",
    "to_networkx",
    "told",
    "unknown_terms",
    "visible",
]
