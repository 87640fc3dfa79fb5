"""The page itself: one file that holds style, script, drawing library and data, and may load nothing else."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from kg.errors import ExportError

# One scope, in this order.
SCRIPTS = (
    "data",
    "state",
    "dom",
    "marks",
    "place",
    "graph",
    "overlay",
    "legend",
    "search",
    "evidence",
    "panel",
    "table",
    "main",
)
_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
_GAP = re.compile(r"\{\{(\w+)\}\}")
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def html(data: dict[str, Any]) -> str:
    """The page for ``data`` (see `payload`); raises `ExportError` where the drawing library is missing."""
    style = _own("page.css")
    library = _library()
    script = '(function () {\n"use strict";\n' + "\n".join(_own(f"{name}.js") for name in SCRIPTS) + "\n})();\n"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    parts = {
        "title": escape(str(data["title"])),
        "policy": escape(policy, quote=False),
        "style": style,
        "library": library,
        "script": script,
        "data": embedded(data),
    }
    # One pass: what a part holds is never looked at again, so data cannot name another part.
    return _GAP.sub(lambda gap: parts[gap[1]], _own("page.html"))


def embedded(data: object) -> str:
    """JSON that can stand inside a script element; half characters (lone surrogates) become U+FFFD."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    text = re.sub(r"[<>&\u2028\u2029]", lambda found: _UNSAFE[found[0]], text)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _own(name: str) -> str:
    return (files("kg.export.viewer") / "assets" / name).read_text(encoding="utf-8")


def _library() -> str:
    """vis-network as pyvis carries it."""
    path = files("pyvis") / _LIBRARY
    if not path.is_file():
        raise ExportError(f"pyvis lacks {_LIBRARY}: install pyvis 0.3.2 to draw pictures")
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


def _hash(text: str) -> str:
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"
