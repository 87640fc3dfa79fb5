"""The page itself: one file that holds style, script, drawing library and data, and may load nothing else."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import ExportError
from kg.export.viewer.columns import packed

# One scope, in this order.
SCRIPTS = (
    *("data", "state", "history", "dom", "marks", "source", "local", "live"),
    *("place", "arrange", "view", "graph", "looks", "overlay", "moves", "path", "help"),
    *("menu", "legend", "dates", "sources", "search", "copy", "turtle", "csv", "pen", "chart"),
    *("evidence", "remarks", "words", "panel", "table", "standalone", "take", "main"),
)
STYLES = ("page", "panels", "served")
_SERVED = frozenset({"live", "served"})  # in a page with a server behind it alone
_SAID = ("claims", "figures", "remarks")
_TABLES = ("entities", "documents", *_SAID)
_WORDS = frozenset({"quotes", "reasons", "qualifiers"})
_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
_GAP = re.compile(r"\{\{(\w+)\}\}")
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def html(data: dict[str, Any]) -> str:
    """The page for ``data`` (see `payload`); raises `ExportError` where the drawing library is missing."""
    live = "live" in data
    style = "\n".join(_own(f"{name}.css") for name in STYLES if live or name not in _SERVED)
    drawing = library()
    names = [name for name in SCRIPTS if live or name not in _SERVED]
    script = '(function () {\n"use strict";\n' + "\n".join(_own(f"{name}.js") for name in names) + "\n})();\n"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(drawing)} {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            *(("connect-src 'self'",) if live else ()),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    parts = {
        "title": escape(str(data["title"])),
        "policy": escape(policy, quote=False),
        "style": style,
        "library": drawing,
        "script": script,
        "data": embedded(data | {table: packed(data[table], but=_WORDS) for table in _TABLES if table in data}),
        "texts": embedded(_texts(data)),
    }
    # One pass: what a part holds is never looked at again, so data cannot name another part.
    return _GAP.sub(lambda gap: parts[gap[1]], _own("page.html"))


def _texts(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The words of all that is said, apart from its rows: a page opens before it has read them."""
    return [{name: row[name] for name in _WORDS if name in row} for table in _SAID for row in data.get(table, ())]


def embedded(data: object) -> str:
    """JSON that can stand inside a script element; half characters (lone surrogates) become U+FFFD."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    text = re.sub(r"[<>&\u2028\u2029]", lambda found: _UNSAFE[found[0]], text)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _own(name: str) -> str:
    return (files("kg.export.viewer") / "assets" / name).read_text(encoding="utf-8")


def library() -> str:
    """The script of vis-network as pyvis carries it; raises `ExportError` where it is missing."""
    # Its folder is looked up without loading pyvis, which takes longer than all the rest of the page.
    found = find_spec("pyvis")
    folders = (found.submodule_search_locations if found else None) or [""]
    path = Path(folders[0], _LIBRARY)
    if not path.is_file():
        raise ExportError(f"pyvis lacks {_LIBRARY}: install pyvis 0.3.2 to draw pictures")
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


def _hash(text: str) -> str:
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"
