"""The graph for assistants: the model context protocol over the operations of the JSON interface."""

from kg.server.mcp.app import create_server
from kg.server.mcp.run import serve_http, serve_stdio
from kg.server.mcp.source import Source
from kg.server.mcp.tools import TOOLS

__all__ = ["TOOLS", "Source", "create_server", "serve_http", "serve_stdio"]
