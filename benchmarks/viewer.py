"""How fast the picture opens and moves, beside a bare page of the drawing library that shows every node and line.

    python benchmarks/viewer.py                      # made-up graphs of 5,000 and 20,000 entities
    python benchmarks/viewer.py --store kg-store     # that store's picture as well
    python benchmarks/viewer.py --runs 5 --keep DIR  # more runs; leaves the pages in DIR

Times are medians in this machine's own Chromium without a graphics card. "First" is from the start of the navigation until
the page answers and its first frame is drawn; "pan" and "zoom" are milliseconds a frame while the picture is dragged and
zoomed. Needs Playwright and a Chromium.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from kg.export.viewer import build_picture, render
from kg.export.viewer.page import embedded
from kg.export.viewer.page import library as drawing_library
from kg.export.viewer.picture import ClaimRow, DocumentRow, EntityRow, Picture, QuoteRow, RelationRow, RoleRow
from kg.model import MentionKind, Modality
from kg.store import open_store

SIZES = ((5_000, 15_000), (20_000, 60_000))
ROLES = ("OSAT", "Foundry", "FablessDesigner", "ToolMaker", "IDM", "SubstrateMaker")
RELATIONS = ("outsourcesTo", "suppliesTo", "suppliesToolTo", "competesWith")
_SIZE = {"width": 1400, "height": 900}
_BARE = """<!DOCTYPE html><meta charset="utf-8"><div id="g" style="width:1400px;height:900px"></div>
<script type="application/json" id="data">{data}</script><script>{library}</script><script>
const data = JSON.parse(document.getElementById("data").textContent);
const network = new vis.Network(document.getElementById("g"), data, {{ physics: false, layout: {{ improvedLayout: false }},
  nodes: {{ shape: "dot", size: 8 }}, edges: {{ smooth: false }}, interaction: {{ hideEdgesOnDrag: true, hideEdgesOnZoom: true }} }});
network.once("afterDrawing", () => document.documentElement.setAttribute("data-ready", ""));
network.fit({{ animation: false }});
</script>"""
_WATCH = """new MutationObserver((_, watcher) => {
  if (!document.documentElement || !document.documentElement.hasAttribute("data-ready")) return;
  watcher.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.firstFrame = performance.now(); }));
}).observe(document, { attributes: true, subtree: true });"""
_FRAMES = """() => { window.frames_ = []; let last = performance.now(); window.counting = true;
  const tick = (now) => { window.frames_.push(now - last); last = now; if (window.counting) requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""


def made_up(count: int, relations: int, seed: int = 1) -> Picture:
    """A picture of ``count`` organisations in groups, a few of them hubs, one claim for each of ``relations`` relations."""
    random = Random(seed)  # noqa: S311
    syllables = ("am", "kor", "tek", "sil", "ica", "nova", "pac", "bond", "die", "chi", "mos", "ray", "lum", "vex", "ori", "tan")
    groups = max(4, count // 220)
    member: list[list[int]] = [[] for _ in range(groups)]
    for number in range(count):
        member[int(groups * random.random() ** 1.3)].append(number)
    group_of = {number: group for group, numbers in enumerate(member) for number in numbers}
    names = ["".join(random.choice(syllables) for _ in range(3)).capitalize() + f" {number}" for number in range(count)]
    entities = tuple(
        EntityRow(f"entity/{number}", names[number], MentionKind.ORGANISATION, (), (random.choice(ROLES),), number % 7 > 0)
        for number in range(count)
    )
    claims = []
    for number in range(relations):
        one = int(count * random.random() ** 1.8) if number >= count else number
        group = member[group_of[one]]
        other = group[int(len(group) * random.random() ** 2)] if random.random() < 0.85 else random.randrange(count)
        if other == one:
            other = (one + 1) % count
        words = f"In its report of week {number % 52}, {names[one]} said that lines at {names[other]} will take more of its modules."
        claims.append(
            ClaimRow(
                f"claim/{number:016x}",
                f"entity/{one}",
                RELATIONS[number % len(RELATIONS)],
                f"entity/{other}",
                f"document/{number % 200}",
                (QuoteRow(words, f"document/{number % 200}"),),
                modality=Modality.PLANNED if number % 9 == 0 else Modality.ASSERTED,
                confidence=round(0.5 + random.random() / 2, 2),
                reasons=("both ends stand in the sentence",),
            )
        )
    return Picture(
        entities,
        tuple(claims),
        documents=tuple(DocumentRow(f"document/{number}", f"Report {number}", file_name=f"{number}.txt") for number in range(200)),
        relations=tuple(RelationRow(name, name, f"{name} (of)", name == "competesWith") for name in RELATIONS),
        roles=tuple(RoleRow(name, name) for name in ROLES),
    )


def bare(picture: Picture) -> str:
    """The yardstick: the drawing library with the same nodes and lines, places given, lines hidden while it moves."""
    random = Random(2)  # noqa: S311
    reach = 60 * len(picture.entities) ** 0.5
    nodes = [
        {"id": row.id, "label": row.label, "x": round(random.uniform(-reach, reach)), "y": round(random.uniform(-reach, reach))}
        for row in picture.entities
    ]
    edges = [{"from": row.subject, "to": row.object, "arrows": "to"} for row in picture.claims]
    return _BARE.format(data=embedded({"nodes": nodes, "edges": edges}), library=drawing_library())


@contextmanager
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    with sync_playwright() as driver:
        program = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield program
        program.close()


def measured(program: Any, file: Path) -> dict[str, float]:
    """Seconds to the first frame, and milliseconds a frame while the page is dragged and zoomed."""
    page = program.new_page(viewport=_SIZE, reduced_motion="reduce")
    page.add_init_script(_WATCH)
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function("window.firstFrame", timeout=120_000)
    found = {"first": page.evaluate("window.firstFrame") / 1000}
    box = page.locator("canvas").first.bounding_box()
    x, y = box["x"] + box["width"] * 0.04, box["y"] + box["height"] * 0.9
    page.mouse.move(x, y)
    page.mouse.down()
    found["pan"] = _frame(page, lambda step: page.mouse.move(x + 4 * step, y - 3 * step))
    page.mouse.up()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    found["zoom"] = _frame(page, lambda step: page.mouse.wheel(0, -40 if step % 20 < 10 else 40))
    page.close()
    return found


def _frame(page: Any, act: Callable[[int], None]) -> float:
    page.evaluate(_FRAMES)
    for step in range(40):
        act(step)
    page.evaluate("() => { window.counting = false; }")
    frames = page.evaluate("window.frames_")[2:]
    return float(sum(frames) / max(len(frames), 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--store", help="also measure the picture of this store")
    parser.add_argument("--keep", type=Path, help="leave the pages in this folder")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        files = []
        pictures = {f"{count:,} entities, {lines:,} relations": made_up(count, lines) for count, lines in SIZES}
        if given.store:
            with open_store(given.store, read_only=True) as store:
                pictures = {given.store: build_picture(store), **pictures}
        for name, picture in pictures.items():
            start = time.perf_counter()
            page = render(picture)
            print(f"{name}: page made in {time.perf_counter() - start:.1f} s", file=sys.stderr)
            for what, text in (("page", page), ("bare", bare(picture))):
                file = place / f"{len(files)}-{what}.html"
                file.write_text(text, encoding="utf-8")
                files.append((f"{name}, {what}", file))
        with browser() as program:
            runs: dict[str, list[dict[str, float]]] = {name: [] for name, _ in files}
            for _ in range(given.runs):  # one after the other, so that a busy minute touches all alike
                for name, file in files:
                    runs[name].append(measured(program, file))
    for (name, file), found in zip(files, runs.values(), strict=True):
        middle = {key: round(median(run[key] for run in found), 2) for key in ("first", "pan", "zoom")}
        print(json.dumps({"page": name, **middle}))
        del file


if __name__ == "__main__":
    main()
