"""HTML and SVG as text that is escaped once: what is not yet :data:`Html` cannot get into an element unescaped."""

import re
from collections.abc import Iterable
from html import escape
from typing import NewType

Html = NewType("Html", str)
"""Text that is HTML already."""

# A browser would run nothing from these, yet they may make one name look like another, or reverse a line.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_CLASS = re.compile(r"[^A-Za-z0-9_-]")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def text(words: str) -> Html:
    """Words of ours, or of a document, as they are."""
    return Html(escape(_NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", words)))


def name(words: str) -> Html:
    """A name that somebody gave: on one line, apart from what surrounds it, without marks that steer its direction."""
    return tag("bdi", text(" ".join(_STEERING.sub(" ", words).split())))


def tag(name_: str, *content: Html, **attributes: str | float) -> Html:
    """An element; ``class_`` is the attribute class, and an underscore within a name a hyphen."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"' for key, value in attributes.items()
    )
    return Html(f"<{name_}{given}>{''.join(content)}</{name_}>")


def joined(parts: Iterable[Html], between: str = "") -> Html:
    """Parts with words between them."""
    return Html(escape(between).join(parts))


def web(address: str) -> str:
    """The address if a browser may follow it, else nothing."""
    return address if _WEB.fullmatch(address) else ""


def class_of(kind: str, name_: str) -> str:
    """A class for the name of a role or relation, fit for a style sheet too."""
    return f"{kind}-{_NO_CLASS.sub('-', name_)}"


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".rstrip("0").rstrip(".")
