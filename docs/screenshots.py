"""Takes the pictures of the explorer that README and docs show, from the documents in ``seeds/``.

    python docs/screenshots.py

Needs the development tools and a Chromium; writes ``docs/images/*.png``.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import kg

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
WIDE, NARROW = (1400, 900), (390, 844)
LINE = "entity%2Ftsmc+outsourcesTo+entity%2Famkor+affirmed"
VIEWS = {
    "first-sight": (WIDE, "light", ""),
    "dark": (WIDE, "dark", ""),
    "entity": (WIDE, "light", "#entity=entity%2Famkor"),
    "evidence": (WIDE, "light", f"#edge={LINE}"),
    "path": (WIDE, "light", "#path=entity%2Fnvidia,entity%2Fasmpt"),
    "narrow": (NARROW, "light", ""),
}
"""Name of a picture → size of the window, colours, and what is chosen."""


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of a service over a store."""
    command = [sys.executable, "-m", "kg", "serve", "--store", store, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = process.stderr.readline()
        yield told.rsplit(" (Ctrl-C", 1)[0].rsplit(" ", 1)[-1].rstrip("/")
        process.terminate()


def take(browser: Browser, name: str, address: str, size: tuple[int, int], colours: str) -> None:
    """One picture, in few colours so that it stays small."""
    width, height = size
    scheme = "dark" if colours == "dark" else "light"
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(192, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
    page.close()


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        store, file = Path(temporary, "store"), Path(temporary, "picture.html")
        with kg.build(ROOT / "seeds", store=store) as graph:
            graph.view().save(file)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (size, colours, chosen) in VIEWS.items():
            take(browser, name, f"{file.as_uri()}{chosen}", size, colours)
        with served(store) as address:
            take(browser, "query", f"{address}/query?name=packages-for&entity=NVIDIA", WIDE, "light")
        browser.close()


if __name__ == "__main__":
    main()
