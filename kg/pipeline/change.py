"""Adding documents to a store and taking them out, each whole or not at all, with all that spans documents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from kg.documents import Refusal
from kg.errors import DocumentError, KgError
from kg.extract import Extractor
from kg.graph import Quad, Rules, document_iri, document_quads, entity_quads, used_entities, validate_each
from kg.model import Document
from kg.ontology import Ontology
from kg.pipeline.journal import rules_of
from kg.pipeline.reading import extracted, found_files, judged, judgements_for, without_empty_claims
from kg.pipeline.report import AddReport, Progress, Work, refused, rows_of
from kg.resolve import Linker
from kg.settings import Settings
from kg.store import (
    Notes,
    Rulebook,
    Store,
    StoredDocument,
    check_names,
    documents_named,
    documents_with,
    list_documents,
    noted_rules,
    open_for_writing,
    planned,
    whole,
)

_SHOWN = 5
_BATCH_DOCUMENTS = 50


def add(paths: Iterable[Path], settings: Settings, *, progress: Progress = lambda *_: None) -> AddReport:
    """Adds documents to a store, one after the other; each is there whole, or not at all, at any moment.

    A document that is there already is left alone. One whose file was added before in another state takes the place
    of that state: the document of that name from the same file, or the only one of that name where its own file is
    unknown or gone. What a file has no more goes. A document that cannot be read or does not conform is refused.

    Raises:
        DocumentError: there is no file at the paths.
        JudgementError: the store's judgements cannot be read.
        StoreError: there is no store, another process is writing it, or the disk refuses.
    """
    refusals: list[Refusal] = []
    files = found_files(paths, [settings.store], refusals)
    missing = tuple(refusal.name for refusal in refusals)
    if not files:
        raise DocumentError("; ".join(refusal.reason for refusal in refusals) or "There is no document")
    with open_for_writing(settings.store) as store:
        adding = Adding(store, settings, refusals)
        adding.add(files, progress)
    return AddReport(
        documents=rows_of(adding.works, adding.book.linker),
        refusals=tuple(refusals),
        missing=missing,
        refused_claims=sum(len(work.refused) for work in adding.works),
        replaced=adding.replaced,
        present=adding.present,
        dropped=adding.dropped,
        outdated=_is_outdated(settings),
    )


def remove(names: Sequence[str], settings: Settings) -> list[StoredDocument]:
    """Takes documents out of a store, one after the other; gives them as they were.

    Args:
        names: for each its name, its label, its id, or its file.
        settings: where the ontology and the store are.

    Raises:
        DocumentError: a name fits no document, or several; nothing is removed then.
        StoreError: there is no store, another process is writing it, or the disk refuses.
    """
    with open_for_writing(settings.store) as store:
        listed = list_documents(store)
        chosen = {document.id: document for document in (_chosen(name, listed) for name in names)}
        book = rulebook(settings)
        for id_ in chosen:
            store.apply(planned(store, [document_iri(id_)], [], book))
    return list(chosen.values())


def rulebook(settings: Settings) -> Rulebook:
    """What changes of a store go by: its ontology and its judgements.

    Raises:
        OntologyError: the ontology cannot be read.
        JudgementError: the store's judgements cannot be read.
    """
    ontology = Ontology.load(settings.ontology)
    judgements = judgements_for(settings)
    return Rulebook(ontology, Linker(ontology, judgements=judgements), Rules(ontology))


class Adding:
    """Documents on their way into a store.

    Attributes:
        book: what the changes go by.
        works: the documents that were stored.
        replaced: how many of them took the place of others.
        present: how many documents were there already.
        dropped: how many documents went because their file has them no more.
    """

    def __init__(self, store: Store, settings: Settings, refusals: list[Refusal]) -> None:
        """Makes ready to add to a store; what is refused is added to ``refusals``."""
        self.book = rulebook(settings)
        self.works: list[Work] = []
        self.replaced = self.present = self.dropped = 0
        self._store = store
        self._settings = settings
        self._refusals = refusals
        self._notes = Notes(store.path)
        self._files = self._notes.paths()
        self._names: dict[Path, set[str]] = defaultdict(set)

    def add(self, files: Sequence[Path], progress: Progress) -> None:
        """Reads the files and adds what is new in them."""
        judgements = judgements_for(self._settings)
        reading = extracted(
            files,
            Extractor(self.book.ontology),
            self._refusals,
            limit=self._settings.max_document_bytes,
            progress=progress,
            wanted=self._is_new,
        )
        works = (without_empty_claims(judged(work, judgements), self.book.linker) for work in reading)
        while batch := list(islice(works, _BATCH_DOCUMENTS)):
            self._add(batch)
        self._drop_the_rest()

    def _is_new(self, document: Document, path: Path) -> bool:
        self._names[path].add(document.name)
        if not documents_with(self._store, [document.id]):
            return True
        self.present += 1
        if self._files.get(document.id) != whole(path):
            self._note(document, path)
        return False

    def _add(self, works: Sequence[Work]) -> None:
        """Adds those of some documents that conform; to check them together takes little longer than to check one."""
        quads = {work.document.id: self._quads(work) for work in works}
        sound = [work for work in works if quads[work.document.id]]
        reports = validate_each(
            [quads[work.document.id] for work in sound],
            lambda numbers: self._entities([sound[number] for number in numbers]),
            self.book.ontology.shapes,
            self.book.ontology.graph,
        )
        for work, report in zip(sound, reports, strict=True):
            name = work.document.name
            if report.conforms:
                self._put(work, quads[work.document.id])
                self._refusals.extend(Refusal(name, line) for line in work.refused)
            else:
                self._refusals.append(Refusal(name, f"The graph of {name} does not conform: {report.lines()[0]}"))

    def _quads(self, work: Work) -> list[Quad]:
        """The document's graph; none where it cannot be made, which is told."""
        try:
            linker, ontology = self.book.linker, self.book.ontology
            quads = document_quads(
                work.document, work.claims, work.observations, linker, ontology, remarks=work.remarks
            )
            check_names(quads)
        except KgError as error:
            self._refusals.append(refused(work.document, error))
            return []
        return quads

    def _entities(self, works: Iterable[Work]) -> list[Quad]:
        return [
            quad
            for work in works
            for quad in entity_quads(
                used_entities(work.claims, work.observations, self.book.linker, remarks=work.remarks),
                self.book.ontology,
            )
        ]

    def _put(self, work: Work, quads: Sequence[Quad]) -> None:
        old = [document_iri(each.id) for each in self._older(work)]
        change = planned(self._store, old, quads, self.book)
        # The note comes first: a note about no document means nothing, a document without one cannot be verified.
        self._note(work.document, work.path)
        self._store.apply(change)
        self.works.append(work)
        self.replaced += bool(old)

    def _older(self, work: Work) -> list[StoredDocument]:
        """The states of the document that it takes the place of."""
        named = documents_named(self._store, work.document.name)
        here = [each for each in named if self._files.get(each.id) == whole(work.path)]
        if here or len(named) != 1:
            return here
        file = self._files.get(named[0].id)
        return named if file is None or not Path(file).exists() else []

    def _note(self, document: Document, path: Path) -> None:
        self._notes.keep({document.id: path})
        self._files[document.id] = whole(path)

    def _drop_the_rest(self) -> None:
        """Takes out the records that were read from one of the files and that it has no more."""
        at = {whole(path): names for path, names in self._names.items()}
        here = {id_ for id_, file in self._files.items() if file in at}
        for each in documents_with(self._store, here):
            if each.name not in at[self._files[each.id]]:
                self._store.apply(planned(self._store, [document_iri(each.id)], [], self.book))
                self.dropped += 1


def _is_outdated(settings: Settings) -> bool:
    noted = noted_rules(settings.store)
    return bool(noted) and noted != rules_of(settings)


def _chosen(name: str, listed: Sequence[StoredDocument]) -> StoredDocument:
    """The document that a name means: its id, else its label, else its file, else its name."""
    file = whole(Path(name))
    for fits in (
        [each for each in listed if each.id == name],
        [each for each in listed if each.label == name],
        [each for each in listed if each.path and each.path == file],
        [each for each in listed if each.name == name],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            shown = ", ".join(f"{each.label} ({each.id})" for each in fits[:_SHOWN])
            more = f" and {len(fits) - _SHOWN} more" if len(fits) > _SHOWN else ""
            raise DocumentError(f"{name} may mean {shown}{more}; give one of these labels or ids")
    raise DocumentError(f"The store has no document {name!r}; `kg documents` lists them")
