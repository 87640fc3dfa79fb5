"""``python -m kg.training.corpora ANNOTATIONS OUT`` gets the documents that a file of annotations tells by reference.

OUT becomes a corpus that ``python -m kg.training`` reads. Documents that are there already and are the right ones are
kept, so that an interrupted run goes on where it was.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DocumentError, KgError
from kg.training.annotations import Excerpt, Origin, read_annotations
from kg.training.sources import Mirror, Source, UnavailableError, Web

CHANGED = "the text is not the one that was annotated"
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of it.

    Attributes:
        had: the excerpts whose documents are there now.
        lacking: the others, each with the reason.
    """

    had: tuple[Excerpt, ...]
    lacking: tuple[tuple[Excerpt, str], ...]


def rebuild(
    excerpts: Sequence[Excerpt], out: Path, source: Source, progress: Callable[[int, int], None] = lambda *_: None
) -> Rebuilt:
    """Write a corpus: ``docs/``, ``gold/`` and ``manifest.jsonl`` of every document that can be had.

    Args:
        excerpts: what to get.
        out: folder, made where it is missing.
        source: gives the files, each of which it is asked for once.
        progress: told how many files are done, and of how many.

    Raises:
        DocumentError: the folder holds another corpus, or cannot be written.
    """
    try:
        _prepare(out, excerpts)
        texts: dict[str, str] = {}
        lacking: dict[str, str] = {}
        files = _by_origin(excerpts)
        for number, (origin, parts) in enumerate(files.items(), 1):
            _get(origin, parts, out / "docs", source, texts, lacking)
            progress(number, len(files))
        had = tuple(e for e in excerpts if e.id in texts)
        for excerpt in excerpts:
            gold = out / "gold" / f"{excerpt.id}.gold.json"
            if excerpt.id in texts:
                _write(gold, json.dumps(excerpt.gold(texts[excerpt.id]), ensure_ascii=False, indent=1) + "\n")
            else:
                gold.unlink(missing_ok=True)
        lines = [json.dumps(e.origins(), ensure_ascii=False) + "\n" for e in had]
        _write(out / "manifest.jsonl", "".join(lines))
    except OSError as error:
        raise DocumentError(f"{out} cannot be written ({error.strerror}); give another folder") from error
    return Rebuilt(had, tuple((e, lacking[e.id]) for e in excerpts if e.id in lacking))


def _prepare(out: Path, excerpts: Iterable[Excerpt]) -> None:
    """Make the folders; a folder with other people's annotations stays as it is, since the manifest would lose them."""
    expected = {f"{e.id}.gold.json" for e in excerpts}
    others = sorted(p.name for p in (out / "gold").glob("*.gold.json") if p.name not in expected)
    if others:
        raise DocumentError(f"{out} holds another corpus ({others[0]}); give another folder")
    for name in ("docs", "gold"):
        (out / name).mkdir(parents=True, exist_ok=True)


def _by_origin(excerpts: Iterable[Excerpt]) -> dict[Origin, list[Excerpt]]:
    files: dict[Origin, list[Excerpt]] = defaultdict(list)
    for excerpt in excerpts:
        files[excerpt.origin].append(excerpt)
    return files


def _get(
    origin: Origin,
    parts: Iterable[Excerpt],
    docs: Path,
    source: Source,
    texts: dict[str, str],
    lacking: dict[str, str],
) -> None:
    """Add each excerpt of a file to the texts, or to what is lacking."""
    missing = []
    for excerpt in parts:
        kept = _kept(docs / excerpt.file)
        if kept is not None and excerpt.fits(kept):
            texts[excerpt.id] = kept
        else:
            missing.append(excerpt)
    if not missing:
        return
    try:
        data = source(origin)
    except UnavailableError as error:
        lacking.update((excerpt.id, str(error)) for excerpt in missing)
        return
    for excerpt in missing:
        text = _cut(excerpt, data)
        if text is not None:
            _write(docs / excerpt.file, text)
            texts[excerpt.id] = text
        else:
            lacking[excerpt.id] = CHANGED


def _cut(excerpt: Excerpt, data: bytes) -> str | None:
    """The document, or None where the file no longer holds it."""
    try:
        text = excerpt.cut(data)
        return text if excerpt.fits(text) else None
    except ValueError:
        return None


def _kept(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, text: str) -> None:
    """Write bytes, so that line breaks are the same on every system; a link is replaced, never followed."""
    if path.is_symlink():
        path.unlink()
    path.write_bytes(text.encode("utf-8"))


def _told(rebuilt: Rebuilt, out: Path) -> Iterable[str]:
    total = len(rebuilt.had) + len(rebuilt.lacking)
    yield f"{len(rebuilt.had)} of {total} documents are in {out}"
    if rebuilt.lacking:
        yield f"{len(rebuilt.lacking)} could not be had:"
    for (repository, reason), count in sorted(Counter((e.origin.repository, r) for e, r in rebuilt.lacking).items()):
        yield f"  {count} of {repository}: {reason}"


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[Kfiles {done}/{total}" + ("\r\x1b[K" if done == total else ""))
        sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 when some documents are there, 1 when none is or for a reason that stderr tells, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training.corpora",
        description="Gets the documents of a file of annotations; writes a corpus for `python -m kg.training`.",
    )
    parser.add_argument("annotations", type=Path, help="such as benchmarks/corpus/annotations.jsonl")
    parser.add_argument("out", type=Path, help="folder to write the corpus to; what is there and right is kept")
    parser.add_argument(
        "--mirror",
        type=Path,
        metavar="FOLDER",
        help="take the files from clones FOLDER/OWNER+NAME/repo, not from GitHub",
    )
    options = parser.parse_args(arguments)
    try:
        source: Source = Mirror(options.mirror) if options.mirror else Web()
        rebuilt = rebuild(read_annotations(options.annotations), options.out, source, _progress)
    except KgError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted; run the same command again, it goes on from there\n")
        return INTERRUPTED
    for line in _told(rebuilt, options.out):
        sys.stdout.write(f"{line}\n")
    return 0 if rebuilt.had else 1


if __name__ == "__main__":
    sys.exit(main())
