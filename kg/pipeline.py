"""The straight line: read → extract → check → resolve → quads → validate → store → exports."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.claims import write_lines
from kg.documents import Refusal, discover, read
from kg.documents.base import printable
from kg.errors import DocumentError, ExportError, KgError, UsageError
from kg.export import EXPORTERS, write_export
from kg.extract import Extractor
from kg.graph import (
    Quad,
    Report,
    conflict_quads,
    document_quads,
    entity_quads,
    is_fact,
    joins_itself,
    ontology_quads,
    used_entities,
    validate,
    validate_each,
)
from kg.model import Claim, Document, Mention, Observation
from kg.ontology import Ontology
from kg.resolve import Judgements, Linker, read_judgements
from kg.settings import Settings
from kg.store import (
    CLAIMS,
    JUDGEMENTS,
    REFUSALS,
    StoreBuilder,
    check_names,
    list_documents,
    open_store,
    rdf_quads,
    write_documents,
)
from kg.terms import ONTOLOGY_GRAPH, SP

_SAID = 3
# Documents are checked and stored together, up to so many documents or quads.
_BATCH_DOCUMENTS, _BATCH_QUADS = 200, 50_000
EXPORTED = ("turtle", "trig", "claims", "viewer")
"""The exports that a build writes: the graph flat and in named graphs, the claims, and the picture."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Work:
    """A document and what was extracted from it.

    Attributes:
        document: the document.
        path: its file.
        claims: its claims, after the users' judgements.
        observations: its figures, after the users' judgements.
        refused: what the check held back, a line each.
    """

    document: Document
    path: Path
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    refused: tuple[str, ...]

    @property
    def items(self) -> Iterator[Claim | Observation]:
        """Its claims, then its observations."""
        yield from self.claims
        yield from self.observations


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A line of the build's summary: a document's name and title and how much it gave.

    Where documents share a name, it is the file as seen from the folder that holds all files of the build.
    """

    name: str
    title: str
    claims: int
    observations: int
    facts: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        documents: a row for each document, in the order in which they were read.
        entities: number of entities that claims and figures are about.
        conflicts: number of conflicts.
        refusals: documents, records and claims that were refused, with the reasons.
        unused_judgements: number of judgements on claims that none of the documents gives.
        exports: the files written beside the store.
        missing: names of the paths that were asked for and do not exist or hold no document.
        refused_claims: how many of the refusals are of claims, not of documents or records.
    """

    documents: tuple[DocumentRow, ...]
    entities: int
    conflicts: int
    refusals: tuple[Refusal, ...]
    unused_judgements: int
    exports: tuple[Path, ...] = ()
    missing: tuple[str, ...] = ()
    refused_claims: int = 0

    @property
    def claims(self) -> int:
        """Number of claims."""
        return sum(row.claims for row in self.documents)

    @property
    def observations(self) -> int:
        """Number of figures."""
        return sum(row.observations for row in self.documents)

    @property
    def facts(self) -> int:
        """Number of facts, each counted once for every document that supports it."""
        return sum(row.facts for row in self.documents)


def extracted(
    paths: Iterable[Path], extractor: Extractor, refusals: list[Refusal], *, limit: int, progress: Progress
) -> Iterator[Work]:
    """Reads files and extracts from their documents, one after the other.

    A file whose name and bytes were met before is refused: it would count everything twice.

    Args:
        paths: the files.
        extractor: what to extract with.
        refusals: refused files and records are added to it.
        limit: bytes above which a file is refused.
        progress: told after each file.
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
                try:
                    found = extractor.extract(document)
                except KgError as error:
                    refusals.append(_refused(document, error))
                    continue
                yield Work(document, path, found.claims, found.observations, found.refused)
        progress("reading", number, len(files))


def build(
    paths: Iterable[Path],
    settings: Settings,
    *,
    exports: Path | None = None,
    progress: Progress = lambda *_: None,
) -> BuildReport:
    """Builds a store from documents, whole or not at all, and writes the exports.

    A path that is missing, a document that cannot be read and one whose graph does not conform are refused and
    reported; the others are built. What stands in the way of the store is told before anything is read.

    Args:
        paths: files and folders.
        settings: where the ontology and the store are.
        exports: folder for the exports; None for none.
        progress: told what is going on.

    Raises:
        DocumentError: no document at all could be read.
        JudgementError: the store's judgements cannot be read.
        StoreError: the store cannot be written.
        ExportError: an export cannot be written, or the user stopped the writing; the store is built.
        UsageError: the exports would lie in the store.
    """
    if exports is not None and exports.resolve().is_relative_to(settings.store.resolve()):
        raise UsageError(f"{exports} lies in the store, which the next build replaces; choose other --exports")
    refusals: list[Refusal] = []
    files = _found(paths, [settings.store, *([exports] if exports else [])], refusals)
    missing = tuple(refusal.name for refusal in refusals)
    with StoreBuilder(settings.store) as builder:
        ontology = Ontology.load(settings.ontology)
        judgements = read_judgements(settings.store / JUDGEMENTS)
        limit = settings.max_document_bytes
        works = list(extracted(files, Extractor(ontology), refusals, limit=limit, progress=progress))
        if not works:
            raise DocumentError("; ".join(refusal.reason for refusal in refusals[:_SAID]) or "There is no document")
        unused = len(judgements.unused(item for work in works for item in work.items))
        works = [_judged(work, judgements) for work in works]
        linker = Linker(ontology, _mentions(works), judgements)
        works = [_without_empty_claims(work, linker) for work in works]
        kept = _store_documents(works, linker, ontology, builder, refusals, progress)
        report = _store_rest(kept, linker, ontology, builder, refusals, unused)
    report = replace(report, missing=missing, refused_claims=sum(len(work.refused) for work in kept))
    return report if exports is None else _with_exports(report, settings.store, exports, progress)


def _found(paths: Iterable[Path], own: Iterable[Path], refusals: list[Refusal]) -> list[Path]:
    """The files behind the paths, what semipack itself writes left out.

    Args:
        paths: files and folders.
        own: the folders of the store and of the exports, which may lie inside a folder that is built.
        refusals: a path that is missing or holds no document is added to it.
    """
    ours = [folder.resolve() for folder in own]
    files: dict[Path, Path] = {}
    for path in paths:
        try:
            for file in discover([path]):
                files.setdefault(file.resolve(), file)
        except DocumentError as error:
            refusals.append(Refusal(path.name, str(error)))
    return [file for at, file in files.items() if not any(at.is_relative_to(folder) for folder in ours)]


def validate_store(settings: Settings) -> Report:
    """Checks a whole store against the ontology's shapes.

    Raises:
        StoreError: there is no store.
    """
    ontology = Ontology.load(settings.ontology)
    with open_store(settings.store) as store:
        quads = [quad for quad in rdf_quads(store) if quad[3] != ONTOLOGY_GRAPH]
    return validate(quads, ontology.shapes, ontology.graph)


def _judged(work: Work, judgements: Judgements) -> Work:
    return replace(
        work,
        claims=tuple(judgements.applied(work.claims)),
        observations=tuple(judgements.applied(work.observations)),
    )


def _mentions(works: Iterable[Work]) -> Iterator[Mention]:
    for work in works:
        for claim in work.claims:
            yield claim.subject
            yield claim.object
        for observation in work.observations:
            yield observation.subject


def _without_empty_claims(work: Work, linker: Linker) -> Work:
    """Without the claims that join one entity to itself, which say nothing."""
    empty = [claim for claim in work.claims if joins_itself(claim, linker)]
    lines = [
        f"{work.document.name}: {claim.subject.surface} and {claim.object.surface} are one; "
        f"the claim {claim.relation} says nothing"
        for claim in empty
    ]
    said = tuple(claim for claim in work.claims if claim not in empty)
    return replace(work, claims=said, refused=(*work.refused, *lines))


def _refused(document: Document, error: KgError) -> Refusal:
    return Refusal(document.name, f"{document.name} cannot be built: {error}")


def _store_documents(
    works: Sequence[Work],
    linker: Linker,
    ontology: Ontology,
    builder: StoreBuilder,
    refusals: list[Refusal],
    progress: Progress,
) -> list[Work]:
    """Stores each document whose graph conforms; gives those."""
    kept: list[Work] = []
    batch: list[tuple[Work, list[Quad]]] = []
    for number, work in enumerate(works, 1):
        try:
            quads = document_quads(work.document, work.claims, work.observations, linker, ontology)
            check_names(quads)
        except KgError as error:
            refusals.append(_refused(work.document, error))
        else:
            batch.append((work, quads))
        size = sum(len(quads) for _, quads in batch)
        if number == len(works) or len(batch) == _BATCH_DOCUMENTS or size >= _BATCH_QUADS:
            kept += _store_batch(batch, linker, ontology, builder, refusals)
            batch = []
            progress("checking", number, len(works))
    return kept


def _store_batch(
    batch: Sequence[tuple[Work, list[Quad]]],
    linker: Linker,
    ontology: Ontology,
    builder: StoreBuilder,
    refusals: list[Refusal],
) -> list[Work]:
    reports = validate_each(
        [quads for _, quads in batch],
        lambda numbers: _entities_of([batch[number][0] for number in numbers], linker, ontology),
        ontology.shapes,
        ontology.graph,
    )
    kept, conforming = [], []
    for (work, quads), report in zip(batch, reports, strict=True):
        name = work.document.name
        if report.conforms:
            conforming += quads
            kept.append(work)
            refusals.extend(Refusal(name, line) for line in work.refused)
        else:
            refusals.append(Refusal(name, f"The graph of {name} does not conform: {report.lines()[0]}"))
    builder.store.add(conforming)
    return kept


def _entities_of(works: Sequence[Work], linker: Linker, ontology: Ontology) -> list[Quad]:
    claims = [claim for work in works for claim in work.claims]
    observations = [observation for work in works for observation in work.observations]
    return entity_quads(used_entities(claims, observations, linker), ontology)


def _store_rest(
    works: Sequence[Work],
    linker: Linker,
    ontology: Ontology,
    builder: StoreBuilder,
    refusals: Sequence[Refusal],
    unused: int,
) -> BuildReport:
    """Stores what spans documents, and the store's own files.

    The refusals are kept for people to look up; no command reads them.
    """
    claims = [claim for work in works for claim in work.claims]
    observations = [observation for work in works for observation in work.observations]
    conflicts = conflict_quads(claims, observations, linker, ontology)
    builder.store.add(_entities_of(works, linker, ontology))
    builder.store.add(ontology_quads(ontology))
    builder.store.add(conflicts)
    documents = list_documents((work.document, work.path, len(work.claims), len(work.observations)) for work in works)
    _write(builder.folder / CLAIMS, (line for work in works for line in write_lines(work.items, ontology)))
    _write(builder.folder / REFUSALS, (json.dumps({"name": r.name, "reason": r.reason}) for r in refusals))
    write_documents(builder.folder, documents)
    return BuildReport(
        documents=tuple(_row(work, record.label, linker) for work, record in zip(works, documents, strict=True)),
        entities=len(used_entities(claims, observations, linker)),
        conflicts=len({node for node, _, kind, _ in conflicts if kind == SP.Conflict}),
        refusals=tuple(refusals),
        unused_judgements=unused,
    )


def _row(work: Work, label: str, linker: Linker) -> DocumentRow:
    facts = {
        (linker.entity(claim.subject), claim.relation, linker.entity(claim.object))
        for claim in work.claims
        if is_fact(claim)
    }
    return DocumentRow(label, work.document.metadata.title, len(work.claims), len(work.observations), len(facts))


def _with_exports(report: BuildReport, store_path: Path, folder: Path, progress: Progress) -> BuildReport:
    store = open_store(store_path)
    written = []
    try:
        for number, name in enumerate(EXPORTED, 1):
            path = folder / f"semipack{EXPORTERS[name].suffix}"
            write_export(store, name, path)
            written.append(path)
            progress("exporting", number, len(EXPORTED))
    except KeyboardInterrupt:
        raise ExportError(f"Interrupted; the store is built, but not all of the exports in {folder} are new") from None
    finally:
        store.close()
    return replace(report, exports=tuple(written))


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
