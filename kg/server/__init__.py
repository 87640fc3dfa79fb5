"""The web service: SPARQL protocol, linked data, JSON interface; queries run in processes that can be stopped."""

from kg.server.app import create_app
from kg.server.limits import Limits
from kg.server.run import serve
from kg.server.service import Service

__all__ = ["Limits", "Service", "create_app", "serve"]
