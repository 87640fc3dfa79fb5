"""Yasgui, an editor for SPARQL that others make, served from a folder that the user gives.

It is not part of this program. Its two files are sent as they are, on a page whose policy lets them run and ask this
service, and nothing else.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kg.errors import UsageError
from kg.server.html import page, script
from kg.server.refusal import Refusal
from kg.server.respond import respond
from kg.server.service import base_of, service_of

FILES = {"yasgui.min.js": "text/javascript", "yasgui.min.css": "text/css"}
"""What it is made of, and the media type of each."""

_POLICY = (
    "default-src 'none'; script-src 'self' {code}; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def check_yasgui(folder: Path) -> None:
    """Looks whether a folder holds Yasgui.

    Raises:
        UsageError: it does not.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        told = f"{folder} has no {' and no '.join(missing)}"
        raise UsageError(f"{told}; give the folder `build` of what `npm pack @zazuko/yasgui` brings")


async def yasgui_page(request: Request) -> Response:
    """The page with the editor."""
    _folder(request)
    base, code = base_of(request), script("yasgui")
    reply = page("yasgui", code=code, base=base, here="/query")
    digest = next(part for part in reply.headers["Content-Security-Policy"].split() if part.startswith("'sha256-"))
    response = respond(reply)
    response.headers["Content-Security-Policy"] = _POLICY.format(code=digest.rstrip(";"))
    return response


async def yasgui_file(request: Request) -> Response:
    """One of its files."""
    name = request.path_params["name"]
    folder = _folder(request)
    if name not in FILES:
        raise Refusal(404, f"Yasgui has no file {name!r} here")
    return FileResponse(folder / name, media_type=FILES[name], headers={"Cache-Control": "max-age=3600"})


def _folder(request: Request) -> Path:
    folder = service_of(request).yasgui
    if folder is None:
        raise Refusal(404, "This service has no Yasgui; start it with --yasgui DIR, or use the editor at /query")
    return folder
