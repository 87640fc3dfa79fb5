"""Where a graph comes from: a store that is there, or one built from documents."""

import warnings
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path

from kg.api.graph import Graph
from kg.pipeline import Progress
from kg.pipeline import build as run
from kg.settings import Place, Settings, place_of

Where = str | PathLike[str]
_MEGABYTE = 1_000_000


class RefusedWarning(UserWarning):
    """A document, record or claim was refused while a graph was built; the rest is there."""


def open(store: Where | None = None) -> Graph:  # noqa: A001 - kg.open reads as it should
    """The graph in a folder, or at an address that starts with http:// or https://.

    Args:
        store: the folder or address; where None, that of ``KG_STORE``, else ``kg-store``.

    Raises:
        StoreError: there is no store, or its server cannot be reached.
        UsageError: the address is none.
    """
    return Graph(_place(store))


def build(
    paths: Where | Iterable[Where],
    *,
    store: Where | None = None,
    exports: Where | None = None,
    ontology: Where | None = None,
    judgements: Where | None = None,
    max_document_mb: float | None = None,
    progress: Progress = lambda *_: None,
) -> Graph:
    """Builds a graph from documents, whole or not at all, and opens it.

    The store is replaced as a whole. What cannot be read or does not hold is refused, and each refusal is a
    :class:`RefusedWarning`; ``Graph.report`` has them all, with what was counted.

    Args:
        paths: a file or folder, or several.
        store: folder or address; where None, that of ``KG_STORE``, else ``kg-store``.
        exports: a folder for Turtle, TriG, claims and the picture; None for none.
        ontology: a folder to take the place of semipack's own ontology.
        judgements: a file of judgements, instead of the one in the store's folder.
        max_document_mb: a larger document is refused.
        progress: told what is going on: what is being done, how many are done, how many there are.

    Raises:
        DocumentError: no document at all could be read.
        JudgementError: the judgements cannot be read.
        OntologyError: the ontology cannot be read.
        StoreError: the store cannot be written.
        ExportError: an export cannot be written; the store is built.
        UsageError: the exports would lie in the store, or an address is none.
    """
    usual = Settings.from_environment()
    settings = replace(
        usual,
        store=_place(store),
        ontology=usual.ontology if ontology is None else Path(ontology),
        judgements_file=usual.judgements_file if judgements is None else Path(judgements),
        max_document_bytes=usual.max_document_bytes if max_document_mb is None else int(max_document_mb * _MEGABYTE),
    )
    chosen = [paths] if isinstance(paths, str | PathLike) else list(paths)
    folder = None if exports is None else Path(exports)
    report = run([Path(path) for path in chosen], settings, exports=folder, progress=progress)
    for refusal in report.refusals:
        warnings.warn(refusal.reason, RefusedWarning, stacklevel=2)
    return Graph(settings.store, report=report)


def _place(store: Where | None) -> Place:
    return Settings.from_environment().store if store is None else place_of(fspath(store))
