"""How fast the picture opens and moves, beside a bare page of the drawing library that shows every node and line.

    python benchmarks/viewer.py                      # made-up graphs of 5,000 and 20,000 entities
    python benchmarks/viewer.py --store kg-store     # that store's picture as well
    python benchmarks/viewer.py --runs 5 --keep DIR  # more runs; leaves the pages in DIR

Times are medians in this machine's own Chromium without a graphics card. "first" is in seconds from the start of the
navigation until the page answers and its first frame is drawn; "cpu" is what the page computed until then, which a
busy machine changes least; "pan" and "zoom" are milliseconds a frame while the picture is dragged and zoomed; "MB" is
the page's size. Needs Playwright and a Chromium.
"""

import argparse
import json
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from kg.export.viewer import build_picture, render
from kg.export.viewer.page import embedded
from kg.export.viewer.page import library as drawing_library
from kg.export.viewer.picture import ClaimRow, DocumentRow, EntityRow, Picture, QuoteRow, RelationRow, RoleRow
from kg.model import Modality
from kg.store import open_store

SIZES = ((5_000, 15_000), (20_000, 60_000))
ROLES = ("OSAT", "Foundry", "FablessDesigner", "ToolMaker", "IDM", "SubstrateMaker")
RELATIONS = ("outsourcesTo", "suppliesTo", "suppliesToolTo", "competesWith")
_SIZE = ViewportSize(width=1400, height=900)
_BARE = """<!DOCTYPE html><meta charset="utf-8"><div id="g" style="width:1400px;height:900px"></div>
<script type="application/json" id="data">{data}</script><script>{library}</script><script>
const data = JSON.parse(document.getElementById("data").textContent);
const network = new vis.Network(document.getElementById("g"), data, {{
  physics: false, layout: {{ improvedLayout: false }}, nodes: {{ shape: "dot", size: 8 }}, edges: {{ smooth: false }},
  interaction: {{ hideEdgesOnDrag: true, hideEdgesOnZoom: true }} }});
network.once("afterDrawing", () => document.documentElement.setAttribute("data-ready", ""));
network.fit({{ animation: false }});
</script>"""
_WATCH = """new MutationObserver((_, watcher) => {
  if (!document.documentElement || !document.documentElement.hasAttribute("data-ready")) return;
  watcher.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.firstFrame = performance.now(); }));
}).observe(document, { attributes: true, subtree: true });"""
_FRAMES = """() => { window.frames_ = []; let last = performance.now(); window.counting = true;
  const tick = (now) => {
    window.frames_.push(now - last);
    last = now;
    if (window.counting) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick); }"""
_SYLLABLES = ("am", "kor", "tek", "sil", "nova", "pac", "bond", "die", "chi", "mos", "ray", "lum", "vex", "ori")


def made_up(count: int, relations: int) -> Picture:
    """A picture of ``count`` organisations in groups, a few of them hubs, with one claim for each relation."""
    random = Random(1)
    member: list[list[int]] = [[] for _ in range(max(4, count // 220))]
    group_of = [int(len(member) * random.random() ** 1.3) for _ in range(count)]
    for number, group in enumerate(group_of):
        member[group].append(number)
    names = ["".join(random.choices(_SYLLABLES, k=3)).capitalize() + f" {number}" for number in range(count)]
    ends = []
    for number in range(relations):
        one = number if number < count else int(count * random.random() ** 1.8)
        near = member[group_of[one]]
        other = near[int(len(near) * random.random() ** 2)] if random.random() < 0.85 else random.randrange(count)
        ends.append((one, other if other != one else (one + 1) % count))
    return Picture(
        tuple(
            EntityRow(f"entity/{number}", name, roles=(random.choice(ROLES),), known=number % 7 > 0)
            for number, name in enumerate(names)
        ),
        tuple(_claim(number, names, *pair) for number, pair in enumerate(ends)),
        documents=tuple(DocumentRow(f"document/{number}", f"Report {number}") for number in range(200)),
        relations=tuple(RelationRow(name, name, f"{name} (of)", name == "competesWith") for name in RELATIONS),
        roles=tuple(RoleRow(name, name) for name in ROLES),
    )


def _claim(number: int, names: list[str], one: int, other: int) -> ClaimRow:
    document = f"document/{number % 200}"
    words = f"In its report of week {number % 52}, {names[one]} said that {names[other]} will take more of its modules."
    return ClaimRow(
        f"claim/{number:016x}",
        f"entity/{one}",
        RELATIONS[number % len(RELATIONS)],
        f"entity/{other}",
        document,
        (QuoteRow(words, document),),
        modality=Modality.PLANNED if number % 9 == 0 else Modality.ASSERTED,
        confidence=0.5 + number % 50 / 100,
        reasons=("both ends stand in the sentence",),
    )


def bare(picture: Picture) -> str:
    """The yardstick: the drawing library with the same nodes and lines, places given, lines hidden while it moves."""
    random = Random(2)
    reach = 60 * len(picture.entities) ** 0.5
    spots = [(round(random.uniform(-reach, reach)), round(random.uniform(-reach, reach))) for _ in picture.entities]
    nodes = [
        {"id": row.id, "label": row.label, "x": x, "y": y} for row, (x, y) in zip(picture.entities, spots, strict=True)
    ]
    edges = [{"from": row.subject, "to": row.object, "arrows": "to"} for row in picture.claims]
    return _BARE.format(data=embedded({"nodes": nodes, "edges": edges}), library=drawing_library())


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    with sync_playwright() as driver:
        path = next(filter(None, found), None)
        program = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield program
        program.close()


def measured(program: Browser, file: Path) -> dict[str, float]:
    """Seconds to the first frame, and milliseconds a frame while the page is dragged and zoomed."""
    start = _worked(program)
    page = program.new_page(viewport=_SIZE, reduced_motion="reduce")
    page.add_init_script(_WATCH)
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function("() => window.firstFrame", timeout=120_000)
    found = {"first": page.evaluate("window.firstFrame") / 1000, "cpu": _worked(program) - start}
    box = page.locator("canvas").first.bounding_box() or {"x": 0.0, "y": 0.0, "width": 0.0, "height": 0.0}
    x, y = box["x"] + box["width"] * 0.04, box["y"] + box["height"] * 0.9
    page.mouse.move(x, y)
    page.mouse.down()
    found["pan"] = _frame(page, lambda step: page.mouse.move(x + 4 * step, y - 3 * step))
    page.mouse.up()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    found["zoom"] = _frame(page, lambda step: page.mouse.wheel(0, -40 if step % 20 < 10 else 40))
    page.close()
    return found


def _worked(program: Browser) -> float:
    """Seconds that the processes of pages have computed."""
    session = program.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return float(sum(each["cpuTime"] for each in processes if each["type"] == "renderer"))


def _frame(page: Page, act: Callable[[int], None]) -> float:
    page.evaluate(_FRAMES)
    for step in range(40):
        act(step)
    page.evaluate("() => { window.counting = false; }")
    frames = page.evaluate("window.frames_")[2:]
    return float(sum(frames) / max(len(frames), 1))


def pictures(store: Path | None) -> Mapping[str, Picture]:
    """What is measured, by its name."""
    made = {f"{count:,} entities, {lines:,} relations": made_up(count, lines) for count, lines in SIZES}
    if store is None:
        return made
    with open_store(store) as opened:
        return {f"the store {store}": build_picture(opened), **made}


def written(name: str, picture: Picture, folder: Path) -> Mapping[str, Path]:
    """The picture's page and its yardstick as files, by what they are called in the table."""
    start = time.perf_counter()
    texts = {f"{name}": render(picture), f"{name}, yardstick": ""}
    print(f"{name}: page made in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    texts[f"{name}, yardstick"] = bare(picture)
    files = {}
    for what, text in texts.items():
        files[what] = folder / (re.sub(r"\W+", "-", what) + ".html")
        files[what].write_text(text, encoding="utf-8")
    return files


def main() -> None:
    """Measures, and prints one line of JSON for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--store", type=Path, help="also measure the picture of this store")
    parser.add_argument("--keep", type=Path, help="leave the pages in this folder")
    given = parser.parse_args()
    with TemporaryDirectory() as temporary, browser() as program:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        files: dict[str, Path] = {}
        for name, picture in pictures(given.store).items():
            files |= written(name, picture, folder)
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in files}
        for _ in range(given.runs):  # one after the other, so that a busy minute touches all alike
            for name, file in files.items():
                runs[name].append(measured(program, file))
        for name, found in runs.items():
            middle = {key: round(median(run[key] for run in found), 2) for key in ("first", "cpu", "pan", "zoom")}
            print(json.dumps({"page": name, "MB": round(files[name].stat().st_size / 1e6, 2), **middle}))


if __name__ == "__main__":
    main()
