"""The viewer: a picture of the graph as one HTML file that opens from disk and asks no network for anything.

`picture` holds what is shown, `reading` takes it from a store, `layout` says where things stand, `payload` turns it
into the page's data, `page` puts the file together from the parts in ``assets/``.
"""

from typing import BinaryIO

from kg.export.viewer.page import html
from kg.export.viewer.payload import Live, payload
from kg.export.viewer.picture import Picture
from kg.export.viewer.reading import build_picture
from kg.store import Store

__all__ = ["Live", "Picture", "build_picture", "render", "write"]

TITLE = "Semiconductor packaging"


def render(picture: Picture, *, title: str = TITLE, live: Live | None = None, opens: str = "") -> str:
    """The page that shows ``picture``; the same picture gives the same bytes.

    Args:
        picture: what it shows.
        title: what stands above it.
        live: the server behind it; None for a page that holds all it needs.
        opens: the fragment that holds as long as its address has none, such as ``entity=entity%2Famkor``.
    """
    return html(payload(picture, title=title, live=live) | ({"opens": opens} if opens else {}))


def write(store: Store, out: BinaryIO, *, title: str = TITLE) -> None:
    """Writes the page that shows all of ``store`` as UTF-8.

    Raises:
        ExportError: the drawing library is missing.
    """
    out.write(render(build_picture(store), title=title).encode("utf-8"))
