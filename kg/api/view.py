"""The explorer as an object that a notebook shows."""

from dataclasses import dataclass, field
from html import escape
from os import PathLike
from pathlib import Path

from kg.export import atomic

# The page's own scripts run, in an origin of its own: they reach neither the notebook nor its server.
_SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True, slots=True)
class View:
    """The explorer over a graph as it was when the view was made.

    As the last value of a notebook's cell it is shown there; no network is asked for anything.

    Attributes:
        html: the whole page, as ``kg view`` writes it.
        height: pixels that it takes in a notebook.
    """

    html: str = field(repr=False)
    height: int = 640

    def save(self, path: str | PathLike[str]) -> Path:
        """Writes the page, to be opened in any browser; gives the file.

        Raises:
            ExportError: it cannot be written.
        """
        file = Path(path)
        with atomic(file) as out:
            out.write(self.html.encode())
        return file

    def _repr_html_(self) -> str:
        style = f"width: 100%; height: {self.height:d}px; border: 1px solid #8886; border-radius: 6px"
        page = escape(self.html)
        return f'<iframe title="Explorer" sandbox="{_SANDBOX}" style="{style}" srcdoc="{page}"></iframe>'
