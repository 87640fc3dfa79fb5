"""An open page that keeps account of all it should never do."""

from dataclasses import dataclass, field
from typing import Any

DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Opened:
    """An open page and what it did: console messages, errors, dialogs, requests other than for itself."""

    page: Any
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def quiet(self) -> bool:
        """Whether it did none of these."""
        return not (self.console or self.requests or self.dialogs)

    def shown(self) -> list[str]:
        """The ids of claims and figures that the table lists; leaves the table open."""
        self.page.click("#as-table")
        return sorted(
            self.page.eval_on_selector_all("#table-view tbody tr", "rows => rows.map(row => row.dataset.claim)")
        )

    def edges(self) -> dict[str, dict[str, Any]]:
        """How the lines that are drawn look, by id."""
        return {edge["id"]: edge for edge in self.page.evaluate("() => window.semipack.links()")}


def count(page: Any, facet: str, name: str) -> int:
    """The number behind a line of the legend."""
    return int(page.inner_text(f"[data-facet={facet}] .item:has-text('{name}') .count"))


def press_line(page: Any, facet: str, name: str) -> None:
    page.click(f"[data-facet={facet}] .item:has-text('{name}') label")


def checked(page: Any, facet: str, name: str) -> bool:
    """Whether a line of the legend looks switched on."""
    return bool(page.is_checked(f"[data-facet={facet}] .item:has-text('{name}') input"))
