"""Pages as text: every value is escaped, nothing is fetched from elsewhere."""

from functools import cache
from typing import Any

import jinja2

from kg.server.forms import HTML
from kg.server.reply import Reply

# No scripts, no pictures, no frames: whatever a document may have smuggled in, the browser will not run it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def page(template: str, *, status: int = 200, **values: Any) -> Reply:  # noqa: ANN401 - what the template shows
    """A page from a template.

    Args:
        template: name of the template, without ``.html``.
        status: HTTP status code.
        values: what it shows; ``base`` is the path under which the service lives.
    """
    text = _environment().get_template(f"{template}.html").render(values)
    headers = {"Vary": "Accept, Accept-Encoding", "Content-Security-Policy": POLICY}
    return Reply(text.encode("utf-8", "replace"), HTML.content_type, headers, status)


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
    return environment


def _web(address: str | None) -> str:
    """The address, if a browser may follow it; else nothing."""
    return address if address and address.startswith(("http://", "https://")) else ""


def _number(value: float) -> str:
    """A number in groups of three digits; a whole one without decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
