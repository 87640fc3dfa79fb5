"""The application: routes, what becomes of refusals, and the layer around them."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from kg.server.edge import Edge
from kg.server.refusal import Refusal
from kg.server.respond import refused
from kg.server.routes import routes
from kg.server.service import Service


def create_app(service: Service) -> ASGIApp:
    """The ASGI application of a service whose pool is, or will be, started."""
    table = routes()
    app = Starlette(routes=table, exception_handlers={Refusal: refused, HTTPException: refused, 500: refused})
    app.state.service = service
    return Edge(app, service, table)
