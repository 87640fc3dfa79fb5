"""The store: quads in a folder that answer SPARQL."""

from pathlib import Path

from kg.store.base import Answer, Change, Row, Solutions, Store, Term, Triples, Verdict, plain, select
from kg.store.building import StoreBuilder, recover
from kg.store.claims import Contents, stored_contents
from kg.store.documents import (
    Notes,
    StoredDocument,
    documents_named,
    documents_with,
    label_files,
    list_documents,
    whole,
)
from kg.store.embedded import EmbeddedStore
from kg.store.layout import EXTRACTED, JUDGEMENTS, REFUSALS, RULES, check_format
from kg.store.opening import ReadStore, WriteStore
from kg.store.plan import Rulebook, planned
from kg.store.rdf import check_names, constructed, rdf_quads
from kg.store.updates import literal_text, update_text, values_text

__all__ = [
    "EXTRACTED",
    "JUDGEMENTS",
    "REFUSALS",
    "RULES",
    "Answer",
    "Change",
    "Contents",
    "EmbeddedStore",
    "Notes",
    "ReadStore",
    "Row",
    "Rulebook",
    "Solutions",
    "Store",
    "StoreBuilder",
    "StoredDocument",
    "Term",
    "Triples",
    "Verdict",
    "WriteStore",
    "check_format",
    "check_names",
    "constructed",
    "documents_named",
    "documents_with",
    "label_files",
    "list_documents",
    "literal_text",
    "open_for_writing",
    "open_store",
    "plain",
    "planned",
    "rdf_quads",
    "select",
    "stored_contents",
    "update_text",
    "values_text",
    "whole",
]


def open_store(path: Path) -> ReadStore:
    """Opens the store in the folder ``path`` as it stands; any number of processes may read it, while one writes it.

    Raises:
        StoreError: there is no store, or it is of another format.
    """
    recover(path)
    return ReadStore(path)


def open_for_writing(path: Path) -> WriteStore:
    """Opens the store in the folder ``path`` for its one writer.

    Raises:
        StoreError: there is no store, it is of another format, or another process writes or builds it.
    """
    recover(path)
    return WriteStore(path)
