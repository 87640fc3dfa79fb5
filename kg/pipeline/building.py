"""The straight line: read → extract → check → resolve → quads → validate → store → exports."""

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.documents import Refusal
from kg.errors import DocumentError, ExportError, KgError, UsageError
from kg.export import EXPORTERS, write_export
from kg.extract import Extractor
from kg.graph import (
    Quad,
    Rules,
    conflict_quads,
    derived_quads,
    document_quads,
    entity_quads,
    fact_of,
    is_fact,
    ontology_quads,
    used_entities,
    validate_each,
)
from kg.model import Entity
from kg.ontology import Ontology
from kg.pipeline.journal import Journal, rules_of
from kg.pipeline.reading import extracted, found_files, judged, judgements_for, mentions_of, without_empty_claims
from kg.pipeline.report import BuildReport, Progress, Work, refused, rows_of
from kg.resolve import Linker
from kg.settings import Endpoint, Settings, cache_folder
from kg.store import (
    EXTRACTED,
    REFUSALS,
    RULES,
    Notes,
    RemoteStore,
    StoreBuilder,
    check_names,
    check_target,
    open_store,
    push,
)
from kg.terms import SP

_SAID = 3
# Documents are checked and stored together, up to so many documents or quads.
_BATCH_DOCUMENTS, _BATCH_QUADS = 200, 50_000
EXPORTED = ("turtle", "trig", "claims", "viewer")
"""The exports that a build writes: the graph flat and in named graphs, the claims, and the picture."""


def build(
    paths: Iterable[Path],
    settings: Settings,
    *,
    exports: Path | None = None,
    progress: Progress = lambda *_: None,
) -> BuildReport:
    """Builds a store from documents, whole or not at all, and writes the exports.

    A store on a server is built in a folder of the user's cache first, then brought to the server graph by graph: each
    document is there whole or not at all, the store as a whole once all is done. An interrupted build leaves the cache
    and what is on the server to the next one.

    A path that is missing, a document that cannot be read and one whose graph does not conform are refused and
    reported; the others are built. What stands in the way of the store is told before anything is read. What an
    earlier build had extracted from the same documents when it was killed is taken over.

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
    if isinstance(settings.store, Endpoint):
        return _build_on(settings.store, paths, settings, exports, progress)
    if exports is not None and exports.resolve().is_relative_to(settings.store.resolve()):
        raise UsageError(f"{exports} lies in the store, which the next build replaces; choose other --exports")
    refusals: list[Refusal] = []
    files = found_files(paths, [settings.store, *([exports] if exports else [])], refusals)
    missing = tuple(refusal.name for refusal in refusals)
    with StoreBuilder(settings.store) as builder:
        ontology = Ontology.load(settings.ontology)
        (builder.folder / RULES).write_text(rules_of(settings), encoding="utf-8")
        judgements = judgements_for(settings)
        limit = settings.max_document_bytes
        journal = Journal(builder.folder / EXTRACTED, settings.ontology)
        reading = extracted(files, Extractor(ontology), refusals, limit=limit, progress=progress, journal=journal)
        works = list(reading)
        if not works:
            raise DocumentError("; ".join(refusal.reason for refusal in refusals[:_SAID]) or "There is no document")
        unused = len(judgements.unused(item for work in works for item in work.items))
        resumed = sum(journal.knew(work.document.id) for work in works)
        linker = Linker(ontology, judgements=judgements)
        works = [without_empty_claims(judged(work, judgements), linker) for work in works]
        kept = _store_documents(works, linker, ontology, builder, refusals, progress)
        report = _store_rest(kept, linker, ontology, builder, refusals, unused)
    refused_claims = sum(len(work.refused) for work in kept)
    report = replace(report, missing=missing, refused_claims=refused_claims, resumed=resumed)
    return report if exports is None else _with_exports(report, settings.store, exports, progress)


def _build_on(
    place: Endpoint, paths: Iterable[Path], settings: Settings, exports: Path | None, progress: Progress
) -> BuildReport:
    """Builds a store on a server."""
    folder = cache_folder(str(place))
    with RemoteStore(place) as target:
        check_target(target)
        local = replace(settings, store=folder / "store")
        report = build(paths, local, exports=exports, progress=progress)
        with open_store(local.store) as source:
            pushed = push(source, target, rules_of(settings), progress)
    shutil.rmtree(folder, ignore_errors=True)
    return replace(report, pushed=pushed)


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
            quads = document_quads(
                work.document, work.claims, work.observations, linker, ontology, remarks=work.remarks
            )
            check_names(quads)
        except KgError as error:
            refusals.append(refused(work.document, error))
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
    return entity_quads(_used(works, linker), ontology)


def _used(works: Sequence[Work], linker: Linker) -> list[Entity]:
    claims = [claim for work in works for claim in work.claims]
    observations = [observation for work in works for observation in work.observations]
    remarks = [remark for work in works for remark in work.remarks]
    return used_entities(claims, observations, linker, remarks=remarks)


def spanning_quads(works: Sequence[Work], linker: Linker, ontology: Ontology) -> list[Quad]:
    """What spans the documents of a store: their entities, their conflicts, and what follows from their facts."""
    linker = linker.with_mentions(mentions_of(works))
    claims = [claim for work in works for claim in work.claims]
    observations = [observation for work in works for observation in work.observations]
    remarks = [remark for work in works for remark in work.remarks]
    facts = {fact_of(claim, linker) for claim in claims if is_fact(claim)}
    dates = {work.document.id: work.document.metadata.date for work in works}
    return [
        *_entities_of(works, linker, ontology),
        *conflict_quads(claims, observations, linker, ontology, remarks=remarks, dates=dates),
        *derived_quads(facts, Rules(ontology)),
    ]


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
    spanning = spanning_quads(works, linker, ontology)
    builder.store.add(spanning)
    builder.store.add(ontology_quads(ontology))
    Notes(builder.folder).keep({work.document.id: work.path for work in works})
    _write(builder.folder / REFUSALS, (json.dumps({"name": r.name, "reason": r.reason}) for r in refusals))
    return BuildReport(
        documents=rows_of(works, linker),
        entities=len(_used(works, linker)),
        conflicts=len({node for node, _, kind, _ in spanning if kind == SP.Conflict}),
        refusals=tuple(refusals),
        unused_judgements=unused,
    )


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
