"""The first stages: files are found, read, and extracted from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.documents import Refusal, discover, read
from kg.documents.base import printable
from kg.errors import DocumentError, KgError
from kg.extract import Extractor
from kg.graph import joins_itself
from kg.model import Document, Mention
from kg.pipeline.journal import Extracted, Journal
from kg.pipeline.report import Progress, Work, refused
from kg.resolve import Linker, read_judgements
from kg.resolve.judgements import Judgements
from kg.settings import Place, Settings
from kg.store import judgements_of


def extracted(
    paths: Iterable[Path],
    extractor: Extractor,
    refusals: list[Refusal],
    *,
    limit: int,
    progress: Progress,
    journal: Journal | None = None,
    wanted: Callable[[Document, Path], bool] = lambda *_: True,
) -> Iterator[Work]:
    """Reads files and extracts from their documents, one after the other.

    A file whose name and bytes were met before is refused: it would count everything twice.

    Args:
        paths: the files.
        extractor: what to extract with.
        refusals: refused files and records are added to it.
        limit: bytes above which a file is refused.
        progress: told after each file.
        journal: what was extracted before, and where to keep what is extracted now.
        wanted: whether to extract from a document of a file.
    """
    files = list(paths)
    met: dict[str, Path] = {}
    for number, path in enumerate(files, 1):
        reading = read(path, limit=limit)
        earlier = next((met[document.id] for document in reading.documents if document.id in met), None)
        if earlier is not None:
            name = printable(path.name)
            refusals.append(Refusal(name, printable(f"{name} is the same as {earlier}; {path} is left out")))
        else:
            refusals.extend(reading.refusals)
            met |= {document.id: path for document in reading.documents}
            for document in reading.documents:
                if not wanted(document, path):
                    continue
                try:
                    found = _found(document, extractor, journal)
                except KgError as error:
                    refusals.append(refused(document, error))
                    continue
                yield Work(document, path, found.claims, found.observations, found.remarks, found.refused)
        progress("reading", number, len(files))


def found_files(paths: Iterable[Path], own: Iterable[Place], refusals: list[Refusal]) -> list[Path]:
    """The files behind the paths, what semipack itself writes left out.

    Args:
        paths: files and folders.
        own: where the store and the exports are, which may lie inside a folder that is built.
        refusals: a path that is missing or holds no document is added to it.
    """
    ours = [folder.resolve() for folder in own if isinstance(folder, Path)]
    files: dict[Path, Path] = {}
    for path in paths:
        try:
            for file in discover([path]):
                files.setdefault(file.resolve(), file)
        except DocumentError as error:
            refusals.append(Refusal(path.name, str(error)))
    return [file for at, file in files.items() if not any(at.is_relative_to(folder) for folder in ours)]


def judgements_for(settings: Settings) -> Judgements:
    """The user's judgements that go with the store.

    Raises:
        JudgementError: they cannot be read.
    """
    path = judgements_of(settings)
    return read_judgements(path) if path else Judgements()


def judged(work: Work, judgements: Judgements) -> Work:
    """After the users' judgements on claims."""
    return replace(
        work,
        claims=tuple(judgements.applied(work.claims)),
        observations=tuple(judgements.applied(work.observations)),
        remarks=tuple(judgements.applied(work.remarks)),
    )


def without_empty_claims(work: Work, linker: Linker) -> Work:
    """Without the claims that join one entity to itself, which say nothing."""
    empty = [claim for claim in work.claims if joins_itself(claim, linker)]
    lines = [
        f"{work.document.name}: {claim.subject.surface} and {claim.object.surface} are one; "
        f"the claim {claim.relation} says nothing"
        for claim in empty
    ]
    said = tuple(claim for claim in work.claims if claim not in empty)
    return replace(work, claims=said, refused=(*work.refused, *lines))


def mentions_of(works: Iterable[Work]) -> Iterator[Mention]:
    """The mentions of claims, figures and remarks, those of one claim once."""
    for work in works:
        for claim in {claim.id: claim for claim in work.claims}.values():
            yield claim.subject
            yield claim.object
        for observation in {each.id: each for each in work.observations}.values():
            yield observation.subject
        for remark in {each.id: each for each in work.remarks}.values():
            yield from (remark.subject, *remark.others)


def _found(document: Document, extractor: Extractor, journal: Journal | None) -> Extracted:
    known = journal.of(document.id) if journal else None
    if known is not None:
        return known
    raw = extractor.extract(document)
    found = Extracted(tuple(raw.claims), tuple(raw.observations), tuple(raw.remarks), tuple(raw.refused))
    if journal:
        journal.keep(document.id, found)
    return found
