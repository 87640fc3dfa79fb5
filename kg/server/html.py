"""Pages as text: every value is escaped, nothing is fetched from elsewhere."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import jinja2

from kg.server.api.references import path_of
from kg.server.forms import HTML
from kg.server.reply import Reply

# No scripts, no frames: whatever a document may have smuggled in, the browser will not run it.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def page(template: str, *, status: int = 200, code: str = "", **values: Any) -> Reply:  # noqa: ANN401 - what is shown
    """A page from a template.

    Args:
        template: name of the template, without ``.html``.
        status: HTTP status code.
        code: a script of our own that goes with it, and may ask the service; the browser runs no other.
        values: what it shows; ``base`` is the path under which the service lives.
    """
    text = _environment().get_template(f"{template}.html").render(values, script=code)
    digest = b64encode(sha256(code.encode()).digest()).decode()
    policy = f"{POLICY}; script-src 'sha256-{digest}'; connect-src 'self'" if code else POLICY
    headers = {"Vary": "Accept, Accept-Encoding", "Content-Security-Policy": policy}
    return Reply(text.encode("utf-8", "replace"), HTML.content_type, headers, status)


@cache
def script(name: str) -> str:
    """The text of a script of our own."""
    return (files("kg.server") / "templates" / f"{name}.js").read_text("utf-8")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.server"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web"] = _web
    environment.filters["number"] = _number
    environment.filters["iri_path"] = _iri_path
    return environment


def _web(address: str | None) -> str:
    """The address, if a browser may follow it; else nothing."""
    return address if address and address.startswith(("http://", "https://")) else ""


def _number(value: float) -> str:
    """A number in groups of three digits; a whole one without decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _iri_path(thing: Mapping[str, Any]) -> str:
    """Where this service tells about a thing that an answer refers to; empty where it does not."""
    return str(thing.get("path") or path_of(str(thing.get("iri") or "")))
